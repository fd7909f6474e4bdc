"""What leaves the ledger: JSON fields, CSV for Excel, a workbook."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.__main__ import main
from corpus.export import as_csv, figure_record, indicator_records, words
from corpus.ledger import ledger
from corpus.model import Figure
from corpus.workbook import as_workbook
from tests.reports import BUNDLED, bundled

FIELDS = [
    *("id", "report", "name", "indicator", "section", "kind", "role", "value", "value_high", "text", "unit"),
    *("base_value", "base_unit", "printed", "qualifier", "bound", "period", "scope", "target_setter"),
    *("start", "end", "sentence", "table", "row", "column", "doubtful"),
]
FIGURES, INDICATORS = ledger(bundled())


def _csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_json_ledger_has_exactly_the_agreed_fields(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["figures", str(BUNDLED), "--json"]) == 0
    rows = json.loads(capfdbinary.readouterr().out)
    assert len(rows) == len(FIGURES) > 0
    text = bundled().text
    for row in rows:
        assert list(row) == FIELDS
        assert isinstance(row["section"], list)
        assert text[row["start"] : row["end"]] == row["printed"]
        assert all(row[name] is None or isinstance(row[name], str) for name in ("value", "value_high", "base_value"))


def test_csv_opens_in_excel_with_chinese_intact(tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    assert main(["figures", str(BUNDLED), "--csv", "--out", str(out)]) == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = _csv_rows(data.decode("utf-8"))
    assert [row["原文"] for row in rows] == [figure.printed for figure in FIGURES]
    assert [row["数值"] for row in rows] == [figure.value or "" for figure in FIGURES]


def test_every_field_has_a_chinese_column() -> None:
    assert list(words()["figures"]) == FIELDS
    assert list(words()["indicators"]) == list(indicator_records(INDICATORS, FIGURES)[0])


def test_indicators_carry_target_actual_and_both_rates() -> None:
    rows = {row["name"]: row for row in indicator_records(INDICATORS, FIGURES)}
    assert len(rows) == 26
    row = rows["扶持成功创业人数"]
    assert (row["target"], row["actual"], row["target_unit"]) == ("2.55", "5.11", "万人")
    assert (row["printed_rate"], row["computed_rate"]) == ("200.39", "200.39")
    without_target = rows["集聚一批优秀拔尖青年人才"]
    assert (without_target["target"], without_target["computed_rate"]) == (None, None)


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-x"])
def test_a_name_is_never_a_formula(name: str) -> None:
    figure = replace(FIGURES[0], name=name)
    assert _csv_rows(as_csv([figure_record(figure)], "figures"))[0]["名称"] == "'" + name
    cell = load_workbook(io.BytesIO(as_workbook([figure], [])))["数据项"]["C2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_a_negative_number_stays_a_number_in_csv() -> None:
    figure = replace(FIGURES[0], value="-3.5")
    assert _csv_rows(as_csv([figure_record(figure)], "figures"))[0]["数值"] == "-3.5"


def test_the_workbook_holds_numbers_to_the_digit(tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    assert main(["figures", str(BUNDLED), "--xlsx", str(out)]) == 0
    book = load_workbook(out)
    assert book.sheetnames == ["数据项", "指标"]
    page = book["数据项"]
    column = [cell.value for cell in page[1]].index("数值") + 1
    values = [page.cell(row, column).value for row in range(2, page.max_row + 1)]
    assert [Decimal(str(value)) for value in values if value is not None] == [
        Decimal(figure.value) for figure in FIGURES if figure.value is not None
    ]
    assert book["指标"].max_row == len(INDICATORS) + 1


def test_control_characters_do_not_spoil_the_workbook() -> None:
    figure: Figure = replace(FIGURES[0], sentence="甲\x0b乙")
    page = load_workbook(io.BytesIO(as_workbook([figure], [])))["数据项"]
    assert page.cell(2, FIELDS.index("sentence") + 1).value == "甲乙"
