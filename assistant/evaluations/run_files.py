"""A run's folder as `python -m evals run` writes it, read back: the numbers by category, and the cases that failed.

    runs/20230105-101500-1a2b3c4d/  settings.json summary.json timings.json failures.jsonl refused.jsonl

Cases of the test split are in no file by their question unless they were revealed; they are counted all the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.evaluations.words import word, words
from corpus.errors import InputFileError

ALL = "all"
Row = TypeVar("Row")


class Share(BaseModel):
    hits: int
    total: int


class Group(BaseModel):
    split: str
    category: str
    cases: int
    shares: dict[str, Share]


class Summary(BaseModel):
    cases: int
    refused_lines: int
    groups: tuple[Group, ...]


class Settings(BaseModel):
    commit: str | None = None
    case_files: dict[str, str] = {}


class Timings(BaseModel):
    finished_at: str
    p50: float | None = None
    p95: float | None = None


class Gold(BaseModel):
    answer: str = ""
    must: list[list[str]] = []
    must_not: list[str] = []


class Failure(BaseModel):
    """A case that did not pass: what was expected, what came, and why it counts as failed."""

    id: str
    category: str
    split: str
    question: str
    why: list[str]
    expected: str
    status: str | None
    answer: str | None
    gold: Gold


class RefusedLine(BaseModel):
    file: str
    line: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishedRun:
    folder: Path
    summary: Summary
    settings: Settings
    timings: Timings

    @property
    def name(self) -> str:
        return self.folder.name

    def title(self) -> str:
        """When it ended, over which cases, how many were answered right."""
        files = "、".join(self.settings.case_files) or self.name
        whole = next((group for group in self.summary.groups if (group.split, group.category) == (ALL, ALL)), None)
        right = whole.shares.get("correct") if whole else None
        told = f"，正确 {right.hits}/{right.total}" if right else ""
        return f"{self.timings.finished_at[:16].replace('T', ' ')}　{files}{told}"


def finished_runs(folder: Path) -> tuple[FinishedRun, ...]:
    """The runs in a folder, the newest first; what is no finished run is passed over."""
    if not folder.is_dir():
        return ()
    runs = [run for path in folder.iterdir() if (run := _read_run(path)) is not None]
    return tuple(sorted(runs, key=lambda run: (run.timings.finished_at, run.name), reverse=True))


def failures(run: FinishedRun) -> tuple[Failure, ...]:
    """The failed cases in the order they were asked; hidden ones are not in the file.

    Raises:
        InputFileError: the file cannot be read.
    """
    return tuple(_lines(run.folder / "failures.jsonl", TypeAdapter(Failure)))


def refused_lines(run: FinishedRun) -> tuple[RefusedLine, ...]:
    """Lines of the case files that are no cases; raises as `failures`."""
    return tuple(_lines(run.folder / "refused.jsonl", TypeAdapter(RefusedLine)))


def category_rows(run: FinishedRun, split: str) -> list[tuple[str, ...]]:
    """A row a category: its name, how many cases, and each measure as 正确数/题数; "" where nothing is asked."""
    rows = []
    for group in run.summary.groups:
        if group.split == split:
            shown = (_shown(group.shares.get(name)) for name in words()["measures"])
            rows.append((word("categories", group.category), str(group.cases), *shown))
    return rows


def splits_of(run: FinishedRun) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group.split for group in run.summary.groups))


def _shown(share: Share | None) -> str:
    if share is None or not share.total:
        return ""
    return f"{share.hits}/{share.total}（{100 * share.hits / share.total:.0f}%）"


def _read_run(folder: Path) -> FinishedRun | None:
    try:
        return FinishedRun(
            folder=folder,
            summary=Summary.model_validate_json((folder / "summary.json").read_bytes()),
            settings=Settings.model_validate_json((folder / "settings.json").read_bytes()),
            timings=Timings.model_validate_json((folder / "timings.json").read_bytes()),
        )
    except (OSError, ValidationError):
        return None  # still running, broken off, or no run at all


def _lines(path: Path, adapter: TypeAdapter[Row]) -> Sequence[Row]:
    try:
        text = path.read_text(encoding="utf-8")
        return [adapter.validate_python(json.loads(line)) for line in text.split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise InputFileError(f"读不了评测结果 {path.name}（{type(error).__name__}）。请重新跑一次评测。") from error
