"""Word documents: a conversation with its figures and sources, and a checked draft with its marks and results."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.views.checked_draft import VERDICT_MARKS, DraftPiece
from assistant.web.exporting import FIGURE_COLUMNS, Conversation, Said, writable

_LATIN, _CHINESE = "Times New Roman", "宋体"
_BODY, _SMALL = Pt(12), Pt(10.5)


def as_word(conversation: Conversation) -> bytes:
    """The bytes of a DOCX file."""
    document = _begun(conversation.title)
    for said in conversation.said:
        _add(document, said)
    return _as_bytes(document)


def checked_as_word(
    pieces: Sequence[DraftPiece], counted: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> bytes:
    """The bytes of a DOCX file: what was counted, the draft with each figure marked, a row for each figure."""
    document = _begun("核稿结果")
    document.add_paragraph(counted)
    document.add_heading("草稿", level=2)
    _add_draft(document, pieces)
    document.add_heading("逐项结果", level=2)
    _add_table(document, columns, rows)
    return _as_bytes(document)


def _begun(title: str) -> WordDocument:
    document = Document()
    _set_fonts(document)
    document.core_properties.title = title
    document.core_properties.author = "据实"
    document.add_heading(title, level=1)
    return document


def _as_bytes(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_draft(document: WordDocument, pieces: Sequence[DraftPiece]) -> None:
    """A paragraph a line; a checked figure is underlined, followed by its sign and number, raised."""
    paragraph = document.add_paragraph()
    for piece in pieces:
        for number, line in enumerate(writable(piece.text).split("\n")):
            if number:
                paragraph = document.add_paragraph()
            run = paragraph.add_run(line)
            run.underline = piece.verdict is not None
            run.bold = piece.verdict == "differs"
        if piece.verdict is not None:
            paragraph.add_run(f"{VERDICT_MARKS[piece.verdict]}{piece.number}").font.superscript = True


def _set_fonts(document: WordDocument) -> None:
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
    document.styles["Normal"].font.size = _BODY


def _add(document: WordDocument, said: Said) -> None:
    document.add_heading(said.question, level=2)
    document.add_paragraph(said.answer)
    if said.formula:
        document.add_paragraph(f"算式：{said.formula}")
    if said.figures:
        _add_table(document, FIGURE_COLUMNS, said.figures)
        document.add_paragraph()
    for warning in said.warnings:
        document.add_paragraph(f"注意：{warning}")
    for source in said.sources:
        line = document.add_paragraph()
        told = f"{source.mark} {source.place}：“{source.quote}”{source.remark}"
        line.add_run(told).font.size = _SMALL


def _add_table(document: WordDocument, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    for cells in (columns, *rows):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(writable(text)).font.size = _SMALL
