"""The repaired reading of a stretch of source text, each character with its place in the source.

Printed in the source:  "全年培训稳步推\\n\\n进，新增 １２.３ 万人，**居全省&nbsp;首位**"
Repaired:               "全年培训稳步推进，新增12.3万人，居全省首位"

Characters are dropped or replaced one for one, never inserted, so every repaired character has
exactly one source offset. Thousands separators and Chinese punctuation stay as they are printed.
It does not know where a paragraph begins or ends; the caller hands it one.
"""

import html
import re
import unicodedata

from corpus.model import Mapped

_FULL_WIDTH = (
    "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))) + "％．＋－／＝＊"
)
_HALF_WIDTH = {ord(char): ord(char) - 0xFEE0 for char in _FULL_WIDTH}
# Extraction from PDF leaves radicals (⼈) and compatibility forms where characters were printed.
_LOOK_ALIKES = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f]+")
# A single * stays: formulas multiply with it.
_EMPHASIS = re.compile(r"\*{2,}|_{2,}|~{2,}|`+")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|strong|i|em|u|s|font|sup|sub|a|img|hr|center|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|o:p)"
    r"(?:[\s/][^<>]*)?>\Z",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,20});\Z", re.IGNORECASE)
_LONGEST_ENTITY = 24
_LONGEST_TAG = 400
# A mark that refers to a note: 地区生产总值[2]. A year in brackets is part of a document's number.
NOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff）)”》%％])[\[［〔]\d{1,2}[\]］〕](?!\s*\d{0,5}号)")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
# Letters that are set apart by spaces: Latin, Greek, Cyrillic, digits and half-width signs.
_SPACED_SCRIPT = re.compile(r"[!-~\u00a1-\u024f\u0370-\u052f]")
_NUMBERING_MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\.|\((?:\d{1,3}|[一二三四五六七八九十百]{1,5})\)|\d{1,3}\))\Z")
_LONGEST_MARK = 16


def repair(text: str, start: int, end: int) -> Mapped:
    """`text[start:end]` repaired: `offsets` are offsets into `text`. Repairing twice changes nothing."""
    content = _one_pass(Mapped(text=text[start:end], offsets=tuple(range(start, end))))
    # Dropping one thing can uncover another ("<b<br>r>"), but only where markup is left.
    while "<" in content.text or "&" in content.text:
        again = _one_pass(content)
        if again.text == content.text:
            break
        content = again
    return content


def join(pieces: tuple[Mapped, ...]) -> Mapped:
    """Pieces of one text that a page break tore apart; the gap shows in the offsets only."""
    return Mapped(
        text="".join(piece.text for piece in pieces),
        offsets=tuple(offset for piece in pieces for offset in piece.offsets),
    )


def _one_pass(content: Mapped) -> Mapped:
    content = _without(content, _INVISIBLE)
    content = Mapped(text=_replaced(content.text), offsets=content.offsets)
    content = _without(_without(_without_markup(content), _EMPHASIS), NOTE_MARK)
    return _without_idle_space(content)


def _replaced(text: str) -> str:
    return _LOOK_ALIKES.sub(_plain_form, text.translate(_HALF_WIDTH))


def _plain_form(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match.group())
    return plain if len(plain) == 1 else match.group()


def _without(content: Mapped, pattern: re.Pattern[str]) -> Mapped:
    kept = [(0, 0)]
    for match in pattern.finditer(content.text):
        kept[-1] = (kept[-1][0], match.start())
        kept.append((match.end(), 0))
    if len(kept) == 1:
        return content
    kept[-1] = (kept[-1][0], len(content.text))
    return join(tuple(content.slice(start, end) for start, end in kept))


def _without_markup(content: Mapped) -> Mapped:
    """Without HTML tags; an entity becomes the character it stands for, at the place of its `&`.

    A stack rather than a substitution, so that nested residue ("&amp;nbsp;") costs one pass.
    """
    if ">" not in content.text and ";" not in content.text:
        return content
    text: list[str] = []
    offsets: list[int] = []
    for char, offset in zip(content.text, content.offsets, strict=True):
        text.append(char)
        offsets.append(offset)
        if char == ";" and (entity := _ENTITY.search("".join(text[-_LONGEST_ENTITY:]))):
            meant = html.unescape(entity.group())
            if len(meant) == 1:
                del text[-len(entity.group()) :], offsets[1 - len(entity.group()) :]
                text.append(meant)
        if text[-1] == ">" and (tag := _last_tag(text)):
            del text[-tag:], offsets[-tag:]
    return Mapped(text="".join(text), offsets=tuple(offsets))


def _last_tag(text: list[str]) -> int:
    """Length of the tag that `text` ends with, 0 for none."""
    tail = "".join(text[-_LONGEST_TAG:])
    tag = _TAG.match(tail, tail.rfind("<")) if "<" in tail else None
    return len(tag.group()) if tag else 0


def _without_idle_space(content: Mapped) -> Mapped:
    text = content.text
    characters: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _SPACE.finditer(text):
        characters.append(text[position : match.start()])
        offsets.extend(content.offsets[position : match.start()])
        if _separates(text, match):
            characters.append(" ")
            offsets.append(content.offsets[match.start()])
        position = match.end()
    characters.append(text[position:])
    offsets.extend(content.offsets[position:])
    return Mapped(text="".join(characters), offsets=tuple(offsets))


def _separates(text: str, space: re.Match[str]) -> bool:
    """Whether the white space stands between two words rather than inside one."""
    if space.start() == 0 or space.end() == len(text):
        return False
    left, right = text[space.start() - 1], text[space.end()]
    if not _SPACED_SCRIPT.match(left):
        return False
    if not _SPACED_SCRIPT.match(right):
        mark = text[: space.start()].lstrip() if space.start() <= _LONGEST_MARK else ""
        return bool(_NUMBERING_MARK.match(mark))
    if left.isdigit() and right == "%":
        return False
    # A line that ends between digits or beside the point was broken inside the number.
    in_number = (left.isdigit() or left == ".") and (right.isdigit() or right == ".")
    return not (in_number and left + right != ".." and _LINE_END.search(space.group()))
