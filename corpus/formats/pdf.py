"""The text of a pdf: pages whose text is text are read as it is, those that are pictures are recognised.

paragraphs over lines and pages        培训人数达12.3万人，  |  比上年增加。   -> 培训人数达12.3万人，比上年增加。
tables with and without ruling lines   cells parted by tabs, over pages, headers once
"""

from corpus.formats.ink import PageInk
from corpus.formats.pdf_pages import read_pages
from corpus.formats.printed import Limits, Printed
from corpus.formats.printed_pages import read_printed
from corpus.formats.scanned import printed_scan, recognised_pages

_FEWEST_CHARACTERS = 10
_MOST_UNREADABLE = 0.3
_PICTURE = 0.05
_FEWEST_DRAWINGS = 20


def read_pdf(data: bytes, name: str, limits: Limits) -> Printed:
    """The text of the file called `name`, with the offset at which each page starts.

    Raises:
        ReportError: damaged, locked, too many pages, too large, or a page has no usable text and the extra that
            recognises it is missing.
    """
    pages = read_pages(data, name, limits)
    if wanting := without_text(pages):
        return printed_scan(recognised_pages(data, name, limits, pages, wanting), wanting)
    return read_printed(pages)


def pages_without_text(data: bytes, name: str, limits: Limits) -> tuple[int, ...]:
    """The pages (from 0) that show something but hold no usable text: scans, outlines, fonts without Unicode.

    Raises:
        ReportError: as `read_pdf`, but never for want of text.
    """
    return without_text(read_pages(data, name, limits))


def without_text(pages: list[PageInk]) -> tuple[int, ...]:
    return tuple(number for number, ink in enumerate(pages) if _shows_something(ink) and not _has_text(ink))


def _shows_something(ink: PageInk) -> bool:
    return bool(ink.glyphs or ink.unreadable or ink.pictured >= _PICTURE or ink.drawn >= _FEWEST_DRAWINGS)


def _has_text(ink: PageInk) -> bool:
    usable = sum(not glyph.text.isspace() for glyph in ink.glyphs)
    if ink.unreadable > _MOST_UNREADABLE * (usable + ink.unreadable):
        return False
    return usable >= _FEWEST_CHARACTERS or not (ink.pictured >= _PICTURE or ink.drawn >= _FEWEST_DRAWINGS)
