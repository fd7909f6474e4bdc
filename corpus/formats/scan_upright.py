"""A picture of a page turned the way it is read: quarter turns by its lines of text, slants by their angle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from corpus.formats.recogniser import Corners, Picture, find_lines, read_strips

_LONG = 2.5  # widths in heights: shorter stretches of text have no sure direction
_SAMPLES = 4
_SAMPLE_HEIGHTS = 10
_SURE = 0.9
_LEAST_SLANT = 0.12  # degrees
_MOST_SLANT = 20.0
_ASKEW = 8.0
_ALIKE = 3.0
_SURE_ANGLES = 15
_WHITE = 255
_ROOM = 0.1  # of a line's height: added at both ends, where the last character is else cut off


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A stretch of text on an upright page, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True, kw_only=True, slots=True)
class UprightPage:
    picture: Picture
    boxes: tuple[Box, ...]


def upright(picture: Picture) -> UprightPage:
    """The page with its text running from left to right, and where its stretches of text stand."""
    lines = find_lines(picture)
    if _runs_down(lines):
        picture = np.ascontiguousarray(np.rot90(picture))
        lines = find_lines(picture)
    slant = _slant(lines)
    if abs(slant) >= _LEAST_SLANT:
        picture, lines = _turned(picture, lines, slant)
    boxes = tuple(_box(line) for line in lines if not _runs_askew(line))
    if _is_upside_down(picture, boxes):
        height, width = picture.shape
        picture = np.ascontiguousarray(np.rot90(picture, 2))
        boxes = tuple(Box(x0=width - b.x1, y0=height - b.y1, x1=width - b.x0, y1=height - b.y0) for b in boxes[::-1])
    return UprightPage(picture=picture, boxes=boxes)


def strip_of(picture: Picture, box: Box) -> Picture:
    """The part of the picture that the box frames, as far as there is one."""
    return picture[max(0, round(box.y0)) : round(box.y1), max(0, round(box.x0)) : round(box.x1)]


def _sides(corners: Corners) -> tuple[float, float]:
    """Width and height of a quadrilateral."""
    return float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0]))


def _runs_down(lines: Sequence[Corners]) -> bool:
    """Whether most of the text, by length, stands on its side."""
    across = down = 0.0
    for corners in lines:
        width, height = _sides(corners)
        across += width if width > _LONG * height else 0.0
        down += height if height > _LONG * width else 0.0
    return down > across


def _slant(lines: Sequence[Corners]) -> float:
    """The angle of the text in degrees, clockwise: what most stretches roughly have, from the longest of those."""
    angles = [(width, _angle(corners)) for corners in lines if (width := _sides(corners)[0]) > 0 and _is_long(corners)]
    if not angles:
        return 0.0
    middle = float(np.median([angle for _, angle in angles]))
    alike = sorted(one for one in angles if abs(one[1] - middle) <= _ALIKE)[-_SURE_ANGLES:]
    slant = float(np.median([angle for _, angle in alike])) if alike else 0.0
    return slant if abs(slant) <= _MOST_SLANT else 0.0


def _is_long(corners: Corners) -> bool:
    width, height = _sides(corners)
    return width > _LONG * height


def _angle(corners: Corners) -> float:
    x, y = corners[1] - corners[0]
    return math.degrees(math.atan2(y, x))


def _runs_askew(corners: Corners) -> bool:
    """Whether it is a line of another direction than the page's: a watermark, a stamp."""
    return _is_long(corners) and abs(_angle(corners)) > _ASKEW


def _turned(picture: Picture, lines: Sequence[Corners], slant: float) -> tuple[Picture, list[Corners]]:
    """The picture and its lines turned back by `slant` degrees, about the middle, on a page large enough."""
    image = Image.fromarray(picture).rotate(slant, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)
    turned = np.asarray(image)
    old, new = np.array(picture.shape[::-1]) / 2, np.array(turned.shape[::-1]) / 2
    angle = math.radians(-slant)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return turned, [(corners - old) @ turn.T + new for corners in lines]


def _box(corners: Corners) -> Box:
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    room = _ROOM * min(x1 - x0, y1 - y0)
    return Box(x0=float(x0 - room), y0=float(y0), x1=float(x1 + room), y1=float(y1))


def _is_upside_down(picture: Picture, boxes: Sequence[Box]) -> bool:
    """Whether the longest lines are surer when they are turned round."""
    longest = sorted(boxes, key=lambda box: box.x1 - box.x0)[-_SAMPLES:]
    strips = [strip_of(picture, box) for box in longest]
    strips = [strip[:, : _SAMPLE_HEIGHTS * strip.shape[0]] for strip in strips if strip.size]
    as_it_is = _sureness(strips)
    return as_it_is < _SURE and _sureness([np.ascontiguousarray(np.rot90(strip, 2)) for strip in strips]) > as_it_is


def _sureness(strips: Sequence[Picture]) -> float:
    confidences = [confidence for reading in read_strips(strips) for confidence in reading.confidences]
    return sum(confidences) / len(confidences) if confidences else 1.0
