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

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.answer import Answer
from corpus.errors import InputFileError
from evals.cases import RefusedLine
from evals.judging import Verdict
from evals.metrics import Group
from evals.provenance import Provenance, Timings
from evals.retrieval import RetrievalResult
from evals.runner import Asked
from evals.titles import AGREEMENT_TITLES, ERROR_TITLES, PART_TITLES, STATUS_TITLES, WRONG_TITLES

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
DIGEST_CHARACTERS = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Everything a folder is written from."""

    provenance: Provenance
    asked: tuple[Asked, ...]
    refused: tuple[RefusedLine, ...]
    groups: tuple[Group, ...]
    retrieval: tuple[RetrievalResult, ...]
    timings: Timings
    revealed: bool

    def visible(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if self.revealed or one.loaded.split != "test")


def write_run(folder: Path, run: Run) -> None:
    """Writes the folder's data files.

    Raises:
        InputFileError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_json(folder / "settings.json", asdict(run.provenance))
        _write_lines(folder / "answers.jsonl", (_answer_row(one) for one in run.visible()))
        _write_lines(folder / "failures.jsonl", (failure_row(one) for one in failures(run)))
        _write_lines(folder / "refused.jsonl", (asdict(line) for line in run.refused))
        _write_json(folder / "outcomes.json", {_key(one, run): outcome_row(one) for one in run.asked})
        _write_json(folder / "summary.json", summary(run))
        _write_json(folder / "timings.json", asdict(run.timings))
    except OSError as error:
        raise InputFileError(f"写不了结果文件夹 {folder}（{error.strerror}）。请用 --out 换一个文件夹。") from error


def failures(run: Run) -> tuple[Asked, ...]:
    return tuple(one for one in run.visible() if not one.verdict.passed)


def summary(run: Run) -> dict[str, Json]:
    return {
        "cases": len(run.asked),
        "refused_lines": len(run.refused),
        "groups": [asdict(group) for group in run.groups],
        "retrieval": [asdict(result) for result in run.retrieval],
    }


def outcome_row(one: Asked) -> dict[str, Json]:
    verdict = one.verdict
    return {
        "category": verdict.category,
        "split": verdict.split,
        "status": verdict.status,
        "passed": verdict.passed,
        "correct": verdict.correct,
        "wrong": bool(verdict.wrong),
        "answer_digest": digest(json.dumps(answer_content(one.outcome.answer), ensure_ascii=False)),
    }


def failure_row(one: Asked) -> dict[str, Json]:
    case, answer = one.loaded.case, one.outcome.answer
    return {
        "id": case.id,
        "category": case.category,
        "split": one.loaded.split,
        "question": case.question,
        "history": [turn.model_dump() for turn in case.history],
        "why": list(reasons(one.verdict)),
        "expected": case.expected_status,
        "status": answer.status if answer else None,
        "route": answer.route if answer else None,
        "answer": answer.answer if answer else None,
        "first_figure": answer.figures[0].model_dump() if answer and answer.figures else None,
        "warnings": list(answer.warnings) if answer else [],
        "gold": {
            "answer": case.answer,
            "must": case.must,
            "must_not": case.must_not,
            "figure": case.figure.model_dump() if case.figure else None,
            "evidence": case.evidence,
        },
        "citations": [citation.model_dump() for citation in answer.citations] if answer else [],
        "error": asdict(one.outcome.error) if one.outcome.error else None,
    }


def reasons(verdict: Verdict) -> tuple[str, ...]:
    """Why a case is to be read, in Chinese; empty where it passed."""
    found = [ERROR_TITLES[verdict.error]] if verdict.error else []
    if verdict.status not in {None, verdict.expected}:
        found.append(f"应为{STATUS_TITLES[verdict.expected]}，却是{STATUS_TITLES[verdict.status]}")
    if verdict.status is not None:
        found.extend(f"缺“{'／'.join(group)}”" for group in verdict.missing)
    found.extend(f"不该有“{variant}”" for variant in verdict.forbidden)
    found.extend(f"{PART_TITLES[part]}{AGREEMENT_TITLES[agreement]}" for part, agreement in verdict.figure_differs)
    if verdict.figure_exact is False and verdict.status == "answered" and not verdict.figure_differs:
        found.append("没有给出数据项")
    if verdict.wrong:
        found.append(f"错误数字（{'、'.join(WRONG_TITLES[reason] for reason in verdict.wrong)}）")
    if verdict.unaccounted:
        found.append(f"没有出处的数字：{'、'.join(verdict.unaccounted)}")
    if verdict.citations_sound is False:
        found.append("出处有误")
    return tuple(found)


def answer_content(answer: Answer | None) -> Json:
    """An answer without what differs between two runs of the same."""
    return answer.model_dump(mode="json", exclude={"timing_ms"}) if answer else None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_CHARACTERS]


def _answer_row(one: Asked) -> dict[str, Json]:
    case, error = one.loaded.case, one.outcome.error
    return {
        "id": case.id,
        "category": case.category,
        "split": one.loaded.split,
        "passed": one.verdict.passed,
        "question": case.question,
        "gold": case.answer,
        "answer": answer_content(one.outcome.answer),
        "error": {"kind": error.kind, "message": error.message} if error else None,
    }


def _key(one: Asked, run: Run) -> str:
    identity = one.loaded.case.id
    return identity if run.revealed or one.loaded.split != "test" else digest(identity)


def _write_json(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[Mapping[str, Json]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
