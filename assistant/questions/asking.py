"""The word lists of `data/questions.toml`: fillers, role words, dimension words, intents."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "questions.toml"
_PARTED = re.compile(
    r"(\w)[了过]?((?:一共|总共)?(?:多少|几多|好多|几)[个件宗起次场笔张家名棵条座户人]?)(\w)(?:子(?!女|弟))?"
)
# Stands for a character that no word list has.
_MASK = "\ue000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    whole: re.Pattern[str]
    fillers: re.Pattern[str]
    particles: frozenset[str]
    per: re.Pattern[str]
    roles: dict[str, re.Pattern[str]]
    dimensions: dict[str, re.Pattern[str]]
    intents: dict[str, re.Pattern[str]]
    separable: frozenset[str]
    increments: dict[str, re.Pattern[str]]  # fresh, asked, stock
    counters: tuple[frozenset[str], ...]  # measure words that count the same things

    def said(self, patterns: Mapping[str, re.Pattern[str]], text: str) -> frozenset[str]:
        """The names of the patterns with a word in `text`, outside the words that are read whole."""
        open_text = self.whole.sub(lambda match: _MASK * len(match[0]), text)
        return frozenset(name for name, pattern in patterns.items() if pattern.search(open_text))

    def rejoined(self, text: str) -> str:
        """`text` with the words whole that its asking words part: 立了几个案 -> 立案几个."""
        return _PARTED.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] + m[3] in self.separable else m[0], text)

    def counts_alike(self, asked: str, unit: str) -> bool:
        """Whether one thing can be counted with both measure words; False only where both are known (台, 万家)."""
        one = [family for family in self.counters if asked in family]
        ends = "人次" if unit.endswith("人次") else unit[-1:]  # 人次 are people as they come: asked for with either
        other = [family for family in self.counters if any(end in family for end in ends)]
        return not one or not other or any(family in other for family in one)

    def without(self, pattern: re.Pattern[str], text: str) -> str:
        """`text` with a space for every word of `pattern`, the words that are read whole kept."""
        return _either(self.whole, pattern).sub(lambda match: match[1] or " ", text)


@lru_cache(maxsize=64)
def _either(whole: re.Pattern[str], pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"({whole.pattern})|{pattern.pattern}")


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def asking() -> Asking:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return Asking(
        separable=frozenset(data["separable"]),
        whole=_any(data["whole"]),
        fillers=_any(data["fillers"]),
        particles=frozenset(data["particles"]),
        per=_any(data["per"]),
        roles={role: _any(words) for role, words in data["roles"].items()},
        dimensions={name: _any(words) for name, words in data["dimensions"].items()},
        intents={name: _any(words) for name, words in data["intents"].items()},
        counters=tuple(frozenset(family) for family in data["counters"]),
        increments={name: _any(words) for name, words in data["increments"].items()},
    )
