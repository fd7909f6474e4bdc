"""A source read: outline, paragraphs, tables and passages, each with its place. Pure.

read_document(source).sections[5].path == ("一、基本情况", "（二）年度总体工作", "2. 重点工作完成情况")
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, read_blocks
from corpus.grids import read_grid
from corpus.lead_in import find_lead_in
from corpus.metadata import detect_metadata, find_title
from corpus.model import Document, Mapped, Paragraph, Section, Table
from corpus.outline import Outline, read_outline
from corpus.page_breaks import Surroundings
from corpus.passages import cut_passages
from corpus.sidecar import find_sidecar
from corpus.source import Source
from corpus.tables import Grid, read_tables
from corpus.volumes import find_volumes

MAX_TABLE_COLUMNS = 200

__all__ = ["find_sidecar", "read_document"]


@dataclass(kw_only=True, slots=True)
class _Contents:
    """Paragraphs and tables as they are found; ids count within each section."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def next_id(self, section: Section | None, letter: str) -> str:
        place = f"{section.id if section else 0}-{letter}"
        self.counts[place] = self.counts.get(place, 0) + 1
        return f"{place}{self.counts[place]}"


def read_document(
    source: Source, overrides: Mapping[str, object] | None = None, *, max_table_columns: int = MAX_TABLE_COLUMNS
) -> Document:
    """What `source` says. `overrides` are metadata fields that win over detection.

    Raises:
        ReportError: a table has too many columns, or an override is no metadata field.
    """
    blocks = read_blocks(source.text, dict(source.headings))
    title_blocks, title = find_title(blocks, source.text)
    outline = read_outline(blocks, source.text, title=title_blocks)
    contents = _read_contents(blocks, outline, source, max_table_columns)
    metadata = detect_metadata(source, blocks, title, overrides)
    return Document(
        metadata=metadata,
        text=source.text,
        sections=outline.sections,
        paragraphs=tuple(contents.paragraphs),
        tables=tuple(contents.tables),
        passages=cut_passages(source.text, metadata.title, contents.paragraphs, contents.tables),
        pages=source.pages,
        doubtful=source.doubtful,
        volumes=find_volumes(blocks, outline, source.text),
        headings=source.headings,
    )


def _read_contents(blocks: Sequence[Block], outline: Outline, source: Source, max_table_columns: int) -> _Contents:
    text = source.text
    contents = _Contents()
    report: Surroundings | None = None
    pending: list[tuple[Section | None, Mapped]] = []  # paragraphs that a table below may claim as caption
    for index, block in enumerate(blocks):
        section = outline.section_of[index]
        if block.kind == "table":
            report = report or Surroundings.of(text)
            lead_in, captions = find_lead_in([content for above, content in pending if above == section])
            _add_paragraphs(contents, pending[: len(pending) - captions])
            pending = []
            grid = read_grid(block.lines, text, max_columns=max_table_columns, report=source.name)
            for table in read_tables(grid, report):
                contents.tables.append(_table(contents, section, table, lead_in))
        else:
            pending.extend((section, content) for content in _paragraph(index, block, outline, text))
    _add_paragraphs(contents, pending)
    return contents


def _paragraph(index: int, block: Block, outline: Outline, text: str) -> Iterator[Mapped]:
    content = outline.bodies.get(index) if index in outline.headings else block.content(text)
    if content is not None and content.text.strip():
        lead = len(content.text) - len(content.text.lstrip())
        yield content.slice(lead, len(content.text.rstrip()))


def _add_paragraphs(contents: _Contents, found: Sequence[tuple[Section | None, Mapped]]) -> None:
    for section, content in found:
        start, end = content.span(0, len(content.text))
        contents.paragraphs.append(
            Paragraph(
                id=contents.next_id(section, "p"),
                section_path=section.path if section else (),
                content=content,
                start=start,
                end=end,
            )
        )


def _table(contents: _Contents, section: Section | None, grid: Grid, lead_in: str) -> Table:
    return Table(
        id=contents.next_id(section, "t"),
        section_path=section.path if section else (),
        header=grid.header,
        rows=grid.rows,
        lead_in=lead_in,
        start=grid.start,
        end=grid.end,
    )
