"""Pages of ink read as one text: paragraphs and tables in reading order, each character's page known."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.formats.furniture import without_furniture
from corpus.formats.ink import PageInk
from corpus.formats.page_items import TextLine, read_items
from corpus.formats.paragraphs import paragraph_text, put_together, read_frames
from corpus.formats.print_sizes import heading_levels
from corpus.formats.printed import Printed
from corpus.formats.tables_over_pages import WholeTable, whole_tables

_PARAGRAPHS_APART = "\n\n"


@dataclass(kw_only=True, slots=True)
class _Text:
    """The text as it grows, the offset at which each page was first written to, and the headings so far."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)

    def reach(self, page: int, ahead: int = 0) -> None:
        """What comes `ahead` characters from here stands on `page`: it and all pages passed over start there."""
        while len(self.pages) <= page:
            self.pages.append(self.length + ahead if self.pages else 0)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def read_printed(pages: Sequence[PageInk]) -> Printed:
    """The text of `pages`."""
    sizes = [(ink.width, ink.height) for ink in pages]
    items = without_furniture([read_items(ink, page) for page, ink in enumerate(pages)], [size[1] for size in sizes])
    frames = read_frames([item for page in items for item in page if isinstance(item, TextLine)], sizes)
    parts: list[WholeTable | list[TextLine]] = []
    for part in whole_tables([item for page in items for item in page]):
        parts.extend([part] if isinstance(part, WholeTable) else put_together(part, frames, sizes))
    levels = heading_levels([part if isinstance(part, list) else () for part in parts], pages)
    text = _Text()
    for number, part in enumerate(parts):
        if isinstance(part, WholeTable):
            _add_table(text, part)
        else:
            _add_paragraph(text, part, levels.get(number))
    text.reach(len(pages) - 1)
    return Printed(text="".join(text.pieces), pages=tuple(text.pages), headings=tuple(text.headings))


def _add_paragraph(text: _Text, lines: Sequence[TextLine], level: int | None) -> None:
    printed, starts = paragraph_text(lines)
    if level is not None:
        text.headings.append((text.length, level))
    for line, start in zip(lines, starts, strict=True):
        text.reach(line.page, start)
    text.add(printed + _PARAGRAPHS_APART)


def _add_table(text: _Text, table: WholeTable) -> None:
    last = table.rows[0].page
    for row in table.rows:
        if row.page != last:
            text.add("\n")  # a page's end: the row above may go on
        last = row.page
        text.reach(row.page)
        text.add("\t".join(row.cells) + "\n")
    text.add("\n")
