"""What is said about a ledger row: digits as printed, unit, qualifier, period and role."""

from dataclasses import replace

import pytest

from assistant.figures.phrases import printed_value, statement, subject, with_unit
from assistant.indicators.met import met
from corpus.model import Bound, Figure

FIGURE = Figure(
    id="r@1",
    report="r.txt",
    name="新增床位",
    role="count",
    value="2.5",
    unit="万张",
    base_value="25000",
    base_unit="张",
    printed="2.5 万张",
    period="2021年",
)


@pytest.mark.parametrize(
    ("qualifier", "told"),
    [
        (None, "2.5万张"),
        ("约", "约2.5万张"),
        ("不少于", "不少于2.5万张"),
        ("以上", "2.5万张以上"),
        ("左右", "2.5万张左右"),
        ("达", "2.5万张"),
    ],
)
def test_a_value_is_told_as_printed_with_its_qualifier(qualifier: str | None, told: str):
    assert printed_value(replace(FIGURE, qualifier=qualifier)) == told


def test_a_line_end_inside_a_number_is_not_told():
    assert printed_value(replace(FIGURE, printed="70,\n442 张")) == "70,442张"


@pytest.mark.parametrize(
    ("printed", "unit", "base_unit", "told"),
    [
        ("2.5 万", "万", "人", "2.5万人"),
        ("3.2亿元", "亿元", "元", "3.2亿元"),
        ("12", None, "座", "12座"),
        ("5", None, None, "5"),
    ],
)
def test_the_counted_unit_is_added_where_the_report_leaves_it_to_the_noun(printed, unit, base_unit, told):
    assert with_unit(replace(FIGURE, printed=printed, unit=unit, base_unit=base_unit)) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "2021年，新增床位为2.5万张"),
        ({"scope": "全市"}, "2021年，全市新增床位为2.5万张"),
        ({"period": None}, "新增床位为2.5万张"),
        ({"role": "target"}, "2021年，新增床位的目标为2.5万张"),
        ({"role": "target", "table": "t", "target_setter": "民政部"}, "2021年，民政部对“新增床位”的目标值为2.5万张"),
        (
            {"role": "completion_rate", "indicator": "床位", "printed": "102%", "unit": "%"},
            "2021年，“床位”的完成率为102%（报告所列）",
        ),
        ({"role": "rank", "printed": "第3名", "unit": "名"}, "2021年，新增床位排名第3名"),
        ({"role": "growth", "name": "床位增长", "printed": "4%", "unit": "%"}, "2021年，床位增长4%"),
    ],
)
def test_a_statement_gives_period_subject_role_and_value(changes: dict[str, str], told: str):
    assert statement(replace(FIGURE, **changes)) == told


def test_a_scope_is_said_once():
    assert subject(replace(FIGURE, name="全市新增床位", scope="全市")) == "全市新增床位"


@pytest.mark.parametrize(
    ("bound", "wanted", "got", "reached"),
    [
        (">=", "10", "10", True),
        (">=", "10", "9.99", False),
        (">", "10", "10", False),
        ("<=", "10", "0", True),
        ("<=", "10", "11", False),
        ("<", "10", "10", False),
        (None, "10", "10", True),
        (None, "0.1", "0.10", True),
    ],
)
def test_met_or_not_follows_the_bound_exactly(bound: Bound | None, wanted: str, got: str, reached: bool):
    target = replace(FIGURE, role="target", bound=bound, base_value=wanted)
    assert met(target, replace(FIGURE, role="actual", base_value=got)) is reached


def test_unlike_units_are_not_held_against_each_other():
    assert met(FIGURE, replace(FIGURE, base_unit="人")) is None
    assert met(FIGURE, replace(FIGURE, base_value=None)) is None
