"""Units and columns of tables as offices print them: a column of units, a note above, columns parted by spaces."""

import pytest

from corpus.ledger import ledger
from corpus.model import Figure
from tests.reports import composed

ALIGNED = """一、收支情况

表1  部门支出构成                        单位：万元
  支出类别            全年预算数     实际支出数     执行率
  基本支出              3,860.00       3,812.45     98.77%
    其中：人员经费      2,420.00       2,405.10     99.38%
  合  计                6,280.00       6,217.55     99.01%

以上为全年数。
"""
UNITS = """一、指标完成情况

| 指标名称 | 计量单位 | 年度目标值 | 实际完成值 | 完成率 |
| --- | --- | --- | --- | --- |
| 蔬菜总产量 | 万吨 | 41.5 | 42.37 | 102.10% |
| 农药检测合格率 | % | 97 | 98.1 | 101.13% |
| 高标准菜田预算 | 万元 | 320 | 318 | 99.38% |
"""


def _rows(text: str) -> dict[tuple[str, str], Figure]:
    return {(row.name, row.role): row for row in ledger(composed(text))[0] if row.table is not None}


def test_columns_parted_by_spaces_are_a_table_with_the_unit_of_its_note():
    rows = _rows(ALIGNED)
    budget = rows["基本支出全年预算数", "amount"]
    assert (budget.value, budget.unit, budget.base_value) == ("3860.00", "万元", "38600000")
    assert rows["人员经费执行率", "rate"].value == "99.38"
    assert rows["合计实际支出数", "amount"].printed == "6,217.55"


@pytest.mark.parametrize(
    ("name", "role", "value", "unit", "base_value"),
    [
        ("蔬菜总产量", "target", "41.5", "万吨", "415000"),
        ("蔬菜总产量", "actual", "42.37", "万吨", "423700"),
        ("蔬菜总产量", "completion_rate", "102.10", "%", "102.1"),
        ("农药检测合格率", "actual", "98.1", "%", "98.1"),
        ("高标准菜田预算", "target", "320", "万元", "3200000"),
    ],
)
def test_a_column_of_units_measures_the_numbers_of_its_row(name, role, value, unit, base_value):
    row = _rows(UNITS)[name, role]
    assert (row.value, row.unit, row.base_value) == (value, unit, base_value)


def test_prose_with_a_wide_gap_stays_prose():
    text = "一、情况\n\n全市   新建   学校12所。\n招生   3000人   左右。\n另有   教师   200人。\n"
    assert not composed(text).tables
