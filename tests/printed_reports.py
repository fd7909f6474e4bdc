"""Reports set as pdf by reportlab: text that is text, ruled tables over page breaks, running heads and page numbers."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.blocks import read_blocks
from corpus.model import Document
from corpus.model import Table as ReportTable

FONT = "STSong-Light"
_CELL_WIDTHS = 470
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
_TITLE = ParagraphStyle("title", parent=_BODY, fontSize=18, leading=28, alignment=1, firstLineIndent=0)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=9, leading=12, firstLineIndent=0)


def as_pdf(document: Document, *, repeats_header: bool = True, ruled: bool = True, head: str = "") -> bytes:
    """`document` set in paragraphs and tables, in its own order."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    tables = {table.start: table for table in document.tables}
    story: list[Any] = []
    for block in read_blocks(document.text):
        text = block.content(document.text).text.replace("*", "")
        if block.kind != "table":
            style = _TITLE if text == document.metadata.title else _BODY
            story.append(Paragraph(_escaped(text), style))
            continue
        for start in sorted(at for at in tables if block.start <= at < block.end):
            story += [
                Spacer(1, 6),
                _table(tables.pop(start), repeats_header=repeats_header, ruled=ruled),
                Spacer(1, 12),
            ]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4, leftMargin=62, rightMargin=62, topMargin=76, bottomMargin=76).build(
        story, onFirstPage=_furniture(head), onLaterPages=_furniture(head)
    )
    return stream.getvalue()


def _table(table: ReportTable, *, repeats_header: bool, ruled: bool) -> Table:
    rows = [list(table.header), *([cell.content.text for cell in row.cells] for row in table.rows)]
    width = len(rows[0])
    longest = [min(30, max(len(row[at]) for row in rows) + 2) for at in range(width)]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.7, colors.black))
    return Table(
        [[Paragraph(_escaped(text), _CELL) for text in row] for row in rows],
        colWidths=[_CELL_WIDTHS * share / sum(longest) for share in longest],
        repeatRows=int(repeats_header),
        style=style,
    )


def _furniture(head: str) -> Any:
    def draw(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        if head:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 40, head)
        canvas.drawCentredString(A4[0] / 2, 36, f"— {template.page} —")

    return draw


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def page(
    *draw: Sequence[Any],
    pages: int = 1,
    encrypt: StandardEncryption | None = None,
    prepare: Callable[[Canvas], None] | None = None,
) -> bytes:
    """A pdf of one page (or `pages` equal ones) with the calls `(method, *arguments)` made on its canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=0, encrypt=encrypt)
    if prepare is not None:
        prepare(canvas)
    for _ in range(pages):
        canvas.setFont(FONT, 12)
        for method, *arguments in draw:
            getattr(canvas, method)(*arguments)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def grid(
    x: float,
    y: float,
    rows: Sequence[Sequence[str]],
    *,
    merged: Sequence[tuple[int, int, int]] = (),
    height: float = 24,
) -> list[tuple[Any, ...]]:
    """Calls that draw a ruled table from its upper left corner; `merged` are cells (row, first, last column)."""
    width, right, bottom = 110.0, x + 110.0 * len(rows[0]), y - height * len(rows)
    calls: list[tuple[Any, ...]] = [("line", x, bottom, right, bottom)]
    for number, row in enumerate(rows):
        top = y - height * number
        inside = {at for line, first, last in merged if line == number for at in range(first + 1, last + 1)}
        calls.append(("line", x, top, right, top))
        for at in set(range(len(row) + 1)) - inside:
            calls.append(("line", x + width * at, top, x + width * at, top - height))
        for at, text in enumerate(row):
            last = next((last for line, first, last in merged if (line, first) == (number, at)), at)
            indent = 4 if last == at else width * (last + 1 - at) / 2 - 12  # a merged cell's text stands in its middle
            for line, piece in enumerate(text.split("\n")):
                calls.append(("drawString", x + width * at + indent, top - 15 - 18 * line, piece))
    return calls
