"""Numerals and what they are: units, qualifiers, ranges, ranks, words; dates, names and structure."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chinese_numerals import parse_numeral
from corpus.quantities import quantities, scan

QUANTITIES: list[tuple[str, str, str, str | None, str, str | None]] = [
    # text, printed, value, unit, base value, base unit
    ("帮助13.24万城镇登记失业人员", "13.24万", "13.24", "万", "132400", "人"),
    ("追回工资8.7亿元", "8.7亿元", "8.7", "亿元", "870000000", "元"),
    ("持卡人数1800万", "1800万", "1800", "万", "18000000", "人"),
    ("总人数为24442", "24442", "24442", None, "24442", "人"),
    ("资助70,442人。", "70,442人", "70442", "人", "70442", "人"),
    ("指数8,832.5,其中", "8,832.5", "8832.5", None, "8832.5", None),
    ("提高到3929元/月", "3929元/月", "3929", "元/月", "3929", "元/月"),
    ("平均房价370.8元/间夜", "370.8元/间夜", "370.8", "元/间夜", "370.8", "元/间夜"),
    ("建成176家服务站", "176家", "176", "家", "176", "家"),
    ("活动1.2万余场", "1.2万余场", "1.2", "万场", "12000", "场"),
    ("引育2300多人", "2300多人", "2300", "人", "2300", "人"),
    ("结案率96.61%", "96.61%", "96.61", "%", "96.61", "%"),
    ("上升28.9个百分点", "28.9个百分点", "28.9", "个百分点", "28.9", "百分点"),
    ("增长7.8倍", "7.8倍", "7.8", "倍", "7.8", "倍"),
    ("下降-3.5%", "-3.5%", "-3.5", "%", "-3.5", "%"),
    ("面积18.92万吨/日", "18.92万吨/日", "18.92", "万吨/日", "189200", "吨/日"),
    ("算力规模55Eflops", "55Eflops", "55", "Eflops", "55", "EFLOPS"),
    ("三千二百名", "三千二百名", "3200", "名", "3200", "人"),
    ("七百零六万人", "七百零六万人", "706", "万人", "7060000", "人"),
    ("超过五分之四的月份", "五分之四", "0.8", None, "0.8", None),
    ("百分之九十八", "百分之九十八", "98", "%", "98", "%"),
]
QUALIFIERS = [
    ("不少于3200名", "不少于", ">="),
    ("99.4%以上", "以上", ">="),
    ("不超10次", "不超", "<="),
    ("5%以内", "以内", "<="),
    ("2个工作日内备案", "内", "<="),
    ("3个内设机构", None, None),
    ("约500人", "约", "~"),
    ("近80万人", "近", "~"),
    ("超1374亿元", "超", ">"),
    ("达1030万人", "达", None),
    ("30余项", "余", ">"),
]
RANKS = [
    ("在全市排名第38名", "38"),
    ("全省排名第一", "1"),
    ("数量居全省之首", "1"),
    ("均居全省首位", "1"),
    ("跻身全球第三大加油港", "3"),
]
NOT_QUANTITIES = [
    ("2022年12月", "date", "year"),
    ("2021-2022学年", "date", "span of years"),
    ("五年来", "date", "years past or to come"),
    ("穗府〔2022〕15号", "name", "document number"),
    ("“8+4”政策", "name", "pairing"),
    ("深入实施“六项行动”", "name", "quoted name"),
    ("B2C业务", "name", "latin name"),
    ("三年行动计划", "name", "named plan"),
    ("中央八项规定", "name", "named rules"),
    ("账号6222020200112233445", "name", "long number"),
    ("第三次普查", "structure", "ordinal"),
    ("（1）组织实施", "structure", "list numeral"),
    ("十三届五次全会", "structure", "ordinal"),
]


@pytest.mark.parametrize(("text", "printed", "value", "unit", "base", "base_unit"), QUANTITIES)
def test_a_number_is_read_with_its_unit_and_base(
    text: str, printed: str, value: str, unit: str | None, base: str, base_unit: str | None
) -> None:
    (quantity,) = quantities(text)
    assert text[quantity.start : quantity.end] == printed
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert (quantity.base_value, quantity.base_unit) == (Decimal(base), base_unit)


def test_percent_and_percentage_point_are_not_equal() -> None:
    percent, points = quantities("增长5%，提高5个百分点")
    assert percent.dimension != points.dimension


@pytest.mark.parametrize(("text", "word", "bound"), QUALIFIERS)
def test_a_qualifier_gives_the_bound(text: str, word: str | None, bound: str | None) -> None:
    (quantity,) = quantities(text)
    assert (quantity.qualifier, quantity.bound) == (word, bound)


def test_a_list_shares_the_qualifier_before_it() -> None:
    assert [quantity.qualifier for quantity in quantities("达1030万人、706万人、722万人，其中5万人")] == ["达"] * 3 + [
        None
    ]


def test_a_range_has_two_values() -> None:
    (quantity,) = quantities("增长5%—5.5%")
    assert (quantity.kind, quantity.value, quantity.value_high) == ("range", Decimal(5), Decimal("5.5"))


@pytest.mark.parametrize(("text", "value"), RANKS)
def test_a_rank_in_digits_or_words(text: str, value: str) -> None:
    ranks = [quantity for quantity in quantities(text) if quantity.rank]
    assert [(rank.value, rank.base_unit) for rank in ranks] == [(Decimal(value), "名")]


@pytest.mark.parametrize(("text", "numeral_class", "rule"), NOT_QUANTITIES)
def test_what_is_no_quantity_is_accounted_for_by_a_rule(text: str, numeral_class: str, rule: str) -> None:
    numerals = scan(text)
    assert numerals and all(numeral.quantity is None for numeral in numerals)
    assert (numeral_class, rule) in {(numeral.numeral_class, numeral.rule) for numeral in numerals}


# --- for any text ---------------------------------------------------------------------------------

FRAGMENTS = [
    *[text for text, *_ in QUANTITIES], *[text for text, *_ in QUALIFIERS], *[text for text, _ in RANKS],
    *[text for text, *_ in NOT_QUANTITIES],
    *"，。；：、（）“”%,.-—/第前万亿个人元年月日0123456789一二三十百千万",
    "其中", "占", "同比增长", "分别", "\n", "１２", "1,234,567",
]  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))


@given(texts)
def test_every_digit_is_accounted_for_exactly_once(text: str) -> None:
    numerals = scan(text)
    covered = [index for numeral in numerals for index in range(numeral.start, numeral.end)]
    assert len(covered) == len(set(covered))
    assert {index for index, character in enumerate(text) if character.isdecimal()} <= set(covered)


@given(texts)
def test_no_span_cuts_a_number(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.number_end <= quantity.end <= len(text)
        assert not (text[quantity.start].isdecimal() and text[: quantity.start][-1:].isdecimal())
        assert not (text[quantity.end - 1].isdecimal() and text[quantity.end :][:1].isdecimal())


UNITS: list[Any] = ["人", "万人", "亿元", "家", "%", "个百分点", "元/月", "倍", "平方米", "万人次", ""]
values = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False) | st.integers(0, 10**12).map(Decimal)


@given(values, st.sampled_from(["", "约", "不少于", "超过", "达"]), st.sampled_from(UNITS), st.booleans())
def test_a_value_survives_print_and_parse(value: Decimal, word: str, unit: str, grouped: bool) -> None:
    printed = f"{value:,f}" if grouped else f"{value:f}"
    found = quantities(f"全市完成{word}{printed}{unit}。")
    assert [(quantity.value, quantity.unit, quantity.qualifier) for quantity in found] == [
        (value, unit or None, word or None)
    ]


def in_words(number: int) -> str:
    """A whole number as Chinese writes it: 3200 -> 三千二百."""
    if number >= 10**4:
        power, word = (10**8, "亿") if number >= 10**8 else (10**4, "万")
        high, low = divmod(number, power)
        gap = "零" if low and low < power // 10 else ""
        return in_words(high) + word + gap + (in_words(low) if low else "")
    printed, zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            printed += ("零" if zero and printed else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = True
    return printed or "零"


@given(st.integers(1, 10**11))
def test_a_chinese_numeral_parses_to_what_it_was_written_from(number: int) -> None:
    assert parse_numeral(in_words(number)) == number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十", "10"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("两千", "2000"),
        ("二〇二二", "2022"),
        ("九十八点五", "98.5"),
        ("三亿零五百万", "305000000"),
    ],
)
def test_chinese_numerals_of_reports(printed: str, value: str) -> None:
    assert parse_numeral(printed) == Decimal(value)


def test_what_is_no_chinese_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        parse_numeral("三个")
