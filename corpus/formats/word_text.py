"""The text of Word paragraphs as it is printed: tracked changes accepted, field results, notes' marks.

    <w:r><w:t>增长</w:t></w:r><w:del>…4%…</w:del><w:ins><w:r><w:t>5%</w:t></w:r></w:ins>   -> 增长5%
Hidden text, comments and the instructions of fields are not printed. Text boxes are handed to the caller.
"""

import re
from collections.abc import Iterator

from corpus.formats.packed import Element
from corpus.formats.raised import raised
from corpus.formats.word_math import math_text
from corpus.formats.word_names import MATH, MC, W, child, switch, value
from corpus.formats.word_styles import Styles

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNPRINTED = frozenset(
    {"del", "moveFrom", "rPr", "pPr", "delText", "instrText", "delInstrText", "rt", "rubyPr", "sdtPr", "sdtEndPr"}
)
_DRAWN = frozenset({"drawing", "pict", "object"})
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
# Signs of symbol fonts by the last two digits of their code: ticks, boxes, bullets.
_SYMBOLS = {
    "FC": "√", "FE": "☑", "52": "☑", "53": "☒", "FB": "×", "A8": "□", "6F": "□", "A3": "□", "D8": "➢", "6C": "●",
}  # fmt: skip
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")

NoteKey = tuple[str, str]  # ("footnotes", id)


class Printer:
    """Prints paragraphs in reading order; fields may reach from one paragraph into the next.

    `notes` are the notes referred to so far, in order: the n-th is marked [n]. `boxes` are the text boxes met since
    the caller last took them.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self.notes: dict[NoteKey, int] = {}
        self.boxes: list[Element] = []

    def text(self, paragraph: Element) -> str:
        """What is printed of a paragraph, without its automatic number."""
        pieces: list[str] = []
        hidden = self._styles.of(value(child(paragraph, "pPr"), "pStyle")).hidden
        for piece in self._pieces(paragraph, pieces, hidden):
            pieces.append(piece)
        return "".join(pieces)

    def _pieces(self, node: Element, before: list[str], hidden: bool) -> Iterator[str]:
        for part in node:
            if not isinstance(part.tag, str):
                continue
            namespace, _, name = part.tag.rpartition("}")
            if namespace == MATH[:-1]:
                yield math_text(part) if self._is_printed() else ""
            elif part.tag == MC + "AlternateContent":
                yield from self._pieces(alternative(part), before, hidden)
            elif namespace == W[:-1]:
                yield from self._word_pieces(part, name, before, hidden)
            elif name == "r":
                continue
            else:
                yield from self._pieces(part, before, hidden)

    def _word_pieces(self, part: Element, name: str, before: list[str], hidden: bool) -> Iterator[str]:
        if name == "fldChar":
            self._turn_field(part)
        elif name == "instrText":
            self._instruct(part.text or "")
        elif name == "fldSimple":
            if not _CONTENTS.match(part.get(W + "instr", "")):
                yield from self._pieces(part, before, hidden)
        elif name in _DRAWN:
            self.boxes += _outermost_boxes(part)
        elif name == "r":
            yield from self._run(part, before, hidden)
        elif name in _UNPRINTED or not self._is_printed():
            return
        elif name == "t":
            yield part.text or ""
        elif name == "sym":
            yield _symbol(part)
        elif name in _NOTES:
            yield self._note_mark(part, _NOTES[name])
        else:
            yield _SIGNS.get(name, "")
            yield from self._pieces(part, before, hidden)

    def _run(self, run: Element, before: list[str], hidden: bool) -> Iterator[str]:
        properties = child(run, "rPr")
        told = switch(properties, "vanish")
        if told is None:
            style = value(properties, "rStyle")
            told = self._styles.of(style).hidden if style else hidden
        pieces = list(self._pieces(run, before, hidden))
        if told:
            return
        if value(properties, "vertAlign") == "superscript":
            yield raised("".join(pieces), "".join(before)[-1:])
        else:
            yield from pieces

    def _note_mark(self, reference: Element, part: str) -> str:
        if switch(reference, "customMarkFollows") or reference.get(W + "customMarkFollows") in {"1", "true", "on"}:
            return ""
        key = part, reference.get(W + "id", "")
        return f"[{self.notes.setdefault(key, len(self.notes) + 1)}]"

    # --- fields -----------------------------------------------------------------------------------

    def _turn_field(self, sign: Element) -> None:
        kind = sign.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = not _CONTENTS.match(self._fields[-1].instruction)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruct(self, printed: str) -> None:
        if self._fields:
            self._fields[-1].instruction += printed

    def _is_printed(self) -> bool:
        return all(field.shows for field in self._fields)


class _Field:
    """A field being read: its instruction is not printed, its result is, a table of contents' is not."""

    __slots__ = ("instruction", "shows")

    def __init__(self) -> None:
        self.instruction = ""
        self.shows = False


def alternative(choices: Element) -> Element:
    """The one of several drawings of the same content that is read: the first choice, else the fallback."""
    return next((choice for choice in choices if choice.tag == MC + "Choice"), next(iter(choices), choices))


def _outermost_boxes(drawing: Element) -> list[Element]:
    """The texts of boxes in a drawing, each once though it is written for old and new programs."""
    found: list[Element] = []
    pending = [drawing]
    while pending:
        node = pending.pop()
        if node.tag == W + "txbxContent":
            found.append(node)
        elif node.tag == MC + "AlternateContent":
            pending.append(alternative(node)) if len(node) else None
        else:
            pending.extend(reversed(list(node)))
    return found


def _symbol(sign: Element) -> str:
    """A sign of a symbol font, whose codes stand in the private use area: F0FE."""
    code = sign.get(W + "char", "").upper()
    return _SYMBOLS.get(code.removeprefix("F0"), "")
