"""Which neighbour of a quantity just told a turn asks for, where it names no subject of its own.

今年想干到多少        -> its target of that year
比前一年多了几个      -> its change
里头送公安局的有几件    -> what was handed over of it
看的人多不多，涨了没    -> who came to see it, and how that changed

It reads words only, those of `data/neighbours.toml`; `conversations/nearby.py` looks for the rows.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

_DATA = Path(__file__).parent.parent / "data" / "neighbours.toml"

By = Literal["target", "change", "column", "companion"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """One kind of neighbour: `by` says where such a row is looked for and what tells it."""

    name: str
    by: By
    asked: re.Pattern[str]
    told: re.Pattern[str] | None
    told_not: re.Pattern[str] | None
    dimensions: frozenset[str]  # kinds of number it may be; any where empty
    same_kind: bool  # of the unit and kind of the quantity itself
    bound: bool  # names no subject at all: 来了多少人


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    kinds: tuple[Neighbour, ...]
    fillers: re.Pattern[str]


def neighbours_in(text: str) -> tuple[tuple[Neighbour, ...], str]:
    """The neighbours a turn asks for, at most one beside a change of it, and the text without the words for them."""
    words = neighbours()
    found: dict[bool, Neighbour] = {}
    for kind in words.kinds:
        change = kind.by == "change"
        if change not in found and kind.asked.search(text):
            found[change] = kind
            text = kind.asked.sub(" ", text)
    asked = tuple(found[change] for change in sorted(found))
    return asked, words.fillers.sub(" ", text) if asked else text


@lru_cache(maxsize=1)
def neighbours() -> Neighbours:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    kinds = {name: value for name, value in data.items() if isinstance(value, dict)}
    return Neighbours(
        fillers=_any(data["fillers"]),
        kinds=tuple(
            Neighbour(
                name=name, by=value["by"], asked=_any(value["asked"]),
                told=_any(value["told"]) if "told" in value else None,
                told_not=_any(value["told_not"]) if "told_not" in value else None,
                dimensions=frozenset(value.get("dimensions", ())), bound=value.get("bound", False),
                same_kind=value.get("same_kind", False),
            )
            for name, value in kinds.items()
        ),
    )  # fmt: skip


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
