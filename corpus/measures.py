"""What stands around a number: the end of its range, its unit with magnitude, its qualifier.

5%至6% · 500多万人 · 1.2万余场 · 不少于3200名 · 2个工作日内
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model import Bound
from corpus.units import MAGNITUDES, Unit, base_unit_of_noun, begins_another, match_unit, qualifiers, unit_of_count

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?"
_RANGE_LINK = re.compile(r"[-—–~～至到]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What a number is measured in; `end` is behind its unit, `number_end` behind the bare number or range."""

    end: int
    number_end: int
    high: Decimal | None
    unit: str | None
    base: str | None
    dimension: str | None
    factor: Decimal
    qualifier: str | None
    bound: Bound | None


def measure_at(text: str, start: int, number_end: int) -> Measure:
    """The measure of the number at `text[start:number_end]`."""
    end, number_end, high = _range_end(text, number_end)
    unit, inside = _unit_around(text, end)
    end += len(unit.printed) + len(inside)
    base, dimension = unit.base, unit.dimension
    if base is None and unit.printed:
        base, dimension = base_unit_of_noun(text, start, end)
    elif not unit.printed:
        base, dimension = unit_of_count(text[:start])
    word, bound = qualifier_around(text, start, end, inside)
    return Measure(
        end=end, number_end=number_end, high=high, unit=unit.printed or None, base=base, dimension=dimension,
        factor=unit.factor, qualifier=word, bound=bound,
    )  # fmt: skip


def _unit_around(text: str, at: int) -> tuple[Unit, str]:
    """The unit at `at` without the qualifier inside it, and that qualifier: 500|多|万人, 1.2|万|余|场."""
    plain = match_unit(text, at)
    magnitude = plain.printed if plain is not None and plain.base is None else ""
    for word in qualifiers("inside"):
        for scale in dict.fromkeys(("", magnitude)):
            if not text.startswith(scale + word, at):
                continue
            unit = match_unit(text, at + len(scale) + len(word))
            if unit is not None and (unit.base is not None or not scale):
                factor = unit.factor * MAGNITUDES.get(scale, Decimal(1))
                return replace(unit, printed=scale + unit.printed, factor=factor), word
    return plain or Unit(printed="", base=None, dimension=None, factor=Decimal(1)), ""


def _range_end(text: str, number_end: int) -> tuple[int, int, Decimal | None]:
    """Where the number ends once a range such as 3-5 or 5%至6% is read, and its upper value."""
    first = match_unit(text, number_end)
    for link_at in (number_end, number_end + len(first.printed) if first else number_end):
        link = _RANGE_LINK.match(text, link_at)
        upper = re.compile(ARABIC).match(text, link.end()) if link else None
        if upper is None or re.match(r"年|月", text[upper.end() :]):
            continue
        second = match_unit(text, upper.end())
        if link_at == number_end or (first and second and first.printed == second.printed):
            return upper.end(), upper.end(), Decimal(upper[0].replace(",", ""))
    return number_end, number_end, None


def qualifier_around(text: str, start: int, end: int, inside: str = "") -> tuple[str | None, Bound | None]:
    """The qualifier of the number and unit at `text[start:end]`, and its bound."""
    for word, bound in qualifiers("after").items():
        if text.startswith(word, end) and not begins_another(word, text[end + len(word) : end + len(word) + 1]):
            return word, bound or None
    if inside:
        return inside, qualifiers("inside")[inside] or None
    before = text[max(0, start - 4) : start].rstrip()
    for word, bound in qualifiers("before").items():
        if before.endswith(word):
            return word, bound or None
    return None, None
