"""Several reports bound in one file: each figure is dated by its own report, and by none where that does not say."""

from corpus.ledger import ledger
from tests.reports import composed

FIRST = """长兴市2019年国民经济和社会发展统计公报
长兴市统计局
2020年3月

2019年是关键的一年。
一、综合
全年实现地区生产总值512.3亿元，比上年增长4.1%。
二、农业
全年粮食产量30.2万吨。
三、工业
全年规模以上工业增加值增长5.5%。
{}一、综合
全年实现地区生产总值480.6亿元，比上年增长5.2%。
二、农业
全年粮食产量29.8万吨。
三、工业
全年规模以上工业增加值增长6.3%。
"""


def _periods(between: str) -> list[str | None]:
    return [figure.period for figure in ledger(composed(FIRST.format(between)))[0]]


def test_figures_of_a_second_report_have_the_year_its_first_sentence_opens_with() -> None:
    periods = _periods("长兴市统计局\n2019年3月\n2018年，面对复杂形势，经济平稳运行。\n")
    assert periods == ["2019年"] * 4 + ["2018年"] * 4


def test_figures_of_a_second_report_have_the_year_of_its_title() -> None:
    periods = _periods("长兴市2018年国民经济和社会发展统计公报\n长兴市统计局\n")
    assert periods == ["2019年"] * 4 + ["2018年"] * 4


def test_a_second_report_that_names_no_year_dates_nothing() -> None:
    assert _periods("长兴市统计局\n2019年3月\n面对复杂形势，经济平稳运行。\n") == ["2019年"] * 4 + [None] * 4


def test_a_year_that_its_date_does_not_allow_is_not_taken() -> None:
    assert _periods("长兴市统计局\n2019年3月\n2011年，本市开始公布。\n")[4:] == [None] * 4


def test_chapters_that_start_over_without_title_or_date_are_the_same_report() -> None:
    assert _periods("") == ["2019年"] * 8


def test_a_table_is_dated_by_the_year_its_caption_names() -> None:
    document = composed("长兴市2019年统计公报\n\n表1 2017年主要产量\n产品\t产量（吨）\n水泥\t6400\n生铁\t1650\n")
    assert [figure.period for figure in ledger(document)[0]] == ["2017年", "2017年"]


def test_what_flows_over_the_year_is_not_dated_by_the_end_of_it_that_a_sentence_before_names() -> None:
    document = composed("长兴市2019年统计公报\n\n截至2019年底，全市共有服务站14个。全年共有22.7万人次接受服务。\n")
    assert [figure.period for figure in ledger(document)[0]] == ["2019年底", "2019年"]
