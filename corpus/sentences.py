"""Where sentences begin and end in repaired text.

A sentence runs to 。！？ with the closing quotes and brackets behind them; ； does not end one:
    "2022年，培训人数达12.3万人；待遇稳步提高。“应保尽保。”其中…"
     [------------------------------------------][----------][----
What has no such mark (a heading, a table cell) is one sentence as a whole. It knows nothing of
numbers: a point is never an end, so none is cut.
"""

import re

from corpus.model import Mapped

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
