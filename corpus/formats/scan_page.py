"""One picture of a page as ink: its characters, ruling lines and doubts, in points.

A picture of 1654 x 2339 pixels of an A4 page  ->  PageInk(width=595, height=842, glyphs=(Glyph("二", …), …), …)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from corpus.formats.doubtful_marks import disguised
from corpus.formats.ink import Glyph, PageInk, Rule
from corpus.formats.recogniser import Picture, Reading, read_strips
from corpus.formats.scan_doubt import doubtful_characters, has_number, numbers_of, second_look
from corpus.formats.scan_glyphs import ReadStrip, glyphs_of, sizes_of, torn_digits
from corpus.formats.scan_rules import Stroke, find_strokes, is_ink, without_strokes
from corpus.formats.scan_upright import Box, strip_of, upright

_SLIMMEST = 6  # pixels; less is no print
_EDGE = 0.12  # of the page's height
_FOLIO = re.compile(r"[-—–─.·~_一=]+\s*(\d{1,4})\s*[-—–─.·~_一=]+")
_POOR = 0.25  # of the digits in doubt
_TALL = 1.6  # heights in widths: characters that stand on one another
_SQUARE = 0.45
_INSIDE = 0.4  # of a box's height: how far from its ends a line has to run to part it


def read_page(page: Picture, points: float, least_confidence: float) -> PageInk:
    """What the page, its longer side `points` long, shows when it is turned upright.

    Characters of numbers less sure than `least_confidence` are in disguise.
    """
    found = upright(page)
    heights = [box.height for box in found.boxes]
    across, down = find_strokes(found.picture, float(np.median(heights))) if heights else ([], [])
    picture = without_strokes(found.picture, [*across, *down])
    stacked = [part for box in found.boxes for part in _unstacked(box, picture)]
    boxes = [part for box in stacked for part in _parted(box, down)]
    strips = [ReadStrip(box=box, picture=strip_of(picture, box), reading=_NOTHING) for box in boxes]
    strips = _read([strip for strip in strips if min(strip.picture.shape) >= _SLIMMEST], least_confidence, len(picture))
    scale = points / max(page.shape)
    return PageInk(
        width=picture.shape[1] * scale, height=picture.shape[0] * scale, pictured=1.0,
        glyphs=tuple(_scaled(glyph, scale) for glyph in _glyphs(strips)),
        rules=tuple(_rule(stroke, scale) for stroke in (*across, *down)),
    )  # fmt: skip


_NOTHING = Reading(text="", confidences=(), centres=())


def _unstacked(box: Box, picture: Picture) -> Iterator[Box]:
    """The characters of text that is set from top to bottom, each by itself; other boxes as they are."""
    width = box.x1 - box.x0
    if box.height < _TALL * width:
        yield box
        return
    top = None
    for row, is_inked in enumerate([*np.asarray(is_ink(strip_of(picture, box)).any(axis=1)).tolist(), False]):
        if is_inked and top is None:
            top = row
        elif not is_inked and top is not None and row - top >= _SQUARE * width:
            yield replace(box, y0=box.y0 + top - 1, y1=box.y0 + row + 1)
            top = None


def _parted(box: Box, down: Sequence[Stroke]) -> Iterator[Box]:
    """The box cut where a ruling line runs down through it: two cells were taken for one text."""
    middle, inside = (box.y0 + box.y1) / 2, _INSIDE * box.height
    cuts = sorted(
        (one.x0 + one.x1) / 2
        for one in down
        if one.y0 <= middle <= one.y1 and box.x0 + inside < one.x0 and one.x1 < box.x1 - inside
    )
    edges = [box.x0, *cuts, box.x1]
    for x0, x1 in pairwise(edges):
        yield replace(box, x0=x0, x1=x1)


def _with_clear_folio(strip: ReadStrip, height: int) -> ReadStrip:
    """A page number at the page's edge with the dashes around it, whatever small signs they were taken for."""
    found = _FOLIO.fullmatch(strip.reading.text)
    at_edge = min(strip.box.y0, height - strip.box.y1) < _EDGE * height
    if found is None or not at_edge:
        return strip
    start, end = found.span(1)
    confidences, centres = strip.reading.confidences, strip.reading.centres
    places = [0, *range(start, end), len(centres) - 1]
    reading = Reading(
        text=f"-{found[1]}-",
        confidences=tuple(confidences[at] for at in places),
        centres=tuple(centres[at] for at in places),
    )
    return replace(strip, reading=reading)


def _read(strips: Sequence[ReadStrip], least: float, height: int) -> list[ReadStrip]:
    readings = read_strips([strip.picture for strip in strips])
    read = [replace(strip, reading=reading) for strip, reading in zip(strips, readings, strict=True) if reading.text]
    read = [_with_clear_folio(strip, height) for strip in read]
    numbered = [strip for strip in read if has_number(strip.reading)]
    again = dict(zip(map(id, numbered), read_strips([second_look(strip.picture) for strip in numbered]), strict=True))
    judged = [
        replace(strip, doubtful=doubtful_characters(strip.reading, again[id(strip)], least, torn_digits(strip, size)))
        if id(strip) in again
        else strip
        for strip, size in zip(read, sizes_of(read), strict=True)
    ]
    numbers = [numbers_of(strip.reading) for strip in judged]
    doubtful = sum(len(strip.doubtful & those) for strip, those in zip(judged, numbers, strict=True))
    if doubtful <= _POOR * sum(map(len, numbers)):
        return judged
    # On so poor a page what looks sure is not.
    return [replace(strip, doubtful=strip.doubtful | those) for strip, those in zip(judged, numbers, strict=True)]


def _glyphs(strips: Sequence[ReadStrip]) -> Iterator[Glyph]:
    for strip, size in zip(strips, sizes_of(strips), strict=True):
        marks = [disguised(char) if at in strip.doubtful else char for at, char in enumerate(strip.reading.text)]
        yield from glyphs_of(strip, size, marks)


def _scaled(glyph: Glyph, scale: float) -> Glyph:
    return Glyph(glyph.text, glyph.x0 * scale, glyph.x1 * scale, glyph.y * scale, glyph.size * scale)


def _rule(stroke: Stroke, scale: float) -> Rule:
    if stroke.x1 - stroke.x0 > stroke.y1 - stroke.y0:
        y = (stroke.y0 + stroke.y1) / 2 * scale
        return Rule(stroke.x0 * scale, y, stroke.x1 * scale, y)
    x = (stroke.x0 + stroke.x1) / 2 * scale
    return Rule(x, stroke.y0 * scale, x, stroke.y1 * scale)
