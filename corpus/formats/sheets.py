"""Excel workbooks (.xlsx): each sheet a heading and tables, its values as they are shown.

    <c r="B2" s="3"><v>0.1234</v></c>   with the format 0.0%   -> 12.3%
Hidden sheets, rows and columns are not read; of a formula the stored result is. Rows without any text part tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import ReportError
from corpus.formats.cell_values import shown_number
from corpus.formats.grid import Cell
from corpus.formats.layout import Block, Paragraph, Table, print_blocks
from corpus.formats.packed import Element, Packed, whole
from corpus.formats.printed import Limits, Printed
from corpus.formats.sheet_formats import number_formats

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表)\s*\d*", re.IGNORECASE)
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    """What cells refer to: shared texts and number formats."""

    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def read_sheets(data: bytes, name: str, limits: Limits) -> Printed:
    """The text of a workbook's visible sheets.

    Raises:
        ReportError: no workbook, damaged, encrypted, with macros, beyond the limits, or never calculated.
    """
    with Packed(data, name, limits) as packed:
        main = packed.related("", "officeDocument") or "xl/workbook.xml"
        book = packed.part(main)
        if book is None:
            raise packed.damaged()
        formats = number_formats(_related(packed, main, "styles"))
        texts = tuple(_text(item) for item in _children(_related(packed, main, "sharedStrings"), "si"))
        flag = next(book.iter(_S + "workbookPr"), None)
        from_1904 = flag is not None and flag.get("date1904") in _TRUE
        shared = _Book(texts=texts, formats=formats, from_1904=from_1904)
        sheets = [
            (sheet.get("name", ""), packed.part(path))
            for sheet in book.iter(_S + "sheet")
            if sheet.get("state", "visible") == "visible" and (path := packed.target(main, sheet.get(_ID, "")))
        ]
    return print_blocks(_blocks(sheets, shared, name), name, limits)


def _related(packed: Packed, main: str, kind: str) -> Element | None:
    path = packed.related(main, kind)
    return packed.part(path) if path else None


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    yield from parent.iter(_S + name) if parent is not None else ()


def _text(item: Element) -> str:
    """A shared or inline text; readings of characters (rPh) are not part of it."""
    return "".join(
        part.text or ""
        for part in item.iter(_S + "t")
        if part.getparent() is None or part.getparent().tag != _S + "rPh"
    )


def _blocks(sheets: list[tuple[str, Element | None]], book: _Book, name: str) -> Iterator[Block]:
    for title, sheet in sheets:
        if sheet is None:
            continue
        if not _DEFAULT_NAME.fullmatch(title):
            yield Paragraph(text=title, level=1)
        yield from _tables(sheet, book, name)


def _tables(sheet: Element, book: _Book, name: str) -> Iterator[Block]:
    hidden = _hidden_columns(sheet)
    rows: list[tuple[Cell, ...]] = []
    before = 0
    for row in sheet.iter(_S + "row"):
        number = whole(row.get("r")) or before + 1
        if row.get("hidden") in _TRUE:
            before += number == before + 1
            continue
        cells = {column: text for column, text in _cells(row, book, name).items() if text and column not in hidden}
        if rows and (number > before + 1 or not cells):
            yield Table(rows=tuple(rows))
            rows = []
        before = number
        if cells:
            columns = (column for column in range(1, max(cells) + 1) if column not in hidden)
            rows.append(tuple(_cell(cells.get(column, "")) for column in columns))
    if rows:
        yield Table(rows=tuple(rows))


def _cell(text: str) -> Cell:
    return Cell(lines=tuple(text.split("\n")) if text else ())


def _cells(row: Element, book: _Book, name: str) -> dict[int, str]:
    """The texts of a row by their column, counted from 1; cells that a merged one covers hold none."""
    cells: dict[int, str] = {}
    column = 0
    for cell in row.iter(_S + "c"):
        reference = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(reference.group(1)) if reference else column + 1
        cells[column] = _shown(cell, book, name).strip()
    return cells


def _shown(cell: Element, book: _Book, name: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(item) for item in cell.iter(_S + "is"))
    stored = cell.find(_S + "v")
    if stored is None or stored.text is None:
        if cell.find(_S + "f") is not None and kind != "str":
            raise ReportError(
                f"工作簿“{name}”的单元格 {cell.get('r', '')} 是公式，但没有存下算好的结果。"
                "请用 Excel 或 WPS 打开，保存一次再试。"
            )
        return ""
    if kind == "s":
        shared = whole(stored.text)
        return book.texts[shared] if shared is not None and 0 <= shared < len(book.texts) else ""
    if kind in ("str", "d", "e"):
        return "" if kind == "e" else str(stored.text)
    if kind == "b":
        return "是" if stored.text in _TRUE else "否"
    at = whole(cell.get("s")) or 0
    code = book.formats[at] if at < len(book.formats) else "General"
    return shown_number(stored.text, code, from_1904=book.from_1904)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _hidden_columns(sheet: Element) -> set[int]:
    hidden: set[int] = set()
    for columns in sheet.iter(_S + "col"):
        first, last = (whole(columns.get(edge)) or 0 for edge in ("min", "max"))
        if columns.get("hidden") in _TRUE:
            hidden.update(range(first, min(last, 16_384) + 1))
    return hidden
