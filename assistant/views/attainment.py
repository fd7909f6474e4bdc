"""Targets beside what was reached, for a chart: how far each indicator is, in percent of its target.

Indicator(target 15万人以上, actual 18.6万人)  -> Attainment(percent=124, met=True)
Indicator(target 不超10次, actual 0次)         -> Attainment(percent=None, met=True)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures.phrases import with_unit
from assistant.indicators.met import met
from assistant.indicators.rows import row_of
from assistant.library import Library
from corpus.model import Figure, Indicator


@dataclass(frozen=True, kw_only=True, slots=True)
class Attainment:
    """An indicator's main target and actual; `percent` is None for text, upper bounds and zero targets."""

    indicator: Indicator
    target: str
    actual: str
    percent: Decimal | None
    is_printed: bool  # whether the report prints the percentage; else it is computed
    met: bool | None  # None where there is nothing to hold against each other
    figure: str  # id of the row to open: the actual, else the target


def attainments(indicators: Sequence[Indicator], library: Library) -> tuple[Attainment, ...]:
    """One for each indicator that states a target or an actual."""
    made = (_attainment(indicator, library) for indicator in indicators)
    return tuple(each for each in made if each is not None)


def _attainment(indicator: Indicator, library: Library) -> Attainment | None:
    row = row_of(indicator, library)
    shown = row.actual or row.target
    if shown is None:
        return None
    return Attainment(
        indicator=indicator,
        target=_said(row.target, indicator.target_text),
        actual=_said(row.actual, indicator.actual_text),
        percent=row.rate,
        is_printed=row.printed is not None,
        met=met(row.target, row.actual) if row.target and row.actual else None,
        figure=shown.id,
    )


def _said(figure: Figure | None, text: str) -> str:
    return with_unit(figure) if figure else text
