"""Tables whose caption says what is measured: years and bare headers give way to it."""

import pytest

from corpus.ledger import ledger
from tests.reports import composed

REPORT = """2023年某市国民经济和社会发展统计公报

一、工业

表1 2023年主要工业产品产量情况

产品名称\t计量单位\t2023年\t比上年增长（%）
原煤\t吨\t412000\t3.1
生铁\t吨\t96000\t-2.4
载货汽车\t辆\t5300\t12.0

二、价格

表2 2023年居民消费价格

类别\t2023年\t2022年
食品\t2.1\t1.4
衣着\t0.8\t0.6
居住\t0.3\t0.2
"""


def _figure(printed: str) -> tuple[str, str, str | None]:
    found = [figure for figure in ledger(composed(REPORT))[0] if figure.printed.startswith(printed) and figure.table]
    return found[0].name, found[0].role, found[0].period


@pytest.mark.parametrize(
    ("printed", "name", "role", "period"),
    [
        ("412000", "原煤产量", "count", "2023年"),
        ("5300", "载货汽车产量", "count", "2023年"),
        ("-2.4", "生铁产量比上年增长", "growth", "2023年"),
    ],
)
def test_the_caption_says_what_a_bare_column_measures(printed: str, name: str, role: str, period: str):
    assert _figure(printed) == (name, role, period)


def test_a_caption_without_a_measure_leaves_the_header_as_it_is():
    assert _figure("1.4")[0] == "食品2022年"
