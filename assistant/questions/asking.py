"""The word lists of `data/questions.toml`: fillers, role words, dimension words, intents."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "questions.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    fillers: re.Pattern[str]
    particles: frozenset[str]
    per: re.Pattern[str]
    roles: dict[str, re.Pattern[str]]
    dimensions: dict[str, re.Pattern[str]]
    intents: dict[str, re.Pattern[str]]


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def asking() -> Asking:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return Asking(
        fillers=_any(data["fillers"]),
        particles=frozenset(data["particles"]),
        per=_any(data["per"]),
        roles={role: _any(words) for role, words in data["roles"].items()},
        dimensions={name: _any(words) for name, words in data["dimensions"].items()},
        intents={name: _any(words) for name, words in data["intents"].items()},
    )
