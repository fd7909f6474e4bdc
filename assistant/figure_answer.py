"""The figure route: one number, or the two or three that fit equally, each with place, period and scope."""

from collections.abc import Sequence

from assistant.answer import AnswerFigure
from assistant.draft import Draft
from assistant.library import Library
from assistant.lookup import Group, Lookup
from assistant.phrases import printed_value, statement, subject, with_unit
from assistant.places import Citations
from assistant.question import Question
from corpus.model import Figure
from corpus.similar import dice

# A second value this likely beside the first is told as well.
_ALSO_LIKELY = 0.28
_SAME_NAME = 0.45


def figure_draft(question: Question, found: Lookup, library: Library) -> Draft:
    """The answer to a question about one quantity, from the rows found for it."""
    citations = Citations(library)
    first = _representative(found.groups[0])
    others = _other_values(found, first)
    text = f"{statement(first)}[{citations.of_figure(first)}]。"
    warnings = list(_premise_warnings(question, first))
    for other in others:
        text += f"{_place_of(other)}另有：{statement(other)}[{citations.of_figure(other)}]。"
    if others:
        warnings.append("报告中这一事项有不同数值，请按口径和出处选用。")
    figures = [answer_figure(figure, citations) for figure in (first, *others)]
    return Draft(
        status="answered", route="figure", text=text, figures=tuple(figures), citations=citations.all(),
        warnings=tuple(warnings), suggestions=_suggestions(first, library),
    )  # fmt: skip


def answer_figure(figure: Figure, citations: Citations) -> AnswerFigure:
    return AnswerFigure(
        id=figure.id, name=figure.name, value=figure.value if figure.kind != "grade" else figure.text, unit=figure.unit,
        base_value=figure.base_value, base_unit=figure.base_unit, printed=printed_value(figure),
        qualifier=figure.qualifier, role=figure.role, period=figure.period, scope=figure.scope,
        citation=citations.of_figure(figure),
    )  # fmt: skip


def _representative(group: Group) -> Figure:
    """Of rows that state the same value: the indicator table's, then the best match."""
    best = group.best.fit
    near = [match for match in group.matches if match.fit > best - 1.0]
    return max(near, key=lambda match: (match.entry.figure.indicator is not None, match.fit)).entry.figure


def _other_values(found: Lookup, first: Figure) -> tuple[Figure, ...]:
    """Other values of what seems the same quantity, roundings of one another told once."""
    others: list[Figure] = []
    for group in found.groups[1:4]:
        figure = _representative(group)
        same_kind = figure.role == first.role or {figure.role, first.role} <= {"actual", "count", "amount", "rate"}
        alike = dice(figure.name, first.name) >= _SAME_NAME and figure.base_unit == first.base_unit
        if group.probability >= _ALSO_LIKELY * found.groups[0].probability and same_kind and alike:
            others.append(figure)
    return tuple(others[:2])


def _place_of(figure: Figure) -> str:
    return f"“{figure.section[-1]}”部分" if figure.section else "报告"


def _premise_warnings(question: Question, figure: Figure) -> Sequence[str]:
    """Where the question states another number for the same kind of thing, say so."""
    if figure.base_value is None:
        return ()
    for number in question.numbers:
        same_kind = number.base_unit == figure.base_unit or number.dimension is None
        if same_kind and str(number.base_value.normalize()) != str(_normal(figure.base_value)):
            return (f"问题里的数与报告不同：报告为{with_unit(figure)}。",)
    return ()


def _normal(value: str) -> str:
    from decimal import Decimal

    return str(Decimal(value).normalize())


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
        kind = {"target": "的目标是多少？", "growth": "是多少？"}.get(figure.role, "是多少？")
        names.setdefault(subject(figure), f"{subject(figure)}{kind}")
    return tuple(list(names.values())[:3])
