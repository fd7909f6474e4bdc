"""What a reader makes of a file, and the limits it keeps.

Printed(text="一、基本情况\\n……", pages=(0, 812, 1650))  # the third page starts at character 1650
"""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """A file's text: paragraphs on lines of their own, table cells parted by a tab, rows by a line end.

    `pages` holds the offset at which each page starts (the first is 0); it is empty where the format has no pages.
    `headings` holds (start, level) of lines that the file itself marks as headings, in order; level 1 is the highest.
    `recognised` holds stretches (start, end) that were recognised from an image, `doubtful` those of them that were
    recognised with low confidence, both in order.
    """

    text: str
    pages: tuple[int, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    recognised: tuple[tuple[int, int], ...] = ()


def page_of(pages: tuple[int, ...], offset: int) -> int | None:
    """The page, counted from 1, that `offset` stands on; None where the format has no pages."""
    return bisect_right(pages, offset) if pages else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a reader keeps to: sizes in bytes, lengths in characters; settings named `JUSHI_MAX_…`, `JUSHI_OCR_…`."""

    report_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    line_characters: int = 1_000_000
    pages: int = 2_000
    table_columns: int = 200
    scanned_pages: int = 500
    image_pixels: int = 80_000_000
    recognition_confidence: float = 0.9  # of a character, 0-1; less is in doubt
