"""The word lists by which a draft is checked, from `data/checking.toml`, ready to be matched."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

from corpus.wording import alternatives

_DATA = Path(__file__).parent.parent / "data" / "checking.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Multiple:
    """A number said without a numeral: 翻番 is 100 % of growth; `bound` is ">" or "near", else ""."""

    pattern: re.Pattern[str]
    value: str  # percent
    role: str
    bound: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckWords:
    planned_noun: re.Pattern[str]  # right before a number: 年度任务是|600辆
    planned_verb: re.Pattern[str]  # in the clause before a number
    planned_after: re.Pattern[str]  # at the start of what follows number and unit
    planned_frame: re.Pattern[str]
    planned_heading: re.Pattern[str]
    reached: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    compared: re.Pattern[str]  # at the end of the words before the distance of two numbers
    summed: re.Pattern[str]
    relative_years: Mapping[str, tuple[int, ...]]
    per: Mapping[str, re.Pattern[str]]
    counting: frozenset[str]
    same_units: frozenset[frozenset[str]]
    conversions: Mapping[str, tuple[str, Decimal]]
    multiples: tuple[Multiple, ...]
    near: frozenset[str]
    about: frozenset[str]
    over: frozenset[str]
    behind: re.Pattern[str]
    carried: re.Pattern[str]  # the whole: a name without a subject of its own
    sizes: re.Pattern[str]  # at the end of a name: words that tell no two things apart
    summing: frozenset[str]
    largest_sum: Decimal


@lru_cache(maxsize=1)
def check_words() -> CheckWords:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    planned, direction, approximate = data["planned"], data["direction"], data["approximate"]
    return CheckWords(
        planned_noun=re.compile(f"(?:{alternatives(planned['nouns'])})[^，。；的]{{0,4}}$"),
        planned_verb=re.compile(alternatives(planned["verbs"])),
        planned_after=re.compile(f"(?:以上|左右|以内)?(?:{alternatives(planned['after'])})"),
        planned_frame=re.compile(alternatives(planned["frame"])),
        planned_heading=re.compile(alternatives(planned["headings"])),
        reached=re.compile(alternatives(data["reached"]["before"])),
        up=re.compile(alternatives(direction["up"])),
        down=re.compile(alternatives(direction["down"])),
        compared=re.compile(
            f"(?:{alternatives(data['derived']['compared'])})(?:于[^，。；\\d]{{1,8}}|了|约|近|超过?)*$"
        ),
        summed=re.compile(f"(?:{alternatives(data['derived']['summed'])})"),
        relative_years={word: tuple(shifts) for word, shifts in data["relative_years"].items()},
        per={unit: re.compile(alternatives(words)) for unit, words in data["per"].items()},
        counting=frozenset(data["counting"]["dimensions"]),
        same_units=frozenset(map(frozenset, data["counting"]["same"])),
        conversions={unit: (base, Decimal(factor)) for unit, (base, factor) in data["conversions"].items()},
        multiples=tuple(_multiple(row) for row in cast(list[dict[str, str]], data["multiples"])),
        near=frozenset(approximate["near"]),
        about=frozenset(approximate["about"]),
        over=frozenset(approximate["over"]),
        behind=re.compile(f"(?:{alternatives(approximate['behind'])})"),
        carried=re.compile(f"(?:{alternatives(data['carried']['words'])})*"),
        sizes=re.compile(f"(?:{alternatives(data['carried']['sizes'])})$"),
        summing=frozenset(data["summing"]["units"]),
        largest_sum=Decimal(data["summing"]["largest"]),
    )


def _multiple(row: Mapping[str, str]) -> Multiple:
    return Multiple(
        pattern=re.compile(row["pattern"]), value=row["value"], role=row["role"], bound=row.get("bound", "")
    )
