"""From operands to a result: the arithmetic of each kind, its formula, and what speaks against it.

difference of 764.3万对 and 283.9万对 -> 480.4万对, formula 764.3万对－283.9万对＝480.4万对
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.computing.calculation import Rounded, before_growth, exact, mean, quotient, rounded, total
from assistant.computing.units import (
    PERCENT,
    POINTS,
    TIMES,
    Scale,
    common_scale,
    counted_in_wholes,
    fitting_scale,
    scale_of,
    value_of,
)
from corpus.model import Figure
from corpus.periods import year_of
from corpus.units import Unit

_COUNTED = frozenset({"个", "家", "所", "项", "处"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """`value` in the magnitude of `scale`; `formula` ends with it; `per` is what an average is taken over."""

    value: Rounded
    scale: Scale
    formula: str
    figures: tuple[Figure, ...]

    @property
    def base_value(self) -> Decimal:
        return self.value.value * self.scale.factor


def unlike(figures: Sequence[Figure], *, counted: bool = False) -> str | None:
    """Why figures cannot be held together, in words for the user; None where they can.

    `counted` lets bodies and things counted in 个, 家, 所 and the like be added.
    """
    units = {figure.base_unit for figure in figures}
    if len(units) > 1 and not (counted and units <= _COUNTED):
        return "单位不同（" + "、".join(dict.fromkeys(figure.base_unit or "无单位" for figure in figures)) + "）"
    return None


def not_addable(figures: Sequence[Figure]) -> str | None:
    """Why figures cannot be summed though they can be compared."""
    years = {year for figure in figures if (year := year_of(figure.period)) is not None}
    scopes = {figure.scope for figure in figures if figure.scope}
    if len(years) > 1:
        return "年份不同（" + "、".join(f"{year}年" for year in sorted(years)) + "）"
    levels = {scope for scope in scopes if re.fullmatch(r"全[国省市区县]", scope)}
    if len(levels) > 1:
        return "统计范围不同（" + "、".join(sorted(levels)) + "）"
    if figures[0].base_unit == PERCENT and not _parts_of_whole(figures):
        return "比率的分母各不相同"
    if {figure.role == "target" for figure in figures} == {True, False}:
        return "有的是目标值，有的是实际值"
    if figures[0].role in {"rank", "standard"}:
        return "名次和人均、每月的标准不是可以累加的量"
    return None


def _parts_of_whole(figures: Sequence[Figure]) -> bool:
    """Shares told in one sentence, no more than the whole together."""
    places = {(figure.report, figure.table, figure.sentence_start) for figure in figures}
    shares = {figure.role for figure in figures} == {"share"}
    return shares and len(places) == 1 and total([value_of(figure) for figure in figures]) <= 100


def summed(figures: Sequence[Figure], unit: Unit | None = None) -> Result:
    scale = common_scale(figures, unit)
    if len({figure.base_unit for figure in figures}) > 1:
        scale = Scale(base="个", factor=scale.factor)
    value = exact(total([value_of(figure) for figure in figures]) / Fraction(scale.factor))
    return _result(value, scale, "＋".join(_term(figure, scale) for figure in figures), figures)


def subtracted(one: Figure, other: Figure, unit: Unit | None = None) -> Result:
    """`one` less `other`; percents differ by percentage points."""
    scale = common_scale((one, other), unit)
    value = exact(Fraction(value_of(one) - value_of(other)) / Fraction(scale.factor))
    shown = replace(scale, base=POINTS) if scale.base == PERCENT else scale
    return _result(value, shown, f"{_term(one, scale)}－{_term(other, scale)}", (one, other))


def divided(one: Figure, other: Figure, *, percent: bool) -> Result | None:
    """A share in percent or a multiple; None where the divisor is zero."""
    ratio = quotient(value_of(one), value_of(other))
    if ratio is None:
        return None
    scale = common_scale((one, other))
    terms = f"{_term(one, scale)}÷{_term(other, scale)}"
    if percent:
        return _result(rounded(ratio * 100), Scale(base=PERCENT, factor=Decimal(1)), terms + "×100%", (one, other))
    return _result(rounded(ratio), Scale(base=TIMES, factor=Decimal(1)), terms, (one, other))


def per_unit(one: Figure, other: Figure, unit: Unit | None = None) -> Result | None:
    """How much of `one` falls to each of `other`."""
    ratio = quotient(value_of(one), value_of(other))
    if ratio is None:
        return None
    scale = fitting_scale(Decimal(ratio.numerator) / Decimal(ratio.denominator), scale_of(one), unit)
    terms = f"{_term(one, scale_of(one))}÷{_term(other, scale_of(other))}"
    return _result(rounded(ratio / Fraction(scale.factor)), scale, terms, (one, other))


def averaged(figures: Sequence[Figure], unit: Unit | None = None) -> Result:
    scale = common_scale(figures, unit)
    value = rounded(mean([value_of(figure) for figure in figures]) / Fraction(scale.factor))
    terms = "（" + "＋".join(_term(figure, scale) for figure in figures) + f"）÷{len(figures)}"
    return _result(value, scale, terms, figures)


def converted(figure: Figure, unit: Unit) -> Result:
    """The same value in another magnitude: every digit of it."""
    scale = Scale(base=figure.base_unit, factor=unit.factor)
    value = exact(Fraction(value_of(figure)) / Fraction(unit.factor))
    return _result(value, scale, _term(figure, scale_of(figure)), (figure,))


def times(figure: Figure, months: int) -> Result:
    """A monthly standard over some months: 元/月 by 月 is 元."""
    base = (figure.base_unit or "").removesuffix("/月")
    scale = Scale(base=base, factor=scale_of(figure).factor)
    value = exact(Fraction(value_of(figure)) * months / Fraction(scale.factor))
    return _result(value, scale, f"{_term(figure, scale_of(figure))}×{months}个月", (figure,))


def per_month(figure: Figure, months: int) -> Result:
    """A yearly amount by the month."""
    base = re.sub(r"年$", "月", figure.base_unit or "") if "/" in (figure.base_unit or "") else figure.base_unit
    value, scale = Fraction(value_of(figure)) / months, scale_of(figure)
    fitting = fitting_scale(Decimal(value.numerator) / Decimal(value.denominator), scale)
    terms = f"{_term(figure, scale)}÷{months}"
    return _result(rounded(value / Fraction(fitting.factor)), replace(fitting, base=base), terms, (figure,))


def part_of(whole: Figure, share: Figure) -> Result:
    """A share of a whole in the whole's unit; counted things in wholes."""
    value, scale = Fraction(value_of(whole)) * Fraction(value_of(share)) / 100, scale_of(whole)
    places = 0 if counted_in_wholes(whole.base_unit) and scale.factor == 1 else 2
    shown = rounded(value / Fraction(scale.factor), places)
    return _result(shown, scale, f"{_term(whole, scale)}×{_term(share, scale_of(share))}", (whole, share))


def previous(level: Figure, change: Figure, falls: bool) -> Result | None:
    """The level of the year before: less what was added, or divided by one and its growth."""
    scale = scale_of(level)
    if change.base_unit == level.base_unit:
        value = Fraction(value_of(level)) + Fraction(value_of(change)) * (1 if falls else -1)
        sign = "＋" if falls else "－"
        terms = f"{_term(level, scale)}{sign}{_term(change, scale)}"
        return _result(exact(value / Fraction(scale.factor)), scale, terms, (level, change))
    if change.base_unit != PERCENT or level.base_unit == PERCENT:
        return None
    start = before_growth(value_of(level), value_of(change) * (-1 if falls else 1))
    if start is None:
        return None
    terms = f"{_term(level, scale)}÷（1{'－' if falls else '＋'}{_term(change, scale_of(change))}）"
    return _result(rounded(start / Fraction(scale.factor)), scale, terms, (level, change))


def _term(figure: Figure, scale: Scale) -> str:
    own = replace(scale, base=figure.base_unit)
    return own.shown(value_of(figure)) + own.unit


def _result(value: Rounded, scale: Scale, terms: str, figures: Sequence[Figure]) -> Result:
    shown = scale.shown(value.value * scale.factor) + scale.unit
    return Result(
        value=value, scale=scale, formula=f"{terms}{'＝' if value.exact else '≈'}{shown}", figures=tuple(figures)
    )  # fmt: skip
