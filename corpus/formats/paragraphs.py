"""Printed lines put together to paragraphs, over columns and pages.

A line goes on in the next where it reaches the right margin: the next one's first sign, number or word would
not have fitted. A line that stops early, an indent behind a finished sentence, another size of print or a wide
gap begins something new.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.page_items import TextLine
from corpus.formats.wrapped_text import joined
from corpus.numbering import find_mark

_ENDED = re.compile(r"[。！？；：!?;:…][”’」』）)》】\"']*$")
_OTHER_SIZE = 0.12
_SLACK = 0.8  # of the size: how much room a full line may leave beyond what did not fit
_INDENT = 0.8
_SAME_INDENT = 0.5
_WIDE_GAP = 1.9  # of the usual distance of lines
_FEW = 0.04


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of pages of one size and column begins and ends, and how far its lines lie apart."""

    left: float
    right: float
    pitch: float


FrameKey = tuple[int, int, int]


def read_frames(lines: Sequence[TextLine], sizes: Sequence[tuple[float, float]]) -> dict[FrameKey, Frame]:
    """The frame of each kind of page; `sizes` are the pages' width and height."""
    kinds: dict[FrameKey, list[TextLine]] = defaultdict(list)
    for line in lines:
        kinds[frame_key(line, sizes)].append(line)
    return {kind: _frame(members) for kind, members in kinds.items()}


def frame_key(line: TextLine, sizes: Sequence[tuple[float, float]]) -> FrameKey:
    width, height = sizes[line.page]
    return round(width), round(height), line.column


def _frame(lines: Sequence[TextLine]) -> Frame:
    few = max(2, _FEW * len(lines))
    size = sorted(line.size for line in lines)[len(lines) // 2]
    lefts, rights = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    left = next((edge for edge in lefts if sum(abs(edge - other) < size / 4 for other in lefts) >= few), lefts[0])
    right = next((edge for edge in rights if sum(abs(edge - other) < size for other in rights) >= few), rights[0])
    at_edge = [line for line in lines if abs(line.x1 - right) < size]
    unfinished = sum(_ENDED.search(line.text) is None for line in at_edge)
    if unfinished * 4 < len(at_edge):
        right = math.inf  # lines of one length that all end a sentence: nothing is wrapped
    steps = sorted(
        after.y - before.y
        for before, after in pairwise(lines)
        if after.page == before.page and after.y > before.y + size / 2
    )
    return Frame(left, right, steps[len(steps) // 2] if steps else 1.5 * size)


def put_together(
    lines: Sequence[TextLine], frames: dict[FrameKey, Frame], sizes: Sequence[tuple[float, float]]
) -> list[list[TextLine]]:
    """The paragraphs of lines that follow one another without a table between them."""
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        frame = frames[frame_key(line, sizes)]
        if paragraphs and _goes_on(paragraphs[-1], line, frames[frame_key(paragraphs[-1][-1], sizes)], frame):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _goes_on(paragraph: Sequence[TextLine], after: TextLine, frame: Frame, next_frame: Frame) -> bool:
    before = paragraph[-1]
    size = max(before.size, after.size)
    if before.is_part or after.is_part or abs(before.size - after.size) > _OTHER_SIZE * size:
        return False
    if frame.right - before.x1 > after.first_width + _SLACK * size:
        return False
    is_below = before.page == after.page and before.column == after.column
    if is_below and after.y - before.y > _WIDE_GAP * max(frame.pitch, 1.2 * size):
        return False
    is_closed = _ENDED.search(before.text) is not None
    if is_closed and find_mark(after.text):
        return False
    indent = after.x0 - next_frame.left
    if indent <= _INDENT * size:
        return True
    return not is_closed and not find_mark(after.text)


def paragraph_text(lines: Sequence[TextLine]) -> tuple[str, list[int]]:
    """The paragraph's text, and where in it each of its lines begins."""
    text = ""
    starts = []
    for line in lines:
        whole = joined(text, line.text)
        starts.append(len(whole) - len(line.text))
        text = whole
    return text, starts
