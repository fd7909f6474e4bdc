"""The gate: a fixed subset of the tuning cases that no change may make worse.

The subset is every case whose id hashes into it, so adding cases moves none of the others. `gate.json` holds
its floors: the cases that passed and the number of wrong figures. Floors only rise.
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

    passed: tuple[str, ...] = ()
    wrong_figures: int | None = None  # None: no run has set it


@dataclass(frozen=True, kw_only=True, slots=True)
class GateResult:
    """What got worse; the gate is open where both are empty or zero."""

    fell: tuple[str, ...]  # cases that passed and fail now
    wrong: tuple[str, ...]  # cases with a wrong figure now
    wrong_floor: int | None

    @property
    def opens(self) -> bool:
        return not self.fell and (self.wrong_floor is None or len(self.wrong) <= self.wrong_floor)


def gate_cases(cases: Iterable[LoadedCase]) -> tuple[LoadedCase, ...]:
    return tuple(one for one in cases if one.split == "tuning" and _chosen(one.case.id))


def _chosen(identity: str) -> bool:
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4]) % ONE_IN == 0


def read_floors(path: Path = FLOORS) -> Floors:
    return Floors.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else Floors()


def hold(verdicts: Sequence[Verdict], floors: Floors) -> GateResult:
    """The verdicts on the gate's cases held against the floors; a case that is gone fell."""
    passed = {one.id for one in verdicts if one.passed}
    return GateResult(
        fell=tuple(identity for identity in floors.passed if identity not in passed),
        wrong=tuple(one.id for one in verdicts if one.wrong),
        wrong_floor=floors.wrong_figures,
    )


def raised(verdicts: Sequence[Verdict], floors: Floors) -> Floors:
    """The floors after a run: what passed once has to pass, and wrong figures only get fewer."""
    wrong = sum(bool(one.wrong) for one in verdicts)
    return Floors(
        passed=tuple(sorted({*floors.passed, *(one.id for one in verdicts if one.passed)})),
        wrong_figures=wrong if floors.wrong_figures is None else min(wrong, floors.wrong_figures),
    )


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
