"""The ledger as a whole: every place exact whatever the text, roles, periods, scopes, grades, plain tables."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ledger import ledger
from corpus.model import Document, Figure
from tests.bench_ledger import SECONDS_EACH, check, inputs, run
from tests.reports import bundled, composed


def _figures(body: str, title: str = "2022年度某市总结") -> tuple[Figure, ...]:
    return ledger(composed(f"{title}\n\n一、情况\n\n{body}\n"))[0]


def _work_report(body: str) -> Document:
    document = composed(f"一、情况\n\n{body}\n")
    return replace(
        document, metadata=replace(document.metadata, document_kind="work_report", data_year=2024, issued_year=2025)
    )


ROLES = [
    ("全市结案率96.61%。", ["rate"]),
    ("收入增长5%。", ["growth"]),
    ("甲类门店12家，占45%。", ["count", "share"]),
    ("60%的企业具有管理系统。", ["share"]),
    ("在全市排名第38名。", ["rank"]),
    ("追回工资8.7亿元。", ["amount"]),
    ("企业退休人员人均养老金提高到3929元/月。", ["standard"]),
    ("自评分值为96.76分。", ["score"]),
    ("全年完成率达到200.39%。", ["completion_rate"]),
]


@pytest.mark.parametrize(("body", "roles"), ROLES)
def test_a_number_has_its_role(body: str, roles: list[str]) -> None:
    assert [figure.role for figure in _figures(body)] == roles


PERIODS = [
    ("全市参保1030万人。", "2022年"),
    ("2022年7月覆盖率100%。", "2022年7月"),
    ("2021年参保1000万人。", "2021年"),
    ("门店39万家，比2021年末增加1万家。", "2022年"),
    ("去年参保1000万人。", "2021年"),
]


@pytest.mark.parametrize(("body", "period"), PERIODS)
def test_a_number_holds_for_the_period_stated_nearest(body: str, period: str) -> None:
    assert _figures(body)[0].period == period


def test_the_year_a_change_started_from_is_not_that_of_its_end() -> None:
    first, second = _figures("1995年总产值9亿元，比重由1985年的6.6%上升到15.0%。")[1:]
    assert (first.period, second.period) == ("1985年", "1995年")


def test_a_work_report_plans_for_the_year_it_was_issued_in() -> None:
    document = _work_report("2024年新增就业115万人。今年力争新增就业100万人。")
    done, planned = ledger(document)[0]
    assert (done.role, done.period, planned.role, planned.period) == ("count", "2024年", "target", "2025年")


def test_a_scope_that_opens_a_sentence_holds_for_its_clauses() -> None:
    assert [figure.scope for figure in _figures("全市结案率96%、成功率79%。")] == ["全市", "全市"]


@pytest.mark.parametrize(
    ("body", "text", "name"),
    [
        ("部门整体支出绩效自评结果为“优”。", "优", "部门整体支出绩效自评"),
        ("对专项资金开展绩效评价，获得“良”等次。", "良", "专项资金开展绩效评价"),
    ],
)
def test_a_grade_is_a_fact_without_a_number(body: str, text: str, name: str) -> None:
    (figure,) = _figures(body)
    assert (figure.kind, figure.role, figure.text, figure.value, figure.name) == ("grade", "grade", text, None, name)


TABLE = """表1：主要指标（单位：万元）

| 项目 | 2021年 | 2022年 | 比上年增长(%) |
| --- | --- | --- | --- |
| 基本支出 | 1,200.5 | 1,300 | 8.3 |
| 项目支出 | 300 | - | |
"""


def test_a_plain_table_names_by_row_and_column_with_the_unit_of_its_caption() -> None:
    rows = [(f.name, f.value, f.unit, f.base_value, f.period, f.role, f.row) for f in _figures(TABLE)]
    assert rows == [
        ("基本支出2021年", "1200.5", "万元", "12005000", "2021年", "amount", 0),
        ("基本支出2022年", "1300", "万元", "13000000", "2022年", "amount", 0),
        ("基本支出比上年增长", "8.3", "%", "8.3", "2022年", "growth", 0),
        ("项目支出2021年", "300", "万元", "3000000", "2021年", "amount", 1),
    ]


# --- for any text ---------------------------------------------------------------------------------

PIECES = [
    *[
        "全市新增就业",
        "1.2",
        "万人",
        "，",
        "。",
        "\n\n",
        "一、",
        "\t",
        "指标",
        "目标值",
        "|",
        "“",
        "（1）",
        " ",
        "%",
        "达",
    ],
    *["其中", "分别为：", "共", "完成率", "2022年", "同比增长", "０", "万亿", "第"],
]
lines = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)


@settings(max_examples=100, deadline=None)
@given(lines)
def test_every_place_re_cuts_from_the_source(text: str) -> None:
    if text.strip():
        check(text + "。")


def test_random_and_mutated_reports_neither_crash_nor_hang() -> None:
    done, slowest = run(500)
    assert done == 500
    assert slowest < SECONDS_EACH


def test_the_inputs_are_many_and_state_figures() -> None:
    texts = list(inputs(40))
    assert len(set(texts)) == 40
    assert sum(len(ledger(composed(text))[0]) for text in texts if text.strip()) > 200


@pytest.mark.parametrize("unit", ["甲1个、", "全市参保1.5万人，", "“12", "一二三万亿", "1", "2022年", "（", "1\t"])
def test_time_grows_with_length_and_not_with_its_square(unit: str) -> None:
    assert check("标题\n\n" + unit * (3_000 // len(unit)) + "。") < SECONDS_EACH


def test_the_same_report_gives_the_same_ledger() -> None:
    assert ledger(bundled()) == ledger(bundled())
