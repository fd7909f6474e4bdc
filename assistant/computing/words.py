"""The word lists of `data/calculations.toml`, as patterns."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "calculations.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opposites:
    """Everyday words of the two sides of a contrast, and the pairs of official words for it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    official: tuple[tuple[str, str], ...]

    def between(self, first: str, second: str) -> tuple[tuple[str, str], ...]:
        """The official pairs in the order of two phrases that are its two sides; empty where they are not."""
        if _says_any(first, self.one) and _says_any(second, self.other):
            return _as_said(first, second, self.official)
        if _says_any(first, self.other) and _says_any(second, self.one):
            return _as_said(first, second, [(other, one) for one, other in self.official])
        return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    plain: re.Pattern[str]
    said_for: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    indicator: Mapping[str, tuple[str, ...]]  # of questions over indicator tables
    months: Mapping[str, int]
    done: Mapping[str, tuple[str, ...]]  # everyday words of doing, and official ones
    opposites: tuple[Opposites, ...]

    def any_of(self, *names: str) -> str:
        """A pattern of all words of these lists, the longest first."""
        return alternatives(word for name in names for word in self.lists[name])

    def of_table(self, *names: str) -> str:
        """The same for the lists of questions over indicator tables."""
        return alternatives(word for name in names for word in self.indicator[name])


def _as_said(first: str, second: str, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of the pairs those whose words are said, where any is: 出口 is no 迁出."""
    return tuple(pair for pair in pairs if pair[0] in first or pair[1] in second) or tuple(pairs)


def _says_any(phrase: str, words: Iterable[str]) -> bool:
    return any(word in phrase for word in words)


def alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def plainly(text: str) -> str:
    """A question in the words that the patterns are written in: 三笔加埋几多 -> 三笔加起来多少."""
    words = compute_words()
    return words.plain.sub(lambda match: words.said_for[match[0]], text)


@lru_cache(maxsize=1)
def compute_words() -> Words:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    lists = {name: tuple(value) for name, value in data["words"].items() if isinstance(value, list)}
    return Words(
        plain=re.compile(alternatives(data["plain"])), said_for=data["plain"], lists=lists,
        indicator={name: tuple(value) for name, value in data["indicator"].items()}, months=data["words"]["months"],
        done={name: tuple(value) for name, value in data["done"].items()},
        opposites=tuple(
            Opposites(
                one=tuple(each["one"]), other=tuple(each["other"]),
                official=tuple((first, second) for first, second in each["official"]),
            )
            for each in data["opposites"]
        ),
    )  # fmt: skip
