"""The answer to a computation: the result first, its formula and rounding, then every operand with its place.

管理费比业务费少0.6亿元（1.1亿元－0.5亿元＝0.6亿元）：管理费为0.5亿元[1]，业务费为1.1亿元[1]。
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import AnswerFigure, Computation
from assistant.choice import issuer_of, place_of
from assistant.computing.calculation import digits
from assistant.computing.kinds import Result
from assistant.computing.words import compute_words
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement, subject
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.places import Citations
from corpus.model import Figure
from corpus.periods import year_of

_SAME_NAME = 0.6
_PLACES = "零一两三四五六七八九十"
_INEXACT = re.compile(r"约|近|超|以上|左右|多|余|不少于|不低于|以内|不超")


def computed_draft(
    result: Result,
    lead: str,
    library: Library,
    *,
    name: str,
    period: str | None = None,
    warnings: Sequence[str] = (),
    ending: str = "",
) -> Draft:
    """`lead` is said before the result and may hold {} for it; `name` names the result, `ending` is said last."""
    citations = Citations(library)
    terms = "，".join(f"{_told(each, result.figures, library)}[{citations.of_figure(each)}]" for each in result.figures)
    shown = result_text(result)
    said = lead.format(shown) if "{}" in lead else lead + shown
    when = _when(result.figures) if period is None else f"{period}，"
    text = f"{when}{said}（{result.formula}{_rounding(result)}）：{terms}。{ending}"
    first = _result_figure(result, name, period or _latest(result.figures), _common_scope(result.figures, library))
    inputs = tuple(answer_figure(figure, citations) for figure in result.figures)
    return Draft(
        status="answered", route="compute", text=text, figures=(first, *inputs), citations=citations.all(),
        warnings=(*warnings, *_warnings(result.figures)),
        computation=computation_of(result),
    )  # fmt: skip


def computation_of(result: Result) -> Computation:
    return Computation(
        formula=result.formula, inputs=tuple(figure.id for figure in result.figures),
        result=digits(result.value.value), unit=result.scale.unit or None,
    )  # fmt: skip


def result_text(result: Result) -> str:
    return digits(result.value.value) + result.scale.unit


def named_apart(figure: Figure, others: Sequence[Figure], library: Library) -> str:
    """A figure's name, with what tells it from others of that name: target or outcome, year, report, place."""
    name = subject(figure)
    alike = [each for each in others if each.id != figure.id and subject(each) == name]
    if len({_place(each, library) for each in others}) > 1:
        name = f"{_place(figure, library)}{name}"
    if len({year_of(each.period) for each in others}) > 1 and figure.period and figure.period not in name:
        name = f"{figure.period}{name}"
    if any((each.role == "target") != (figure.role == "target") for each in others):
        name += "目标值" if figure.role == "target" else "实际值" if alike else ""
    return name


def _place(figure: Figure, library: Library) -> str:
    metadata = library.reports[figure.report]
    return place_of(metadata) or issuer_of(metadata)


def _told(figure: Figure, others: Sequence[Figure], library: Library) -> str:
    named = replace(figure, period=None) if _common_period(others) else figure
    place = f"{_place(figure, library)}" if len({_place(each, library) for each in others}) > 1 else ""
    return place + statement(named)


def _when(figures: Sequence[Figure]) -> str:
    period = _common_period(figures)
    return f"{period}，" if period else ""


def _common_period(figures: Sequence[Figure]) -> str | None:
    """The period all figures have, or the year they share; None where the years differ."""
    periods = {figure.period for figure in figures}
    if len(periods) == 1:
        return periods.pop()
    years = {year_of(period) for period in periods}
    year = years.pop() if len(years) == 1 else None
    return f"{year}年" if year is not None else None


def _latest(figures: Sequence[Figure]) -> str | None:
    """The period of a result: the common one, else the later, which is held against the earlier."""
    return _common_period(figures) or max((figure.period for figure in figures if figure.period), default=None)


def _common_scope(figures: Sequence[Figure], library: Library) -> str | None:
    scopes = {scope for figure in figures if (scope := figure.scope or _scope_elsewhere(figure, library))}
    return scopes.pop() if len(scopes) == 1 else None


def _scope_elsewhere(figure: Figure, library: Library) -> str | None:
    """The scope that the same number has where the report tells it in a sentence: a table's cell seldom says it."""
    for other in library.figures_of(figure.report):
        same = other.base_value == figure.base_value
        if same and other.scope and other.base_unit == figure.base_unit and names_alike(other, figure) >= _SAME_NAME:
            return other.scope
    return None


def _rounding(result: Result) -> str:
    if result.value.exact:
        return ""
    places = result.value.places
    return "，取整数" if places == 0 else f"，保留{_PLACES[places]}位小数"


def _result_figure(result: Result, name: str, period: str | None, scope: str | None) -> AnswerFigure:
    value = digits(result.value.value)
    return AnswerFigure(
        id=None, name=name, value=value, unit=result.scale.unit or None, base_value=digits(result.base_value),
        base_unit=result.scale.base, printed=result_text(result), qualifier=None, role="computed", period=period,
        scope=scope, citation=None,
    )  # fmt: skip


def _warnings(figures: Sequence[Figure]) -> Sequence[str]:
    words = dict.fromkeys(
        figure.qualifier for figure in figures if figure.qualifier and _INEXACT.search(figure.qualifier)
    )
    return (f"参与计算的数带有“{'”“'.join(words)}”，结果也只是近似。",) if words else ()


def overlap_warning(figures: Sequence[Figure]) -> Sequence[str]:
    """People counted under several headings may be the same people."""
    people = figures[0].base_unit == "人"
    if people and any(word in figure.name for figure in figures for word in compute_words().lists["overlap"]):
        return ("同一个人可能在几项里重复计入，合计是各项相加，不是去重后的人数。",)
    return ()
