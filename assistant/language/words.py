"""The word lists by which a model's sentences are checked, from `data/wording.toml` and `data/language.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.wording import alternatives

_DATA = Path(__file__).parent.parent / "data"
# Classes of words that a clause may use whether it has a number or not.
# Summed over a year that is named, a sum is that of the year.
_IN_YEAR = re.compile(r"((?:全年|年内|当年|(?:19|20)\d{2}年)[^，。；]{0,16})累计")
_FREE = ("joints", "saying", "documents", "sorts", "courtesy")


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageWords:
    free: frozenset[str]  # in any clause
    leading: frozenset[str]  # in a clause before the one with the number, where its subject is told
    stating: frozenset[str]  # in a clause with a number besides
    planning: frozenset[str]  # in one with a number that was aimed at besides
    polite: re.Pattern[str]
    weighty: Mapping[str, re.Pattern[str]]  # what says something, by what it says
    sizes: re.Pattern[str]
    same: re.Pattern[str]
    first: Mapping[str, str]  # the word each of `same` is read as
    yearly: re.Pattern[str]
    yearly_as: str
    planned: re.Pattern[str]
    claims: Mapping[str, re.Pattern[str]]
    quantity: re.Pattern[str]
    denial: re.Pattern[str]
    bounding: tuple[str, ...]  # before a number they say that it is more or less

    def read(self, text: str) -> str:
        """The text with words for one thing read as the first of them."""
        return self.same.sub(lambda match: self.first[match[0]], self.yearly.sub(self.yearly_as, text))

    def weighty_in(self, text: str) -> Iterator[str]:
        """Words that say something of their own, courtesies aside."""
        said = _IN_YEAR.sub(r"\1", self.polite.sub("，", text))
        for pattern in self.weighty.values():
            for match in pattern.finditer(said):
                yield match[0]


@lru_cache(maxsize=1)
def language_words() -> LanguageWords:
    wording, data = _read("wording.toml"), _read("language.toml")
    first = {word: group[0] for group in data["same"]["groups"] for word in group}
    free = frozenset(word for name in _FREE for word in wording[name]["words"])
    stating = free | frozenset(wording["stating"]["words"])
    return LanguageWords(
        free=free, leading=stating - frozenset(wording["stating"]["ending"]), stating=stating,
        planning=stating | frozenset(wording["planning"]["words"]),
        polite=re.compile(alternatives([word for word in wording["courtesy"]["words"] if len(word) > 1])),
        weighty={name: re.compile(pattern) for name, pattern in wording["weighty"].items()},
        sizes=re.compile(alternatives(data["naming"]["sizes"])),
        same=re.compile(alternatives(list(first))), first=first,
        yearly=re.compile(data["yearly"]["pattern"]), yearly_as=data["yearly"]["read_as"],
        planned=re.compile(alternatives(data["planned"]["words"])),
        claims={name: re.compile("|".join(patterns)) for name, patterns in data["claims"].items()},
        quantity=re.compile(data["quantity"]["pattern"]), denial=re.compile(data["quantity"]["denial"]),
        bounding=tuple(data["quantity"]["bounding"]),
    )  # fmt: skip


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
