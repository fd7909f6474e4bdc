"""Where sentences begin and end in repaired text.

A sentence runs to 。！？ with the closing quotes and brackets behind them; ； does not end one:
    "2022年，培训人数达12.3万人；待遇稳步提高。“应保尽保。”其中…"
     [------------------------------------------][----------][----
What has no such mark (a heading, a table cell) is one sentence as a whole. It knows nothing of
numbers: a point is never an end, so none is cut.
"""

import re
from collections.abc import Iterator

from corpus.model import Mapped

# A sentence of a report has some 60 characters; figures look no farther than this around them.
MAX_STRETCH = 800
_NO_NUMBER = re.compile(r"[^0-9０-９.,．，:：/%％零〇一二三四五六七八九十百千万亿分点第前](?=[^A-Za-z])")
_CUTS = (re.compile(r"[；;]"), re.compile(r"[，：](?!\d)|[,:](?![\d])"), re.compile(r"、(?!\d)"), _NO_NUMBER)

# The half-width marks end a sentence only where no word goes on behind them, as in a web address.
_END = re.compile(r"(?:[。！？]|[!?](?![0-9A-Za-z/&=_]))+[”’」』）)》〉】\"']*")


def split_sentences(content: Mapped) -> tuple[tuple[int, int], ...]:
    """Ranges of the sentences in `content.text`, in order, without the white space around them."""
    text = content.text
    ranges: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        _append_stripped(ranges, text, start, match.end())
        start = match.end()
    _append_stripped(ranges, text, start, len(text))
    return tuple(ranges)


def _append_stripped(ranges: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        ranges.append((left, right))


def stretches(content: Mapped) -> tuple[tuple[int, int], ...]:
    """Sentences, the over-long ones cut at their marks; no number is cut, so one of digits only stays whole."""
    return tuple(piece for start, end in split_sentences(content) for piece in _cut(content.text, start, end))


def pieces(content: Mapped) -> Iterator[Mapped]:
    """A cell's content whole, or in stretches where it is as long as a text of its own; nothing for an empty one."""
    if len(content.text) <= MAX_STRETCH:
        yield from [content] if content.text else []
    else:
        yield from (content.slice(start, end) for start, end in stretches(content))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_STRETCH:
        cut = _last_cut(text, start + MAX_STRETCH // 2, start + MAX_STRETCH)
        if cut is None:  # no place in this window: the next one that parts no number
            found = _NO_NUMBER.search(text, start + MAX_STRETCH, end)
            cut = found.end() if found else end
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _last_cut(text: str, low: int, high: int) -> int | None:
    for mark in _CUTS:
        cuts = [match.end() for match in mark.finditer(text, low, high)]
        if cuts:
            return cuts[-1]
    return None
