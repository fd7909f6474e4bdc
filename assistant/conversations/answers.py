"""Answers to follow-ups about rows already spoken of: the row, its place in the report, the row again."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.figures.same_quantity import same_quantity
from assistant.library import Library
from assistant.places import Citations, stretch_of
from corpus.model import Figure
from corpus.quantities import quantities
from corpus.repair import repair

_MOST_VALUES = 3
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
    alike = [other for other in library.figures_of(row.report) if other.id != row.id and same_quantity(other, row)]
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
        for figure in library.figures_of(first.report)
        if figure.base_unit == first.base_unit
        and figure.base_value is not None
        and Decimal(figure.base_value) in numbers
    ]
    ids = {each.id for each in told}
    return min(kin, key=lambda each: (each.id not in ids, abs(each.start - first.start)), default=None)
