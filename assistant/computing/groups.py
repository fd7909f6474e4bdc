"""Rows that belong together by their place in the report and can be added or compared: all, never the top few.

- a column of a table;
- the values of one parallel sentence: 稳岗返还、扩岗补助3.1亿元、0.4亿元;
- parallel sentences of a section whose names end alike: “…”项目预算2,000万元;
- the main numbers of an indicator table's rows.
A row that sums others up (合计, 全市, or a value that is their sum) is told apart from them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.computing.units import value_of
from assistant.computing.words import compute_words
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entries, Entry
from assistant.figures.lookup import contradicts
from assistant.figures.matching import LEVELS, match
from assistant.library import Library
from assistant.places import stretch_of
from assistant.questions.question import Question
from corpus.model import Figure

_FEWEST = 2
_ENOUGH = 0.55
_NAMED = 0.2
_ENOUGH_OF_COUNTED = 0.3
_TAIL = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Rows of one kind in the order of the report, and the row that sums them up, where the report has one."""

    figures: tuple[Figure, ...]
    total: Figure | None = None


def find_group(
    question: Question, count: int | None, report: str, library: Library, least_named: float = _NAMED
) -> Group | None:
    """The group a question names; where it says how many there are, of just as many rows.

    `least_named` is the share of the question's words that the names of the rows have to hold by themselves.
    """
    entries = library.entries
    weighed = weigh(question.content, entries.weights)
    best: tuple[float, Group | None] = (0.0, None)
    for members in _families(_fitting(question, report, entries), library):
        group = _parted([entry.figure for entry in members])
        if len(group.figures) < _FEWEST or (count is not None and len(group.figures) != count):
            continue
        own = [entry for entry in members if entry.figure in group.figures]
        each = [weighed.covered(entry.name, entry.stretch, entry.around, _column(entry)) for entry in own]
        named = weighed.covered(frozenset().union(*(entry.name | _column(entry) for entry in own)))
        if named >= least_named and min(each) >= (_ENOUGH_OF_COUNTED if count else _ENOUGH):
            best = max(best, (sum(each) / len(each) + named, group), key=lambda found: found[0])
    return best[1]


def is_total(figure: Figure) -> bool:
    """Whether a row's label says that it sums others up."""
    return figure.name.startswith(compute_words().lists["totals"]) and figure.table is not None


def _column(entry: Entry) -> frozenset[str]:
    return pairs_of((entry.figure.column or "").lower())


def _fitting(question: Question, report: str, entries: Entries) -> list[Entry]:
    """Numbers of the kind asked for: dimension, role, year, target or outcome."""
    weighed = weigh(question.content, entries.weights)
    found = []
    for entry in entries.of(report):
        figure = entry.figure
        if figure.kind != "number" or figure.role == "rank" or entry.in_words:
            continue
        features = match(question, weighed, entry, entries, {}, 0.0).features
        judged = {**features, "terms": 1.0, "rate": 0.0}
        if not contradicts(judged):
            found.append(entry)
    return found


def _families(entries: Sequence[Entry], library: Library) -> Iterable[tuple[Entry, ...]]:
    families: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry, library):
            families[key].append(entry)
    for members in families.values():
        yield tuple(_once_each(members))


def _keys(entry: Entry, library: Library) -> Iterable[tuple[object, ...]]:
    figure = entry.figure
    unit = figure.base_unit
    level = entry.nature if entry.nature not in LEVELS else "level"
    planned = figure.role == "target"
    if figure.table is not None:
        indicator = library.indicator_of(figure)
        if indicator is None:
            yield "column", figure.table, figure.column, unit, level
        elif figure.id in (*indicator.target_figures[:1], *indicator.actual_figures[:1], indicator.rate_figure):
            yield "indicators", figure.table, figure.role, figure.base_unit
        return
    yield "stretch", *stretch_of(library.source_text(figure.report), figure), unit, level, planned
    bare = re.sub(r"\W", "", figure.name)
    if len(bare) > _TAIL:
        yield "pattern", figure.section, unit, figure.role, planned, bare[-_TAIL:]


def _once_each(members: Sequence[Entry]) -> Sequence[Entry]:
    """A value told twice under one name counts once."""
    seen: dict[tuple[str, str | None], Entry] = {}
    for entry in members:
        seen.setdefault((entry.figure.name, entry.figure.base_value), entry)
    return tuple(seen.values())


def _parted(figures: Sequence[Figure]) -> Group:
    """The rows without those that sum them up."""
    total = next((figure for figure in figures if is_total(figure)), None)
    rows = [figure for figure in figures if figure is not total]
    if total is None and len(rows) > _FEWEST:
        total = next((figure for figure in rows if _sums(figure, [each for each in rows if each is not figure])), None)
        rows = [figure for figure in rows if figure is not total]
    return Group(figures=tuple(rows), total=total)


def _sums(figure: Figure, others: Sequence[Figure]) -> bool:
    return value_of(figure) > 0 and value_of(figure) == sum((value_of(each) for each in others), Decimal(0))


def has_subtotals(figures: Sequence[Figure]) -> bool:
    """Whether a row is the sum of two or more rows right behind or right before it."""
    values = [value_of(figure) for figure in figures]
    for at, value in enumerate(values):
        for step in (1, -1):
            running, taken, index = Decimal(0), 0, at + step
            while 0 <= index < len(values) and running < value:
                running, taken, index = running + values[index], taken + 1, index + step
            if taken > 1 and running == value and value > 0:
                return True
    return False
