"""From a quantity at a place to a row of the ledger."""

from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model import Figure, Mapped, Role
from corpus.quantities import Quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a figure stands: the sentence or cell that `content` maps to `source`, and what surrounds it."""

    report: str
    source: str
    section: tuple[str, ...]
    content: Mapped
    period: str | None = None
    scope: str | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None
    indicator: str | None = None


def decimal_text(value: Decimal) -> str:
    """Plain decimal notation without trailing zeros behind the point: 132400.00 -> 132400."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_of(quantity: Quantity, place: Place, *, name: str, role: Role, target_setter: str | None = None) -> Figure:
    """The row of `quantity`, whose start and end are indices into `place.content.text`."""
    row = _row(place, (quantity.start, quantity.end), name)
    row = replace(
        row, kind=quantity.kind, role=role, qualifier=quantity.qualifier, bound=quantity.bound,
        unit=quantity.unit, base_unit=quantity.base_unit, target_setter=target_setter,
    )  # fmt: skip
    if quantity.kind == "text":
        return replace(row, text=place.content.text[quantity.start : quantity.end])
    high = None if quantity.value_high is None else str(quantity.value_high)
    return replace(row, value=str(quantity.value), value_high=high, base_value=decimal_text(quantity.base_value))


def grade_of(span: tuple[int, int], place: Place, *, name: str) -> Figure:
    """The row of a grade or verdict (优, A级): a fact without a number."""
    return replace(_row(place, span, name), kind="grade", role="grade", text=place.content.text[span[0] : span[1]])


def _row(place: Place, span: tuple[int, int], name: str) -> Figure:
    start, end = place.content.span(*span)
    first, last = place.content.span(0, len(place.content.text))
    return Figure(
        id=f"{place.report}@{start}", report=place.report, name=name, indicator=place.indicator,
        section=place.section, printed=place.source[start:end], period=place.period, scope=place.scope,
        start=start, end=end, sentence=place.content.text, sentence_start=first, sentence_end=last,
        table=place.table, row=place.row, column=place.column,
    )  # fmt: skip
