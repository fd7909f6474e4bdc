"""A report as the reading page shows it: headings, paragraphs, tables and what stands between them, in order.

Every piece of text knows its place and the ledger row it states, if any; a stretch that was asked for, or that was
recognised from an image and has to be held against the original, is a piece of its own.

"…新增就业18.6万人…"  -> Piece("…新增就业"), Piece("18.6万", figure="a.txt@1236"), Piece("人…")
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from corpus.model import Document, Figure, Mapped, Section, Table
from corpus.repair import repair

BlockKind = Literal["title", "heading", "paragraph", "table", "between"]
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    text: str
    figure: str | None = None  # id of the ledger row
    is_wanted: bool = False
    is_doubtful: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of the report. A table has its header and rows, every other kind has `content`."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of a heading; 1 is the highest
    content: Line = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = field(default=())


def report_text(document: Document, figures: Sequence[Figure], wanted: Span | None = None) -> tuple[Block, ...]:
    """The blocks in order of place; `figures` are the report's ledger rows, `wanted` source offsets to set apart."""
    doubtful = (*document.doubtful, *((figure.start, figure.end) for figure in figures if figure.doubtful))
    cutter = _Cutter(figures, doubtful, wanted)
    blocks = [*_headings(document, cutter), *_paragraphs(document, cutter), *_tables(document, cutter)]
    blocks.sort(key=lambda block: (block.start, block.end))
    return tuple(sorted([*blocks, *_between(document, blocks, cutter)], key=lambda block: (block.start, block.end)))


def block_at(blocks: Sequence[Block], offset: int) -> int | None:
    """The index of the block in which a source offset lies, or of the next one after it."""
    return next((index for index, block in enumerate(blocks) if offset < block.end), None)


def _headings(document: Document, cutter: "_Cutter") -> Iterator[Block]:
    for section in document.sections:
        content = cutter.cut(repair(document.text, section.start, section.end))
        yield Block(kind="heading", start=section.start, end=section.end, level=section.level, content=content)


def _paragraphs(document: Document, cutter: "_Cutter") -> Iterator[Block]:
    for paragraph in document.paragraphs:
        content = cutter.cut(paragraph.content)
        yield Block(kind="paragraph", start=paragraph.start, end=paragraph.end, content=content)


def _tables(document: Document, cutter: "_Cutter") -> Iterator[Block]:
    for table in document.tables:
        rows = tuple(tuple(cutter.cut(cell.content) for cell in row.cells) for row in table.rows)
        yield Block(kind="table", start=table.start, end=table.end, header=_header(table), rows=rows)


def _header(table: Table) -> tuple[str, ...]:
    return table.header if any(title.strip() for title in table.header) else ()


def _between(document: Document, blocks: Sequence[Block], cutter: "_Cutter") -> Iterator[Block]:
    """The title, captions and running heads: what the reader counts to no paragraph, so that nothing is left out."""
    position = 0
    for start, end in [*((block.start, block.end) for block in blocks), (len(document.text),) * 2]:
        if document.text[position : max(start, position)].strip():
            content = cutter.cut(repair(document.text, position, start))
            kind: BlockKind = "between" if position else "title"
            if any(piece.text.strip() for piece in content):
                yield Block(kind=kind, start=position, end=start, content=content)
        position = max(position, end)


class _Cutter:
    """Cuts repaired text at figures, at doubtful stretches and at the one that was asked for."""

    def __init__(self, figures: Sequence[Figure], doubtful: Sequence[Span], wanted: Span | None) -> None:
        self._figures = sorted(figures, key=lambda figure: (figure.start, -figure.end))
        self._starts = [figure.start for figure in self._figures]
        self._doubtful = doubtful
        self._wanted = wanted

    def cut(self, content: Mapped) -> Line:
        if not content.text:
            return ()
        owners = self._owners(content)
        doubtful = _within(content, self._doubtful)
        wanted = _within(content, [self._wanted] if self._wanted else [])
        cuts = {0, len(content.text)}.union(*((at, at + 1) for at in owners.keys() | doubtful | wanted))
        pieces: list[Piece] = []
        for start, end in pairwise(sorted(cuts)):
            piece = Piece(
                text=content.text[start:end], figure=owners.get(start), is_wanted=start in wanted,
                is_doubtful=start in doubtful,
            )  # fmt: skip
            if pieces and replace(pieces[-1], text="") == replace(piece, text=""):
                piece = replace(piece, text=pieces.pop().text + piece.text)
            pieces.append(piece)
        return tuple(pieces)

    def _owners(self, content: Mapped) -> dict[int, str]:
        """The ledger row of each character that states one; of two over one another the one that begins first."""
        owners: dict[int, str] = {}
        first = bisect_left(self._starts, content.offsets[0])
        last = bisect_right(self._starts, content.offsets[-1])
        for figure in self._figures[first:last]:
            for at in _positions(content, (figure.start, figure.end)):
                owners.setdefault(at, figure.id)
        return owners


def _within(content: Mapped, spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in _positions(content, span)}


def _positions(content: Mapped, span: Span) -> range:
    """Indices of the characters that come from a stretch of the source."""
    return range(bisect_left(content.offsets, span[0]), bisect_left(content.offsets, span[1]))


def outline(sections: Sequence[Section], blocks: Sequence[Block]) -> tuple[tuple[str, int, int], ...]:
    """Title, level and block index of each heading."""
    index_of = {(block.start, block.kind): index for index, block in enumerate(blocks)}
    return tuple((section.title, section.level, index_of[section.start, "heading"]) for section in sections)
