"""A draft's number against the report's: roundings as their qualifiers allow, units and magnitudes."""

import pytest

from assistant.checking.amounts import Amount, alike, amount_of, fit
from assistant.checking.faults import units_agree
from corpus.ledger import report_of
from corpus.source import Source


def _amount(words: str) -> Amount:
    """The amount of the one figure in a clause."""
    figures = report_of(Source(name="a.txt", text=f"全市参加活动{words}。", checksum="0" * 64)).figures
    assert len(figures) == 1, [figure.printed for figure in figures]
    after = f"全市参加活动{words}。"[figures[0].end :]
    amount = amount_of(figures[0], after)
    assert amount is not None
    return amount


FITS = [
    ("18.64万人", "18.64万人", "same"),
    ("186400人", "18.64万人", "same"),
    ("十八点六四万人", "18.64万人", "same"),
    ("约18.6万人", "18.64万人", "rounded"),
    ("18.6万人左右", "18.64万人", "rounded"),
    ("约18.7万人", "18.64万人", "wrong rounding"),
    ("18.6万人", "18.64万人", "unqualified"),
    ("19万人", "18.64万人", "unqualified"),
    ("近19万人", "18.64万人", "rounded"),
    ("近18万人", "18.64万人", "wrong rounding"),
    ("近20万人", "18.64万人", "rounded"),
    ("超18万人", "18.64万人", "rounded"),
    ("18万多人", "18.64万人", "rounded"),
    ("18万余人", "18.64万人", "rounded"),
    ("超19万人", "18.64万人", "wrong rounding"),
    ("超18.64万人", "18.64万人", "wrong rounding"),
    ("超18.64万人", "超18.64万人", "same"),
    ("18.64万人", "超18.64万人", "same"),
    ("超80万人", "近80万人", "wrong rounding"),
    ("不足19万人", "18.64万人", "rounded"),
    ("18.64亿人", "18.64万人", "shifted"),
    ("18.46万人", "18.64万人", "other"),
    ("近八成", "78.9%", "rounded"),
    ("超过八成", "五分之四", "wrong rounding"),
    ("八成", "五分之四", "same"),
    ("80%", "五分之四", "same"),
    ("七成多", "71.8%", "rounded"),
    ("近九成", "78.9%", "wrong rounding"),
    ("百分之三十", "三成", "same"),
    ("1200米", "1.2公里", "same"),
    ("30亩", "2公顷", "same"),
    ("0.30%", "0.3%", "same"),
]


@pytest.mark.parametrize(("draft", "report", "expected"), FITS)
def test_a_number_fits_as_its_qualifier_says(draft: str, report: str, expected: str):
    assert fit(_amount(draft), _amount(report)) == expected


UNITS = [
    ("3个", "3家", True),
    ("3户", "3家", True),
    ("3人", "3人次", False),
    ("3%", "3个百分点", False),
    ("3公顷", "3亩", True),  # of one kind: the numbers are converted
    ("3亿元", "3亿美元", False),
    ("3元/月", "3元", True),
    ("3分", "3%", False),
]


@pytest.mark.parametrize(("draft", "report", "agree"), UNITS)
def test_units_agree_when_they_count_the_same_kind_of_thing(draft: str, report: str, agree: bool):
    assert units_agree(_amount(draft), _amount(report)) is agree


def test_a_slip_of_the_pen_is_told_from_another_number():
    assert alike(_amount("18.46万人"), _amount("18.64万人"))
    assert alike(_amount("18.54万人"), _amount("18.64万人"))
    assert not alike(_amount("23.57万人"), _amount("18.64万人"))
