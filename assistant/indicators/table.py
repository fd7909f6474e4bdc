"""The table route over several indicators: every row of a task, the best and the worst, those over a threshold.

完成率最高的指标是哪个 -> “…”完成率165%（报告所列）；目标…，实际…
Completion rates that the report does not print are computed, and the computation is shown.
"""

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import AnswerFigure, Computation
from assistant.choice import Choice, from_newest
from assistant.computing.calculation import digits
from assistant.computing.units import common_scale, value_of
from assistant.computing.written import counted
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import with_unit
from assistant.indicators.met import met
from assistant.indicators.question import RowsAsked, Wish, rows_asked
from assistant.indicators.rows import Row, rows_meant
from assistant.indicators.years import indicator_years_draft
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question

_LEADS: dict[Wish, str] = {
    "most": "完成率最高的是",
    "least": "完成率最低的是",
    "order": "按完成率{}排列：",
    "over": "超过的有{}项：",
    "at_least": "达到的有{}项：",
    "under": "低于的有{}项：",
    "met": "达到目标的有{}项：",
    "unmet": "没有达到目标的有{}项：",
    "exactly": "实际与目标正好相等的有{}项：",
    "all": "",
}
_NONE: dict[Wish, str] = {
    "over": "没有超过的",
    "at_least": "没有达到的",
    "under": "没有低于的",
    "met": "没有达到目标的",
    "unmet": "没有未达到目标的",
    "exactly": "没有实际与目标正好相等的",
}


def table_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The answer to a question over the rows of an indicator table, or None for other questions."""
    if (over_years := indicator_years_draft(question, library)) is not None:
        return over_years
    asked = rows_asked(question)
    if asked is None:
        return None

    def of_report(report: str) -> Draft | None:
        rows = rows_meant(asked.words, asked.ordinal, report, library)
        chosen = _chosen(asked, rows) if rows else ()
        if not rows or (not chosen and (asked.wish not in _NONE or not any(_judged(asked, row) for row in rows))):
            return None
        return _Telling(asked, library).draft(rows, chosen)

    return from_newest(question, choice, library.reports, of_report)


def _chosen(asked: RowsAsked, rows: Sequence[Row]) -> Sequence[Row]:
    if asked.wish == "all":
        return rows
    if asked.wish in {"most", "least", "order"}:
        rated = sorted((row for row in rows if row.rate is not None), key=lambda row: row.rate or 0)
        rated = rated if asked.rising else rated[::-1]
        return rated if asked.wish == "order" else [row for row in rated if row.rate == rated[0].rate]
    return [row for row in rows if _fits(asked, row)]


def _judged(asked: RowsAsked, row: Row) -> bool:
    """Whether a row has the numbers that the question holds against each other."""
    if asked.wish in {"over", "at_least", "under"}:
        return (row.rate if asked.rates else _percent(row)) is not None
    return row.target is not None and row.actual is not None and met(row.target, row.actual) is not None


def _fits(asked: RowsAsked, row: Row) -> bool:
    reached = met(row.target, row.actual) if row.target is not None and row.actual is not None else None
    if asked.wish in {"met", "unmet"}:
        return reached is (asked.wish == "met")
    if asked.wish == "exactly":
        return row.target is not None and row.actual is not None and _equal(row)
    value = row.rate if asked.rates else _percent(row)
    if value is None or asked.threshold is None:
        return False
    return {"over": value > asked.threshold, "at_least": value >= asked.threshold, "under": value < asked.threshold}[
        asked.wish
    ]


def _equal(row: Row) -> bool:
    assert row.target is not None and row.actual is not None
    return row.target.base_unit == row.actual.base_unit and value_of(row.target) == value_of(row.actual)


def _percent(row: Row) -> Decimal | None:
    """An outcome that is itself a percentage."""
    return value_of(row.actual) if row.actual is not None and row.actual.base_unit == "%" else None


class _Telling:
    """One answer over rows: its text, its figures, and the formulas of the rates it computes."""

    def __init__(self, asked: RowsAsked, library: Library) -> None:
        self._asked = asked
        self._citations = Citations(library)
        self._figures: list[AnswerFigure] = []
        self._formulas: list[str] = []
        self._inputs: list[str] = []
        self._computed: AnswerFigure | None = None

    def draft(self, rows: Sequence[Row], chosen: Sequence[Row]) -> Draft:
        wish = self._asked.wish
        if not chosen:
            text = f"{counted(len(rows))}项指标中，{_NONE[wish]}{self._cite_rows(rows)}。"
            return Draft(status="answered", route="table", text=text, citations=self._citations.all())
        told = "；\n".join(self._row(row) for row in chosen)
        count = "从低到高" if wish == "order" and self._asked.rising else "从高到低" if wish == "order" else ""
        lead = _LEADS[wish].format(count or counted(len(chosen)))
        if wish in _NONE:
            lead = f"{counted(len(rows))}项指标中，{lead}"
        computation = self._computation()
        return Draft(
            status="answered", route="compute" if computation and wish in {"most", "least"} else "table",
            text=f"{lead}{told}。", figures=self._asked_first(), warnings=self._unjudged(rows),
            citations=self._citations.all(), computation=computation,
        )  # fmt: skip

    def _unjudged(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """How many rows could not be held against the question."""
        left = 0 if self._asked.wish not in _NONE else sum(not _judged(self._asked, row) for row in rows)
        return (f"另有{counted(left)}项没有可比的数值，未计入。",) if left else ()

    def _asked_first(self) -> tuple[AnswerFigure, ...]:
        """Rates first where rates are asked for, outcomes before the targets they are held against."""
        if self._asked.wish == "all":
            return tuple(self._figures)
        order = ("completion_rate", "computed", "actual", "target")
        return tuple(
            sorted(self._figures, key=lambda each: order.index(each.role) if each.role in order else len(order))
        )

    def _cite_rows(self, rows: Sequence[Row]) -> str:
        found = [row.indicator for row in rows]
        marks = [self._citations.of_span(each.report, each.start, each.end, each.section_path) for each in found]
        return "".join(f"[{mark}]" for mark in dict.fromkeys(marks))

    def _row(self, row: Row) -> str:
        sides = self._asked.sides if self._asked.wish == "all" else frozenset({"target", "actual"})
        rate = self._rate(row) if self._asked.rates or self._asked.wish in {"most", "least", "order"} else ""
        parts = [rate] if rate else []
        parts += [part for side in ("target", "actual") if side in sides and (part := self._side(row, side))]
        return f"“{row.indicator.name}”" + "，".join(parts)

    def _side(self, row: Row, side: str) -> str:
        figure, label = (row.target, "目标") if side == "target" else (row.actual, "实际")
        span = row.indicator.target_span if side == "target" else row.indicator.actual_span
        if figure is not None:
            self._figures.append(answer_figure(figure, self._citations))
            return f"{label}{with_unit(figure)}[{self._citations.of_figure(figure)}]"
        if span is None:
            return ""
        mark = self._citations.of_span(row.indicator.report, *span, row.indicator.section_path)
        return f"{label}没有列数值[{mark}]"

    def _rate(self, row: Row) -> str:
        if row.printed is not None:
            self._figures.append(answer_figure(row.printed, self._citations))
            return f"完成率{with_unit(row.printed)}（报告所列）[{self._citations.of_figure(row.printed)}]"
        if row.rate is None or row.target is None or row.actual is None:
            return ""
        scale = common_scale((row.actual, row.target))
        shown = digits(row.rate)
        one, other = (f"{scale.shown(value_of(each))}{scale.unit}" for each in (row.actual, row.target))
        self._formulas.append(f"{one}÷{other}×100%≈{shown}%")
        self._inputs += [row.actual.id, row.target.id]
        self._figures.append(_computed(row, shown))
        return f"完成率{shown}%（按{one}÷{other}计算，报告未列）"

    def _computation(self) -> Computation | None:
        if not self._formulas:
            return None
        result = next(figure.value for figure in self._figures if figure.role == "computed")
        return Computation(formula="；".join(self._formulas), inputs=tuple(self._inputs), result=result or "", unit="%")


def _computed(row: Row, value: str) -> AnswerFigure:
    figure = row.actual
    return AnswerFigure(
        id=None, name=f"{row.indicator.name}完成率", value=value, unit="%", base_value=value, base_unit="%",
        printed=f"{value}%", qualifier=None, role="computed", period=figure.period if figure else None,
        scope=figure.scope if figure else None, citation=None,
    )  # fmt: skip
