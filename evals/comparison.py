"""Two runs side by side: which cases got better or worse, whether by more than chance, what changed in words."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.answer import Answer
from corpus.errors import InputFileError
from evals.cases import Category, Split
from evals.intervals import difference_interval
from evals.significance import mcnemar
from evals.titles import ALL

Result = Literal["win", "tie", "loss"]


class OutcomeRow(BaseModel):
    category: Category
    split: Split
    status: str | None
    passed: bool
    correct: bool
    wrong: bool
    answer_digest: str


class AnswerRow(BaseModel):
    id: str
    question: str
    gold: str
    passed: bool
    answer: Answer | None
    error: dict[str, str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishedRun:
    """A run read back from its folder; hidden cases are in `outcomes` only."""

    name: str
    outcomes: dict[str, OutcomeRow]
    answers: dict[str, AnswerRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultCounts:
    """Cases the second run won, tied and lost by one criterion, with McNemar's p.

    `difference` is the second run's share less the first's, `low` to `high` its paired bootstrap interval (95 %).
    """

    criterion: str
    category: str
    wins: int
    ties: int
    losses: int
    p: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedAnswer:
    id: str
    question: str
    gold: str
    result: Result
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RunComparison:
    before: str
    after: str
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    counts: tuple[ResultCounts, ...]
    changed_count: int  # hidden cases among them
    changed: tuple[ChangedAnswer, ...]


CRITERIA: dict[str, Callable[[OutcomeRow], bool]] = {
    "通过": lambda row: row.passed,
    "回答正确": lambda row: row.correct,
    "没有错误数字": lambda row: not row.wrong,
}


def read_run(folder: Path) -> FinishedRun:
    """A run's outcomes and answers.

    Raises:
        InputFileError: the folder holds no run.
    """
    try:
        outcomes = (folder / "outcomes.json").read_text(encoding="utf-8")
        lines = (folder / "answers.jsonl").read_text(encoding="utf-8").split("\n")
        rows = [AnswerRow.model_validate(json.loads(line)) for line in lines if line.strip()]
        return FinishedRun(
            name=folder.name,
            outcomes=TypeAdapter(dict[str, OutcomeRow]).validate_json(outcomes),
            answers={row.id: row for row in rows},
        )
    except (OSError, ValueError, ValidationError) as error:
        advice = "请给出 python -m evals run 写出的文件夹。"
        raise InputFileError(f"{folder} 不是评测结果文件夹（{error}）。{advice}") from error


def compare_runs(before: FinishedRun, after: FinishedRun) -> RunComparison:
    """`after` held against `before` on the cases both have."""
    shared = [identity for identity in before.outcomes if identity in after.outcomes]
    changed = [one for one in shared if before.outcomes[one].answer_digest != after.outcomes[one].answer_digest]
    return RunComparison(
        before=before.name,
        after=after.name,
        shared=len(shared),
        only_before=tuple(one for one in before.outcomes if one not in after.outcomes),
        only_after=tuple(one for one in after.outcomes if one not in before.outcomes),
        counts=tuple(_counts(before, after, shared)),
        changed_count=len(changed),
        changed=tuple(
            _changed(before, after, one) for one in changed if one in before.answers and one in after.answers
        ),
    )


def _counts(before: FinishedRun, after: FinishedRun, shared: list[str]) -> Iterable[ResultCounts]:
    present = sorted({before.outcomes[one].category for one in shared})
    for criterion, passes in CRITERIA.items():
        for category in (ALL, *present):
            chosen = [one for one in shared if category in {ALL, before.outcomes[one].category}]
            if chosen:
                first = [passes(before.outcomes[one]) for one in chosen]
                yield _counted(criterion, category, first, [passes(after.outcomes[one]) for one in chosen])


def _counted(criterion: str, category: str, first: Sequence[bool], second: Sequence[bool]) -> ResultCounts:
    results = Counter(map(_result, first, second))
    low, high = difference_interval(first, second)
    return ResultCounts(
        criterion=criterion,
        category=category,
        wins=results["win"],
        ties=results["tie"],
        losses=results["loss"],
        p=mcnemar(results["win"], results["loss"]),
        difference=round((sum(second) - sum(first)) / len(first), 4),
        low=low,
        high=high,
    )


def _result(before: bool, after: bool) -> Result:
    return "tie" if before == after else "win" if after else "loss"


def _changed(before: FinishedRun, after: FinishedRun, identity: str) -> ChangedAnswer:
    one, other = before.answers[identity], after.answers[identity]
    return ChangedAnswer(
        id=identity,
        question=other.question,
        gold=other.gold,
        result=_result(one.passed, other.passed),
        before=_told(one),
        after=_told(other),
    )


def _told(row: AnswerRow) -> str:
    """An answer in full: status, text, figures, places."""
    if row.answer is None:
        return f"（没有回答：{(row.error or {}).get('message', '')}）"
    answer = row.answer
    figures = "；".join(f"{one.name} {one.printed}（{one.role}，{one.period}，{one.scope}）" for one in answer.figures)
    places = "；".join(f"[{one.id}] 第 {one.line} 行“{one.quote}”" for one in answer.citations)
    parts = (f"（{answer.status}）{answer.answer}", figures, places, *answer.warnings)
    return "\n".join(part for part in parts if part)
