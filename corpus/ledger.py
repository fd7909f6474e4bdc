"""The ledger of a report: one row per number it states, from prose, indicator tables and plain tables.

`read_report` reads a file; `ledger` is the pure core under it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from corpus.cells import cell_figures
from corpus.columns import indicator_columns
from corpus.doubts import with_doubts
from corpus.indicators import indicator_rows, with_aliases
from corpus.model import Document, Figure, Indicator, Report, Table
from corpus.prose import prose_figures
from corpus.reading import read_document
from corpus.settings import settings
from corpus.sidecar import find_sidecar
from corpus.source import Source, read_source

_LISTED = re.compile(r"[、，；。：:,;]|和(?=[^、，；。]{4,})")
_MAX_NAME_CHARACTERS = 40
_MAX_CELL = 3000


def read_report(path: Path, overrides: Mapping[str, object] | None = None) -> Report:
    """Read a report's file with its ledger.

    Raises:
        ReportError: the file is missing, of another format, empty, too large or not text.
    """
    source = read_source(path, settings().limits())
    corrected = {**find_sidecar(path), **(overrides or {})}
    return report_of(source, corrected, max_table_columns=settings().max_table_columns)


def report_of(source: Source, overrides: Mapping[str, object] | None = None, *, max_table_columns: int = 200) -> Report:
    """The report in `source`; `overrides` are corrected metadata fields."""
    document = read_document(source, overrides, max_table_columns=max_table_columns)
    figures, indicators = ledger(document)
    return with_doubts(Report(document=document, figures=figures, indicators=indicators), source.recognised)


def ledger(document: Document) -> tuple[tuple[Figure, ...], tuple[Indicator, ...]]:
    """All figures in order of place, and the indicators of the indicator tables."""
    figures = list(prose_figures(document))
    indicators: list[Indicator] = []
    for table in document.tables:
        read = indicator_columns(table.header)
        if read is None or _holds_prose(table):
            figures.extend(cell_figures(document, table))
            continue
        for indicator, row_figures in indicator_rows(document, table):
            indicators.append(indicator)
            figures.extend(row_figures)
        figures.extend(cell_figures(document, table, read.all))
    figures.sort(key=lambda figure: (figure.start, figure.end))
    return tuple(figures), with_aliases(indicators, _prose_names(document, indicators))


def _holds_prose(table: Table) -> bool:
    """Whether a cell is too long to state one indicator's target or result."""
    return any(len(cell.content.text) > _MAX_CELL for row in table.rows for cell in row.cells)


def _prose_names(document: Document, indicators: list[Indicator]) -> list[str]:
    """Phrases of the paragraphs in the indicators' own sections, where the prose lists them by name."""
    sections = {indicator.section_path for indicator in indicators}
    return [
        phrase
        for paragraph in document.paragraphs
        if paragraph.section_path in sections
        for phrase in _LISTED.split(paragraph.content.text)
        if 4 <= len(phrase) <= _MAX_NAME_CHARACTERS and not re.search(r"\d", phrase)
    ]
