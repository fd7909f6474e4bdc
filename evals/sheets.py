"""Rows of text from CSV and XLSX files, with the row numbers a spreadsheet shows.

A percent cell is read as it is displayed (0.973 formatted 0.0% is "97.3%"), numbers without a float's tail.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from corpus.errors import InputFileError

FORMATS = (".csv", ".xlsx")


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    number: int  # counts from 1, the header included
    cells: tuple[str, ...]


def read_sheet(path: Path) -> tuple[SheetRow, ...]:
    """The rows that are not blank; of an XLSX file its first sheet.

    Raises:
        InputFileError: missing, of another format, or damaged.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputFileError(f"“{path.name}”的格式不能读。能读的格式：{'、'.join(FORMATS)}。")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputFileError(f"读不了 {path}（{error.strerror}）。请检查路径。") from error
    rows = _csv_rows(data, path) if path.suffix.lower() == ".csv" else _xlsx_rows(data, path)
    numbered = (SheetRow(number=number, cells=tuple(cells)) for number, cells in enumerate(rows, 1))
    return tuple(row for row in numbered if any(row.cells))


def write_sheet(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes rows as CSV (UTF-8 with BOM, which spreadsheets need) or XLSX.

    Raises:
        InputFileError: another format, or the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputFileError(f"“{path.name}”的格式不能写。能写的格式：{'、'.join(FORMATS)}。")
    try:
        path.write_bytes(_csv_bytes(rows) if path.suffix.lower() == ".csv" else _xlsx_bytes(rows))
    except OSError as error:
        raise InputFileError(f"写不了 {path}（{error.strerror}）。请换一个路径。") from error


def _csv_rows(data: bytes, path: Path) -> Iterable[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    raise InputFileError(f"“{path.name}”的文字编码不是 UTF-8 或 GB18030。请另存为 UTF-8 的 CSV。")


def _xlsx_rows(data: bytes, path: Path) -> Iterable[list[str]]:
    # a library of the import alone
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        sheet = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise InputFileError(f"“{path.name}”打不开（{error}）。请用表格软件另存为 .xlsx 后再试。") from error
    return [[_shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]


def _shown(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | datetime | date | time):
        return str(value)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        percent = number_format.endswith("%")
        return f"{(number * 100 if percent else number).normalize():f}" + ("%" if percent else "")
    return str(value).strip()


def _csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for column in book.active.columns:
        for cell in column:
            cell.number_format = "@"  # text: a spreadsheet must not make numbers or dates of variants
        book.active.column_dimensions[column[0].column_letter].width = 28
    book.save(content)
    return content.getvalue()
