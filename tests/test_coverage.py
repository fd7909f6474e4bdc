"""Every numeral of a report is accounted for, by class and rule."""

import json

import pytest

from corpus.__main__ import main
from corpus.coverage import UNACCOUNTED, Accounted, counts, coverage
from corpus.ledger import ledger
from tests.reports import BUNDLED, bundled, composed
from tests.test_gold_ledger import gold, non_figures

REPORT = """2023年度某市卫生健康局工作总结

一、总体情况

1. 基层建设

（1）2023年新增床位1,200张，其中三级医院400张；落实〔2022〕15号文件。推进“8+4”政策和“十项行动”。

表1：主要指标

| 年份 | 门诊量 |
| --- | --- |
| 2022 | 3.5万人次 |
| 2023 | 4.1万人次 |
"""
EXPECTED = [
    ("2023", "structure", "title"),
    ("1", "structure", "heading"),
    ("1", "structure", "list numeral"),
    ("2023", "date", "year"),
    ("1,200", "figure", "number"),
    ("400", "figure", "number"),
    ("2022", "name", "document number"),
    ("15", "name", "document number"),
    ("8", "name", "pairing"),
    ("4", "name", "pairing"),
    ("十项", "name", "quoted name"),
    ("1", "structure", "caption or running head"),
    ("2022", "name", "table label"),
    ("3.5", "figure", "number"),
    ("2023", "name", "table label"),
    ("4.1", "figure", "number"),
]


def _at(rows: tuple[Accounted, ...], start: int, end: int) -> list[Accounted]:
    return [row for row in rows if row.start < end and start < row.end]


def test_each_kind_of_numeral_is_accounted_for_by_its_rule() -> None:
    rows = coverage(composed(REPORT))
    assert [(row.printed, row.numeral_class, row.rule) for row in rows] == EXPECTED


def test_nothing_of_the_bundled_report_is_left_over() -> None:
    rows = coverage(bundled())
    assert len(rows) > 300
    assert [row for row in rows if row.numeral_class is None] == []
    assert sum(number for _, _, number in counts(rows)) == len(rows)


def test_every_digit_of_the_bundled_report_stands_in_one_numeral() -> None:
    text = bundled().text
    covered = [index for row in coverage(bundled()) for index in range(row.start, row.end)]
    assert len(covered) == len(set(covered))
    assert {index for index, character in enumerate(text) if character.isdigit()} <= set(covered)


def test_figures_and_non_figures_agree_with_the_hand_ledger() -> None:
    rows = coverage(bundled())
    for row in gold():
        if row["numeral"] == "arabic":
            assert {found.numeral_class for found in _at(rows, row["start"], row["end"])} == {"figure"}
    for row in non_figures():
        found = [item.numeral_class for item in _at(rows, row["start"], row["end"]) if item.printed[0].isdigit()]
        assert "figure" not in found, row


def test_a_numeral_without_a_reason_is_counted_as_such() -> None:
    left = Accounted(start=0, end=1, printed="7", numeral_class=None, rule=None)
    assert counts([left]) == ((UNACCOUNTED, "", 1),)


def test_coverage_prints_for_people_and_programs(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["figures", str(BUNDLED), "--coverage"]) == 0
    assert "未归类 0 处".encode() in capfdbinary.readouterr().out
    assert main(["figures", str(BUNDLED), "--coverage", "--json"]) == 0
    data = json.loads(capfdbinary.readouterr().out)
    assert data["total"] == len(data["numerals"]) == sum(row["count"] for row in data["counts"])


def test_numbers_of_several_rows_in_one_cell_are_no_figures_and_are_accounted_for() -> None:
    document = composed("指标\t数量\n甲类乙类丙类\t34 4\n合计\t38\n")
    assert [figure.printed for figure in ledger(document)[0]] == ["38"]
    assert {row.rule for row in coverage(document) if row.printed in ("34", "4")} == {"rows run together in one cell"}


def test_a_page_number_inside_a_paragraph_is_accounted_for() -> None:
    document = composed("全年登记为事业单位的有18家，登\n\n—3—\n\n记为企业的有20家。\n")
    assert {row.printed: row.rule for row in coverage(document)}["3"] == "page number or button"
