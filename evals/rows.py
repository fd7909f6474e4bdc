"""One asked case as rows of the files in a run's folder, and why it is to be read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from assistant.answer import Answer
from evals.judging import Verdict
from evals.runner import Asked
from evals.titles import AGREEMENT_TITLES, ERROR_TITLES, PART_TITLES, STATUS_TITLES, WRONG_TITLES

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
DIGEST_CHARACTERS = 16


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


def answer_row(one: Asked) -> dict[str, Json]:
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
