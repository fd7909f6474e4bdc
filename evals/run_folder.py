"""A run's folder: what was asked of what, every answer, the failures apart, the numbers.

    settings.json    what ran: settings, commit, checksums of cases, reports and index
    answers.jsonl    one line a case in the cases' order, without timings
    failures.jsonl   the cases to read: question, answer, gold, and why they failed
    outcomes.json    pass or fail and a fingerprint of the answer by case, for `compare`
    summary.json     the numbers by split and category
    refused.jsonl    lines of the case files that are no cases
    timings.json     the only file that differs between two runs of the same

Cases of the test split are in no file by their id, question or answer unless they are revealed: outcomes.json
has them under a digest of the id.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus.errors import InputFileError
from evals.cases import RefusedLine
from evals.metrics import Group, ReportsGroup
from evals.provenance import Provenance, Timings
from evals.retrieval import RetrievalResult
from evals.rows import Json, answer_row, digest, failure_row, outcome_row
from evals.runner import Asked

NUMBERS = ("settings", "summary", "timings")  # the files that hold a run's numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """What ran, what came of it, and how long it took; no question and no answer."""

    provenance: Provenance
    cases: int
    refused_lines: int
    groups: tuple[Group, ...]
    by_reports: tuple[ReportsGroup, ...]
    retrieval: tuple[RetrievalResult, ...]
    timings: Timings


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Everything a folder is written from."""

    numbers: Numbers
    asked: tuple[Asked, ...]
    refused: tuple[RefusedLine, ...]
    revealed: bool

    def visible(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if self.revealed or one.loaded.split != "test")


def open_folder(folder: Path) -> None:
    """Makes the folder and writes to it once, so that a place that cannot be written is known before a run.

    Raises:
        InputFileError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputFileError(f"写不了结果文件夹 {folder}（{error.strerror}）。请用 --out 换一个文件夹。") from error


def write_run(folder: Path, run: Run) -> None:
    """Writes the data files into an opened folder."""
    write_json(folder / "settings.json", asdict(run.numbers.provenance))
    _write_lines(folder / "answers.jsonl", (answer_row(one) for one in run.visible()))
    _write_lines(folder / "failures.jsonl", (failure_row(one) for one in failures(run)))
    _write_lines(folder / "refused.jsonl", (asdict(line) for line in run.refused))
    write_json(folder / "outcomes.json", {_key(one, run): outcome_row(one) for one in run.asked})
    write_json(folder / "summary.json", summary(run.numbers))
    write_json(folder / "timings.json", asdict(run.numbers.timings))


def failures(run: Run) -> tuple[Asked, ...]:
    return tuple(one for one in run.visible() if not one.verdict.passed)


def summary(numbers: Numbers) -> dict[str, Json]:
    """The numbers without what ran and how long it took."""
    return {name: value for name, value in asdict(numbers).items() if name not in {"provenance", "timings"}}


def read_numbers(content: Mapping[str, Any]) -> Numbers:
    """The numbers of a run from what its files `NUMBERS` hold.

    Raises:
        ValidationError: they hold something else.
    """
    settings, counted, timings = (content[name] for name in NUMBERS)
    return TypeAdapter(Numbers).validate_python({**counted, "provenance": settings, "timings": timings})


def _key(one: Asked, run: Run) -> str:
    identity = one.loaded.case.id
    return identity if run.revealed or one.loaded.split != "test" else digest(identity)


def write_json(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[Mapping[str, Json]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
