"""What is printed on a page, before anyone has read it: characters and ruling lines, each with its place.

Places are in points (1/72 inch) from the page's upper left corner, as the page is read. Nothing here knows
what file the page came from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character, from `x0` to `x1` on the baseline `y`, of a font of `size`."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, self.y - self.size * 0.35


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, across (y0 == y1) or down (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PageInk:
    """A page's characters in the order they were printed, and its ruling lines.

    `unreadable` counts characters that the font does not map to Unicode; `pictured` is the share of the page
    that images cover (0-1); `drawn` counts drawings that are no ruling lines, as text turned into outlines is.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    unreadable: int = 0
    pictured: float = 0.0
    drawn: int = 0
