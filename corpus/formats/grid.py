"""The cells of a table laid out on its grid, as lines of text.

Rows above the header that hold one text are the table's name and unit, those below the last row its notes; they
become lines of their own. Lines that stand level in the cells of one row are rows that were drawn without rules:
    养老机构¶福利院 | 42¶17   ->   养老机构\\t42 / 福利院\\t17
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import ReportError
from corpus.formats.printed import Limits

Lines = tuple[str, ...]

_NUMBER = re.compile(r"[-−—–]+|[-−+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*[%％‰]?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell: its `lines` of text, and how many columns and rows it covers.

    `continues`: it is part of the cell above (a vertical merge told row by row). Tabs part the texts of columns
    that were merged though each has a text of its own.
    """

    lines: Lines = ()
    across: int = 1
    down: int = 1
    continues: bool = False


def printed_rows(rows: Sequence[Sequence[Cell]], name: str, limits: Limits) -> list[str]:
    """The lines of a table of the report called `name`; names and notes are set off by a blank line.

    Raises:
        ReportError: more columns than the limits allow.
    """
    grid = _without_empty_columns([row for row in _on_grid(rows, name, limits) if any(row)])
    if not grid or len(grid[0]) == 1:
        return [line for row in grid for line in row[0]]
    first = next((at for at, row in enumerate(grid) if not _stands_alone(row)), len(grid))
    last = next((at for at in range(len(grid), first, -1) if not _is_note(grid[at - 1])), first)
    above = [line for row in grid[:first] for cell in row for line in cell]
    below = [line for row in grid[last:] for cell in row for line in cell]
    body = ["\t".join(map(_joined, level)) for row in grid[first:last] for level in _levels(row)]
    return [*above, *([""] if above else []), *body, *([""] if below else []), *below]


# --- the grid -------------------------------------------------------------------------------------


def _on_grid(rows: Sequence[Sequence[Cell]], name: str, limits: Limits) -> Iterator[list[Lines]]:
    """Each row with a text for every column up to its last; columns that a merged cell covers are empty."""
    below: dict[int, int] = {}  # column -> how many rows further down a cell covers it
    for row in rows:
        laid: list[Lines] = []
        covering: dict[int, int] = {}
        for cell in row:
            while len(laid) in below:
                laid.append(())
            if len(laid) + cell.across > limits.table_columns:
                raise ReportError(
                    f"报告“{name}”里有一张表超过 {limits.table_columns} 列。"
                    "请检查这张表，或调大 JUSHI_MAX_TABLE_COLUMNS。"
                )
            covering |= {len(laid) + column: cell.down for column in range(cell.across)}
            laid += _spread(cell)
        covering |= below
        below = {column: left - 1 for column, left in covering.items() if left > 1}
        yield laid


def _spread(cell: Cell) -> list[Lines]:
    """A cell's texts over the columns it covers: all in the first, unless every line has one for each column."""
    lines = () if cell.continues else tuple(filter(None, (line.strip(" \n") for line in cell.lines)))
    parts = [line.split("\t") for line in lines]
    if cell.across > 1 and parts and all(len(part) == cell.across and all(part) for part in parts):
        return [tuple(part[column].strip() for part in parts) for column in range(cell.across)]
    return [lines, *[()] * (cell.across - 1)]


def _without_empty_columns(grid: list[list[Lines]]) -> list[list[Lines]]:
    width = max(map(len, grid), default=0)
    full = [row + [()] * (width - len(row)) for row in grid]
    used = [column for column in range(width) if any(row[column] for row in full)]
    return [[row[column] for column in used] for row in full]


# --- names and notes ------------------------------------------------------------------------------


def _stands_alone(row: list[Lines]) -> bool:
    """Whether the row is one text over the whole table, or one at its right edge: a name, a unit."""
    filled = [column for column, lines in enumerate(row) if lines]
    return len(filled) == 1 and filled[0] in (0, len(row) - 1) and not _is_number(_joined(row[filled[0]]))


def _is_note(row: list[Lines]) -> bool:
    """Whether the row is one sentence over the whole table."""
    text = _joined(row[0])
    return not any(row[1:]) and ("。" in text or "：" in text or "；" in text)


# --- rows drawn without rules ---------------------------------------------------------------------


def _levels(row: list[Lines]) -> list[list[Lines]]:
    """The rows that one row of cells holds: several where words and numbers stand level, line by line."""
    depth = max((len(lines) for lines in row if all(map(_is_number, lines))), default=0)
    if depth < 2 or not any(len(lines) == depth and not _is_number(lines[0]) for lines in row):
        return [row]
    columns = [_in_levels(lines, depth) for lines in row]
    if any(column is None for column in columns):
        return [row]
    return [[column[level] for column in columns if column is not None] for level in range(depth)]


def _in_levels(lines: Lines, depth: int) -> list[Lines] | None:
    """A cell's text for each level; None where it cannot be told which line belongs to which."""
    if not lines:
        return [()] * depth
    if len(lines) == depth:
        return [(line,) for line in lines]
    size, rest = divmod(len(lines[0]), depth)
    if len(lines) == 1 and not rest and size and lines[0] == lines[0][:size] * depth:
        return [(lines[0][:size],)] * depth  # 万个万个万个: the unit of three rows
    return None


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _joined(lines: Lines) -> str:
    return " ".join(" ".join(lines).replace("\t", " ").split("\n")).strip()
