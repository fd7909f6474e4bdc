"""Automatic numbering of Word: what stands before a paragraph though it is not in its text.

    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/>  -> （一）
Counting goes on within an abstract list; a level starts over below a higher one, and where a list says so.
"""

import re
from dataclasses import dataclass

from corpus.formats.number_formats import written
from corpus.formats.packed import Element, whole
from corpus.formats.word_names import W, child, number, switch, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_SETS_ITSELF_OFF = "、）】。：）"
_BULLET = "• "


@dataclass(frozen=True, kw_only=True, slots=True)
class _Level:
    style: str  # the number format
    text: str  # "第%1章"
    start: int
    restarts: int | None  # the level (from 1) below which it starts over; 0 never, None: any higher one
    legal: bool  # all its numbers in digits
    gap: bool  # a tab or space stands behind it


class Numbering:
    """The lists of one document; `next` counts."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        self._abstract = {p.get(W + "abstractNumId"): p for p in parts if p.tag == W + "abstractNum"}
        self._lists = {p.get(W + "numId"): p for p in parts if p.tag == W + "num"}
        self._of_style = {
            value(p, "styleLink"): key for key, p in self._abstract.items() if value(p, "styleLink") is not None
        }
        self._levels: dict[tuple[int, int], _Level | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def level_of_style(self, numbered: int, style_id: str | None) -> int:
        """The level of list `numbered` that belongs to a paragraph style."""
        abstract = self._abstract.get(self._abstract_id(numbered))
        for level in abstract.iter(W + "lvl") if abstract is not None else ():
            if style_id is not None and value(level, "pStyle") == style_id:
                return whole(level.get(W + "ilvl")) or 0
        return 0

    def next(self, numbered: int, level: int) -> str:
        """The number of the next paragraph on `level` (from 0) of a list, with the gap behind it; "" for none."""
        told = self._level(numbered, level) if 0 <= level < _LEVELS else None
        if told is None:
            return ""
        counts = self._counts.setdefault(self._abstract_id(numbered) or "", [None] * _LEVELS)
        self._count(counts, numbered, level, told)
        if told.style == "bullet":
            return _BULLET
        text = _PLACEHOLDER.sub(lambda mark: self._written(counts, numbered, int(mark[1]) - 1, told), told.text)
        return f"{text} " if text and told.gap and text[-1] not in _SETS_ITSELF_OFF else text

    def _count(self, counts: list[int | None], numbered: int, level: int, told: _Level) -> None:
        override = self._start_override(numbered, level)
        if override is not None and (numbered, level) not in self._begun:
            counts[level] = override
        else:
            before = counts[level]
            counts[level] = told.start if before is None else before + 1
        self._begun.add((numbered, level))
        for deeper in range(level + 1, _LEVELS):
            below = self._level(numbered, deeper)
            restarts = below.restarts if below else None
            if restarts is None or level < restarts:
                counts[deeper] = None

    def _written(self, counts: list[int | None], numbered: int, level: int, asking: _Level) -> str:
        told = self._level(numbered, level)
        if told is None:
            return ""
        count = counts[level]
        return written(told.start if count is None else count, "decimal" if asking.legal else told.style)

    # --- what numbering.xml says ------------------------------------------------------------------

    def _abstract_id(self, numbered: int) -> str | None:
        """The abstract list behind a list; one that only names a style leads on to the style's."""
        found = value(self._lists.get(str(numbered)), "abstractNumId")
        link = value(self._abstract.get(found), "numStyleLink")
        return self._of_style.get(link, found) if link else found

    def _start_override(self, numbered: int, level: int) -> int | None:
        return number(self._override(numbered, level), "startOverride")

    def _override(self, numbered: int, level: int) -> Element | None:
        told = self._lists.get(str(numbered))
        for override in told.findall(W + "lvlOverride") if told is not None else ():
            if override.get(W + "ilvl") == str(level):
                return override
        return None

    def _level(self, numbered: int, level: int) -> _Level | None:
        key = (numbered, level)
        if key not in self._levels:
            entry = child(self._override(numbered, level), "lvl")
            abstract = self._abstract.get(self._abstract_id(numbered))
            for standard in abstract.findall(W + "lvl") if abstract is not None and entry is None else ():
                entry = standard if standard.get(W + "ilvl") == str(level) else entry
            self._levels[key] = _read_level(entry) if entry is not None else None
        return self._levels[key]


def _read_level(entry: Element) -> _Level:
    start = number(entry, "start")
    return _Level(
        style=value(entry, "numFmt") or "decimal",
        text=value(entry, "lvlText") or "",
        start=0 if start is None else start,
        restarts=number(entry, "lvlRestart"),
        legal=switch(entry, "isLgl") or False,
        gap=value(entry, "suff") != "nothing",
    )
