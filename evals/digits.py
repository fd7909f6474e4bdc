"""Digits of an answer that nothing in it accounts for: no figure, no computation, no quoted place.

"新增就业18.6万人[1]，约31万人"   figures 18.6 万   -> ("31",)
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from assistant.answer import Answer
from evals.matching import normalise
from evals.places import Texts, recuts, stands

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLACE = re.compile(r"第\s*\d+\s*[行页]")
_LIST_NUMERAL = re.compile(r"(?m)^\s*[（(]?\d{1,2}[.、)）](?!\d)|[①-⑳]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def numbers(text: str) -> Iterator[str]:
    """Every number of a text in one spelling: 1,600.50 -> 1600.5."""
    for match in _NUMBER.finditer(normalise(text)):
        yield f"{Decimal(match[0]).normalize():f}"


def unaccounted(answer: Answer, texts: Texts) -> tuple[str, ...]:
    """Numbers of the answer's text, in order, that no real place and no computation it shows accounts for."""
    known = {number for text in _accounts(answer, texts) for number in numbers(text)}
    known.update(_YEAR.findall(unicodedata.normalize("NFKC", answer.question + answer.standalone_question)))
    told = _LIST_NUMERAL.sub("", _PLACE.sub("", answer.answer))
    return tuple(number for number in numbers(told) if number not in known)


def _accounts(answer: Answer, texts: Texts) -> Iterator[str]:
    for figure in answer.figures:
        if figure.role == "computed" or stands(figure, answer, texts):
            yield from filter(None, (figure.name, figure.value, figure.base_value, figure.printed))
            yield from filter(None, (figure.unit, figure.period, figure.scope))
    if answer.computation is not None:
        yield answer.computation.formula
        yield answer.computation.result
    for citation in answer.citations:
        if recuts(citation, texts):
            yield citation.quote
            yield citation.report
            yield from citation.section
