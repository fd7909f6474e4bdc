"""What was not reached, in any table with targets and outcomes: 十件实事有没有没办成的，差多少.

Which table is meant is said by its heading; where one table alone has targets, nothing has to be said.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.choice import Choice, from_newest
from assistant.computing.draft import computation_of, result_text
from assistant.computing.kinds import Result, subtracted
from assistant.computing.units import value_of
from assistant.computing.words import compute_words, plainly
from assistant.computing.written import counted
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.phrases import with_unit
from assistant.indicators.met import met
from assistant.indicators.sides import Sides, sides_of
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.question import Question, content_of
from corpus.model import Figure

_FEWEST = 3


def unmet_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The rows below their targets with how much they lack, or that there are none; None for other questions."""
    words, text = compute_words(), plainly(question.text)
    if not re.search(words.of_table("which"), text) or not re.search(words.of_table("unmet"), text):
        return None
    if "why" in question.intents:
        return None

    def of_report(report: str) -> Draft | None:
        rows = _rows_meant(text, report, library)
        return _draft(rows, library) if len(rows) >= _FEWEST else None

    return from_newest(question, choice, library.reports, of_report)


def _rows_meant(text: str, report: str, library: Library) -> Sequence[Sides]:
    """The judged rows of the table that the question's words name; of the only one there is."""
    tables: dict[str, list[Sides]] = defaultdict(list)
    for sides in sides_of(report, library):
        if sides.plan.role == "target" and met(sides.plan, sides.done) is not None and sides.plan.table:
            tables[sides.plan.table].append(sides)
    if len(tables) < 2:
        return next(iter(tables.values()), ())
    words = compute_words()
    weighed = weigh(
        content_of(re.sub(words.of_table("which", "unmet", "by_how_much"), " ", text)), library.entries.weights
    )
    ranked = sorted(
        ((weighed.covered(_heading(rows[0].plan, library)), table) for table, rows in tables.items()), reverse=True
    )
    return tables[ranked[0][1]] if ranked[0][0] > ranked[1][0] else ()


def _heading(figure: Figure, library: Library) -> frozenset[str]:
    """The headings over a table and the lead-in before it."""
    passages = library.passages(figure.report)
    context = next((each.context for each in passages if each.start <= figure.start < each.end), "")
    return pairs_of(canonical(normalise(f"{' '.join(figure.section)} {context}")))


def _draft(rows: Sequence[Sides], library: Library) -> Draft:
    citations = Citations(library)
    short = [sides for sides in rows if not _reached(sides)]
    if not short:
        marks = "".join(f"[{citations.of_figure(sides.done)}]" for sides in rows)
        text = f"表中{counted(len(rows))}项有目标和实际数，没有未达到目标的{marks}。"
        return Draft(status="answered", route="table", text=text, citations=citations.all())
    results = [_short_of(sides) for sides in short]
    told = "；".join(_told(sides, result, citations) for sides, result in zip(short, results, strict=True))
    figures = [
        answer_figure(figure, citations)
        for sides in short
        for figure in (sides.done, sides.plan, _rate(sides))
        if figure
    ]
    text = f"表中{counted(len(rows))}项有目标和实际数，没有达到目标的有{counted(len(short))}项：{told}。"
    return Draft(
        status="answered", route="table", text=text, figures=tuple(figures), citations=citations.all(),
        computation=computation_of(results[0]) if len(results) == 1 else None,
    )  # fmt: skip


def _reached(sides: Sides) -> bool:
    """By the printed rate of completion, where there is one: it knows where less is better."""
    if sides.rate is not None and sides.rate.role == "completion_rate" and sides.rate.value is not None:
        return Decimal(sides.rate.value) >= 100
    return bool(met(sides.plan, sides.done))


def _short_of(sides: Sides) -> Result:
    high, low = sorted((sides.plan, sides.done), key=value_of, reverse=True)
    return subtracted(high, low)


def _rate(sides: Sides) -> Figure | None:
    return sides.rate if sides.rate is not None and sides.rate.base_unit == "%" else None


def _told(sides: Sides, result: Result, citations: Citations) -> str:
    name = sides.plan.indicator or sides.plan.name.removesuffix(sides.plan.column or "")
    printed = _rate(sides)
    rate = f"，完成率{with_unit(printed)}[{citations.of_figure(printed)}]" if printed is not None else ""
    return (
        f"“{name}”目标{with_unit(sides.plan)}[{citations.of_figure(sides.plan)}]，"
        f"实际{with_unit(sides.done)}[{citations.of_figure(sides.done)}]{rate}，"
        f"相差{result_text(result)}（{result.formula}）"
    )
