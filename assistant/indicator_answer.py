"""The table route: an indicator's target against its actual value, met or not, its definition, its completion rate."""

from decimal import Decimal

from assistant.answer import AnswerFigure, Computation
from assistant.draft import Draft
from assistant.figure_answer import answer_figure
from assistant.library import Library
from assistant.lookup import Lookup
from assistant.phrases import with_unit
from assistant.places import Citations
from assistant.question import Question
from corpus.model import Figure, Indicator

_EXCEEDS = {">=": "__ge__", ">": "__gt__", "<=": "__le__", "<": "__lt__"}


def asks_for_indicator(question: Question) -> bool:
    """Whether the question is about an indicator as a whole rather than one of its numbers."""
    roles = question.roles
    return bool({"definition", "met", "completion_rate"} & roles) or {"target", "actual"} <= roles


def stands_for_indicator(figure: Figure, library: Library) -> bool:
    """Whether a row is the one by which its indicator is found: its actual value, or its target where it has none."""
    if figure.indicator is None:
        return False
    indicator = library.indicator_of(figure)
    return indicator is not None and figure.id == (indicator.actual_figures or indicator.target_figures or ("",))[0]


def indicator_draft(question: Question, found: Lookup, library: Library) -> Draft | None:
    """An answer about the indicator of the best row, or None where the question is not about one as a whole."""
    indicator = library.indicator_of(found.groups[0].best.entry.figure)
    if indicator is None:
        return None
    roles = question.roles
    if "definition" in roles and indicator.definition and indicator.definition_span:
        return _definition(indicator, library)
    if "completion_rate" in roles and indicator.rate_figure is None:
        return _computed_rate(indicator, library)
    if "met" in roles or {"target", "actual"} <= roles:
        return _comparison(indicator, library)
    return None


def met(target: Figure, actual: Figure) -> bool | None:
    """Whether the actual value reaches the target under its bound (不超10次: 0 does); None for unlike units."""
    if target.base_value is None or actual.base_value is None or target.base_unit != actual.base_unit:
        return None
    wanted, got = Decimal(target.base_value), Decimal(actual.base_value)
    comparison = _EXCEEDS.get(target.bound or ">=", "__ge__")
    return bool(getattr(got, comparison)(wanted))


def _definition(indicator: Indicator, library: Library) -> Draft:
    citations = Citations(library)
    start, end = indicator.definition_span or (indicator.start, indicator.end)
    number = citations.of_span(indicator.report, start, end, indicator.section_path)
    text = f"“{indicator.name}”的指标解释：{indicator.definition}[{number}]。"
    return Draft(status="answered", route="table", text=text, citations=citations.all())


def _first(ids: tuple[str, ...], library: Library) -> Figure | None:
    return library.figures[ids[0]] if ids else None


def _comparison(indicator: Indicator, library: Library) -> Draft:
    citations = Citations(library)
    target, actual = _first(indicator.target_figures, library), _first(indicator.actual_figures, library)
    rate = library.figures[indicator.rate_figure] if indicator.rate_figure else None
    parts, figures = [f"“{indicator.name}”"], list[AnswerFigure]()
    for label, figure, span in (("目标", target, indicator.target_span), ("实际", actual, indicator.actual_span)):
        if figure is not None:
            figures.append(answer_figure(figure, citations))
            parts.append(f"{label}{with_unit(figure)}[{citations.of_figure(figure)}]，")
        elif span is not None:
            cell = indicator.target_text if label == "目标" else indicator.actual_text
            parts.append(f"{label}没有列数值，原文为：{cell.rstrip('。')}[{_cite(citations, indicator, span)}]；")
    if rate is not None:
        figures.append(answer_figure(rate, citations))
        parts.append(f"完成率{with_unit(rate)}（报告所列）[{citations.of_figure(rate)}]，")
    parts.append(_verdict(target, actual))
    text = "".join(parts).rstrip("，；") + "。"
    figures.sort(key=lambda figure: figure.role != "actual")
    return Draft(status="answered", route="table", text=text, figures=tuple(figures), citations=citations.all())


def _cite(citations: Citations, indicator: Indicator, span: tuple[int, int]) -> int:
    return citations.of_span(indicator.report, *span, indicator.section_path)


def _verdict(target: Figure | None, actual: Figure | None) -> str:
    reached = met(target, actual) if target is not None and actual is not None else None
    if reached is None:
        return ""
    return "达到目标" if reached else "未达到目标"


def _computed_rate(indicator: Indicator, library: Library) -> Draft | None:
    target, actual = _first(indicator.target_figures, library), _first(indicator.actual_figures, library)
    if target is None or actual is None:
        return None
    citations = Citations(library)
    figures = (answer_figure(actual, citations), answer_figure(target, citations))
    told = {"实际": actual, "目标": target}
    pair = "，".join(f"{label}{with_unit(each)}[{citations.of_figure(each)}]" for label, each in told.items())
    if indicator.computed_rate is None:
        text = f"报告没有列出“{indicator.name}”的完成率，这类目标也不宜计算完成率；{pair}。"
        return Draft(status="answered", route="table", text=text, figures=figures, citations=citations.all())
    formula = f"{with_unit(actual)}÷{with_unit(target)}×100%"
    result = AnswerFigure(
        id=None, name=f"{indicator.name}完成率", value=indicator.computed_rate, unit="%",
        base_value=indicator.computed_rate, base_unit="%", printed=f"{indicator.computed_rate}%", qualifier=None,
        role="computed", period=actual.period, scope=actual.scope, citation=None,
    )  # fmt: skip
    text = (
        f"“{indicator.name}”的完成率为{indicator.computed_rate}%（按{formula}计算，保留两位小数；报告未列）：{pair}。"
    )
    computation = Computation(formula=formula, inputs=(actual.id, target.id), result=indicator.computed_rate, unit="%")
    return Draft(
        status="answered", route="compute", text=text, figures=(result, *figures), citations=citations.all(),
        computation=computation,
    )  # fmt: skip
