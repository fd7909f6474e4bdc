"""Pieces of tables put together over pages: columns aligned, repeated headers and captions read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.formats.page_items import Item, TablePiece, TextLine

_SAME_EDGE = 6.0
_MOST_CAPTIONS = 4
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, empty ones included, and its page from 0."""

    cells: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class WholeTable:
    rows: tuple[TableRow, ...]


def whole_tables(items: Sequence[Item]) -> Iterator[WholeTable | list[TextLine]]:
    """Tables, and the lines between them, in order."""
    lines: list[TextLine] = []
    pieces: list[TablePiece] = []
    captions: list[TextLine] = []
    for item in items:
        if isinstance(item, TextLine):
            lines.append(item)
            continue
        between = [line for line in lines if not _is_repeated(line, captions)] if pieces else lines
        further = _further(pieces, item) if pieces and not between else None
        if further is not None:
            pieces.append(further)
            lines = []
            continue
        if pieces:
            yield _whole(pieces)
        if lines:
            yield lines
        pieces, captions, lines = [item], lines[-_MOST_CAPTIONS:], []
    if pieces:
        yield _whole(pieces)
    if lines:
        yield lines


def _is_repeated(line: TextLine, captions: Sequence[TextLine]) -> bool:
    """Whether a line above a table on a further page says what stood above its beginning."""
    words = "".join(line.text.split())
    return any(words == "".join(caption.text.split()) for caption in captions)


def _further(pieces: Sequence[TablePiece], item: TablePiece) -> TablePiece | None:
    """`item` as the next page's piece of the same table, in columns that fit; None where it is another table."""
    above = pieces[-1]
    if item.page != above.page + 1 or item.is_ruled != above.is_ruled:
        return None
    if not item.is_ruled:
        return _laid_under(pieces[0], item)
    known = [edge for piece in pieces for edge in piece.xs]
    is_as_wide = abs(above.xs[0] - item.xs[0]) <= _SAME_EDGE and abs(above.xs[-1] - item.xs[-1]) <= _SAME_EDGE
    return item if is_as_wide and (_all_near(item.xs, known) or _all_near(above.xs, item.xs)) else None


def _laid_under(first: TablePiece, item: TablePiece) -> TablePiece | None:
    """A piece without ruling lines in the columns of the table's first, by where its columns lie."""
    columns = []
    for start, end in pairwise(item.xs):
        shared = [min(end, right) - max(start, left) for left, right in pairwise(first.xs)]
        columns.append(max(range(len(shared)), key=shared.__getitem__))
        if shared[columns[-1]] < _OVERLAP * (end - start):
            return None
    if len(set(columns)) < len(columns) or len(columns) * 2 <= len(first.xs) - 1:
        return None
    rows = tuple(tuple((columns[column], text) for column, text in row) for row in item.rows)
    return replace(item, xs=first.xs, rows=rows)


def _all_near(edges: Sequence[float], others: Sequence[float]) -> bool:
    return all(any(abs(edge - other) <= _SAME_EDGE for other in others) for edge in edges)


def _whole(pieces: Sequence[TablePiece]) -> WholeTable:
    edges: list[float] = []
    for edge in sorted(edge for piece in pieces for edge in piece.xs):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    rows = []
    for number, piece in enumerate(pieces):
        repeated = _repeated_rows(pieces[0], piece) if number else 0
        rows += [TableRow(_cells(row, piece.xs, edges), piece.page) for row in piece.rows[repeated:]]
    used = [at for at in range(len(edges) - 1) if any(row.cells[at] for row in rows)]
    return WholeTable(tuple(TableRow(tuple(row.cells[at] for at in used), row.page) for row in rows))


def _repeated_rows(first: TablePiece, piece: TablePiece) -> int:
    """How many rows of the piece repeat the header: those that are the table's first rows again."""
    count = 0
    for above, below in zip(first.texts, piece.texts, strict=False):
        if above != below:
            break
        count += 1
    return count


def _cells(row: Sequence[tuple[int, str]], xs: Sequence[float], edges: Sequence[float]) -> tuple[str, ...]:
    cells = [""] * (len(edges) - 1)
    for line, text in row:
        nearest = min(range(len(cells)), key=lambda at: abs(edges[at] - xs[line]))
        cells[nearest] = " ".join(filter(None, (cells[nearest], text)))
    return tuple(cells)
