"""What a Word paragraph inherits from its style: outline level, numbering, whether it is hidden.

<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/>… <w:outlineLvl w:val="0"/>
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.formats.packed import Element
from corpus.formats.word_names import W, child, number, switch, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)|table of figures", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_DEEPEST = 8
_TITLE_LEVEL = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """`level` counts from 1, 0 is the document's title; `numbering` is (numId, level or None)."""

    name: str
    level: int | None
    numbering: tuple[int, int | None] | None
    hidden: bool

    @property
    def is_contents(self) -> bool:
        """Whether it is the style of a table of contents."""
        return _CONTENTS.fullmatch(self.name) is not None


_PLAIN = Style(name="", level=None, numbering=None, hidden=False)


class Styles:
    """The styles of one document by their ids."""

    def __init__(self, root: Element | None) -> None:
        entries = list(root.iter(W + "style")) if root is not None else []
        self._entries = {entry.get(W + "styleId"): entry for entry in entries}
        self._default = next(
            (e.get(W + "styleId") for e in entries if e.get(W + "type") == "paragraph" and e.get(W + "default") == "1"),
            None,
        )
        self._known: dict[str | None, Style] = {}

    def of(self, style_id: str | None) -> Style:
        """The style called `style_id`, that of plain paragraphs for None."""
        style_id = style_id or self._default
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str | None) -> Style:
        chain = list(self._chain(style_id))
        if not chain:
            return _PLAIN
        name = value(chain[0], "name") or ""
        levels = (_level(entry) for entry in chain)
        numberings = (numbering_of(child(entry, "pPr")) for entry in chain)
        hidden = (switch(child(entry, "rPr"), "vanish") for entry in chain)
        return Style(
            name=name,
            level=next((level for level in levels if level is not None), None),
            numbering=next((numbering for numbering in numberings if numbering is not None), None),
            hidden=next((told for told in hidden if told is not None), False),
        )

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on, a circle cut."""
        seen: set[str | None] = set()
        while style_id in self._entries and style_id not in seen:
            seen.add(style_id)
            yield self._entries[style_id]
            style_id = value(self._entries[style_id], "basedOn")


def _level(entry: Element) -> int | None:
    """The outline level a style sets itself, by number or else by its name; -1 is body text."""
    outline = outline_level(child(entry, "pPr"))
    if outline is not None:
        return outline
    name = value(entry, "name") or ""
    if heading := _HEADING.fullmatch(name):
        return int(heading.group(1))
    return _TITLE_LEVEL if _TITLE.fullmatch(name) else None


def outline_level(properties: Element | None) -> int | None:
    """The level that paragraph properties set, from 1; -1 where they set body text, None where nothing."""
    level = number(properties, "outlineLvl")
    if level is None:
        return None
    return level + 1 if 0 <= level <= _DEEPEST else -1


def numbering_of(properties: Element | None) -> tuple[int, int | None] | None:
    """The list (numId) and level that paragraph properties set; list 0 is none."""
    told = child(properties, "numPr")
    if told is None:
        return None
    numbered = number(told, "numId")
    return (numbered, number(told, "ilvl")) if numbered is not None else None
