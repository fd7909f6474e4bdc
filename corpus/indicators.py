"""Indicator tables: each row's name, definition, target, actual value and completion rate.

参加失业保险人数 | 预期实现值：500 万。 | 已完成，全市参加失业保险520.1万人。
  -> target 5000000 人, actual 5201000 人, no printed rate, computed 104.02%
结案率 | 预期实现值95%；人社部指标90% | …审结3120件，结案率91.5%
  -> targets 95% and 90% (set by 人社部), count 3120 件, actual 91.5%
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.columns import IndicatorColumns, cell_words, indicator_columns
from corpus.model import Cell, Document, Figure, Indicator, Mapped, Role, Row, Table
from corpus.names import Named, name_quantities
from corpus.periods import period_of, results_period, section_period, this_year
from corpus.prose import scope_before
from corpus.quantities import Quantity, scan
from corpus.roles import role_of
from corpus.rows import Place, figure_of
from corpus.similar import dice
from corpus.table_units import units_beside, with_unit
from corpus.units import unit_of_name

_CLAUSE = re.compile(r"[，。；：！？,;]")
_OWN_SETTERS = re.compile(r"^(?:年度|预期|全年|完成|绩效|年初|本|的|达到|已|总体|工作)*$")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A figure with the quantity it was read from."""

    figure: Figure
    quantity: Quantity


def indicator_rows(document: Document, table: Table) -> Iterator[tuple[Indicator, tuple[Figure, ...]]]:
    """The indicators of an indicator table, each with all figures of its row; nothing for other tables."""
    columns = indicator_columns(table.header)
    if columns is None:
        return
    for number, row in enumerate(table.rows):
        name = _name(row, columns)
        if name:
            yield _indicator_row(document, table, row, number, columns, name)


def _name(row: Row, columns: IndicatorColumns) -> str:
    cell = row.cells[columns.indicator]
    return (cell.content.text or cell.label).strip("：:；。 ")


def _indicator_row(
    document: Document, table: Table, row: Row, number: int, columns: IndicatorColumns, name: str
) -> tuple[Indicator, tuple[Figure, ...]]:
    place = _RowPlace(document, table, number, name)
    target = _cell(row, columns.target)
    actual = _cell(row, columns.actual)
    promised = _target_figures(place, target, columns.target) if target else []
    wanted = next((marked for marked in promised if marked.figure.role == "target"), None)
    done = _actual_figures(place, actual, columns.actual, wanted) if actual else []
    rate_cell = _cell(row, columns.rate)
    rates = _rate_figures(place, rate_cell, columns.rate) if rate_cell else []
    figures = tuple(marked.figure for marked in (*promised, *done, *rates))
    return _indicator(place, row, columns, figures), figures


@dataclass(frozen=True, slots=True)
class _RowPlace:
    document: Document
    table: Table
    row: int
    indicator: str

    def of(self, cell: Cell, column: int | None, quantity: Quantity) -> Place:
        text = cell.content.text
        metadata = self.document.metadata_at(self.table.start)
        default = section_period(self.table.section_path) or results_period(metadata)
        return Place(
            report=metadata.report, source=self.document.text, section=self.table.section_path, content=cell.content,
            period=period_of(text, quantity.start, scan(text), default, this_year(metadata)),
            scope=scope_before(text, quantity.start), table=self.table.id, row=self.row,
            column=self.table.header[column] if column is not None else None, indicator=self.indicator,
        )  # fmt: skip


def _cell(row: Row, column: int | None) -> Cell | None:
    return row.cells[column] if column is not None and row.cells[column].content.text else None


def _quantities(place: _RowPlace, cell: Cell, column: int | None) -> list[Quantity]:
    """The cell's quantities; a bare number takes the unit the table states, or its name implies (持卡人数: 人)."""
    units = units_beside(place.table, place.table.rows[place.row], _header(place.table, column) or "", place.indicator)
    scanned = (numeral.quantity for numeral in scan(cell.content.text))
    found = [with_unit(quantity, units) for quantity in scanned if quantity is not None]
    base, dimension = unit_of_name(place.indicator)
    return [
        replace(quantity, base_unit=base, dimension=dimension) if quantity.base_unit is None else quantity
        for quantity in found
    ]


def _names(place: _RowPlace, cell: Cell, found: Sequence[Quantity]) -> tuple[Named, ...]:
    return name_quantities(cell.content.text, found, place.document.text.__contains__, place.indicator)


def _target_figures(place: _RowPlace, cell: Cell, column: int | None) -> list[_Marked]:
    text = cell.content.text
    marker = cell_words().target.search(text)
    target_from = marker.start() if marker else 0
    found = _quantities(place, cell, column)
    marked = []
    for quantity, named in zip(found, _names(place, cell, found), strict=True):
        before = _CLAUSE.split(text[: quantity.start])[-1]
        if quantity.start >= target_from and not before.endswith(("*", "×")):
            role: Role = "target"
            name = place.indicator
        else:
            role = role_of(quantity, named, before=before, after="", planned=False)
            name = named.name
        figure = figure_of(
            quantity, place.of(cell, column, quantity), name=name, role=role, target_setter=_setter(before)
        )
        marked.append(_Marked(figure, quantity))
    return marked


def _setter(before: str) -> str | None:
    found = cell_words().setter.search(before.lstrip("（("))
    return found["setter"] if found and not _OWN_SETTERS.match(found["setter"]) else None


def _actual_figures(place: _RowPlace, cell: Cell, column: int | None, wanted: _Marked | None) -> list[_Marked]:
    text = cell.content.text
    found = _quantities(place, cell, column)
    names = _names(place, cell, found)
    main = _main_actual(place.indicator, text, found, names, wanted)
    marked = []
    for quantity, named in zip(found, names, strict=True):
        role = _actual_role(text, quantity, named, main)
        name = place.indicator if quantity is main or role in {"target", "completion_rate"} else named.name
        figure = figure_of(quantity, place.of(cell, column, quantity), name=name, role=role)
        marked.append(_Marked(figure, quantity))
    return marked


def _actual_role(text: str, quantity: Quantity, named: Named, main: Quantity | None) -> Role:
    before = re.split(r"[，。；！？,;]", text[: quantity.start])[-1]
    restated = cell_words().restated.search(before)
    if restated and quantity.dimension == "percent" and main is not quantity:
        return "completion_rate"
    if restated and re.search(r"[（(][^）)]*$", before):
        return "target"
    if main is not None and (quantity is main or _same(quantity, main)):
        return "actual"
    return role_of(quantity, named, before=before, after="", planned=False)


def _same(one: Quantity, other: Quantity) -> bool:
    return one.base_value == other.base_value and one.base_unit == other.base_unit


def _main_actual(
    indicator: str, text: str, found: Sequence[Quantity], names: Sequence[Named], wanted: _Marked | None
) -> Quantity | None:
    """The number that answers the target: of its dimension, and best named after the indicator."""
    candidates = []
    for order, (quantity, named) in enumerate(zip(found, names, strict=True)):
        clause = re.split(r"[，。；！？,;]", text[: quantity.start])[-1]
        aside = re.search(r"[（(][^）)]*$", clause)
        if aside or (cell_words().restated.search(clause) and quantity.dimension == "percent"):
            continue
        if wanted is None or _comparable(quantity, wanted.quantity):
            candidates.append((round(dice(named.name, indicator), 1), -order, quantity))
    if not candidates or (wanted is None and len(candidates) > 1):
        return None
    return max(candidates, key=lambda candidate: candidate[:2])[2]


def _comparable(one: Quantity, other: Quantity) -> bool:
    if one.dimension == other.dimension:
        return one.base_unit == other.base_unit or one.dimension is not None
    return None in {one.dimension, other.dimension} and "percent" not in {one.dimension, other.dimension}


def _rate_figures(place: _RowPlace, cell: Cell, column: int | None) -> list[_Marked]:
    return [
        _Marked(
            figure_of(quantity, place.of(cell, column, quantity), name=place.indicator, role="completion_rate"),
            quantity,
        )
        for quantity in _quantities(place, cell, column)
    ]


def _indicator(place: _RowPlace, row: Row, columns: IndicatorColumns, figures: tuple[Figure, ...]) -> Indicator:
    target, actual = _cell(row, columns.target), _cell(row, columns.actual)
    targets = [f for f in figures if f.role == "target" and f.column == _header(place.table, columns.target)]
    actuals = [f for f in figures if f.role == "actual"]
    rate = next((f for f in figures if f.role == "completion_rate"), None)
    definition = _definition(target) if target else None
    task = row.cells[columns.task].label or None if columns.task is not None else None
    return Indicator(
        id=f"{place.document.metadata.report}#{place.table.id}-r{place.row}", report=place.document.metadata.report,
        name=place.indicator, task=task, definition=definition.text if definition else None,
        target_text=target.content.text if target else "", actual_text=actual.content.text if actual else "",
        target_figures=tuple(f.id for f in targets), actual_figures=tuple(f.id for f in actuals),
        rate_figure=rate.id if rate else None, computed_rate=computed_rate(targets, actuals),
        section_path=place.table.section_path, table=place.table.id, row=place.row, start=row.start, end=row.end,
        target_span=_span(target.content) if target else None, actual_span=_span(actual.content) if actual else None,
        definition_span=_span(definition) if definition else None,
    )  # fmt: skip


def _header(table: Table, column: int | None) -> str | None:
    return table.header[column] if column is not None else None


def _span(content: Mapped) -> tuple[int, int]:
    return content.span(0, len(content.text))


def _definition(cell: Cell) -> Mapped | None:
    """What stands between 指标解释 and the target, without the marks around it."""
    text = cell.content.text
    opening, closing = cell_words().definition.search(text), cell_words().target.search(text)
    start = opening.end() if opening else 0
    end = closing.start() if closing and closing.start() >= start else len(text)
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip("：:，；。 "))
    end -= len(piece) - len(piece.rstrip("：:，；。 "))
    states = opening or (closing is None and not any(numeral.quantity for numeral in scan(text)))
    return cell.content.slice(start, end) if end > start and states else None


def computed_rate(targets: Sequence[Figure], actuals: Sequence[Figure]) -> str | None:
    """Actual ÷ target in percent, two decimals, half up; None for text, upper-bound, zero or unlike targets."""
    if not targets or not actuals or targets[0].base_value is None or actuals[0].base_value is None:
        return None
    target, actual = targets[0], actuals[0]
    unlike = target.base_unit != actual.base_unit
    if unlike or target.bound in {"<=", "<"} or Decimal(target.base_value or 0) <= 0:
        return None
    ratio = Decimal(actual.base_value or 0) * 100 / Decimal(target.base_value or 1)
    return str(ratio.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def with_aliases(indicators: Sequence[Indicator], names: Sequence[str]) -> tuple[Indicator, ...]:
    """Add to each indicator the other names the prose gives it: alike enough, and like no other indicator more."""
    aliases: dict[str, list[str]] = {indicator.id: [] for indicator in indicators}
    for name in dict.fromkeys(names):
        best = max(indicators, key=lambda indicator: dice(indicator.name, name), default=None)
        if best is not None and name != best.name and dice(best.name, name) >= 0.6:
            aliases[best.id].append(name)
    return tuple(replace(indicator, aliases=tuple(aliases[indicator.id])) for indicator in indicators)
