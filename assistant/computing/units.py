"""Units of a calculation: in which magnitude a result is shown, and what unit it has.

1280.4亿元 and 4,960万元  -> shown in 亿元: 1280.4 and 0.496
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

from assistant.computing.calculation import digits
from corpus.model import Figure
from corpus.units import MAGNITUDES, Unit, match_unit

_SHOWN = {Decimal(1): "", MAGNITUDES["万"]: "万", MAGNITUDES["亿"]: "亿", MAGNITUDES["万亿"]: "万亿"}
_LARGE = MAGNITUDES["亿"]
_MIDDLE = Decimal(10**5)
PERCENT, POINTS, TIMES = "%", "百分点", "倍"
# Counted in wholes: a share of 17 vehicles is no 3.4 vehicles.
WHOLES = frozenset(
    {"people", "households", "organisations", "items", "events", "times", "vehicles", "medals", "person-times"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A base unit and the magnitude it is shown in: 元 by 10000 is 万元."""

    base: str | None
    factor: Decimal

    @property
    def unit(self) -> str:
        spoken = "个百分点" if self.base == POINTS else self.base or ""
        return _SHOWN[self.factor] + spoken

    def shown(self, base_value: Decimal) -> str:
        return digits(base_value / self.factor)


def value_of(figure: Figure) -> Decimal:
    """A figure in its base unit; it must have a number."""
    return Decimal(figure.base_value or figure.value or 0)


def scale_of(figure: Figure) -> Scale:
    """The magnitude a figure is printed in."""
    value = Decimal(figure.value or 0)
    factor = value_of(figure) / value if value else _factor_of_unit(figure.unit)
    return Scale(base=figure.base_unit, factor=factor if factor in _SHOWN else Decimal(1))


def common_scale(figures: Sequence[Figure], asked: Unit | None = None) -> Scale:
    """The magnitude asked for, else the one most of the figures are printed in, the first's among equals."""
    base = figures[0].base_unit
    if _asks_for_magnitude(asked, base):
        return Scale(base=base, factor=asked.factor)
    scales = [scale_of(figure) for figure in figures]
    return max(scales, key=lambda scale: (scales.count(scale), -scales.index(scale)))


def fitting_scale(value: Decimal, scale: Scale, asked: Unit | None = None) -> Scale:
    """For a quotient: the magnitude asked for, else `scale`, or a smaller one where the value would start with 0."""
    if _asks_for_magnitude(asked, scale.base):
        return Scale(base=scale.base, factor=asked.factor)
    if abs(value) >= scale.factor:
        return scale
    factor = _LARGE if abs(value) >= _LARGE else MAGNITUDES["万"] if abs(value) >= _MIDDLE else Decimal(1)
    return Scale(base=scale.base, factor=min(factor, scale.factor))


def _asks_for_magnitude(asked: Unit | None, base: str | None) -> TypeGuard[Unit]:
    """多少万元 asks for 万; 多少元 asks for no magnitude in particular."""
    return asked is not None and asked.factor in _SHOWN and asked.factor != 1 and asked.base in {base, None}


def dimension_of_unit(base_unit: str | None) -> str | None:
    unit = match_unit(base_unit, 0) if base_unit else None
    return unit.dimension if unit is not None else None


def counted_in_wholes(base_unit: str | None) -> bool:
    return dimension_of_unit(base_unit) in WHOLES


def _factor_of_unit(printed: str | None) -> Decimal:
    unit = match_unit(printed, 0) if printed else None
    return unit.factor if unit is not None else Decimal(1)
