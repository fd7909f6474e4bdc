"""Numbers of plain tables get the unit and the name that their row, column and neighbours give them."""

import pytest

from corpus.ledger import ledger
from tests.reports import composed


def _named(table: str, before: str = "") -> list[tuple[str, str | None]]:
    rows = table.strip().replace(" | ", "\t")
    return [(figure.name, figure.base_unit) for figure in ledger(composed(f"2019年情况\n\n{before}\n{rows}\n"))[0]]


def test_growth_is_not_measured_in_the_unit_of_what_grows() -> None:
    assert _named("产品 | 计量单位 | 产量 | 比上年增长（%）\n显示器 | 台 | 6521 | -19.8\n汽车 | 辆 | 1297 | 8.7") == [
        ("显示器产量", "台"),
        ("显示器比上年增长", "%"),
        ("汽车产量", "辆"),
        ("汽车比上年增长", "%"),
    ]


@pytest.mark.parametrize(("note", "unit"), [("（单位：亿元）", None), ("（单位：亿元、%）", "%")])
def test_growth_without_a_sign_of_its_own_takes_none_but_a_percent_sign(note: str, unit: str | None) -> None:
    assert dict(_named("指标 | 金额 | 同比增长\n出口 | 38.5 | 1.8\n进口 | 24.6 | 3.6", note))["出口同比增长"] == unit


def test_growth_beside_several_measures_is_of_the_one_to_its_left() -> None:
    header = "国别 | 出口额（亿元） | 比上年增长（%） | 进口额（亿元） | 比上年增长（%）"
    table = f"{header}\n甲国 | 16.5 | 0.7 | 14.9 | 10.9\n乙国 | 21.3 | 7.5 | 10.5 | 19.5"
    names = [name for name, _ in _named(table)]
    assert names[:4] == ["甲国出口额", "甲国出口额比上年增长", "甲国进口额", "甲国进口额比上年增长"]


def test_parts_that_stand_under_several_wholes_are_told_apart() -> None:
    parts = "其中：国有企业 | 8\n民营企业 | 19"
    table = f"指标 | 金额（亿元）\n出口额 | 38\n{parts}\n进口额 | 24\n{parts}"
    assert [name for name, _ in _named(table)] == [
        "出口额金额", "出口额国有企业金额", "出口额民营企业金额",
        "进口额金额", "进口额国有企业金额", "进口额民营企业金额",
    ]  # fmt: skip


def test_a_row_that_merely_repeats_a_word_is_no_part_of_the_row_above_it() -> None:
    names = [name for name, _ in _named("指标 | 数量（个）\n学校 | 38\n其他 | 8\n医院 | 24\n诊所 | 9\n其他 | 10")]
    assert names == ["学校数量", "其他数量", "医院数量", "诊所数量", "其他数量"]
