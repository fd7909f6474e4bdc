"""Units, magnitudes and qualifiers, read from `data/units.tsv` and `data/quantities.toml`.

match_unit("万人次以上", 0) -> 万人次: person-times, base 人次, factor 10000
match_unit("元/月", 0)      -> 元/月: a rate of two units keeps both in its base
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

from corpus.model import Bound

_DATA = Path(__file__).parent / "data"
MAGNITUDES = {
    "百": Decimal(10**2), "千": Decimal(10**3), "万": Decimal(10**4), "十万": Decimal(10**5),
    "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8), "十亿": Decimal(10**9),
    "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12), "万万": Decimal(10**8),
}  # fmt: skip
_LONGEST_FIRST = sorted(MAGNITUDES, key=len, reverse=True)
_PER = re.compile(r"[/／]|每(?=[人月年日天户亩吨家平])")
_NOUN_STOP = re.compile(r"[，。；：、！？,;:（()）\d]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit as printed, with its base unit and the exact factor to it."""

    printed: str
    base: str | None
    dimension: str | None
    factor: Decimal


@dataclass(frozen=True, slots=True)
class _Entry:
    dimension: str
    base: str
    factor: Decimal
    not_before: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _units() -> dict[str, _Entry]:
    table = {}
    for line in (_DATA / "units.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            unit, dimension, base, factor, stop = [*line.split("\t"), ""][:5]
            table[unit] = _Entry(dimension, base, Decimal(factor), re.compile(stop) if stop else None)
    return table


@lru_cache(maxsize=1)
def _longest_unit() -> int:
    return max(map(len, _units()))


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return cast(
        dict[str, dict[str, dict[str, str]]], tomllib.loads((_DATA / "quantities.toml").read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=3)
def qualifiers(place: str) -> dict[str, Bound]:
    """Qualifier words and their bounds for a place: "before", "after" or "inside"; longest first."""
    words = _words()["qualifiers"][place]
    return cast(dict[str, Bound], {word: words[word] for word in sorted(words, key=len, reverse=True)})


def begins_another(word: str, following: str) -> bool:
    """Whether a qualifier before `following` is only the beginning of another word: 3个|内设机构."""
    not_before = _words()["qualifiers"]["after_not_before"]
    return following != "" and following in not_before.get(word, "")


def match_unit(text: str, at: int) -> Unit | None:
    """The longest unit that starts at `at`, magnitude included; None where there is none."""
    plain = _plain_unit(text, at)
    scaled = None
    for magnitude in _LONGEST_FIRST:
        if text.startswith(magnitude, at):
            rest = _plain_unit(text, at + len(magnitude))
            scaled = _scaled(magnitude, rest)
            break
    candidates = [unit for unit in (plain, scaled) if unit is not None]
    best = max(candidates, key=lambda unit: len(unit.printed), default=None)
    return _per(text, at, best) if best is not None and best.base is not None else best


def _plain_unit(text: str, at: int) -> Unit | None:
    for length in range(min(_longest_unit(), len(text) - at), 0, -1):
        printed = text[at : at + length]
        entry = _units().get(printed)
        if entry and not (entry.not_before and entry.not_before.match(text, at + length)):
            return Unit(printed=printed, base=entry.base, dimension=entry.dimension, factor=entry.factor)
    return None


def _scaled(magnitude: str, unit: Unit | None) -> Unit:
    factor = MAGNITUDES[magnitude]
    if unit is None:
        return Unit(printed=magnitude, base=None, dimension=None, factor=factor)
    return Unit(printed=magnitude + unit.printed, base=unit.base, dimension=unit.dimension, factor=factor * unit.factor)


def _per(text: str, at: int, unit: Unit) -> Unit:
    """Read on over 元/月 or 元/人·月; the base keeps every unit of the denominator as printed."""
    link = _PER.match(text, at + len(unit.printed))
    below = _plain_unit(text, link.end()) if link else None
    if link is None or below is None:
        return unit
    denominator = below.printed
    end = link.end() + len(below.printed)
    while text[end : end + 1] in {"·", "．", "•"} and (further := _plain_unit(text, end + 1)) is not None:
        denominator += "·" + further.printed
        end += 1 + len(further.printed)
    return Unit(
        printed=text[at:end], base=f"{unit.base}/{denominator}", dimension=f"{unit.dimension}/{denominator}",
        factor=unit.factor,
    )  # fmt: skip


def base_unit_of_noun(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Base unit and dimension that the noun after (or before) a bare magnitude implies."""
    after = _NOUN_STOP.split(text[end : end + 20], maxsplit=1)[0]
    before = text[max(0, start - 24) : start]
    for base, nouns in cast(dict[str, list[str]], _words()["noun_units"]).items():
        for noun in sorted(nouns, key=len, reverse=True):
            if noun in after:
                return base, _units()[base].dimension
    return unit_of_name(before)


def unit_of_name(before: str) -> tuple[str | None, str | None]:
    """Base unit and dimension of the last counted noun in the last clause of `before` (持卡人数 -> 人)."""
    clause = re.split(r"[，。；：！？,;]", before)[-1]
    found: tuple[int, int, str] | None = None
    for base, nouns in cast(dict[str, list[str]], _words()["noun_units"]).items():
        for noun in nouns:
            at = clause.rfind(noun)
            if at >= 0 and (found is None or (at + len(noun), len(noun)) > found[:2]):
                found = (at + len(noun), len(noun), base)
    return (found[2], _units()[found[2]].dimension) if found else (None, None)


def dimension_of_noun(words: str) -> str | None:
    """Dimension of the counted noun that `words` end with (人力资源服务企业 -> organisations)."""
    for base, nouns in cast(dict[str, list[str]], _words()["noun_units"]).items():
        if words.endswith(tuple(nouns)):
            return _units()[base].dimension
    return None


def unit_of_count(before: str) -> tuple[str | None, str | None]:
    """Base unit for a number without any unit, right behind a noun that counts: 总人数为 | 24442 -> 人."""
    stated = re.search(r"(?P<noun>人次|人数|户数|家数|件数)(?:共|达|达到|约|为|是|：|:)*$", before)
    if stated is None:
        return None, None
    base = "人次" if stated["noun"] == "人次" else stated["noun"][0]
    return base, _units()[base].dimension


def noun_end(text: str) -> int | None:
    """Where the first counted noun of `text` ends (就业困难人员|实现再就业 -> 6); None without one."""
    ends = [
        text.index(noun) + len(noun)
        for nouns in cast(dict[str, list[str]], _words()["noun_units"]).values()
        for noun in nouns
        if noun in text
    ]
    return min(ends, default=None)
