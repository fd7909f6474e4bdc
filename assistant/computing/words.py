"""The word lists of `data/calculations.toml`, as patterns."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "calculations.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    plain: re.Pattern[str]
    said_for: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    indicator: Mapping[str, tuple[str, ...]]  # of questions over indicator tables
    months: Mapping[str, int]

    def any_of(self, *names: str) -> str:
        """A pattern of all words of these lists, the longest first."""
        return alternatives(word for name in names for word in self.lists[name])

    def of_table(self, *names: str) -> str:
        """The same for the lists of questions over indicator tables."""
        return alternatives(word for name in names for word in self.indicator[name])


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
    )  # fmt: skip
