"""What one row of a table tells of one thing: planned, done, the rate of it, and how it changed; by its columns.

教师培训 | 调整后预算 586.00 | 实际支出 561.72 | 执行率（%） 95.86   -> plan, done, rate
Any table has such rows, not only those of indicators: budgets by project, people's livelihood items, districts.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.computing.words import compute_words
from assistant.library import Library
from corpus.model import Figure
from corpus.periods import year_of

_PERCENT = frozenset({"%", None})


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """`plan` and `done` are of one year; of several plans (年初预算, 调整后预算) the last is meant."""

    plan: Figure
    done: Figure
    rate: Figure | None
    figures: tuple[Figure, ...]


def sides_of(report: str, library: Library) -> Sequence[Sides]:
    """The rows of a report's tables that have both sides, in its order."""
    rows: dict[tuple[str, int | None], list[Figure]] = defaultdict(list)
    for figure in library.figures_of(report):
        if figure.table is not None and figure.kind == "number":
            rows[figure.table, figure.row].append(figure)
    return [sides for members in rows.values() if (sides := _sides(members)) is not None]


def _sides(members: Sequence[Figure]) -> Sides | None:
    plans = [figure for figure in members if _is_plan(figure)]
    done = [figure for figure in members if _is_done(figure)]
    rates = [figure for figure in members if _is_rate(figure)]
    plan = next((each for each in reversed(plans) if _partners(each, done)), None)
    if plan is None:
        return None
    actual = _partners(plan, done)[0]
    return Sides(plan=plan, done=actual, rate=rates[0] if rates else None, figures=tuple(members))


def _partners(plan: Figure, done: Sequence[Figure]) -> Sequence[Figure]:
    """What was done of a plan: in its unit and year."""
    return [each for each in done if each.base_unit == plan.base_unit and year_of(each.period) == year_of(plan.period)]


def _is_rate(figure: Figure) -> bool:
    if figure.role == "completion_rate":
        return True
    return _column(figure, "column_rate") and figure.base_unit in _PERCENT


def _is_plan(figure: Figure) -> bool:
    return figure.role == "target" or (_column(figure, "column_plan") and not _column(figure, "column_rate"))


def _is_done(figure: Figure) -> bool:
    if figure.role in {"target", "growth", "rank", "score", "completion_rate"}:
        return False
    return figure.role == "actual" or (_column(figure, "column_done") and not _column(figure, "column_rate"))


def _column(figure: Figure, words: str) -> bool:
    return re.search(compute_words().of_table(words), figure.column or "") is not None
