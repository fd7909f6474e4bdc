"""What a question asks for that a ledger row does not cover: another place, another year.

Evidence decides, not a word: a place counts as missing only where neither the row's own words nor the report's
title, issuer and place have it.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.coverage import pairs_of
from assistant.entries import Entries, Entry
from assistant.lexicon import canonical
from assistant.question import Question
from assistant.years import asked_years

import corpus

_PLACES = Path(corpus.__file__).parent / "data" / "places.toml"
_SUFFIX = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|盟|.{1,4}自治州)$")
_DISTRICT = re.compile(
    r"(?<![各市全该本分社小郊城新老校园片景地山牧林库灾疫])([\u4e00-\u9fff]{2})(?:区|县)(?![域级属内里划])"
)
_NOT_DISTRICTS = frozenset(
    {
        "社区",
        "地区",
        "园区",
        "校区",
        "城区",
        "辖区",
        "分区",
        "片区",
        "新区",
        "特区",
        "景区",
        "山区",
        "农区",
        "牧区",
        "开发",
        "工业",
        "旅游",
        "风景",
        "示范",
        "自治",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What a question names that the best rows lack."""

    places: tuple[str, ...]
    years: tuple[int, ...]


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    data = tomllib.loads(_PLACES.read_text(encoding="utf-8"))
    names = set()
    for province, cities in data["provinces"].items():
        for full in (province, *cities):
            names.add(_SUFFIX.sub("", full) or full)
    names |= {"香港", "澳门", "台湾"}
    return re.compile("|".join(sorted((n for n in names if len(n) > 1), key=len, reverse=True)))


def places_in(text: str) -> tuple[str, ...]:
    """The places a text names: provinces, prefectures and districts, without their suffix."""
    named = _place_names().findall(text)
    districts = [d for d in _DISTRICT.findall(text) if d not in _NOT_DISTRICTS and not d.endswith(("几", "哪", "个"))]
    return tuple(dict.fromkeys([*named, *districts]))


def covers_places(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether every place the question names stands in the row's words or in its report's title."""
    return all(_holds(place, entry, entries) for place in places_in(question.text))


def _holds(place: str, entry: Entry, entries: Entries) -> bool:
    return pairs_of(canonical(place)) <= (entry.name | entries.titles[entry.figure.report])


def covers_years(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether the row holds for one of the years asked for; rows without a year hold for none in particular."""
    years = asked_years(question, entries.metadata[entry.figure.report])
    return not years or entry.year is None or entry.year in years


def missing(question: Question, best: Entry, entries: Entries) -> Missing:
    """The places and years of the question that the nearest row, whatever its place and year, does not have."""
    places = tuple(place for place in places_in(question.text) if not _holds(place, best, entries))
    years = asked_years(question, entries.metadata[best.figure.report])
    return Missing(places=places, years=() if covers_years(question, best, entries) else years)
