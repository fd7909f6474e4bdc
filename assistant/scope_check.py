"""What a question asks for that a ledger row does not cover: another place, another year.

Evidence decides, not a word: a place counts as missing only where neither the row's own words nor the report's
title, issuer and place have it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.coverage import pairs_of
from assistant.entries import Entries, Entry
from assistant.lexicon import canonical
from assistant.question import Question
from assistant.years import asked_years
from corpus.vocabulary import vocabulary

_DISTRICT = re.compile(r"([\u4e00-\u9fff]{2})(?:区|县)(?![域级属内里划])")
# Characters that stand before 区 or 县 in other words than names: 社区, 各区, 哪个区.
_NOT_OF_NAMES = frozenset(
    "几哪个些这那的和与在到每东西南北中内外某各市全该本社地园校城辖分片新特景山农牧林郊老库灾疫小大发业游范治域"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What a question names that the best rows lack."""

    places: tuple[str, ...]
    years: tuple[int, ...]


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    return re.compile("|".join(name for name in vocabulary().place_names if len(name) > 1))


def places_in(text: str) -> tuple[str, ...]:
    """The places a text names: provinces, prefectures and districts, without their suffix."""
    named = _place_names().findall(text)
    districts = [name for name in _DISTRICT.findall(text) if not set(name) & _NOT_OF_NAMES]
    return tuple(dict.fromkeys([*named, *districts]))


def covers_places(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether every place the question names stands in the row's words or in its report's title."""
    return all(_holds(place, question, entry, entries) for place in places_in(question.text))


def _holds(place: str, question: Question, entry: Entry, entries: Entries) -> bool:
    """The row's name or its report's title has the place, or it is part of a name there (广东技工)."""
    if pairs_of(canonical(place)) <= (entry.name | entries.titles[entry.figure.report]):
        return True
    at = question.text.find(place)
    longer = question.text[at : at + len(place) + 2]
    return len(longer) == len(place) + 2 and longer in entry.figure.sentence


def covers_years(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether the row holds for one of the years asked for; rows without a year hold for none in particular."""
    years = asked_years(question, entries.metadata[entry.figure.report])
    return not years or entry.year is None or entry.year in years


def missing(question: Question, best: Entry, entries: Entries) -> Missing:
    """The places and years of the question that the nearest row, whatever its place and year, does not have."""
    places = tuple(place for place in places_in(question.text) if not _holds(place, question, best, entries))
    years = asked_years(question, entries.metadata[best.figure.report])
    return Missing(places=places, years=() if covers_years(question, best, entries) else years)
