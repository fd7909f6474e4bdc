"""Strips of a page and what they say, as characters with their places: the ink that readers of pages work on.

A recogniser tells a character's middle, roughly. Its size follows from how far Chinese characters stand apart,
the ends of a line and what stands between digits from the picture itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.formats.ink import Glyph
from corpus.formats.recogniser import Picture, Reading
from corpus.formats.scan_rules import Mask, is_ink
from corpus.formats.scan_upright import Box

_FEWEST_PITCHES = 4
_EM = 0.8  # of a box's height, which has room above and below; where the page tells nothing better
_ALIKE = 0.15
_BASELINE = 0.35  # of the size, below the middle of the line
_DIGIT_GAP = 0.22  # of the size: white between two digits that are not of one number
_NUMBERED_GAP = 0.33  # the same between the point of a list's number and the number that follows
_BESIDE_ONE = 0.13  # what the slim figure 1 leaves white at its sides
_NARROW = 0.5
_SPECK = 0.04  # of the height; a point is twice as tall
_POINT = 0.4  # of a digit's height: all that is lower is a point or a comma
_FIRST_WIDE = "\u2e80"
_LIST_NUMBER = re.compile(r"\d{1,2}[.．]")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadStrip:
    """A box of the page, its picture, what it says, and which of its characters are in doubt."""

    box: Box
    picture: Picture
    reading: Reading
    doubtful: frozenset[int] = frozenset()

    @property
    def width(self) -> float:
        return self.box.x1 - self.box.x0


def sizes_of(strips: Sequence[ReadStrip]) -> list[float]:
    """The size of each strip's print in pixels; strips of nearly one size are of one size."""
    pitches = [_pitch(strip) for strip in strips]
    known = [pitch / strip.box.height for pitch, strip in zip(pitches, strips, strict=True) if pitch is not None]
    usual = float(np.median(known)) if known else _EM
    raw = [pitch or usual * strip.box.height for pitch, strip in zip(pitches, strips, strict=True)]
    sizes = [0.0] * len(raw)
    order = sorted(range(len(raw)), key=lambda at: len(strips[at].reading.text), reverse=True)
    while order:
        # What most of the page is printed in is found first; what is like it is of the same size.
        middle = _middle([raw[at] for at in order for _ in strips[at].reading.text])
        alike = [at for at in order if abs(raw[at] - middle) <= _ALIKE * middle] or order
        for at in alike:
            sizes[at] = middle
        order = [at for at in order if at not in set(alike)]
    return sizes


def glyphs_of(strip: ReadStrip, size: float, marks: Sequence[str]) -> Iterator[Glyph]:
    """The strip's characters in pixels of the page; `marks` are the characters as they are to be printed."""
    ink = is_ink(strip.picture)
    baseline = (strip.box.y0 + strip.box.y1) / 2 + _BASELINE * size
    spans = _spans(strip, size, _inked(ink))
    gaps = {at: gap for at in range(1, len(spans)) if (gap := _digit_gap(strip, at, size, ink)) is not None}
    for at, (x0, x1) in enumerate(spans):
        start, end = x0, x1
        if at in gaps:
            yield Glyph(" ", *gaps[at], baseline, size)
            start = max(x0, gaps[at][1])
        if at + 1 in gaps:
            end = min(x1, gaps[at + 1][0])
        yield Glyph(marks[at], start, max(start, end), baseline, size)


def torn_digits(strip: ReadStrip, size: float) -> set[int]:
    """Digits behind which a gap or a sign stands that was not read, another digit following: a lost point."""
    ink = is_ink(strip.picture)
    return {
        at - 1
        for at in range(1, len(strip.reading.text))
        if _digit_gap(strip, at, size, ink) is not None or _has_point(strip, at, ink)
    }


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _pitch(strip: ReadStrip) -> float | None:
    """How far neighbouring wide characters stand apart."""
    text, centres = strip.reading.text, strip.reading.centres
    steps = [
        (after - before) * strip.width
        for (one, before), (other, after) in pairwise(zip(text, centres, strict=True))
        if one >= _FIRST_WIDE and other >= _FIRST_WIDE
    ]
    return float(np.mean(steps)) if len(steps) >= _FEWEST_PITCHES else None


def _inked(ink: Mask) -> Mask:
    """Which columns of a strip hold ink, specks apart."""
    columns: Mask = ink.mean(axis=0) > _SPECK
    return columns


def _spans(strip: ReadStrip, size: float, inked: Mask) -> list[tuple[float, float]]:
    """Where each character begins and ends on the page: half way to its neighbours, at most its own width."""
    columns = np.flatnonzero(inked)
    left, right = (columns[0], columns[-1] + 1) if columns.size else (0, len(inked))
    middles = [strip.box.x0 + centre * strip.width for centre in strip.reading.centres]
    spans = []
    for at, char in enumerate(strip.reading.text):
        half = size * (0.5 if char >= _FIRST_WIDE else _NARROW / 2)
        x0 = strip.box.x0 + left if at == 0 else max(middles[at] - half, (middles[at - 1] + middles[at]) / 2)
        is_last = at == len(middles) - 1
        x1 = strip.box.x0 + right if is_last else min(middles[at] + half, (middles[at] + middles[at + 1]) / 2)
        spans.append((float(x0), float(max(x0, x1))))
    return spans


def _between(strip: ReadStrip, at: int, ink: Mask) -> tuple[int, int] | None:
    """From the middle of the digit before character `at` to that of this one, in columns of the strip.

    The point of a list's number counts as a digit.
    """
    text = strip.reading.text
    if not text[at].isdigit() or not (text[at - 1].isdigit() or _is_list_number(text, at)):
        return None
    width = ink.shape[1]
    start, end = (round(strip.reading.centres[one] * width) for one in (at - 1, at))
    return (start, end + 1) if end > start else None


def _digit_gap(strip: ReadStrip, at: int, size: float, ink: Mask) -> tuple[float, float] | None:
    """The white between a digit and the next, where it is too wide for one number."""
    place = _between(strip, at, ink)
    if place is None:
        return None
    text = strip.reading.text
    ones = text[at - 1 : at + 1].count("1")
    least = _NUMBERED_GAP if _is_list_number(text, at) else _DIGIT_GAP + _BESIDE_ONE * ones
    scale = ink.shape[1] / strip.width
    runs = _runs(~_inked(ink)[slice(*place)])
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    if end - start < least * size * scale:
        return None
    return strip.box.x0 + (place[0] + start) / scale, strip.box.x0 + (place[0] + end) / scale


def _is_list_number(text: str, at: int) -> bool:
    return _LIST_NUMBER.fullmatch(text[:at]) is not None


def _has_point(strip: ReadStrip, at: int, ink: Mask) -> bool:
    """Whether a low sign stands by itself between a digit and the next."""
    place = _between(strip, at, ink)
    if place is None:
        return False
    rows = np.flatnonzero(ink.any(axis=1))
    top, bottom = rows[0], rows[-1] + 1
    low = bottom - _POINT * (bottom - top)
    part = ink[:, slice(*place)]
    for start, end in _runs(np.asarray(part.any(axis=0))):
        if start == 0 or end == part.shape[1] or end - start < 2:
            continue  # a digit's own ink
        if np.flatnonzero(part[:, start:end].any(axis=1))[0] >= low:
            return True
    return False


def _runs(columns: NDArray[Any]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0])))).reshape(-1, 2)
    return [(int(start), int(end)) for start, end in edges]
