"""Whether a draft's number is the report's: exactly, rounded as its qualifier says, or not.

约18.7万 for 18.64万 · 超18万 · 近八成 for 78.6% · 二十万 for 20万       -> the same
18.7万 without 约 · 近18万 for 18.64万 · 超18.64万 for 18.64万             -> not the same

Values are exact decimals; nothing here knows what the numbers measure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.checking.words import check_words
from assistant.figures.entries import dimension_of
from corpus.model import Figure

Way = Literal["exact", "about", "near", "over", "at least", "under", "at most"]
Fit = Literal["same", "rounded", "unqualified", "wrong rounding", "shifted", "other"]
# A rounding may be this far from the number, as a share of it.
_FARTHEST = Decimal("0.15")
_BY_BOUND: dict[str | None, Way] = {">": "over", ">=": "at least", "<": "under", "<=": "at most", "~": "about"}
_TENTHS = Decimal(10)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A number in its base unit; `step` is one unit of the last digit that is not a trailing zero."""

    number: Decimal
    high: Decimal | None  # upper end of a range
    step: Decimal
    unit: str | None
    dimension: str | None
    way: Way


def amount_of(figure: Figure, behind: str = "") -> Amount | None:
    """The amount a ledger row states, `behind` being the words after it; None for a grade or a ratio."""
    if figure.value is None or figure.base_value is None:
        return None
    number, value = Decimal(figure.base_value), Decimal(figure.value)
    scale = number / value if value else Decimal(1)
    step = scale.scaleb(value.normalize().as_tuple().exponent) if value else Decimal(1)  # type: ignore[arg-type]
    high = Decimal(figure.value_high) * scale if figure.value_high is not None else None
    unit, dimension = figure.base_unit, dimension_of(figure)
    factor = Decimal(1)
    if dimension == "tenths":
        factor, unit, dimension = _TENTHS, "%", "percent"
    elif unit is None and "分之" in figure.printed:
        factor, unit, dimension = _HUNDRED, "%", "percent"
        step = Decimal("0.001")
    elif dimension == "multiple" and figure.role == "growth":
        factor, unit, dimension = _HUNDRED, "%", "percent"
    return Amount(
        number=number * factor, high=None if high is None else high * factor, step=step * factor, unit=unit,
        dimension=dimension, way=_way(figure, behind),
    )  # fmt: skip


def _way(figure: Figure, behind: str) -> Way:
    words = check_words()
    qualifier = figure.qualifier or ""
    if qualifier in words.near:
        return "near"
    if qualifier in words.about:
        return "about"
    if qualifier in words.over or (not qualifier and words.behind.match(behind)):
        return "over"
    return _BY_BOUND.get(figure.bound, "exact")


def fit(draft: Amount, report: Amount) -> Fit:
    """How the draft's number stands to the report's; units and subjects are somebody else's business.

    "unqualified": a rounding that is not said to be one; "shifted": the same digits at another power of ten.
    """
    told, true = draft.number, _in_unit(report, draft.unit)
    if draft.high != report.high:
        return "other"
    if told == true:
        return _fit_of_equals(draft.way, report.way)
    if report.way == draft.way == "exact" and _rounds_to(true, draft):
        return "unqualified"
    if _near_enough(draft, true):
        return "rounded" if draft.way != "exact" else "other"
    if told and true and _digits(told) == _digits(true):
        return "shifted"
    close = draft.way != "exact" and abs(true - told) <= abs(told) * _FARTHEST
    return "wrong rounding" if close else "other"


def _in_unit(amount: Amount, unit: str | None) -> Decimal:
    """The number in another unit of the same kind, where a conversion is known: 1.2公里 is 1200米."""
    if unit is None or amount.unit is None or unit == amount.unit:
        return amount.number
    conversions = check_words().conversions
    if amount.unit in conversions and conversions[amount.unit][0] == unit:
        return amount.number * conversions[amount.unit][1]
    if unit in conversions and conversions[unit][0] == amount.unit:
        return amount.number / conversions[unit][1]
    return amount.number


def _fit_of_equals(told: Way, true: Way) -> Fit:
    """超30万 is wrong for exactly 30万, and right where the report says 超30万 itself."""
    if told == true or told in {"exact", "about", "at least", "at most"}:
        return "same"
    if told == "over" and true == "at least":
        return "same"
    return "wrong rounding"


def _rounds_to(true: Decimal, draft: Amount) -> bool:
    return abs(true - draft.number) <= draft.step / 2 and abs(true - draft.number) <= abs(draft.number) * _FARTHEST / 2


def _near_enough(draft: Amount, true: Decimal) -> bool:
    """Whether the true number lies where the qualifier says, no farther than a step of the told one's last digit."""
    away = true - draft.number
    whole = draft.step if draft.step == _TENTHS and draft.unit == "%" else abs(draft.number) * _FARTHEST
    reach = min(draft.step, max(whole, abs(draft.number) * _FARTHEST))
    if draft.way == "about":
        return abs(away) <= reach / 2
    if draft.way == "near":
        return -reach / 2 <= away < 0
    if draft.way in {"over", "at least"}:
        return 0 < away < reach
    return draft.way in {"under", "at most"} and -reach < away < 0


def _digits(number: Decimal) -> str:
    return "".join(map(str, abs(number).normalize().as_tuple().digits)).rstrip("0")


def significant(amount: Amount) -> int:
    """How many digits the number has before its trailing zeros."""
    return len(_digits(amount.number)) or 1


def alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers look like one mistyped: one digit changed, two exchanged, or the point moved."""
    first, second = _digits(one.number), _digits(other.number)
    if first == second:
        return True
    length = max(len(first), len(second))
    if length < 2:
        return False
    first, second = first.ljust(length, "0"), second.ljust(length, "0")  # 790 for 709
    apart = [index for index in range(length) if first[index] != second[index]]
    return len(apart) == 1 or (
        len(apart) == 2 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
    )


def is_summing(figure: Figure) -> bool:
    """Whether a count in words only sums up what the draft says: 三方面, 两类."""
    words = check_words()
    unit = re.sub(r"[一二三四五六七八九十两]+", "", figure.printed)
    small = figure.value is not None and Decimal(figure.value) <= words.largest_sum
    return small and unit in words.summing and not any(character.isdigit() for character in figure.printed)
