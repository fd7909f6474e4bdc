"""The figure route: one number, or the two or three that fit equally, each with place, period and scope."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import AnswerFigure
from assistant.draft import Draft
from assistant.figures.lookup import Group, Lookup
from assistant.figures.per_span import per_other_span
from assistant.figures.phrases import statement, subject, with_unit
from assistant.figures.same_quantity import names_alike, same_quantity
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question
from assistant.questions.years import asked_years
from corpus.model import Figure
from corpus.periods import year_of

_MOST_VALUES = 3
# Over the years a name is worded a little differently.
_SAME_OVER_YEARS = 0.6


def figure_draft(question: Question, found: Lookup, library: Library) -> Draft:
    """The answer to a question about one quantity, from the rows found for it."""
    citations = Citations(library)
    first, *others = _values_of_quantity(representative(found.groups[0]), library)
    further = _of_other_years(question, first, found, library)
    verdict = _verdict(question, (first, *others)) if "confirm" in question.intents else ""
    text = f"{verdict}{statement(first)}[{citations.of_figure(first)}]。"
    warnings = [*_premise_warnings(question, (first, *others)), *_year_warnings(question, (first, *further), library)]
    warnings += per_other_span(question, first)
    for other in others:
        text += f"{_place_of(other)}另有：{statement(other)}[{citations.of_figure(other)}]。"
    for figure in further:
        text += f"{statement(figure)}[{citations.of_figure(figure)}]。"
    if others:
        warnings.append("报告中这一事项有不同数值，请按口径和出处选用。")
    figures = [answer_figure(figure, citations) for figure in (first, *others, *further)]
    return Draft(
        status="answered", route="figure", text=text, figures=tuple(figures), citations=citations.all(),
        warnings=tuple(warnings), suggestions=_suggestions(first, library),
    )  # fmt: skip


def answer_figure(figure: Figure, citations: Citations) -> AnswerFigure:
    return AnswerFigure(
        id=figure.id, name=figure.name, value=figure.value if figure.kind != "grade" else figure.text, unit=figure.unit,
        base_value=figure.base_value, base_unit=figure.base_unit, printed=figure.printed,
        qualifier=figure.qualifier, role=figure.role, period=figure.period, scope=figure.scope,
        citation=citations.of_figure(figure),
    )  # fmt: skip


def representative(group: Group) -> Figure:
    """Of rows that state the same value: the indicator table's, then the best match."""
    best = group.best.fit
    near = [match for match in group.matches if match.fit > best - 1.0]
    return max(near, key=lambda match: (match.entry.figure.indicator is not None, match.fit)).entry.figure


def _values_of_quantity(first: Figure, library: Library) -> tuple[Figure, ...]:
    """The row found and the other values the report gives for the same quantity: the indicator table's first.

    A rounding of a value already told is passed over.
    """
    alike = [figure for figure in library.figures_of(first.report) if same_quantity(figure, first)]
    told: list[Figure] = []
    for figure in sorted((first, *alike), key=lambda each: (each.indicator is None, each is not first, -_digits(each))):
        if not _rounding(figure, told):
            told.append(figure)
    return tuple(told[:_MOST_VALUES])


def _rounding(figure: Figure, told: Sequence[Figure]) -> bool:
    """Whether one value is the other, rounded to the digits it prints."""
    for other in told:
        rough, fine = sorted((figure, other), key=_digits)
        step = Decimal(rough.base_value or 0) / (Decimal(rough.value or 1) or 1)
        step *= Decimal(1).scaleb(-max(0, -int(Decimal(rough.value or 0).as_tuple().exponent)))
        if step and abs(Decimal(rough.base_value or 0) - Decimal(fine.base_value or 0)) < step:
            return True
    return False


def _digits(figure: Figure) -> int:
    return len(Decimal(figure.base_value or 0).normalize().as_tuple().digits)


def _place_of(figure: Figure) -> str:
    return f"“{figure.section[-1]}”部分" if figure.section else "报告"


def _verdict(question: Question, told: Sequence[Figure]) -> str:
    """是的 for a stated number that is told, 不是 for another one of the same unit, else nothing."""
    comparable = False
    for number in question.numbers:
        for figure in told:
            if figure.base_value is None:
                continue
            if {number.base_value, number.value} & {Decimal(figure.base_value), Decimal(figure.value or 0)}:
                return "是的，"
            unit = number.base_unit or figure.base_unit or ""
            comparable = comparable or (figure.base_unit or "").split("/")[0] == unit.split("/")[0]
    rough = re.search(r"左右|大概|大约|约|差不多|来万|多万", question.text)
    return "不是，" if comparable and not rough else ""


def _premise_warnings(question: Question, told: Sequence[Figure]) -> Sequence[str]:
    """Where the question states another number for the same kind of thing, say so."""
    if _verdict(question, told) != "不是，":
        return ()
    return (f"问题里的数与报告不同：报告为{with_unit(told[0])}。",)


def _of_other_years(question: Question, first: Figure, found: Lookup, library: Library) -> Sequence[Figure]:
    """The same quantity for the other years asked for."""
    further: dict[int, Figure] = {}
    for year in asked_years(question, library.reports[first.report]):
        for group in found.groups:
            figure = representative(group)
            same = figure.base_unit == first.base_unit and names_alike(figure, first) >= _SAME_OVER_YEARS
            if same and year_of(figure.period) == year != year_of(first.period):
                further.setdefault(year, figure)
    return tuple(further.values())


def _year_warnings(question: Question, figures: Sequence[Figure], library: Library) -> Sequence[str]:
    """The years asked for that none of these figures speaks of."""
    years = asked_years(question, library.reports[figures[0].report])
    lacking = [year for year in years if not any(str(year) in (figure.period or "") for figure in figures)]
    return [f"报告没有{year}年的这项数据。" for year in lacking]


def _suggestions(figure: Figure, library: Library) -> tuple[str, ...]:
    """What can be asked about the same indicator and answered."""
    indicator = library.indicator_of(figure) if figure.table else None
    if indicator is None:
        return ()
    asked = {
        "target": f"{indicator.name}的目标值是多少？" if indicator.target_figures else "",
        "actual": f"{indicator.name}实际完成多少？" if indicator.actual_figures else "",
        "completion_rate": f"{indicator.name}的完成率是多少？" if indicator.rate_figure else "",
    }
    return tuple(question for role, question in asked.items() if question and role != figure.role)


def nearest(found: Lookup) -> tuple[str, ...]:
    """Questions about the nearest quantities the reports do have."""
    names: dict[str, str] = {}
    for group in found.groups[:6]:
        figure = group.best.entry.figure
        if group.best.entry.in_words or figure.kind != "number":
            continue
        kind = {"target": "的目标是多少？", "growth": "是多少？"}.get(figure.role, "是多少？")
        names.setdefault(subject(figure), f"{subject(figure)}{kind}")
    return tuple(list(names.values())[:3])
