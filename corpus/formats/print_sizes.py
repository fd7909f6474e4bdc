"""Headings told by the size of their print: short lines larger than the text around them.

A level for each size, the largest first. What stands above the first paragraph of text is the title page, which
heads no section.
"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.formats.ink import Glyph, PageInk
from corpus.formats.page_items import TextLine

_LARGER = 1.15
_LONGEST_HEADING = 60
_MOST_LEVELS = 3
_NO_HEADING = re.compile(r"[。；，：:]$|^[^\u4e00-\u9fffA-Za-z]*$")
_FEWEST_TEXT = 30
_FEWEST_GLYPHS = 60


def heading_levels(paragraphs: Sequence[Sequence[TextLine]], pages: Sequence[PageInk]) -> dict[int, int]:
    """The level of each paragraph, by its number, that is printed as a heading; tables count as empty ones."""
    bodies = _body_sizes(pages)
    found: dict[int, float] = {}
    is_begun = False
    for number, lines in enumerate(paragraphs):
        if not lines:  # a table
            continue
        length = sum(len(line.text) for line in lines)
        larger = min(line.size for line in lines) / bodies[lines[0].page]
        is_begun = is_begun or (larger < _LARGER and length >= _FEWEST_TEXT)
        is_short = length <= _LONGEST_HEADING and not _NO_HEADING.search(lines[-1].text)
        if is_begun and larger >= _LARGER and is_short:
            found[number] = round(larger, 1)
    sizes = sorted(set(found.values()), reverse=True)[:_MOST_LEVELS]
    return {number: sizes.index(size) + 1 for number, size in found.items() if size in sizes}


def _body_sizes(pages: Sequence[PageInk]) -> list[float]:
    """The size that most characters of each page have: pages are printed smaller to fit a table."""
    usual = _usual_size([glyph for ink in pages for glyph in ink.glyphs])
    return [_usual_size(ink.glyphs) if len(ink.glyphs) >= _FEWEST_GLYPHS else usual for ink in pages]


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    sizes = Counter(round(glyph.size * 4) for glyph in glyphs)
    return max(sizes.most_common(1)[0][0] / 4, 1.0) if sizes else 1.0
