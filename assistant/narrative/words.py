"""The word lists of `data/narrative.toml`: how words are asked for, and how reports answer."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "narrative.toml"
# Of an empty list: matches nothing.
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of question: the words that ask it, that announce its answer, and that give it."""

    asked: re.Pattern[str]
    heads: re.Pattern[str]
    cues: re.Pattern[str]
    needs: bool  # no answer of this kind without a cue


@dataclass(frozen=True, kw_only=True, slots=True)
class NarrativeWords:
    number: re.Pattern[str]
    measure: re.Pattern[str]
    wording: re.Pattern[str]
    lists: re.Pattern[str]
    summary: re.Pattern[str]
    fillers: re.Pattern[str]
    light: re.Pattern[str]
    generic: re.Pattern[str]
    reporter: re.Pattern[str]
    kinds: dict[str, Kind]
    tense: dict[str, re.Pattern[str]]
    office: re.Pattern[str]
    person_asked: re.Pattern[str]
    personal: re.Pattern[str]
    surnames: str
    superlative_asked: re.Pattern[str]
    superlative_cues: re.Pattern[str]
    direction: dict[str, re.Pattern[str]]  # up, down


def _any(words: Iterable[str]) -> re.Pattern[str]:
    listed = sorted(words, key=len, reverse=True)
    return re.compile("|".join(f"(?:{word})" for word in listed)) if listed else _NEVER


def _at_an_end(words: Sequence[str]) -> re.Pattern[str]:
    """Words at the end of a noun, those of two characters also at its start: 部门管, 产业项目."""
    longer = [word for word in words if len(word) > 1 and word.isalpha()]
    return re.compile(f"(?:{_any(words).pattern})$|^(?:{_any(longer).pattern})")


@lru_cache(maxsize=1)
def narrative_words() -> NarrativeWords:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    persons = data["persons"]
    return NarrativeWords(
        number=_any(data["number"]),
        measure=_any(data["measure"]),
        wording=_any(data["wording"]),
        lists=_any(data["lists"]),
        summary=_any(data["summary"]),
        fillers=_any(data["fillers"]),
        light=_any(data["light"]),
        generic=_at_an_end(data["generic"]),
        reporter=re.compile(f"(?:{_any(data['reporter']).pattern}|\\s)+"),
        kinds={
            name: Kind(
                asked=_any(kind["asked"]), heads=_any(kind["heads"]), cues=_any(kind["cues"]),
                needs=kind.get("needs", False),
            )
            for name, kind in data["kinds"].items()
        },
        tense={name: _any(words) for name, words in data["tense"].items()},
        office=_any(persons["office"]),
        person_asked=_any(persons["asked"]),
        personal=_any(persons["personal"]),
        surnames=persons["surnames"],
        superlative_asked=_any(data["superlative"]["asked"]),
        superlative_cues=_any(data["superlative"]["cues"]),
        direction={name: _any(words) for name, words in data["direction"].items()},
    )  # fmt: skip
