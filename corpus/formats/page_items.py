"""A page's ink cut into what a reader sees: lines of text and tables, from the top down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.glyph_runs import Run, cell_text, read_runs
from corpus.formats.ink import Glyph, PageInk
from corpus.formats.level_rows import level_rows
from corpus.formats.page_columns import column_space, sides
from corpus.formats.ruled_grids import RuledGrid, find_grids
from corpus.formats.unruled_tables import find_tables

_SET_APART = 4.0  # of the size: two texts of one line, such as a label left and a unit right
_TORN = 0.15  # of the size: a number that reaches over a line is one number


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    """One printed line. `column` is 0 over the page's whole width, else the column's number from 1."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    first_width: float  # of what has to stand together at its beginning: a sign, a number, a word
    column: int = 0
    is_part: bool = False  # other texts stand in the same line


@dataclass(frozen=True, kw_only=True, slots=True)
class TablePiece:
    """A table as far as it stands on one page: rows of (number of the line left of the cell in `xs`, text)."""

    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[int, str], ...], ...]
    y: float
    page: int
    is_ruled: bool = True
    column: int = 0

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def texts(self) -> list[tuple[str, ...]]:
        return [tuple(text for _, text in row if text) for row in self.rows]


Item = TextLine | TablePiece


def read_items(ink: PageInk, page: int) -> list[Item]:
    """The lines and tables of page number `page` (from 0)."""
    grids = find_grids(ink.rules)
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    for glyph in ink.glyphs:
        home = next((at for at, grid in enumerate(grids) if grid.holds(*glyph.middle)), None)
        (outside if home is None else inside[home]).append(glyph)
    runs = read_runs(outside)
    middle = column_space(runs)
    tables = find_tables(runs) if middle is None else []
    taken = {id(run) for table in tables for run in table.runs}
    items: list[Item] = []
    for grid, glyphs in zip(grids, inside, strict=True):
        items.extend(_ruled(grid, glyphs, page, _column(grid.xs[0], grid.xs[-1], middle)))
    for table in tables:
        items.append(TablePiece(xs=table.xs, rows=table.rows, y=table.y, page=page, is_ruled=False))
    for run in runs:
        if id(run) not in taken:
            items.extend(_lines(run, page, middle))
    return _in_reading_order(items)


def _column(left: float, right: float, middle: float | None) -> int:
    if middle is None or left < middle < right:
        return 0
    return 1 if right <= middle else 2


def _in_reading_order(items: list[Item]) -> list[Item]:
    """From the top down; what stands in columns is read column by column up to what runs over both."""
    ordered: list[tuple[int, int, float, float, int, Item]] = []
    stretch = 0
    for item in sorted(items, key=lambda one: one.y):
        stretch += item.column == 0
        ordered.append((stretch, item.column, item.y, item.x0, len(ordered), item))
    return [entry[-1] for entry in sorted(ordered, key=lambda entry: entry[:5])]


def _lines(run: Run, page: int, middle: float | None) -> Iterator[TextLine]:
    halves = [half for half in sides(run, middle) if half] if middle is not None else [run]
    for half in halves or [run]:
        yield from _parts(half, page, _column(half.x0, half.x1, middle))


def _parts(run: Run, page: int, column: int) -> Iterator[TextLine]:
    parts = run.cut(_SET_APART)
    for part in parts:
        yield TextLine(
            text=part.text, x0=part.x0, x1=part.x1, y=part.y, size=part.size, page=page,
            first_width=_first_width(part.glyphs), is_part=len(parts) > 1, column=column,
        )  # fmt: skip


def _first_width(glyphs: Sequence[Glyph]) -> float:
    end = 1
    if glyphs[0].text.isascii():
        while (
            end < len(glyphs)
            and glyphs[end].text.isascii()
            and glyphs[end].x0 - glyphs[end - 1].x1 < glyphs[0].size * 0.2
        ):
            end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0


def _touch(before: Glyph, after: Glyph) -> bool:
    return after.x0 - before.x1 < _TORN * after.size


def _ruled(grid: RuledGrid, glyphs: Sequence[Glyph], page: int, place: int) -> Iterator[Item]:
    cells: dict[int, list[Glyph]] = {}
    for run in read_runs(glyphs):
        for start, end in _whole_numbers(run):
            middle = (run.glyphs[start].x0 + run.glyphs[end - 1].x1) / 2
            cells.setdefault(_owner(grid, middle, run.glyphs[start].middle[1]), []).extend(run.glyphs[start:end])
    rows = []
    seen: set[int] = set()
    for owners in grid.owner:
        row: list[tuple[int, list[Glyph]]] = []
        for column, owner in enumerate(owners):
            if owner not in seen:
                seen.add(owner)
                row.append((column, cells.get(owner, [])))
        rows.extend(level_rows(row))
    shown = tuple(tuple((column, cell_text(glyphs)) for column, glyphs in row) for row in rows)
    filled = tuple(row for row in shown if any(text for _, text in row))
    if filled:
        yield TablePiece(xs=grid.xs, rows=filled, y=grid.ys[0], page=page, column=place)


def _whole_numbers(run: Run) -> Iterator[tuple[int, int]]:
    """Stretches that stay in one cell: each sign by itself, a number as a whole."""
    start = 0
    for at in range(1, len(run.glyphs) + 1):
        if at < len(run.glyphs):
            before, after = run.glyphs[at - 1], run.glyphs[at]
            is_number = all(glyph.text.isdigit() or glyph.text in ".," for glyph in (before, after))
            if is_number and after.x0 - before.x1 < _TORN * after.size:
                continue
        yield start, at
        start = at


def _owner(grid: RuledGrid, x: float, y: float) -> int:
    column = max(0, min(sum(edge <= x for edge in grid.xs) - 1, len(grid.xs) - 2))
    row = max(0, min(sum(edge <= y for edge in grid.ys) - 1, len(grid.ys) - 2))
    return grid.owner[row][column]
