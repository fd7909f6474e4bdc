"""Source text cut into lines, each with its kind: the first look at a report's layout.

Kinds: text, heading ("## 一、…"), item ("- …"), row (cells between tabs), pipe ("| a | b |"),
furniture (buttons of a web page, page numbers). Blank lines are left out; the line after one
knows it. The words of furniture are in `data/layout.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.repair import repair

LineKind = Literal["text", "heading", "item", "row", "pipe", "furniture"]

_DATA = Path(__file__).parent / "data" / "layout.toml"
_LINE = re.compile(r"[^\r\n\f]+")
_BREAK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n\f]*(?:\r\n|\r(?!\n)|\n)|\f")
_EDGE = " \t\u3000\xa0\u200b\ufeff\v"
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_ITEM = re.compile(r"(?:[-*+•][ \t\u3000]+)(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_LONGEST_FURNITURE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line without the white space and Markdown marks around it: `source[start:end]`."""

    kind: LineKind
    start: int
    end: int
    after_blank: bool = False
    indented: bool = False
    depth: int = 0  # level of a heading that the file marks: the number of #, the level of a style


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """The patterns of `data/layout.toml`."""

    furniture_lines: frozenset[str]
    furniture: re.Pattern[str]
    starts: re.Pattern[str]
    captions: re.Pattern[str]
    units: re.Pattern[str]


@lru_cache(maxsize=1)
def layout() -> Layout:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return Layout(
        furniture_lines=frozenset(data["furniture"]["lines"]),
        furniture=_any_of(data["furniture"]["patterns"]),
        starts=_any_of(data["structure"]["starts"]),
        captions=_any_of(data["table"]["captions"]),
        units=_any_of(data["table"]["units"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def read_lines(text: str, headings: Mapping[int, int] | None = None) -> list[Line]:
    """The lines of `text` that hold something, in order. `headings`: start of a line -> its level, from 1."""
    return list(_lines(text, headings or {}))


def _lines(text: str, headings: Mapping[int, int]) -> Iterator[Line]:
    position = 0
    for match in _LINE.finditer(text):
        printed = match.group()
        content = printed.strip(_EDGE)
        if not content or not _shows(content):
            continue
        start = match.start() + printed.index(content)
        end = start + len(content)
        gap = _BREAK.search(text, position, match.start()) is not None
        indented = start > match.start()
        line = _line(text, start, end, after_blank=gap, indented=indented, printed=(match.start(), match.end()))
        if match.start() in headings and line.kind != "furniture":
            line = Line(kind="heading", start=start, end=end, after_blank=gap, depth=headings[match.start()])
        yield line
        position = match.end()


def _shows(content: str) -> bool:
    """Whether anything is left of the line once residue of HTML is gone."""
    return not ("&" in content or "<" in content) or bool(repair(content, 0, len(content)).text)


def _line(text: str, start: int, end: int, *, after_blank: bool, indented: bool, printed: tuple[int, int]) -> Line:
    content = text[start:end]
    if _is_furniture(content):
        return Line(kind="furniture", start=start, end=end, after_blank=after_blank)
    if content.startswith("|") and content.count("|") > 1:
        return Line(kind="pipe", start=start, end=end, after_blank=after_blank)
    if "\t" in text[printed[0] : printed[1]]:
        # Empty cells at either end count: the line keeps its outer tabs.
        return Line(kind="row", start=printed[0], end=printed[1], after_blank=after_blank, indented=indented)
    if heading := _HEADING.match(content):
        depth = len(heading.group(1))
        return Line(kind="heading", start=start + heading.end(), end=end, after_blank=after_blank, depth=depth)
    if item := _ITEM.match(content) or _QUOTED.match(content):
        kind: LineKind = "text" if content[0] == ">" else "item"
        return Line(kind=kind, start=start + item.end(), end=end, after_blank=after_blank, indented=indented)
    return Line(kind="text", start=start, end=end, after_blank=after_blank, indented=indented)


def _is_furniture(content: str) -> bool:
    if len(content) > _LONGEST_FURNITURE:
        return False
    words = layout()
    return "".join(content.split()) in words.furniture_lines or words.furniture.fullmatch(content) is not None
