"""Reverse look-up: what a number of the report stands for (20417是什么数)."""

import re
from decimal import Decimal

from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question, content_of
from corpus.model import Figure

_MOST = 3
_FEW_WORDS = 4


def reverse_draft(question: Question, library: Library) -> Draft | None:
    """Where the asked number stands in the reports, or None where the question is not of this kind."""
    if len(question.numbers) != 1 or not (_asks_back(question)):
        return None
    number = question.numbers[0]
    of_value = library.figures.stating((number.value, number.base_value))
    held = [figure for figure in of_value if _states(figure, number.value, number.base_value)]
    distinct = list({(figure.name, figure.base_value): figure for figure in reversed(held)}.values())[::-1]
    if not distinct:
        number_text = question.text[number.start : number.end]
        return Draft(status="refused", route="none", text=f"报告里没有{number_text}这个数，不能作答。")
    citations = Citations(library)
    figures = distinct[:_MOST]
    text = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in figures) + "。"
    more = (f"报告中还有{len(distinct) - _MOST}处同样的数。",) if len(distinct) > _MOST else ()
    return Draft(
        status="answered", route="figure", text=text, warnings=more, citations=citations.all(),
        figures=tuple(answer_figure(figure, citations) for figure in figures),
    )  # fmt: skip


def _asks_back(question: Question) -> bool:
    """The question is what a number stands for, or a number and nothing else."""
    number = question.numbers[0]
    rest = question.text[: number.start] + question.text[number.end :]
    bare = not re.sub(r"[\W_]|是|的|个|这|那|报告|里|中|有|吗|呢", "", rest)
    return bare or ("reverse" in question.intents and len(content_of(rest)) <= _FEW_WORDS)


def _states(figure: Figure, value: Decimal, base_value: Decimal) -> bool:
    if figure.value is None or figure.base_value is None:
        return False
    return Decimal(figure.value) == value or Decimal(figure.base_value) == base_value
