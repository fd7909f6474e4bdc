"""The table route: an indicator's target against its actual value, met or not, its definition, its completion rate."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import AnswerFigure, Computation
from assistant.choice import Choice, from_newest
from assistant.computing.draft import computation_of, result_text
from assistant.computing.kinds import Result, subtracted
from assistant.computing.operands import Trusted
from assistant.computing.phrases import operands_of_list
from assistant.computing.stated import told
from assistant.computing.units import value_of
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.phrases import with_unit
from assistant.indicators.met import met
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.question import Question, read_question
from corpus.model import Figure, Indicator
from corpus.wording import JOINTS

# So much of a question is the name of an indicator.
_NAMED = 0.6


def indicators_draft(question: Question, choice: Choice, library: Library, trusted: Trusted) -> Draft | None:
    """For questions about an indicator, or several, as a whole; None for others. `trusted` looks among indicators."""
    if not asks_for_indicator(question):
        return None

    def of_report(report: str) -> Draft | None:
        several = _several(question, report, library, trusted)
        if len(several) > 1:
            return comparison_draft(several, library)
        indicator = _only_named(question, report, library, trusted)
        return indicator_draft(question, indicator, library) if indicator is not None else None

    return from_newest(question, choice, library.reports, of_report)


def asks_for_indicator(question: Question) -> bool:
    """Whether the question is about an indicator as a whole rather than one of its numbers."""
    roles = question.roles
    whole = bool({"definition", "met", "completion_rate"} & roles) or _both_sides(question) or _quantified(question)
    return whole or _target_only(question)


def _target_only(question: Question) -> bool:
    """Words of setting a target that are none of its usual names: 定的指标是多少."""
    return re.search(compute_words().of_table("target_sure"), question.text) is not None


def _both_sides(question: Question) -> bool:
    """Target and outcome, both asked for: 上限几次，结果几次; 目标和实际."""
    words = compute_words()
    if {"target", "actual"} <= question.roles:
        return True
    several = re.search(r"和|与|及|各|分别|(?:多少|几).*(?:多少|几)", question.text)
    sides = (re.search(words.of_table(side), question.text) for side in ("target", "actual"))
    return several is not None and all(sides)


def _quantified(question: Question) -> bool:
    return "指标" in question.text and re.search(compute_words().of_table("quantified"), question.text) is not None


def stands_for_indicator(figure: Figure, library: Library) -> bool:
    """Whether a row is the one by which its indicator is found: its actual value, or its target where it has none."""
    if figure.indicator is None:
        return False
    indicator = library.indicator_of(figure)
    return indicator is not None and figure.id == (indicator.actual_figures or indicator.target_figures or ("",))[0]


def _several(question: Question, report: str, library: Library, trusted: Trusted) -> Sequence[Indicator]:
    """The indicators asked about, where there are several: spelled whole, or each item of a list."""
    spelled: dict[str, Indicator] = {}
    rest = question.official
    for entry in library.entries.of(report):
        name = next((name for name in entry.spelled if name in question.official), None)
        indicator = library.indicator_of(entry.figure) if name else None
        if name and indicator is not None:
            spelled.setdefault(indicator.id, indicator)
            rest = rest.replace(name, "")
    if len(spelled) == 1 and not JOINTS.search(rest):
        return ()
    return tuple(spelled.values()) if len(spelled) > 1 else _named_together(question, report, library, trusted)


def _named_together(question: Question, report: str, library: Library, trusted: Trusted) -> Sequence[Indicator]:
    """The indicators of a list in the question: 甲和乙，目标和结果各是多少."""
    phrases = operands_of_list(_bare(question), library.source_text(report).__contains__)
    found: dict[str, Indicator] = {}
    for phrasings in phrases:
        for phrase in phrasings:
            indicator = _indicator(
                replace(_whole(read_question(phrase)), years=question.years), report, library, trusted
            )
            if indicator is not None:
                found.setdefault(indicator.id, indicator)
                break
    return tuple(found.values())


def _only_named(question: Question, report: str, library: Library, trusted: Trusted) -> Indicator | None:
    bare = replace(read_question(_bare(question)), years=question.years, relative_years=question.relative_years)
    in_words = _without_numbers(bare, report, library)
    if in_words is not None:
        return in_words
    return _indicator(_whole(question), report, library, trusted) or _indicator(_whole(bare), report, library, trusted)


def _whole(question: Question) -> Question:
    return replace(question, roles=frozenset(), dimensions=frozenset())


def _bare(question: Question) -> str:
    """The question without its words of target and outcome."""
    return re.sub(
        compute_words().of_table("target", "actual", "quantified", "by_how_much", "target_sure"), " ", question.text
    )


def _indicator(whole: Question, report: str, library: Library, trusted: Trusted) -> Indicator | None:
    found = trusted(whole, report)
    return library.indicator_of(found.groups[0].best.entry.figure) if found is not None else None


def _without_numbers(question: Question, report: str, library: Library) -> Indicator | None:
    """An indicator in words only, which no ledger row stands for, where the question names it and no other as well."""
    weighed = weigh(re.sub("指标|考核", " ", question.content), library.entries.weights)
    best: tuple[float, Indicator | None] = (_NAMED, None)
    for indicator in library.indicators_of(report):
        covered = weighed.covered(pairs_of(canonical(normalise(" ".join((indicator.name, *indicator.aliases))))))
        best = max(best, (covered, indicator), key=lambda each: each[0])
    found = best[1]
    return found if found is not None and not (found.target_figures or found.actual_figures) else None


def indicator_draft(question: Question, indicator: Indicator, library: Library) -> Draft | None:
    """An answer about one indicator, or None where the question is not about one as a whole."""
    roles = question.roles
    compared = "met" in roles or _both_sides(question) or _quantified(question)
    if "definition" in roles and indicator.definition and indicator.definition_span:
        return comparison_draft((indicator,), library, defined=True) if compared else _definition(indicator, library)
    if "completion_rate" in roles and indicator.rate_figure is None:
        return _computed_rate(indicator, library)
    if compared:
        return comparison_draft((indicator,), library, excess=_asks_by_how_much(question))
    target = _first(indicator.target_figures, library)
    return told(target, library) if target is not None and _target_only(question) else None


def _asks_by_how_much(question: Question) -> bool:
    return re.search(compute_words().of_table("by_how_much"), plainly(question.text)) is not None


def _definition(indicator: Indicator, library: Library) -> Draft:
    citations = Citations(library)
    start, end = indicator.definition_span or (indicator.start, indicator.end)
    number = citations.of_span(indicator.report, start, end, indicator.section_path)
    text = f"“{indicator.name}”的指标解释：{indicator.definition}[{number}]。"
    return Draft(status="answered", route="table", text=text, citations=citations.all())


def _first(ids: tuple[str, ...], library: Library) -> Figure | None:
    return library.figures[ids[0]] if ids else None


def comparison_draft(
    indicators: Sequence[Indicator], library: Library, *, defined: bool = False, excess: bool = False
) -> Draft:
    """Target against outcome of each indicator, met or not; with its definition, or by how much, where asked for."""
    citations = Citations(library)
    figures: list[AnswerFigure] = []
    clauses = []
    computed: Result | None = None
    for indicator in indicators:
        clause = _sides(indicator, library, citations, figures)
        if excess and (computed := _excess(indicator, library)) is not None:
            clause += f"，相差{result_text(computed)}（{computed.formula}）"
        if defined and indicator.definition_span:
            clause += f"；指标解释：{indicator.definition}[{_cite(citations, indicator, indicator.definition_span)}]"
        clauses.append(clause)
    figures.sort(key=lambda figure: figure.role != "actual")
    return Draft(
        status="answered", route="table", text="；\n".join(clauses) + "。", figures=tuple(figures),
        citations=citations.all(), computation=computation_of(computed) if computed is not None else None,
    )  # fmt: skip


def _sides(indicator: Indicator, library: Library, citations: Citations, figures: list[AnswerFigure]) -> str:
    """One clause: target, outcome, printed completion rate, verdict; the rows told are added to `figures`."""
    target, actual = _first(indicator.target_figures, library), _first(indicator.actual_figures, library)
    rate = library.figures[indicator.rate_figure] if indicator.rate_figure else None
    parts = [f"“{indicator.name}”"]
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
    return "".join(parts).rstrip("，；")


def _excess(indicator: Indicator, library: Library) -> Result | None:
    target, actual = _first(indicator.target_figures, library), _first(indicator.actual_figures, library)
    if target is None or actual is None or target.base_unit != actual.base_unit:
        return None
    high, low = (actual, target) if value_of(actual) >= value_of(target) else (target, actual)
    return subtracted(high, low)


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
