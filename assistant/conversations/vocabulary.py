"""How people follow up: the patterns of `data/follow_ups.toml`, compiled once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "follow_ups.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    patterns: dict[str, re.Pattern[str]]
    wishes: dict[str, re.Pattern[str]]
    roles: dict[str, re.Pattern[str]]
    dimensions: dict[str, re.Pattern[str]]
    years: dict[str, re.Pattern[str]]
    told_by: dict[str, re.Pattern[str]]  # what a report says where it gives a reason, a use


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    tables = {name: value for name, value in data.items() if isinstance(value, dict)}
    return Vocabulary(
        told_by={name: _any(words) for name, words in data["in_reports"].items()},
        patterns={name: _any(value) for name, value in data.items() if isinstance(value, list)},
        **{
            name: {key: _any(words) for key, words in table.items()}
            for name, table in tables.items()
            if name != "in_reports"
        },
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
