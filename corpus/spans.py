"""Stretches of several years that a sentence sums up, the levels reached at their end apart.

五年来，全省粮食产量年均增长2.1% (results of 2025)    -> 2021—2025年
“十三五”时期，累计建成公路3000公里                    -> 2016—2020年
五年来，…高速公路里程达到8000公里                     -> a level of the last year, no sum
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.model import Metadata
from corpus.periods import results_period, year_of

_DATA = Path(__file__).parent / "data" / "metadata.toml"
_YEARS = 5
_PRINTED = re.compile(r"((?:19|20)\d{2})—((?:19|20)\d{2})年")
# A clause opens with it: 打牢“十五五”时期的基础 dates nothing.
_OPENS = r"(?:(?<![^，。；：！？,;—\s])|(?<=在))"
_CLAUSE = re.compile(r"[，。；：！？,;]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of years that holds from `start` of a sentence on; `period` as in a figure: 2021—2025年."""

    start: int
    period: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    cue: re.Pattern[str]
    plans: Mapping[str, tuple[int, int]]
    since: frozenset[str]
    summed: re.Pattern[str]


def span_before(text: str, at: int, metadata: Metadata) -> Span | None:
    """The last stretch of years that `text` names before `at`; None where the report's years are not known."""
    last = year_of(results_period(metadata))
    found = None
    for match in _words().cue.finditer(text, 0, at):
        if match["plan"] is not None:
            first, end = _words().plans[match["plan"]]
            end = min(end, last) if match["tail"] in _words().since and last is not None else end
        elif last is not None:
            first, end = last - _YEARS + 1, last
        else:
            continue
        found = Span(start=match.start(), period=f"{first}—{end}年")
    return found


def sums_up(text: str, at: int) -> bool:
    """Whether the clause says that its number at `at` sums up a stretch: 累计, 年均, 下降; else it is a level."""
    return _words().summed.search(_CLAUSE.split(text[:at])[-1]) is not None


def is_span(period: str | None) -> bool:
    return _PRINTED.fullmatch(period or "") is not None


def within(period: str | None, plan: str) -> bool:
    """Whether a period is that of a five-year plan, or its part up to now."""
    printed = _PRINTED.fullmatch(period or "")
    known = _words().plans.get(plan)
    return printed is not None and known is not None and int(printed[1]) == known[0] and int(printed[2]) <= known[1]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))["spans"]
    tails = _any((*data["within_plan"], *data["since_plan"]))
    return _Words(
        cue=re.compile(
            f"{_OPENS}(?:(?P<past>{_any(data['past'])})|“?(?P<plan>{_any(data['plans'])})”?(?P<tail>{tails}))"
        ),
        plans={name: (first, last) for name, (first, last) in data["plans"].items()},
        since=frozenset(data["since_plan"]),
        summed=re.compile(_any(data["summed"])),
    )


def _any(words: Sequence[str] | Mapping[str, object]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
