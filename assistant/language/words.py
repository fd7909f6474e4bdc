"""The word lists by which a model's sentences are checked, from `data/language.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.wording import alternatives

_DATA = Path(__file__).parent.parent / "data" / "language.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageWords:
    glue: frozenset[str]
    number: frozenset[str]
    sizes: re.Pattern[str]
    same: re.Pattern[str]
    first: Mapping[str, str]  # the word each of `same` is read as
    planned: re.Pattern[str]
    claims: Mapping[str, re.Pattern[str]]
    quantity: re.Pattern[str]
    denial: re.Pattern[str]
    bounding: tuple[str, ...]  # before a number they say that it is more or less

    def read(self, text: str) -> str:
        """The text with words for one thing read as the first of them."""
        return self.same.sub(lambda match: self.first[match[0]], text)


@lru_cache(maxsize=1)
def language_words() -> LanguageWords:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    first = {word: group[0] for group in data["same"]["groups"] for word in group}
    return LanguageWords(
        glue=frozenset(data["glue"]["words"]), number=frozenset(data["glue"]["number"]),
        sizes=re.compile(alternatives(data["glue"]["sizes"])),
        same=re.compile(alternatives(list(first))), first=first,
        planned=re.compile(alternatives(data["planned"]["words"])),
        claims={name: re.compile("|".join(patterns)) for name, patterns in data["claims"].items()},
        quantity=re.compile(data["quantity"]["pattern"]), denial=re.compile(data["quantity"]["denial"]),
        bounding=tuple(data["quantity"]["bounding"]),
    )  # fmt: skip
