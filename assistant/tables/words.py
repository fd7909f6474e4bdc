"""The word lists of `data/tables.toml`, as patterns."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "tables.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    patterns: Mapping[str, re.Pattern[str]]  # of each list, all its entries as alternatives
    numbered: Mapping[str, tuple[re.Pattern[str], ...]]  # lists whose entries have a group n of their own
    valued: tuple[str, ...]  # with {} for the word of a cell
    kinds: Mapping[str, tuple[str, ...]]


_NUMBERED = ("first", "last", "so_many")
_NOTHING = r"(?!)"


@lru_cache(maxsize=1)
def table_words() -> Words:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    lists = {name: value for name, value in data.items() if isinstance(value, list) and name != "valued"}
    return Words(
        patterns={
            name: re.compile("|".join(value) or _NOTHING) for name, value in lists.items() if name not in _NUMBERED
        },
        numbered={name: tuple(map(re.compile, lists[name])) for name in _NUMBERED},
        valued=tuple(data["valued"]), kinds={name: tuple(value) for name, value in data["kinds"].items()},
    )  # fmt: skip
