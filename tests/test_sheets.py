"""Excel workbooks: what their sheets show, as headings and tables with figures."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.errors import ReportError
from corpus.formats.printed import Limits, Printed
from corpus.formats.sheets import read_sheets
from corpus.ledger import ledger
from corpus.reading import read_document
from corpus.source import read_source


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read(book: Workbook) -> Printed:
    return read_sheets(_bytes(book), "a.xlsx", Limits())


@pytest.fixture
def book() -> Workbook:
    made = Workbook()
    sheet = made.active
    sheet.title = "收支总表"
    sheet["A1"] = "2019年度收支总表"
    sheet.merge_cells("A1:D1")
    sheet["D2"] = "单位：万元"
    for row in (
        ["项目", "预算数", "决算数", "完成率"],
        ["基本支出", 1234.5, 1200.25, 0.9723],
        ["合计", 3469, 3400.1, 0.98],
    ):
        sheet.append(row)
    for row in (4, 5):
        sheet[f"B{row}"].number_format = sheet[f"C{row}"].number_format = "#,##0.00"
        sheet[f"D{row}"].number_format = "0.00%"
    sheet["A7"] = "注：不含基金。"
    return made


def test_a_sheet_is_a_heading_and_a_table_of_shown_values(book: Workbook) -> None:
    printed = _read(book)
    assert printed.headings == ((0, 1),)
    assert [line for line in printed.text.splitlines() if line] == [
        "收支总表",
        "2019年度收支总表",
        "单位：万元",
        "项目\t预算数\t决算数\t完成率",
        "基本支出\t1,234.50\t1,200.25\t97.23%",
        "合计\t3,469.00\t3,400.10\t98.00%",
        "注：不含基金。",
    ]


def test_figures_of_a_sheet_have_their_unit_year_and_place(book: Workbook, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(_bytes(book))
    document = read_document(read_source(path, Limits()))
    figures, _ = ledger(document)
    assert [(figure.name, figure.value, figure.base_value, figure.period) for figure in figures][:3] == [
        ("基本支出预算数", "1234.50", "12345000", "2019年"),
        ("基本支出决算数", "1200.25", "12002500", "2019年"),
        ("基本支出完成率", "97.23", "97.23", "2019年"),
    ]
    assert all(document.text[figure.start : figure.end] == figure.printed for figure in figures)


def test_hidden_sheets_rows_and_columns_are_not_read(book: Workbook) -> None:
    sheet = book.active
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("底稿")
    other["A1"] = 99
    other.sheet_state = "hidden"
    text = _read(book).text
    assert "合计\t3,469.00\t98.00%" in text
    assert not any(gone in text for gone in ("基本支出", "1,200.25", "3,400.10", "底稿", "99"))


def test_empty_rows_part_tables_and_a_cell_far_away_costs_nothing() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["甲", 1], ["乙", 2], [], ["丙", 3], ["丁", 4]):
        sheet.append(row)
    sheet.cell(row=1_048_576, column=1).number_format = "0.00"
    assert _read(book).text.splitlines() == ["甲\t1", "乙\t2", "", "丙\t3", "丁\t4"]


def test_a_formula_that_was_never_calculated_is_refused_by_its_cell(book: Workbook) -> None:
    book.active["E4"] = "=B4-C4"
    with pytest.raises(ReportError, match="E4 是公式"):
        _read(book)
