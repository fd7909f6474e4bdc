"""The ledger as rows of a table for people: what is measured, of which task, how much, when, for whom.

Figure(name="新增就业人数", role="actual", printed="18.6 万", base_unit="人", …)
  -> LedgerRow(name="新增就业人数", task="稳定就业", value="18.6万人", period="2022年", …)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.figures.phrases import subject, with_unit
from assistant.library import Library
from corpus.model import Figure, Indicator

Column = Literal["place", "name", "task", "role", "value", "period", "scope"]


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """A figure as the table shows it; `task` is its indicator's task, else the heading it stands under."""

    figure: Figure
    name: str
    task: str
    value: str
    period: str
    scope: str

    @property
    def id(self) -> str:
        return self.figure.id


def ledger_rows(library: Library) -> tuple[LedgerRow, ...]:
    """Every figure of the index, report by report in order of place."""
    tasks = {
        (indicator.report, indicator.table, indicator.row): indicator.task
        for indicator in library.indicators
        if indicator.task
    }
    return tuple(_row(figure, tasks) for figure in library.figures.values())


def _row(figure: Figure, tasks: dict[tuple[str, str, int], str]) -> LedgerRow:
    place = (figure.report, figure.table or "", figure.row if figure.row is not None else -1)
    return LedgerRow(
        figure=figure, name=subject(figure), task=tasks.get(place) or (figure.section[-1] if figure.section else ""),
        value=with_unit(figure), period=figure.period or "", scope=figure.scope or "",
    )  # fmt: skip


def sort_rows(rows: Sequence[LedgerRow], column: Column, *, descending: bool = False) -> list[LedgerRow]:
    """The rows by one column; values first by unit, then exactly by amount, those without a number last."""
    if column == "place":
        return list(reversed(rows)) if descending else list(rows)
    if column == "value":
        numbered = [row for row in rows if _amount(row) is not None]
        numbered.sort(key=lambda row: (row.figure.base_unit or "", _amount(row) or 0), reverse=descending)
        return [*numbered, *(row for row in rows if _amount(row) is None)]
    texts = {row.id: row.figure.role if column == "role" else str(getattr(row, column)) for row in rows}
    filled = sorted((row for row in rows if texts[row.id]), key=lambda row: texts[row.id], reverse=descending)
    return [*filled, *(row for row in rows if not texts[row.id])]


def _amount(row: LedgerRow) -> Decimal | None:
    try:
        return Decimal(row.figure.base_value or "")
    except InvalidOperation:
        return None


def indicators_of(rows: Iterable[LedgerRow], library: Library) -> tuple[Indicator, ...]:
    """The indicators in whose table rows some of these figures stand, in order of place."""
    places = {(row.figure.report, row.figure.table, row.figure.row) for row in rows}
    return tuple(each for each in library.indicators if (each.report, each.table, each.row) in places)
