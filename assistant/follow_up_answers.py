"""Answers to follow-ups about rows already spoken of: the row, its place in the report, its value in another unit."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import AnswerFigure, Computation
from assistant.draft import Draft
from assistant.figure_answer import answer_figure
from assistant.library import Library
from assistant.phrases import statement, with_unit
from assistant.places import Citations, stretch_of
from assistant.same_quantity import same_quantity
from corpus.model import Figure
from corpus.quantities import quantities
from corpus.repair import repair
from corpus.units import Unit

_MOST_VALUES = 3
_DECIMALS = Decimal("0.0001")
DIFFERENT_VALUES = "报告中这一事项有不同数值，请按口径和出处选用。"


def rows_draft(rows: Sequence[Figure], library: Library) -> Draft:
    """The rows, each with the other value that a table of the same report gives for it."""
    told = [value for row in rows for value in values_of(row, library)]
    citations = Citations(library)
    text = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in told) + "。"
    warnings = (DIFFERENT_VALUES,) if len(told) > len(rows) else ()
    return Draft(
        status="answered", route="figure", text=text, figures=tuple(answer_figure(each, citations) for each in told),
        citations=citations.all(), warnings=warnings,
    )  # fmt: skip


def values_of(row: Figure, library: Library, *, everywhere: bool = False) -> tuple[Figure, ...]:
    """The row and the other values of its quantity, a table's first.

    Two sentences that name their numbers alike may speak of two things: unless all are asked for, only a table
    stands against a sentence.
    """
    alike = [other for other in library.figures.values() if other.id != row.id and same_quantity(other, row)]
    told: list[Figure] = []
    for figure in sorted((row, *alike), key=lambda each: (each.indicator is None, each.id != row.id)):
        if figure.id != row.id and not everywhere and not (figure.indicator or row.indicator):
            continue
        if not any(figure.base_value == other.base_value for other in told):
            told.append(figure)
    return tuple(told[:_MOST_VALUES])


def source_draft(rows: Sequence[Figure], library: Library) -> Draft:
    """Where rows stand: report, section, and the sentence as it is printed."""
    citations = Citations(library)
    parts = []
    for row in rows:
        number = citations.of_figure(row)
        start, end = stretch_of(library.source_text(row.report), row)
        quote = repair(library.source_text(row.report), start, end).text.strip()
        parts.append(f"{_where(row, library)}：“{quote}”[{number}]")
    text = "原文见" + "；\n".join(parts) + "。"
    return Draft(
        status="answered", route="passage", text=text, citations=citations.all(),
        figures=tuple(answer_figure(row, citations) for row in rows),
    )  # fmt: skip


def _where(row: Figure, library: Library) -> str:
    title = library.reports[row.report].title
    section = " > ".join(row.section)
    return f"《{title}》" + (f"“{section}”" if section else "") + ("的表格" if row.table else "")


def again_draft(row: Figure, doubt: str, library: Library) -> Draft:
    """The row looked up again after a doubt, with every value the report has for it and what a stated number is."""
    told = values_of(row, library, everywhere=True)
    citations = Citations(library)
    parts = [f"{_where(each, library)}写的是：{statement(each)}[{citations.of_figure(each)}]" for each in told]
    text = "已重新核对。" + "；".join(parts) + "。"
    stated = _stated(doubt, told, library)
    if stated is not None and stated.id not in {each.id for each in told}:
        text += f"您说的数在报告里是另一项：{statement(stated)}[{citations.of_figure(stated)}]。"
    warnings = (DIFFERENT_VALUES,) if len(told) > 1 else ()
    if _numbers(doubt) and stated is None:
        warnings = (*warnings, "您说的数报告没有写，以上以报告为准。")
    return Draft(
        status="answered", route="figure", text=text, figures=tuple(answer_figure(each, citations) for each in told),
        citations=citations.all(), warnings=warnings,
    )  # fmt: skip


def _numbers(doubt: str) -> list[Decimal]:
    return [number.base_value for number in quantities(doubt) if number.arabic]


def _stated(doubt: str, told: Sequence[Figure], library: Library) -> Figure | None:
    """The row that has a number the asker states: one of those told, of their indicator, or near them."""
    numbers = _numbers(doubt)
    first = told[0]
    kin = [
        figure
        for figure in library.figures.values()
        if figure.report == first.report
        and figure.base_unit == first.base_unit
        and figure.base_value is not None
        and Decimal(figure.base_value) in numbers
    ]
    ids = {each.id for each in told}
    return min(kin, key=lambda each: (each.id not in ids, abs(each.start - first.start)), default=None)


def converted_draft(row: Figure, unit: Unit | None, library: Library) -> Draft:
    """A row's value in another unit of its kind, by a shown formula; a refusal for a unit of another kind."""
    wanted = _unit_for(row, unit)
    if wanted is None or row.base_value is None or row.value is None:
        name = f"“{unit.printed}”" if unit is not None else "这个单位"
        return Draft(status="refused", route="none", text=f"{statement(row)}，不能换算成{name}：不是同一类单位。")
    base, printed = Decimal(row.base_value), Decimal(row.value)
    value = _plain(base / wanted.factor)
    citations = Citations(library)
    number = citations.of_figure(row)
    own = base / printed if printed else Decimal(1)
    ratio, sign = (own / wanted.factor, "×") if own >= wanted.factor else (wanted.factor / own, "÷")
    formula = f"{with_unit(row)}{sign}{_plain(ratio)}={value}{wanted.printed}"
    result = AnswerFigure(
        id=None, name=row.name, value=value, unit=wanted.printed, base_value=row.base_value, base_unit=row.base_unit,
        printed=f"{value}{wanted.printed}", qualifier=row.qualifier, role="computed", period=row.period,
        scope=row.scope, citation=None,
    )  # fmt: skip
    text = f"{statement(row)}[{number}]，换算为{value}{wanted.printed}（{formula}）。"
    return Draft(
        status="answered", route="compute", text=text, figures=(result, answer_figure(row, citations)),
        citations=citations.all(),
        computation=Computation(formula=formula, inputs=(row.id,), result=value, unit=wanted.printed),
    )  # fmt: skip


def _unit_for(row: Figure, unit: Unit | None) -> Unit | None:
    """The unit to convert to, a bare magnitude (万, 亿) completed by the row's own unit."""
    if row.kind != "number" or row.base_unit is None or unit is None:
        return None
    if unit.base is None:
        return Unit(
            printed=unit.printed + row.base_unit, base=row.base_unit, dimension=unit.dimension, factor=unit.factor
        )
    if unit.base.split("/")[0] == row.base_unit.split("/")[0]:
        return unit
    return None


def _plain(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros, exact up to four places."""
    if value != value.quantize(_DECIMALS) and len(str(value)) > 20:
        value = value.quantize(_DECIMALS)
    return format(value.normalize(), "f")
