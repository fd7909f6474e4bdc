"""Exact arithmetic over decimals: sums, differences, quotients, and one rounding rule. No figure is a float.

8.7亿元 by 7.61万人   Decimal("870000000"), Decimal("76100")  ->  Rounded(value=11432.33, exact=False, places=2)

Everything is a fraction until it is shown; then it is exact where its decimals end within the places asked
for, else rounded half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

PLACES = 2
_SMALL = Fraction(1, 100)
_SIGNIFICANT = 2
_LONGEST_EXACT = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Rounded:
    """A value as it is shown; `places` are the decimals it was rounded to where it is not exact."""

    value: Decimal
    exact: bool
    places: int


def total(values: Sequence[Decimal]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))


def mean(values: Sequence[Decimal]) -> Fraction:
    """The mean of at least one value."""
    return total(values) / len(values)


def quotient(one: Decimal, other: Decimal) -> Fraction | None:
    """None where the divisor is zero."""
    return Fraction(one) / Fraction(other) if other else None


def before_growth(level: Decimal, percent: Decimal) -> Fraction | None:
    """The level from which `level` is reached by growing `percent`; None for a fall by all of it."""
    return quotient(level, 1 + percent / 100)


def rounded(value: Fraction, places: int = PLACES) -> Rounded:
    """`value` with at most `places` decimals, half up; a small value keeps two significant digits."""
    if value and abs(value) < _SMALL and places:
        places = _places_of_small(value)
    shown = _half_up(value, places)
    return Rounded(value=shown, exact=Fraction(shown) == value, places=places)


def exact(value: Fraction) -> Rounded:
    """All decimals of a value that has an end, such as a sum; rounded where it has none."""
    for places in range(_LONGEST_EXACT + 1):
        shown = _half_up(value, places)
        if Fraction(shown) == value:
            return Rounded(value=shown, exact=True, places=places)
    return rounded(value)


def digits(value: Decimal) -> str:
    """A decimal as it is printed: no exponent, no zeros at the end of its decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places_of_small(value: Fraction) -> int:
    places = 0
    while abs(value) * 10**places < 10 ** (_SIGNIFICANT - 1):
        places += 1
    return places


def _half_up(value: Fraction, places: int) -> Decimal:
    """Half away from zero, as bureaus round; in integers, so that no precision of a context cuts it."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    while places and whole % 10 == 0:
        whole, places = whole // 10, places - 1
    negative = value < 0 and whole != 0
    return Decimal((int(negative), tuple(map(int, str(whole))), -places))
