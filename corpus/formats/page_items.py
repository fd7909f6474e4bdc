"""A page's ink cut into what a reader sees: lines of text and tables, from the top down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.glyph_runs import Run, cell_text, read_runs
from corpus.formats.ink import Glyph, PageInk
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
    items: list[Item] = []
    for grid, glyphs in zip(grids, inside, strict=True):
        items.extend(_ruled(grid, glyphs, page))
    runs = read_runs(outside)
    tables = find_tables(runs)
    for table in tables:
        items.append(TablePiece(xs=table.xs, rows=table.rows, y=table.y, page=page, is_ruled=False))
    taken = {id(run) for table in tables for run in table.runs}
    items.extend(line for run in runs if id(run) not in taken for line in _lines(run, page))
    return sorted(items, key=lambda item: (item.y, item.x0 if isinstance(item, TextLine) else 0.0))


def _lines(run: Run, page: int) -> Iterator[TextLine]:
    parts = run.cut(_SET_APART)
    for part in parts:
        yield TextLine(
            text=part.text, x0=part.x0, x1=part.x1, y=part.y, size=part.size, page=page,
            first_width=_first_width(part.glyphs), is_part=len(parts) > 1,
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


def _ruled(grid: RuledGrid, glyphs: Sequence[Glyph], page: int) -> Iterator[Item]:
    cells: dict[int, list[Glyph]] = {}
    for run in read_runs(glyphs):
        for start, end in _whole_numbers(run):
            middle = (run.glyphs[start].x0 + run.glyphs[end - 1].x1) / 2
            cells.setdefault(_owner(grid, middle, run.glyphs[start].middle[1]), []).extend(run.glyphs[start:end])
    rows = []
    seen: set[int] = set()
    for owners in grid.owner:
        row = []
        for column, owner in enumerate(owners):
            if owner not in seen:
                seen.add(owner)
                row.append((column, cell_text(cells.get(owner, ()))))
        rows.append(tuple(row))
    rows = [row for row in rows if any(text for _, text in row)]
    if rows:
        yield TablePiece(xs=grid.xs, rows=tuple(rows), y=grid.ys[0], page=page)


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
