"""Rows that reports state in roundabout ways: changes, shares of a note of units, targets with a sign, durations."""

from decimal import Decimal

import pytest

from corpus.ledger import ledger
from corpus.model import Figure
from tests.reports import composed


def _figures(text: str, title: str = "2019年度青禾县教育局工作总结") -> tuple[Figure, ...]:
    return ledger(composed(f"{title}\n\n{text}\n"))[0]


def _row(figures: tuple[Figure, ...], printed: str) -> Figure:
    return next(figure for figure in figures if figure.printed == printed)


def _table(*rows: str) -> str:
    return "\n".join(rows).replace(" | ", "\t")


@pytest.mark.parametrize(
    ("sentence", "earlier", "later"),
    [
        ("差旅经费42.8万元，实际支出31.6万元，比上年的36.7万元下降13.9%。", "36.7万元", "31.6万元"),
        ("平均到场时间由上年的12分40秒缩短至11分25秒。", "12分40秒", "11分25秒"),
        ("绿化覆盖率由去年的41.2%提高到43.5%。", "41.2%", "43.5%"),
    ],
)
def test_what_a_change_of_this_year_starts_from_is_dated_the_year_before(
    sentence: str, earlier: str, later: str
) -> None:
    figures = _figures(sentence)
    assert _row(figures, earlier).period == "2018年"
    assert _row(figures, later).period == "2019年"
    assert _row(figures, earlier).name == _row(figures, later).name


def test_a_list_of_values_that_changes_to_another_list_keeps_its_labels() -> None:
    figures = _figures("低保、特困供养标准分别由每月800元、1040元提高到870元、1130元。")
    names = {figure.printed: figure.name.removesuffix("（变化前）") for figure in figures}
    assert names == {
        "800元": "低保标准", "870元": "低保标准", "1040元": "特困供养标准", "1130元": "特困供养标准",
    }  # fmt: skip
    assert [figure.name.endswith("（变化前）") for figure in figures] == [True, True, False, False]


def test_rates_of_growth_after_several_counts_belong_to_one_count_each() -> None:
    names = [
        f.name for f in _figures("现有教师3120人，其中骨干教师412人、特级教师17人，分别比上年增长4.2%、5.1%、3.8%。")
    ]
    assert names == [
        "现有教师",
        "骨干教师",
        "特级教师",
        "现有教师比上年增长",
        "骨干教师比上年增长",
        "特级教师比上年增长",
    ]


def test_minutes_and_seconds_are_one_duration() -> None:
    (figure,) = _figures("平均响应时间11分25秒。")
    assert (figure.printed, figure.base_value, figure.base_unit) == ("11分25秒", "685", "秒")


def test_a_rate_per_hundred_thousand_is_one_number() -> None:
    (figure,) = _figures("发病率为32.7/10万。")
    assert (figure.printed, figure.value, figure.role) == ("32.7/10万", "32.7", "rate")


def test_quarters_are_no_quantities_and_do_not_part_a_name() -> None:
    names = [figure.name for figure in _figures("粮食产值一季度同比增长5.6%，上半年增长2.1%，前三季度增长3.2%。")]
    assert names == ["粮食产值一季度同比增长", "粮食产值上半年增长", "粮食产值前三季度增长"]


@pytest.mark.parametrize("word", ["个人所得税", "个体工商户", "个税"])
def test_a_word_that_begins_with_a_counter_stays_whole(word: str) -> None:
    assert _figures(f"其中，{word}12.5万元。")[0].name == word


def test_each_column_takes_the_unit_of_the_note_that_its_header_counts() -> None:
    table = _table(
        "地区 | 医疗机构 | 床位 | 注册护士 | 床位使用率",
        "东片 | 462 | 6842 | 4288 | 81.2",
        "西片 | 418 | 5930 | 3602 | 79.5",
    )
    rows = _figures(f"单位：家、张、人、%\n{table}")
    assert [figure.base_unit for figure in rows] == ["家", "张", "人", "%"] * 2


def test_sums_of_money_beside_counts_do_not_lend_them_their_unit() -> None:
    table = _table("地区 | 案件数 | 罚没款 | 投诉受理量", "东片 | 418 | 1642.7 | 3826", "西片 | 563 | 1037.2 | 2841")
    rows = _figures(f"单位：件、万元\n{table}")
    assert [(figure.base_unit, figure.base_value) for figure in rows[:3]] == [
        ("件", "418"), ("元", "16427000"), ("件", "3826"),
    ]  # fmt: skip


def test_a_rate_under_a_note_of_money_is_a_rate() -> None:
    table = _table(
        "项目名称 | 预算 | 支出 | 执行率", "校舍修缮 | 9860.00 | 9214.37 | 93.45", "食堂改造 | 100.00 | 98.00 | 98.00"
    )
    rows = _figures(f"单位：万元\n{table}")
    assert [(figure.base_unit, figure.role) for figure in rows[:3]] == [
        ("元", "amount"), ("元", "amount"), ("%", "rate"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["≥", ">", "不低于"])
def test_a_target_cell_with_a_sign_is_a_target_of_its_row(sign: str) -> None:
    header = "指标名称 | 2018年实际 | 2019年目标 | 2019年实际"
    rows = _figures(
        "单位：%\n" + _table(header, f"建档率 | 92.1 | {sign}92 | 93.4", f"签约率 | 42.6 | {sign}46 | 47.3")
    )
    first = [figure for figure in rows if figure.name.startswith("建档率")]
    assert [(f.value, f.role, f.base_unit, f.period) for f in first] == [
        ("92.1", "actual", "%", "2018年"), ("92", "target", "%", "2019年"), ("93.4", "actual", "%", "2019年"),
    ]  # fmt: skip
    assert first[1].bound in {">=", ">"}


def test_what_is_planned_is_a_target_and_a_plan_of_births_is_not() -> None:
    roles = {figure.printed: figure.role for figure in _figures("计划招聘教师300人。计划生育家庭达到1200户。")}
    assert roles == {"300人": "target", "1200户": "count"}


def test_a_county_that_its_report_alone_names_is_not_the_whole_country() -> None:
    document = composed(
        "青禾县2019年国民经济和社会发展统计公报\n\n青禾县统计局    国家统计局青禾调查队\n\n全年种植水稻3.1万亩。\n"
    )
    (figure,) = ledger(document)[0]
    assert (document.metadata.place, figure.scope) == ("青禾县", "全县")


def test_every_number_is_where_it_is_said_to_be() -> None:
    document = composed(
        "2019年度总结\n\n救援时间由上年的12分40秒缩短至11分25秒，比上年的9.5万元下降3%，发病率4.8/10万。\n"
    )
    for figure in ledger(document)[0]:
        assert document.text[figure.start : figure.end] == figure.printed
        assert figure.value is None or Decimal(figure.value).is_finite()
