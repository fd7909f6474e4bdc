"""The ledger and the indicators as one XLSX workbook: a sheet each, values as numbers, exact to the digit.

"97.3" in the column 数值 -> the number 97.3; "=1+1" in a name -> the text "=1+1", never a formula
"""

import io
import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from corpus.export import Record, Sheet, figure_record, indicator_records, texts, words
from corpus.model import Figure, Indicator

_NUMERIC = {"value", "value_high", "base_value", "target", "actual", "printed_rate", "computed_rate"}
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAX_CELL_CHARACTERS = 32_000  # Excel's limit is 32,767
_MAX_WIDTH = 60


def as_workbook(figures: Sequence[Figure], indicators: Sequence[Indicator]) -> bytes:
    """The bytes of an XLSX file."""
    book = Workbook()
    book.remove(book.active)
    _fill(book.create_sheet("数据项"), [figure_record(figure) for figure in figures], "figures")
    _fill(book.create_sheet("指标"), indicator_records(indicators, figures), "indicators")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_workbook(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of an XLSX file of one sheet whose cells are all text."""
    book = Workbook()
    book.remove(book.active)
    page = book.create_sheet(title)
    for number, texts_of_row in enumerate([columns, *rows], 1):
        for column, text in enumerate(texts_of_row, 1):
            cell = page.cell(number, column)
            cell.value = _NOT_IN_XML.sub("", text)[:_MAX_CELL_CHARACTERS]
            cell.data_type = "s"
    _finish(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, records: Sequence[Record], sheet: Sheet) -> None:
    columns = words()[sheet]
    page.append(list(columns.values()))
    for number, record in enumerate(records, 2):
        _fill_row(page, number, record, sheet)
    _finish(page)


def _finish(page: Worksheet) -> None:
    """Heading, filter and widths, for a reader who opens it."""
    for heading in page[1]:
        heading.font = Font(bold=True)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for cells in page.columns:
        widest = max(len(str(cell.value or "")) for cell in cells)
        page.column_dimensions[cells[0].column_letter].width = min(2 * widest + 2, _MAX_WIDTH)


def _fill_row(page: Worksheet, number: int, record: Record, sheet: Sheet) -> None:
    for column, (name, text) in enumerate(zip(words()[sheet], texts(record, sheet), strict=True), 1):
        cell = page.cell(number, column)
        if isinstance(record[name], int):
            cell.value = record[name]
        elif name in _NUMERIC and text:
            cell.value = Decimal(text)
        elif text:
            cell.value = _NOT_IN_XML.sub("", text)[:_MAX_CELL_CHARACTERS]
            cell.data_type = "s"
