"""Rows asked for by a word of theirs (等级是良的, 住建局牵头的), and all rows of a table (十件实事是哪十件).

A word of one character says too little by itself: it has to stand with what it tells (等级, 评为).
"""

import re
from collections.abc import Sequence

from assistant.figures.coverage import weigh
from assistant.library import Library
from assistant.questions.question import content_of
from assistant.tables.grid import Grid, Row, words_of
from assistant.tables.question import Asked
from assistant.tables.words import table_words
from corpus.chinese_numerals import parse_numeral

_COUNT = re.compile(r"(?<!第)(?P<n>[二三四五六七八九十]{1,3}|\d{1,2})(?:个|项|家|种|类|件|样|大|所)")
_SHORTEST = 2
_COVERED = 0.75
_COVERED_IF_COUNTED = 0.5
_FEWEST = 3


def rows_of_kind(asked: Asked, grids: Sequence[Grid], library: Library) -> Sequence[Row]:
    """The rows that are meant; none where no table is certain."""
    by_cell = [(grid, rows) for grid in grids if (rows := _with_cell(asked, grid))]
    if by_cell:
        best = max(by_cell, key=lambda each: _named(asked, each[0], each[1], library))[0]
        return next(rows for grid, rows in by_cell if grid is best) if _is_kind(asked, best) else ()
    return ()


def _with_cell(asked: Asked, grid: Grid) -> Sequence[Row]:
    """The rows with a cell that the question names; none where all have it."""
    for cell in sorted({cell for row in grid.rows for cell in row.cells}, key=len, reverse=True):
        rows = [row for row in grid.rows if cell in row.cells]
        if len(rows) < len(grid.rows) and _says(asked, cell):
            return rows
    return ()


def _says(asked: Asked, cell: str) -> bool:
    """Whether the rows with a cell are asked for; 养老驿站数量有几家 counts what a row tells, not its rows."""
    bare = re.escape(cell.strip("“”\"' "))
    if len(cell) > _SHORTEST and cell in asked.text and (asked.kind or not asked.how_many):
        return True
    return any(re.search(pattern.format(bare), asked.text) for pattern in table_words().valued)


def _named(asked: Asked, grid: Grid, rows: Sequence[Row], library: Library) -> float:
    return weigh(content_of(asked.about), library.entries.weights).covered(grid.caption, words_of(grid.header))


def _is_kind(asked: Asked, grid: Grid) -> bool:
    return not asked.kind or any(word in grid.header for word in table_words().kinds.get(asked.kind, (asked.kind,)))


def _rows_said(text: str) -> int | None:
    """How many rows there are, as the question says it: 十件."""
    found = _COUNT.search(text)
    numeral = found["n"] if found else ""
    return int(numeral) if numeral.isdigit() else int(parse_numeral(numeral)) if numeral else None


def all_rows(asked: Asked, grids: Sequence[Grid], library: Library, *, counted: bool = False) -> Sequence[Row]:
    """All rows of the table whose caption and header hold what is asked; `counted`: of as many as are said."""
    if asked.how_many or not re.search(
        r"哪些|哪[几一二两三四五六七八九十\d]|包[括含]|分别是什么|是什么|列", asked.text
    ):
        return ()
    count = _rows_said(asked.text)
    if (count is not None) != counted:
        return ()
    weighed = weigh(content_of(asked.about), library.entries.weights)
    least = _COVERED_IF_COUNTED if count is not None else _COVERED
    fitting = [
        (weighed.covered(grid.caption, words_of(grid.header)), grid)
        for grid in grids
        if asked.kind and _is_kind(asked, grid) and len(grid.rows) >= _FEWEST
        and count in {None, len(grid.rows)} and weighed.covered(grid.caption, words_of(grid.header)) >= least
    ]  # fmt: skip
    if not fitting or not content_of(asked.about).strip():
        return ()
    return max(fitting, key=lambda each: each[0])[1].rows
