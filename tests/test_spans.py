"""Several years that are summed up: told by their own period, levels at their end and later years apart."""

from dataclasses import replace

import pytest

from corpus.ledger import ledger
from corpus.spans import is_span, within
from tests.reports import composed


def _periods(body: str) -> dict[str, str | None]:
    document = composed(f"一、情况\n\n{body}\n")
    metadata = replace(document.metadata, document_kind="work_report", data_year=2026, issued_year=2026)
    return {figure.printed: figure.period for figure in ledger(replace(document, metadata=metadata))[0]}


@pytest.mark.parametrize(
    ("body", "printed", "period"),
    [
        ("五年来，全县粮食产量年均增长2.1%。", "2.1%", "2021—2025年"),
        ("“十四五”以来，累计建成公路3200公里。", "3200公里", "2021—2025年"),
        ("“十三五”时期，全县用水量下降8.4%。", "8.4%", "2016—2020年"),
        ("五年来，各项事业成效明显。累计改造旧房7.5万户。", "7.5万户", "2021—2025年"),
        ("五年来，我们办了不少实事：\n\n——城乡面貌一新。累计绿化1.2万亩。", "1.2万亩", "2021—2025年"),
        ("五年来，高速公路里程达到860公里。", "860公里", "2025年"),
        ("五年来，产业不断壮大。2025年，工业增加值增长6.3%。", "6.3%", "2025年"),
        ("为“十五五”时期打牢基础，完成投资45亿元。", "45亿元", "2025年"),
    ],
)
def test_a_sum_over_years_is_dated_by_them_and_a_level_by_its_year(body: str, printed: str, period: str):
    assert _periods(body)[printed] == period


def test_a_plan_covers_its_own_years_only():
    assert is_span("2021—2025年") and not is_span("2025年") and not is_span("2021-2022学年")
    assert within("2021—2024年", "十四五") and not within("2021—2025年", "十三五")
