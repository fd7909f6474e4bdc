"""Scanned pages: pictures of text recognised, then read like the pages of any pdf. Needs the extra `jushi[ocr]`.

What was not surely read is reported in `Printed.doubtful`; nothing is corrected.
"""

from collections.abc import Iterable, Sequence

from corpus.errors import ReportError
from corpus.formats.doubtful_marks import revealed
from corpus.formats.ink import PageInk
from corpus.formats.page_progress import tell
from corpus.formats.printed import Limits, Printed
from corpus.formats.printed_pages import read_printed
from corpus.formats.recogniser import Picture, require_recogniser

_A4_POINTS = 842.0
_MOST_POINTS = 1_300.0  # longer and shorter pages were given a size by a scanner that knew none
_FEWEST_POINTS = 500.0


def read_image(data: bytes, name: str, limits: Limits) -> Printed:
    """The text of the picture file called `name`.

    Raises:
        ReportError: the extra is missing, the file is damaged or too large, or shows no text.
    """
    require_recogniser(name, "是图片")
    from corpus.formats.pictures import read_pictures  # noqa: PLC0415 - only what is installed can be imported

    pages = list(_recognised(read_pictures(data, name, limits), name, None, limits))
    if not any(ink.glyphs for ink in pages):
        raise ReportError(f"“{name}”里没有认出文字。请检查图片是否清楚，或换用有文字的原始文件。")
    return printed_scan(pages, range(len(pages)))


def recognised_pages(
    data: bytes, name: str, limits: Limits, pages: Sequence[PageInk], wanting: Sequence[int]
) -> list[PageInk]:
    """The pages of the pdf called `name`, those of the numbers `wanting` (from 0) recognised.

    Raises:
        ReportError: the extra is missing, or there are too many such pages.
    """
    require_recogniser(name, f"有 {len(wanting)} 页没有可读的文字（第 {wanting[0] + 1} 页等）")
    from corpus.formats.pdf_pictures import draw_pages  # noqa: PLC0415
    from corpus.formats.pictures import too_many_pages  # noqa: PLC0415

    if len(wanting) > limits.scanned_pages:
        raise ReportError(too_many_pages(name, len(wanting), limits))
    whole = list(pages)
    sizes = [max(pages[number].width, pages[number].height) for number in wanting]
    drawn = _recognised(draw_pages(data, name, wanting), name, sizes, limits)
    for number, ink in zip(wanting, drawn, strict=True):
        whole[number] = ink
    return whole


def printed_scan(pages: Sequence[PageInk], recognised: Iterable[int]) -> Printed:
    """The text of pages of which those of the numbers `recognised` (from 0) were recognised."""
    printed = read_printed(pages)
    text, doubtful = revealed(printed.text)
    ends = (*printed.pages[1:], len(text))
    stretches = tuple((printed.pages[number], ends[number]) for number in recognised)
    return Printed(text=text, pages=printed.pages, headings=printed.headings, doubtful=doubtful, recognised=stretches)


def _recognised(
    pictures: Iterable[Picture], name: str, sizes: Sequence[float] | None, limits: Limits
) -> Iterable[PageInk]:
    from corpus.formats.scan_page import read_page  # noqa: PLC0415

    stage = f"识别 {name}"
    for number, picture in enumerate(pictures):
        points = sizes[number] if sizes else _A4_POINTS
        if not _FEWEST_POINTS <= points <= _MOST_POINTS:
            points = _A4_POINTS
        tell(stage, number, len(sizes) if sizes else number + 1)
        yield read_page(picture, points, limits.recognition_confidence)
        tell(stage, number + 1, len(sizes) if sizes else number + 1)
