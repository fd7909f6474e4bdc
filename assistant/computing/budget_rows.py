"""Sums planned and spent on one thing, as a table's row or one sentence tells them, with the printed rate.

年初预算为30万元，支出决算为27万元，完成年初预算的90% -> plan, done, rate
A sentence's pair counts only where the printed rate, if there is one, bears it out.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.computing.units import value_of
from assistant.computing.words import compute_words
from assistant.figures.entries import Entry
from assistant.indicators.sides import sides_of
from assistant.library import Library
from corpus.model import Figure
from corpus.statements import run_up

_FAR = 60  # characters between two numbers of one statement
_NEAR_RATE = Decimal("0.06")
_MONEY = "元"


@dataclass(frozen=True, kw_only=True, slots=True)
class Budgeted:
    """`name` is what the money is for, without the words of planning and spending."""

    name: str
    plan: Figure
    done: Figure
    rate: Figure | None


def budgeted_rows(report: str, library: Library) -> Sequence[Budgeted]:
    """All pairs of a report, those of tables first."""
    tables = [
        Budgeted(name=bare_name(sides.plan), plan=sides.plan, done=sides.done, rate=sides.rate)
        for sides in sides_of(report, library)
        if sides.plan.base_unit == _MONEY and bare_name(sides.plan) == bare_name(sides.done)
    ]
    return [*tables, *_of_sentences(report, library)]


def bare_name(figure: Figure) -> str:
    """公务用车费2024年决算数, 公务用车费完成预算 -> 公务用车费"""
    name = figure.name.removesuffix(figure.column or "")
    return re.sub(rf"(?:20\d\d年)?(?:度)?{compute_words().any_of('money_column')}*(?:数|额)?$", "", name)


def _of_sentences(report: str, library: Library) -> Sequence[Budgeted]:
    sentences: dict[int, list[Entry]] = defaultdict(list)
    for entry in library.entries.of(report):
        if entry.figure.table is None and entry.figure.kind == "number":
            sentences[entry.figure.sentence_start].append(entry)
    found = []
    for entries in sentences.values():
        figures = sorted((entry.figure for entry in entries), key=lambda figure: figure.start)
        for plan, done, *after in zip(figures, figures[1:], [*figures[2:], None], strict=False):
            if (pair := _pair(plan, done, after[0])) is not None:
                found.append(pair)
    return found


def _pair(plan: Figure, done: Figure, after: Figure | None) -> Budgeted | None:
    words = compute_words()
    planned = re.search(rf"{words.any_of('budget')}(?:数|额)?(?:为|是|：)?$", run_up(plan)) is not None
    spent = re.search(rf"{words.any_of('final')}(?:数|额)?(?:为|是|：)?$", run_up(done)) is not None
    money = plan.base_unit == done.base_unit == _MONEY and done.start - plan.end < _FAR
    if not (planned and spent and money):
        return None
    rate = after if after is not None and after.role == "completion_rate" and after.start - done.end < _FAR else None
    if rate is not None and not _borne_out(plan, done, rate):
        return None
    return Budgeted(name=bare_name(plan), plan=plan, done=done, rate=rate)


def _borne_out(plan: Figure, done: Figure, rate: Figure) -> bool:
    planned = value_of(plan)
    return bool(planned) and abs(value_of(done) / planned * 100 - value_of(rate)) <= _NEAR_RATE
