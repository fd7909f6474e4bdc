"""A conversation as a Word document: a heading a question, a table of figures, the sources with their quotations."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.web.exporting import FIGURE_COLUMNS, Conversation, Said

_LATIN, _CHINESE = "Times New Roman", "宋体"
_BODY, _SMALL = Pt(12), Pt(10.5)


def as_word(conversation: Conversation) -> bytes:
    """The bytes of a DOCX file."""
    document = Document()
    _set_fonts(document)
    document.core_properties.title = conversation.title
    document.core_properties.author = "据实"
    document.add_heading(conversation.title, level=1)
    for said in conversation.said:
        _add(document, said)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


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
        _add_table(document, said)
    for warning in said.warnings:
        document.add_paragraph(f"注意：{warning}")
    for source in said.sources:
        line = document.add_paragraph()
        told = f"{source.mark} {source.place}：“{source.quote}”{source.remark}"
        line.add_run(told).font.size = _SMALL


def _add_table(document: WordDocument, said: Said) -> None:
    table = document.add_table(rows=0, cols=len(FIGURE_COLUMNS), style="Table Grid")
    for cells in (FIGURE_COLUMNS, *said.figures):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(text).font.size = _SMALL
    document.add_paragraph()
