"""What a figure's card shows beside its number: how far the target was reached, and the same quantity in other years.

A trend puts in one row only what agrees in name, unit, role and scope, one value a year, of one issuer.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import AnswerFigure
from assistant.choice import issuer_of
from assistant.figures.phrases import with_unit
from assistant.library import Library
from assistant.questions.lexicon import canonical
from assistant.views.attainment import Attainment, attainments
from corpus.model import Figure
from corpus.periods import year_of

_Quantity = tuple[str, str, str | None, str, str | None, str]  # issuer, name, base unit, role, scope, part of the year
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A year's value; `value` is as printed with its unit, `height` its share of the largest, 0 to 1, for drawing."""

    year: int
    value: str
    height: float


class FigureCards:
    def __init__(self, library: Library) -> None:
        self._library = library

    def attainment(self, figure: AnswerFigure) -> Attainment | None:
        """Target against actual, where the figure stands in an indicator's row."""
        held = self._library.figures.get(figure.id or "")
        if held is None or held.role not in {"target", "actual", "completion_rate"}:
            return None
        indicator = self._library.indicator_of(held)
        found = attainments([indicator], self._library) if indicator else ()
        return found[0] if found and held.id in _main_rows(found[0]) else None

    def is_doubtful(self, figure: AnswerFigure) -> bool:
        """Whether its ledger row was read from a scanned page and not surely."""
        held = self._library.figures.get(figure.id or "")
        return held is not None and held.doubtful

    def trend(self, figure: AnswerFigure) -> tuple[Point, ...]:
        """The quantity year by year, oldest first; empty where fewer than two years are known."""
        held = self._library.figures.get(figure.id or "")
        if held is None or len(self._library.reports) < 2 or year_of(held.period) is None:
            return ()
        years = self._years[self._quantity(held)]
        values = {year: figures[0] for year, figures in years.items() if len({row.base_value for row in figures}) == 1}
        if len(values) < 2 or year_of(held.period) not in values:
            return ()
        most = max(abs(float(row.base_value or 0)) for row in values.values()) or 1.0
        return tuple(
            Point(year=year, value=with_unit(row), height=abs(float(row.base_value or 0)) / most)
            for year, row in sorted(values.items())
        )

    @cached_property
    def _years(self) -> dict[_Quantity, dict[int, list[Figure]]]:
        years: dict[_Quantity, dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for figure in self._library.figures.values():
            year = year_of(figure.period)
            if year is not None and figure.kind == "number" and figure.base_value is not None:
                years[self._quantity(figure)][year].append(figure)
        return years

    def _quantity(self, figure: Figure) -> _Quantity:
        issuer = issuer_of(self._library.reports[figure.report])
        role = figure.role if figure.role in {"target", "growth", "rank"} else ""
        part = _YEAR.sub("", figure.period or "")
        return issuer, canonical(figure.name), figure.base_unit, role, figure.scope, part


def _main_rows(attainment: Attainment) -> tuple[str, ...]:
    """Ids of the rows an attainment speaks of."""
    indicator = attainment.indicator
    rate = (indicator.rate_figure,) if indicator.rate_figure else ()
    return (*indicator.target_figures[:1], *indicator.actual_figures[:1], *rate)
