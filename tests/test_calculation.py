"""Arithmetic is exact for any decimals; rounding is half away from zero and said."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.computing.calculation import before_growth, digits, exact, mean, quotient, rounded, total
from assistant.computing.units import Scale, common_scale, fitting_scale
from corpus.model import Figure
from corpus.units import match_unit

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=6)
NOT_ZERO = DECIMALS.filter(lambda value: value != 0)


@given(st.lists(DECIMALS, min_size=1, max_size=20))
def test_a_sum_is_that_of_the_fractions(values: list[Decimal]):
    assert total(values) == sum(Fraction(value) for value in values)
    assert Fraction(exact(total(values)).value) == total(values)
    assert exact(total(values)).exact


@given(st.lists(DECIMALS, min_size=1, max_size=20))
def test_the_order_of_the_terms_does_not_matter(values: list[Decimal]):
    assert total(values) == total(values[::-1])
    assert mean(values) * len(values) == total(values)


@given(DECIMALS, NOT_ZERO)
def test_a_quotient_times_its_divisor_is_the_dividend(one: Decimal, other: Decimal):
    found = quotient(one, other)
    assert found is not None
    assert found * Fraction(other) == Fraction(one)


@given(st.fractions(), st.integers(min_value=1, max_value=6))
def test_rounding_is_off_by_half_a_step_at_most_and_says_whether_it_is_exact(value: Fraction, places: int):
    shown = rounded(value, places)
    assert abs(Fraction(shown.value) - value) <= Fraction(1, 2 * 10**shown.places)
    assert shown.exact == (Fraction(shown.value) == value)
    assert shown.places <= max(places, 2) or abs(value) < Fraction(1, 100)


@given(st.fractions())
def test_a_value_and_its_opposite_round_alike(value: Fraction):
    assert Fraction(rounded(-value).value) == -Fraction(rounded(value).value)


@given(DECIMALS)
def test_digits_read_back_as_the_value_and_have_no_exponent(value: Decimal):
    assert Decimal(digits(value)) == value
    assert "e" not in digits(value).lower()


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.005", "0.005"), ("1.005", "1.01"), ("-1.005", "-1.01"), ("2.344", "2.34"), ("2.345", "2.35"), ("7", "7")],
)
def test_half_goes_away_from_zero(value: str, shown: str):
    assert digits(rounded(Fraction(Decimal(value))).value) == shown


def test_nothing_is_divided_by_zero():
    assert quotient(Decimal(5), Decimal(0)) is None
    assert before_growth(Decimal(5), Decimal(-100)) is None


def test_the_level_before_a_growth_is_divided_by_one_and_the_growth():
    assert before_growth(Decimal(110), Decimal(10)) == 100


def _money(value: str, unit: str) -> Figure:
    factor = match_unit(unit, 0)
    assert factor is not None
    base = str(Decimal(value) * factor.factor)
    return Figure(id=value, report="a", name="a", value=value, unit=unit, base_value=base, base_unit="元")


def test_mixed_magnitudes_are_shown_in_one():
    mixed = [_money("3.5", "亿元"), _money("4,200".replace(",", ""), "万元"), _money("1.25", "亿元")]
    scale = common_scale(mixed)
    assert scale.unit == "亿元"
    assert scale.shown(Decimal(mixed[1].base_value or 0)) == "0.42"


def test_the_magnitude_asked_for_is_taken():
    assert common_scale([_money("3.5", "亿元")], match_unit("万元", 0)).unit == "万元"
    assert common_scale([_money("3.5", "亿元")], match_unit("元", 0)).unit == "亿元"  # 多少元 asks for none


def test_a_quotient_below_its_magnitude_takes_a_smaller_one():
    scale = Scale(base="元", factor=Decimal(10**8))
    assert fitting_scale(Decimal("8123.5"), scale).unit == "元"
    assert fitting_scale(Decimal("812350"), scale).unit == "万元"
