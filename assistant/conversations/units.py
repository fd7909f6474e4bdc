"""A row's value in another unit of its kind, by a shown formula.

8.7亿元, 万元  ->  8.7亿元×10000=87000万元
"""

from decimal import Context, Decimal

from assistant.answer import AnswerFigure, Computation
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement, with_unit
from assistant.library import Library
from assistant.places import Citations
from corpus.model import Figure
from corpus.units import MAGNITUDES, Unit, match_unit

_EXACT = Context(prec=80)
_PLACES = Decimal("0.0001")
_OFFERED = ("亿", "万")
_SIZES = frozenset({"target", "actual", "amount", "count", "standard", "other"})


def converted_draft(row: Figure, unit: Unit | None, library: Library) -> Draft:
    """The row in another unit; a refusal for a unit of another kind."""
    wanted = unit_for(row, unit)
    citations = Citations(library)
    if wanted is None or row.base_value is None or row.value is None:
        name = f"“{unit.printed}”" if unit is not None else "别的单位"
        return Draft(status="refused", route="none", text=f"{row.name}不能换算成{name}：不是同一类单位，不能作答。")
    number = citations.of_figure(row)
    value, exact = _shown(_EXACT.divide(Decimal(row.base_value), wanted.factor))
    formula = f"{with_unit(row)}{_step(row, wanted)}{'=' if exact else '≈'}{value}{wanted.printed}"
    result = AnswerFigure(
        id=None, name=row.name, value=value, unit=wanted.printed, base_value=row.base_value, base_unit=row.base_unit,
        printed=f"{value}{wanted.printed}", qualifier=row.qualifier, role="computed", period=row.period,
        scope=row.scope, citation=None,
    )  # fmt: skip
    rounding = "" if exact else "，保留四位小数"
    text = f"{statement(row)}[{number}]，换算为{value}{wanted.printed}（{formula}{rounding}）。"
    return Draft(
        status="answered", route="compute", text=text, figures=(result, answer_figure(row, citations)),
        citations=citations.all(),
        computation=Computation(formula=formula, inputs=(row.id,), result=value, unit=wanted.printed),
    )  # fmt: skip


def unit_for(row: Figure, unit: Unit | None) -> Unit | None:
    """The unit to convert to, a bare magnitude (万, 亿) completed by the row's own; None for another kind."""
    if row.kind != "number" or row.base_unit is None or unit is None:
        return None
    if unit.base is None:
        return Unit(printed=unit.printed + row.base_unit, base=row.base_unit, dimension=None, factor=unit.factor)
    if unit.base == row.base_unit.split("/")[0]:
        per = row.base_unit.removeprefix(unit.base)
        return Unit(printed=unit.printed + per, base=row.base_unit, dimension=unit.dimension, factor=unit.factor)
    return unit if unit.base == row.base_unit else None


def other_unit(row: Figure) -> Unit | None:
    """Another unit for a row that no unit was named for: 亿 for what has that many, else 万, else the bare unit."""
    if row.base_value is None or row.base_unit is None or row.role not in _SIZES:
        return None
    own = match_unit(row.unit or "", 0)
    value, factor = abs(Decimal(row.base_value)), own.factor if own is not None else Decimal(1)
    for magnitude in _OFFERED:
        if value >= MAGNITUDES[magnitude] != factor:
            return Unit(printed=magnitude, base=None, dimension=None, factor=MAGNITUDES[magnitude])
    return match_unit(row.base_unit, 0) if factor != 1 else None


def _step(row: Figure, wanted: Unit) -> str:
    """From the printed unit to the wanted one: ×10000 or ÷10000."""
    own = match_unit(row.unit or "", 0)
    factor = own.factor if own is not None else Decimal(1)
    if factor >= wanted.factor:
        return f"×{_shown(_EXACT.divide(factor, wanted.factor))[0]}"
    return f"÷{_shown(_EXACT.divide(wanted.factor, factor))[0]}"


def _shown(value: Decimal) -> tuple[str, bool]:
    """A decimal without exponent and trailing zeros, rounded to four places where it does not end soon."""
    exact = len(value.as_tuple().digits) < _EXACT.prec
    shown = value if exact else value.quantize(_PLACES)
    return format(shown.normalize(_EXACT), "f"), exact
