"""Planned and done of one row of any table, both asked for in everyday words: 安排多少用了多少.

Indicator tables with official words are answered by `answer.py`; here the row is found by its words and meaning.
"""

import re
from collections.abc import Sequence

from assistant.choice import Choice, from_newest
from assistant.computing.likeliest import likeliest
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.entries import dimension_of
from assistant.figures.phrases import statement
from assistant.indicators.met import met
from assistant.indicators.sides import Sides, sides_of
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question
from corpus.model import Figure

_MANY = r"[^,，。;；?？]{0,8}?(?:多少|几)"


def both_sides_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """What was planned and what came of it, or how far it came; None where the question does not ask for that."""
    text = plainly(question.text)
    words = compute_words()
    plan, done = words.of_table("said_plan"), words.of_table("said_done")
    both = re.search(rf"{plan}{_MANY}", text) is not None and len(re.findall("多少|几", text)) > 1
    rate = re.search(words.of_table("said_rate"), text) is not None
    if not both and not (rate and re.search(done, text)):
        return None

    def of_report(report: str) -> Draft | None:
        rows = {
            sides.done.id: sides
            for sides in sides_of(report, library)
            if (both or sides.rate is not None) and _of_kind_asked(sides, text)
        }
        found = likeliest(
            [(sides.done, sides.plan) for sides in rows.values()], _about(text), question, report, library
        )
        return _draft(rows[found[0].id], question, library, rate=rate, both=both) if found else None

    return from_newest(question, choice, library.reports, of_report)


def _of_kind_asked(sides: Sides, text: str) -> bool:
    """Money where only money is asked for, and no money where only a number of things is."""
    money = re.search("钱|款|花|费|支出|元", text) is not None
    counted = re.search("(?:几|多少)[个间家人名所项次位场件]", text) is not None
    return money in {counted, sides.done.base_unit == "元"}


def _about(text: str) -> str:
    """The question without its words of planning, doing and asking: what the row is about."""
    words = compute_words()
    return re.sub(
        words.of_table("said_plan", "said_done", "said_rate") + r"|多少|[几](?:个|间|家|人|项|次)?|那[笔个项]|[钱款]",
        " ",
        text,
    )


def _draft(sides: Sides, question: Question, library: Library, *, rate: bool, both: bool) -> Draft:
    citations = Citations(library)
    told: list[Figure] = [sides.done, sides.plan, *_further(sides, question)]
    if sides.rate is not None and (rate or sides.rate.role == "completion_rate"):
        told = [*told, sides.rate] if both else [sides.rate, *told]
    figures = tuple(answer_figure(figure, citations) for figure in told)
    clauses = [f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in told]
    reached = met(sides.plan, sides.done) if sides.plan.role == "target" else None
    verdict = "" if reached is None else "，达到目标" if reached else "，未达到目标"
    return Draft(
        status="answered", route="table", text="；".join(clauses) + f"{verdict}。", figures=figures,
        citations=citations.all(),
    )  # fmt: skip


def _further(sides: Sides, question: Question) -> Sequence[Figure]:
    """Another kind of number of the row that is asked for too: the money beside the persons."""
    dimension = dimension_of(sides.done)
    others = [
        figure for figure in sides.figures
        if (own := dimension_of(figure)) in question.dimensions and own not in {dimension, "percent"}
    ]  # fmt: skip
    return others if len(others) == 1 else ()
