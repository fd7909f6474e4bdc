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
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import InputFileError
from evals.cases import RefusedLine
from evals.metrics import Group, ReportsGroup
from evals.provenance import Provenance, Timings
from evals.retrieval import RetrievalResult
from evals.rows import Json, answer_row, digest, failure_row, outcome_row
from evals.runner import Asked

RESULTS = Path(__file__).parent / "results"
_VERSION = re.compile(r"\w[\w.-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Everything a folder is written from."""

    provenance: Provenance
    asked: tuple[Asked, ...]
    refused: tuple[RefusedLine, ...]
    groups: tuple[Group, ...]
    by_reports: tuple[ReportsGroup, ...]
    retrieval: tuple[RetrievalResult, ...]
    timings: Timings
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
    _write_json(folder / "settings.json", asdict(run.provenance))
    _write_lines(folder / "answers.jsonl", (answer_row(one) for one in run.visible()))
    _write_lines(folder / "failures.jsonl", (failure_row(one) for one in failures(run)))
    _write_lines(folder / "refused.jsonl", (asdict(line) for line in run.refused))
    _write_json(folder / "outcomes.json", {_key(one, run): outcome_row(one) for one in run.asked})
    _write_json(folder / "summary.json", summary(run))
    _write_json(folder / "timings.json", asdict(run.timings))


def failures(run: Run) -> tuple[Asked, ...]:
    return tuple(one for one in run.visible() if not one.verdict.passed)


def summary(run: Run) -> dict[str, Json]:
    return {
        "cases": len(run.asked),
        "refused_lines": len(run.refused),
        "groups": [asdict(group) for group in run.groups],
        "by_reports": [asdict(one) for one in run.by_reports],
        "retrieval": [asdict(result) for result in run.retrieval],
    }


def keep_summary(folder: Path, version: str) -> Path:
    """Copies what ran and its numbers to `evals/results/VERSION.json`, which is kept in git.

    Raises:
        InputFileError: the folder holds no run, or the version is no name of a file.
    """
    if not _VERSION.fullmatch(version):
        raise InputFileError(f"版本“{version}”不能作文件名。请用数字、字母、点和短横，例如 0.2.0。")
    try:
        names = ("settings", "summary", "timings")
        kept = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    except (OSError, ValueError) as error:
        raise InputFileError(f"{folder} 不是评测结果文件夹（{error}）。请给出 run 写出的文件夹。") from error
    RESULTS.mkdir(exist_ok=True)
    _write_json(RESULTS / f"{version}.json", kept)
    return RESULTS / f"{version}.json"


def _key(one: Asked, run: Run) -> str:
    identity = one.loaded.case.id
    return identity if run.revealed or one.loaded.split != "test" else digest(identity)


def _write_json(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[Mapping[str, Json]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
