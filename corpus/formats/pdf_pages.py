"""A pdf's pages as ink: visible, upright characters and ruling lines. The one reader of pdfium's objects.

Dropped: text that nobody sees (transparent, of no size, white on white, off the page) and text that runs in
another direction than the page's own (watermarks, stamps). Embedded files, forms and scripts are not opened.
"""

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import ReportError
from corpus.formats.ink import Glyph, PageInk, Rule
from corpus.formats.pdf_placing import Box, Placing, quarter_of
from corpus.formats.pdf_streams import refuse_bombs
from corpus.formats.printed import Limits

LOCK = threading.Lock()  # pdfium is not made for several threads
_SMALLEST_POINTS = 1.5
_THICKEST_RULE = 3.0
_SHORTEST_RULE = 3.0
_LARGEST_FILL = 0.6  # of the page; larger ones are backgrounds
_WHITE = 245
_MOST_GLYPHS = 100_000
_MOST_OBJECTS = 200_000
_DEEPEST_FORM = 8
_SCALE = 1000
_SPACES = "\u00a0\u2002\u2003\u2009\u3000\t"


@dataclass(kw_only=True, slots=True)
class _Drawn:
    rules: list[Rule] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    drawn: int = 0


def read_pages(data: bytes, name: str, limits: Limits) -> list[PageInk]:
    """The ink of every page of the file called `name`.

    Raises:
        ReportError: damaged, locked by a password, too many pages, or unpacked too large.
    """
    refuse_bombs(data, name, limits.unpacked_bytes)
    with LOCK, opened(data, name) as document:
        count = len(document)
        if count > limits.pages:
            raise ReportError(
                f"“{name}”有 {count} 页，超过上限 {limits.pages} 页。请拆分文件，或调大 JUSHI_MAX_PAGES。"
            )
        return [_page(document, number, name) for number in range(count)]


def opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ReportError(f"“{name}”加了密码，打不开。请去掉密码后另存再试。") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise ReportError(f"“{name}”的加密方式不能读。请用 PDF 阅读器打开后另存再试。") from error
        raise ReportError(f"“{name}”不是完好的 PDF 文件，可能没有下载完整。请重新下载或另存再试。") from error


def _page(document: pdfium.PdfDocument, number: int, name: str) -> PageInk:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise ReportError(f"“{name}”第 {number + 1} 页已损坏，读不出来。请重新下载或另存再试。") from error
    try:
        return _ink(page, number, name)
    finally:
        page.close()


def _ink(page: pdfium.PdfPage, number: int, name: str) -> PageInk:
    width, height = page.get_size()
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if count > _MOST_GLYPHS:
        raise ReportError(f"“{name}”第 {number + 1} 页有 {count} 个字，超过上限 {_MOST_GLYPHS}。请检查这个文件。")
    placing = _placing(page, width, height)
    quarter = _quarter(text_page, placing, count)
    placing = placing.then(quarter, width, height)
    if quarter % 2:
        width, height = height, width
    drawn = _drawn(page, placing, width, height)
    glyphs, unreadable = [], 0
    for found in _glyphs(text_page, placing, count, (0.0, 0.0, width, height), drawn.dark):
        if found is None:
            unreadable += 1
        else:
            glyphs.append(found)
    return PageInk(
        width=width, height=height, glyphs=tuple(glyphs), rules=tuple(drawn.rules), unreadable=unreadable,
        pictured=min(drawn.pictured, 1.0), drawn=drawn.drawn,
    )  # fmt: skip


def _placing(page: pdfium.PdfPage, width: float, height: float) -> Placing:
    """pdfium's own way from pdf to page coordinates, which knows rotation and crop box, as a matrix."""
    x, y = ctypes.c_int(), ctypes.c_int()
    size = int(width * _SCALE), int(height * _SCALE)

    def shown(left: float, bottom: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, left, bottom, x, y)
        return x.value / _SCALE, y.value / _SCALE

    (e, f), (right_x, right_y), (up_x, up_y) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    return Placing((right_x - e) / 1000, (right_y - f) / 1000, (up_x - e) / 1000, (up_y - f) / 1000, e, f)


def _quarter(text_page: pdfium.PdfTextPage, placing: Placing, count: int) -> int:
    """In how many quarter turns clockwise most of the text runs: a table set sideways on its page."""
    angles = Counter(quarter_of(placing.angle(raw.FPDFText_GetCharAngle(text_page, at))) for at in range(count))
    angles.pop(None, None)
    return max(angles, key=lambda quarter: angles[quarter]) if angles else 0  # type: ignore[return-value]


def _glyphs(
    text_page: pdfium.PdfTextPage, placing: Placing, count: int, page: Box, dark: list[Box]
) -> Iterator[Glyph | None]:
    """The visible upright characters; None for one that the font does not map to Unicode."""
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    seen: dict[int, str] = {}
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text_page, at)
        angle = placing.angle(raw.FPDFText_GetCharAngle(text_page, at))
        if raw.FPDFText_IsGenerated(text_page, at) or quarter_of(angle) != 0:
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, at, box):
            continue
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        left, top, right, bottom = _box(placing, box.left, box.bottom, box.right, box.top)
        baseline = placing.point(x.value, y.value)[1]
        size = _font_size(text_page, at) or bottom - top  # the box of 一 may be no taller than its stroke
        glyph = Glyph(_character(code), left, right, baseline, size)
        if not _lies_in(glyph.middle, page) or size < _SMALLEST_POINTS:
            continue
        paint = _paint(text_page, at, seen)
        if paint == "hidden" or (paint == "white" and not any(_lies_in(glyph.middle, area) for area in dark)):
            continue
        yield None if raw.FPDFText_HasUnicodeMapError(text_page, at) == 1 or not glyph.text else glyph


def _font_size(text_page: pdfium.PdfTextPage, at: int) -> float:
    """The size as printed: the font's size times what its matrix makes of it."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text_page, at)
    if raw.FPDFText_GetMatrix(text_page, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return float(size)


def _character(code: int) -> str:
    """The character, "" for none: not mapped, private, a control sign, or half of a pair."""
    if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or code < 0x20 or 0xD800 <= code <= 0xF8FF:
        return ""
    char = chr(code)
    return " " if char in _SPACES else char


def _paint(text_page: pdfium.PdfTextPage, at: int, seen: dict[int, str]) -> str:
    """How the character's run of text is painted: hidden, white or seen."""
    run = raw.FPDFText_GetTextObject(text_page, at)
    key = ctypes.addressof(run.contents) if run else 0
    if key not in seen:
        seen[key] = _paint_of(run) if run else "seen"
    return seen[key]


def _paint_of(run: object) -> str:
    mode = raw.FPDFTextObj_GetTextRenderMode(run)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return "hidden"
    colour = _fill_colour(run)
    if mode not in (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP) or colour is None:
        return "seen"
    if colour[3] == 0:
        return "hidden"
    return "white" if min(colour[:3]) >= _WHITE else "seen"


def _fill_colour(item: object) -> tuple[int, int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


def _box(placing: Placing, left: float, bottom: float, right: float, top: float) -> Box:
    (x0, y0), (x1, y1) = placing.point(left, bottom), placing.point(right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _lies_in(point: tuple[float, float], area: Box) -> bool:
    return area[0] <= point[0] <= area[2] and area[1] <= point[1] <= area[3]


# --- drawings -------------------------------------------------------------------------------------


def _drawn(page: pdfium.PdfPage, placing: Placing, width: float, height: float) -> _Drawn:
    drawn = _Drawn()
    for seen, item in enumerate(page.get_objects(max_depth=_DEEPEST_FORM)):
        if seen > _MOST_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = _placed(item, placing)
            drawn.pictured += (right - left) * (bottom - top) / (width * height)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            _read_path(item, placing, width * height, drawn)
    return drawn


def _placed(item: pdfium.PdfObject, placing: Placing) -> Box:
    left, bottom, right, top = item.get_bounds()
    corners = [(left, bottom), (right, top), (left, top), (right, bottom)]
    form = item.container
    while form is not None:
        matrix = form.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
        form = form.container
    xs, ys = zip(*(placing.point(*corner) for corner in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _read_path(item: pdfium.PdfObject, placing: Placing, page_area: float, drawn: _Drawn) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    left, top, right, bottom = area = _placed(item, placing)
    width, height = right - left, bottom - top
    if not (fill.value or stroke.value):
        return
    colour = _fill_colour(item) if fill.value else None
    shows = colour is not None and colour[3] > 0 and min(colour[:3]) < _WHITE
    if min(width, height) < _THICKEST_RULE:
        if (shows or stroke.value) and max(width, height) >= _SHORTEST_RULE:
            middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
            across = width >= height
            drawn.rules.append(
                Rule(left, middle_y, right, middle_y) if across else Rule(middle_x, top, middle_x, bottom)
            )
        return
    segments = raw.FPDFPath_CountSegments(item)
    if stroke.value:
        drawn.rules.extend(_straight(item, placing, segments))
    if shows and segments <= 6 and width * height < _LARGEST_FILL * page_area:
        drawn.dark.append(area)
        drawn.rules += [
            Rule(left, top, right, top), Rule(left, bottom, right, bottom),
            Rule(left, top, left, bottom), Rule(right, top, right, bottom),
        ]  # fmt: skip
    elif shows or segments > 6:
        drawn.dark.extend([area] if shows else [])
        drawn.drawn += 1


def _straight(item: pdfium.PdfObject, placing: Placing, segments: int) -> Iterator[Rule]:
    """The straight stretches of a stroked path that run across or down."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(segments):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _through(item, placing, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, start)
        last = point


def _through(item: pdfium.PdfObject, placing: Placing, x: float, y: float) -> tuple[float, float]:
    form: pdfium.PdfObject | None = item
    while form is not None:
        x, y = form.get_matrix().on_point(x, y)
        form = form.container
    return placing.point(x, y)


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if y1 - y0 < 1 and x1 - x0 >= _SHORTEST_RULE:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 < 1 and y1 - y0 >= _SHORTEST_RULE:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
