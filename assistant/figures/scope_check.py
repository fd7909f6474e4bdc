"""What a question asks for that a ledger row does not cover: another place, another year.

Evidence decides, not a word: a place counts as missing only where neither the row's own words nor the report's
title, issuer and place have it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.coverage import pairs_of
from assistant.figures.entries import Entries, Entry
from assistant.questions.lexicon import canonical
from assistant.questions.place_names import places_in
from assistant.questions.question import Question
from assistant.questions.years import asked_years
from corpus.spans import within
from corpus.statements import stretch

# A question is held against every row.
_TEXTS_KEPT = 256
_LEVEL = re.compile(r"全国|全省|全市")
_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])月(?!份?以)")
# Five-year plans and their ends: 十四五末.
_PLAN = re.compile(r"十[一二三四五六七]五")
# The greatest of many is no total, and no row that is not said to be the greatest.
_GREATEST = re.compile(r"最(?:高|大|多|长|贵|狠|重|快|严重|厉害)(?!人民法院|检察院|限额|额度)")
_SAID_GREATEST = re.compile(r"最|第[一1]|首位|居首|之首|冠军|榜首")
_CODE = re.compile(
    r"(?<![a-z0-9.])(?:\d+a|[a-z]\d[a-z]|[a-z]级)(?![a-z])|[一二三四五六七八九]星(?=级)|(?<![省市县区乡镇村国])[一二三四五]级(?=[^\W\d])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What a question names that the best rows lack."""

    places: tuple[str, ...]
    years: tuple[int, ...]


def covers(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether the row holds for the place, the year and the extent asked for."""
    return (
        covers_places(question, entry, entries)
        and covers_years(question, entry, entries)
        and covers_extent(question, entry)
        and covers_greatest(question, entry)
    )


def covers_places(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether every place the question names stands in the row's words or in its report's title."""
    return all(_holds(place, question, entry, entries) for place in places_in(question.text))


def _holds(place: str, question: Question, entry: Entry, entries: Entries) -> bool:
    """The row's name or its report's title has the place, or it is part of a name there (江南工匠)."""
    if pairs_of(canonical(place)) <= (entry.name | entries.titles[entry.figure.report]):
        return True
    at = question.text.find(place)
    longer = question.text[at : at + len(place) + 2]
    return len(longer) == len(place) + 2 and longer in entry.figure.sentence


def covers_extent(question: Question, entry: Entry) -> bool:
    """Whether the row speaks of the extent asked for: the whole country or province, a month, a letter grade (5A).

    A level such as 全国 may stand in the row's sentence or be its scope; a row without any scope is not held
    against it, and a ranking is asked for by the field it is in.
    """
    figure = entry.figure
    for level in _levels_of(question.text):
        if level not in figure.sentence and figure.scope not in {None, level} and figure.role != "rank":
            return False
    plans, bounds = _plans_of(question.text), _bounds_of(question.text)
    if not plans and not bounds:
        return True
    text = f"{figure.sentence}{figure.name}{figure.column or ''}{figure.period or ''}".lower()
    return all(plan in text or within(figure.period, plan) for plan in plans) and all(token in text for token in bounds)


def covers_greatest(question: Question, entry: Entry) -> bool:
    """Whether the row is said to be the greatest, where that is asked for: 罚得最狠的一单 is not the fines of all."""
    if "target" in question.roles or not _asks_for_greatest(question.text):
        return True
    return _SAID_GREATEST.search(f"{stretch(entry.figure)}{entry.figure.name}") is not None


@lru_cache(maxsize=_TEXTS_KEPT)
def _asks_for_greatest(text: str) -> bool:
    return _GREATEST.search(text) is not None


@lru_cache(maxsize=_TEXTS_KEPT)
def _levels_of(text: str) -> tuple[str, ...]:
    """全国, 全省, 全市, as often as a question names them."""
    return tuple(_LEVEL.findall(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _plans_of(text: str) -> tuple[str, ...]:
    """Five-year plans that a question names."""
    return tuple(_PLAN.findall(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _bounds_of(text: str) -> tuple[str, ...]:
    """Months and classes that a question names."""
    return tuple(found for pattern in (_MONTH, _CODE) for found in pattern.findall(text))


def covers_years(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether the row holds for one of the years asked for; rows without a year hold for none in particular."""
    years = asked_years(question, entries.metadata[entry.figure.report])
    return not years or entry.year is None or (entry.year in years and not entry.span)


def missing(question: Question, best: Entry, entries: Entries) -> Missing:
    """The places and years of the question that the nearest row, whatever its place and year, does not have."""
    places = tuple(place for place in places_in(question.text) if not _holds(place, question, best, entries))
    years = asked_years(question, entries.metadata[best.figure.report])
    return Missing(places=places, years=() if covers_years(question, best, entries) else years)
