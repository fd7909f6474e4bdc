"""The gate: a fixed subset of the tuning cases that no change may make worse.

The subset is every case whose id hashes into it, so adding cases moves none of the others. `gate.json` holds
its floors by case: which passed, which had a wrong figure, which it knows at all. Floors only rise: a case that
passed has to pass, and a wrong figure is forgiven only where one was before. A case added since the floors were
last raised has none yet.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.cases import LoadedCase
from evals.judging import Verdict

FLOORS = Path(__file__).parent / "gate.json"
ONE_IN = 3


class Floors(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    cases: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GateResult:
    """What got worse, by case; the gate opens where nothing did."""

    fell: tuple[str, ...]  # passed once, and fails now or is gone
    wrong: tuple[str, ...]  # has a wrong figure, and had none
    new: tuple[str, ...]  # has no floor yet

    @property
    def opens(self) -> bool:
        return not self.fell and not self.wrong


def gate_cases(cases: Iterable[LoadedCase]) -> tuple[LoadedCase, ...]:
    return tuple(one for one in cases if one.split == "tuning" and _chosen(one.case.id))


def _chosen(identity: str) -> bool:
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4]) % ONE_IN == 0


def read_floors(path: Path = FLOORS) -> Floors:
    return Floors.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else Floors()


def hold(verdicts: Sequence[Verdict], floors: Floors) -> GateResult:
    """The verdicts on the gate's cases held against the floors."""
    passed = {one.id for one in verdicts if one.passed}
    forgiven = set(floors.wrong)
    return GateResult(
        fell=tuple(identity for identity in floors.passed if identity not in passed),
        wrong=tuple(one.id for one in verdicts if one.wrong and one.id in floors.cases and one.id not in forgiven),
        new=tuple(one.id for one in verdicts if one.id not in floors.cases),
    )


def raised(verdicts: Sequence[Verdict], floors: Floors) -> Floors:
    """The floors after a run: what passed once has to pass, and wrong figures of known cases only get fewer."""
    forgiven = {one.id for one in verdicts if one.wrong and (one.id in floors.wrong or one.id not in floors.cases)}
    return Floors(
        cases=tuple(sorted({*floors.cases, *(one.id for one in verdicts)})),
        passed=tuple(sorted({*floors.passed, *(one.id for one in verdicts if one.passed)})),
        wrong=tuple(sorted(forgiven)),
    )


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
