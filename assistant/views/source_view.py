"""A citation as the reader sees it: in its paragraph, or in the rows of its table with the cell that states it.

The report is read again once for its tables; quotations are shown repaired, never what is quoted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Citation
from assistant.library import Library
from assistant.places import Surroundings, surroundings
from corpus.model import Cell, Table

_ROWS_AROUND = 1
_MOST_REPORTS = 8  # kept as read


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCell:
    """`highlights` are index ranges into `text`; `is_cited` where the citation reaches into the cell."""

    text: str
    is_cited: bool = False
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceTable:
    """The cited rows of a table with their neighbours; `first` counts data rows from 0, `rows_of_all` has them all."""

    header: tuple[str, ...]
    rows: tuple[tuple[SourceCell, ...], ...]
    first: int
    rows_of_all: int


class Sources:
    """The reports in service, as text and as places to show."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tables = lru_cache(maxsize=_MOST_REPORTS)(self._read_tables)

    def text(self, report: str) -> str | None:
        """The report's source text; None where the index no longer holds it."""
        return self._library.source_text(report) if report in self._library.reports else None

    def pages(self, report: str) -> tuple[int, ...]:
        return self._library.store.pages(report) if report in self._library.reports else ()

    def title(self, report: str) -> str:
        metadata = self._library.reports.get(report)
        return metadata.title if metadata else report

    def view(self, citation: Citation, figures: Collection[str | None] = ()) -> Surroundings | SourceTable:
        """The citation in its table or paragraph; `figures` are ids to highlight, all where none is given."""
        wanted = {identifier for identifier in figures if identifier}
        table = next((table for table in self._tables(citation.report) if _holds(table, citation)), None)
        return surroundings(self._library, citation, wanted) if table is None else self._part(table, citation, wanted)

    def _read_tables(self, report: str) -> tuple[Table, ...]:
        return self._library.store.document(report).tables

    def _part(self, table: Table, citation: Citation, wanted: set[str]) -> SourceTable:
        cited = [
            number for number, row in enumerate(table.rows) if row.start < citation.end and citation.start < row.end
        ]
        first = max(0, min(cited, default=0) - _ROWS_AROUND)
        last = min(len(table.rows), max(cited, default=0) + _ROWS_AROUND + 1)
        spans = [
            (figure.start, figure.end)
            for figure in self._library.figures_of(citation.report)
            if figure.table == table.id and (not wanted or figure.id in wanted)
        ]
        rows = tuple(tuple(_cell(cell, citation, spans) for cell in row.cells) for row in table.rows[first:last])
        return SourceTable(header=table.header, rows=rows, first=first, rows_of_all=len(table.rows))


def _holds(table: Table, citation: Citation) -> bool:
    return table.start <= citation.start and citation.end <= table.end and bool(table.rows)


def _cell(cell: Cell, citation: Citation, spans: Collection[tuple[int, int]]) -> SourceCell:
    offsets = cell.content.offsets
    is_cited = any(citation.start <= offset < citation.end for offset in offsets)
    highlights = []
    for start, end in spans if is_cited else ():
        inside = [position for position, offset in enumerate(offsets) if start <= offset < end]
        if inside:
            highlights.append((inside[0], inside[-1] + 1))
    return SourceCell(text=cell.content.text or cell.label, is_cited=is_cited, highlights=tuple(sorted(highlights)))
