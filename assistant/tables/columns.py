"""Which column of which table a question means: named by its words and the table's caption, and no other as well.

The column itself has to be named, or its kind (得分, 增速); the rest may stand in caption and header. A row's label
names no column: 农村公路最长 is not asked of a table that has a row 农村公路养护.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.computing.units import counted_in_wholes, value_of
from assistant.figures.coverage import Weighed, weigh
from assistant.library import Library
from assistant.questions.question import content_of
from assistant.tables.grid import Grid, Row, words_of
from assistant.tables.question import Asked
from assistant.tables.words import table_words
from corpus.model import Figure

_NAMED = 0.75  # share of the words that column and head hold together
_OWN = 0.3  # and the column alone
_APART = 0.05
_OTHER_WORDS = 0.2  # taken off where a column has words of its own that nobody asked for: 食品案件 for 案件
_RATES = re.compile("率|比重|占比|增速|增长|增减|满意度|比例|%|％|得分|评分")
_GROWTH = re.compile("增长|增速|增幅|涨|上升|增加|下降|跌|降")
_PLACES = ("市", "区", "县", "旗", "州", "盟", "镇", "乡", "道", "村", "省")
_KINDS_OF_PLACE = re.compile(r"市$|区$|县$|镇$|乡$|村$|省|街道|地方|市州|县区|旗$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The cells of one column, each with its row; `name` as the table's header has it."""

    grid: Grid
    name: str
    cells: tuple[tuple[Row, Figure], ...]


def column_meant(asked: Asked, grids: Sequence[Grid], library: Library) -> Column | None:
    """The one column that the question names; None where none or two as well as each other."""
    about = content_of(_GROWTH.sub(" ", asked.about))
    weighed = weigh(about, library.entries.weights)
    ranked = []
    for column in (column for grid in grids if _of_kind(asked, grid) for column in _columns(grid)):
        if not _fits(asked, column):
            continue
        own = words_of(column.name)
        named, alone = weighed.covered(own, column.grid.caption), weighed.covered(own)
        by_kind = asked.completion or asked.wish in {"fell", "rose"} or _GROWTH.search(asked.about) is not None
        if (not about.strip() and by_kind) or (named >= _NAMED and (alone >= _OWN or by_kind)):
            ranked.append((named + alone - _OTHER_WORDS * _unasked(own, weighed), column))
    ranked.sort(key=lambda each: -each[0])
    first = [column for fit, column in ranked if fit > ranked[0][0] - _APART]
    if len(first) > 1 and asked.wish not in {"highest", "lowest"} and len({column.name for column in first}) == 1:
        return replace(first[0], cells=tuple(cell for column in first for cell in column.cells))
    return first[0] if len(first) == 1 else None


def _unasked(own: frozenset[str], weighed: Weighed) -> float:
    return len(own - weighed.pairs) / len(own) if own else 0.0


def _of_kind(asked: Asked, grid: Grid) -> bool:
    """Whether the rows are what the question calls them: places, or what the header calls them."""
    if not asked.kind:
        return True
    if _KINDS_OF_PLACE.search(asked.kind):
        return all(re.sub(r"（[^）]*）$", "", row.label).endswith((*_PLACES, "本级")) for row in grid.rows)
    return any(word in grid.header for word in table_words().kinds.get(asked.kind, (asked.kind,)))


def _columns(grid: Grid) -> Iterable[Column]:
    """The columns by their header's text, told apart where two have the same."""
    cells: dict[tuple[str, int], list[tuple[Row, Figure]]] = defaultdict(list)
    for row in grid.rows:
        seen: dict[str, int] = defaultdict(int)
        for figure in row.figures:
            header = figure.column or ""
            cells[header, seen[header]].append((row, figure))
            seen[header] += 1
    repeated = {header for header, order in cells if order}
    for (header, _), members in cells.items():
        row, figure = members[0]
        name = figure.name.removeprefix(row.label) if header in repeated else header
        yield Column(grid=grid, name=name, cells=tuple(members))


def _fits(asked: Asked, column: Column) -> bool:
    """Whether the column's numbers can be held against each other and against what is asked."""
    figures = [figure for _, figure in column.cells]
    units = {figure.base_unit for figure in figures}
    whole = len(column.cells) == len(column.grid.rows) or len(figures) > 2
    if not whole or len(units) > 1 or any(figure.kind != "number" or figure.value is None for figure in figures):
        return False
    if any(value_of(figure) % 1 and counted_in_wholes(figure.base_unit) for figure in figures):
        return False  # the caption's unit is another column's
    if re.search("率|比重|占比|增速", column.name) and units - {"%", "‰", "百分点", None}:
        return False
    if asked.wish in {"fell", "rose"}:
        return figures[0].role == "growth" or re.search("增长|增减|增速|增幅", column.name) is not None
    if asked.completion:
        return figures[0].role == "completion_rate"
    grows = figures[0].role == "growth" or _GROWTH.search(column.name) is not None
    if (_GROWTH.search(asked.about) is not None) != grows:
        return False
    if not grows and re.search("率|占比|比重", asked.about) and not re.search("率|占比|比重", column.name):
        return False
    unit = asked.limit.base_unit if asked.limit is not None else None
    asks_rate, is_rate = _RATES.search(asked.text) is not None, _RATES.search(column.name) is not None
    return (unit is None or units == {unit}) and (asks_rate or not is_rate or unit == "%")
