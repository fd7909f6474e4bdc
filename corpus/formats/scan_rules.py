"""Ruling lines seen in a picture of a page, and the picture with them painted out.

A line is dark along nearly all of a stretch longer than any stroke of a character, and thin.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.formats.recogniser import Picture

_INK = 0.3  # of the way from paper to black: grey enough to be printed
_MOSTLY_DARK = 0.85
_ACROSS = 2.2  # heights of a line of text: the shortest line across; a dash is shorter
_DOWN = 1.3  # no stroke of a character is as tall as its line with the room around it
_LONG_ACROSS = 6.0  # a line that parts by itself, without lines down
_MEETS = 0.3
_THICKEST = 0.3
_MARGIN_PIXELS = 1
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stretch of ink in pixels, from (x0, y0) up to but not including (x1, y1)."""

    x0: int
    y0: int
    x1: int
    y1: int


def find_strokes(picture: Picture, text_height: float) -> tuple[list[Stroke], list[Stroke]]:
    """The ruling lines across and down; `text_height` is that of a line of text, in pixels."""
    ink = is_ink(picture)
    thickest = max(3.0, _THICKEST * text_height)
    across = _strokes(ink, max(8, round(_ACROSS * text_height)), thickest)
    turned = _strokes(np.ascontiguousarray(ink.T), max(8, round(_DOWN * text_height)), thickest)
    down = [Stroke(one.y0, one.x0, one.y1, one.x1) for one in turned]
    near = _MEETS * text_height
    met = [one for one in down if any(_meet(other, one, near) for other in across)]
    long = _LONG_ACROSS * text_height
    return [one for one in across if one.x1 - one.x0 >= long or any(_meet(one, other, near) for other in met)], met


def _meet(across: Stroke, down: Stroke, near: float) -> bool:
    return across.x0 - near <= down.x0 <= across.x1 + near and down.y0 - near <= across.y0 <= down.y1 + near


def without_strokes(picture: Picture, strokes: Sequence[Stroke]) -> Picture:
    """The picture with these stretches as white as its paper: a border is easily read as a 1 or an I."""
    cleared = picture.copy()
    paper = _paper(picture)
    for stroke in strokes:
        top, left = max(0, stroke.y0 - _MARGIN_PIXELS), max(0, stroke.x0 - _MARGIN_PIXELS)
        cleared[top : stroke.y1 + _MARGIN_PIXELS, left : stroke.x1 + _MARGIN_PIXELS] = paper
    return cleared


def is_ink(picture: Picture) -> Mask:
    """Which pixels are printed on."""
    paper, black = _paper(picture), int(np.percentile(picture, 0.5))
    dark: Mask = picture < paper - max(30.0, _INK * (paper - black))
    return dark


def _paper(picture: Picture) -> int:
    return int(np.median(picture[::4, ::4]))


def _strokes(ink: Mask, shortest: int, thickest: float) -> list[Stroke]:
    """Thin stretches of rows that are mostly dark over at least `shortest` pixels."""
    if ink.shape[1] <= shortest:
        return []
    sums = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    dark = sums[:, shortest:] - sums[:, :-shortest] >= _MOSTLY_DARK * shortest
    found: list[Stroke] = []
    for row in np.flatnonzero(dark.any(axis=1)):
        found.extend(Stroke(start, int(row), end, int(row) + 1) for start, end in _runs(dark[row], ink[row], shortest))
    return [stroke for stroke in _stacked(found) if stroke.y1 - stroke.y0 <= thickest]


def _runs(dark: Mask, ink: Mask, shortest: int) -> Iterator[tuple[int, int]]:
    """The stretches of a row that dark windows cover, cut back to where their ink begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], dark.view(np.int8), [0]))))
    for first, last in edges.reshape(-1, 2):
        inked = np.flatnonzero(ink[first : last + shortest - 1])
        yield int(first + inked[0]), int(first + inked[-1] + 1)


def _stacked(rows: Sequence[Stroke]) -> list[Stroke]:
    """Stretches of neighbouring rows that lie over one another made one."""
    done: list[Stroke] = []
    open_: list[Stroke] = []
    for stroke in rows:
        done += [one for one in open_ if one.y1 < stroke.y0]
        open_ = [one for one in open_ if one.y1 >= stroke.y0]
        above = [one for one in open_ if one.x0 < stroke.x1 and stroke.x0 < one.x1]
        open_ = [one for one in open_ if one not in above]
        parts = [*above, stroke]
        open_.append(Stroke(min(p.x0 for p in parts), min(p.y0 for p in parts), max(p.x1 for p in parts), stroke.y1))
    return done + open_
