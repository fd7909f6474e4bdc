"""Word documents (.docx): paragraphs, headings, lists with their numbers, tables, text boxes and notes.

    <w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>综合</w:t></w:r></w:p>   -> 一、综合   (numbered by its style)
Running heads, comments, the table of contents and what was deleted are not read. Footnotes and endnotes stand at
the end, each behind the mark [1] that refers to it. A damaged relationship does not keep the rest from being read.
"""

from collections.abc import Iterator, Sequence

from corpus.formats.grid import Cell
from corpus.formats.layout import Block, Paragraph, Table, print_blocks
from corpus.formats.packed import Element, Packed
from corpus.formats.printed import Limits, Printed
from corpus.formats.word_names import MC, W, child, number, switch, value
from corpus.formats.word_numbering import Numbering
from corpus.formats.word_styles import Styles, numbering_of, outline_level
from corpus.formats.word_text import Printer, alternative

_BODY = "word/document.xml"
_TRANSPARENT = frozenset({W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo")})


def read_docx(data: bytes, name: str, limits: Limits) -> Printed:
    """The text of a Word document with its headings.

    Raises:
        ReportError: no Word document, damaged, encrypted, with macros, or beyond the limits.
    """
    with Packed(data, name, limits) as packed:
        main = packed.related("", "officeDocument") or _BODY
        root = packed.part(main)
        body = child(root, "body")
        if body is None:
            raise packed.damaged()
        parts = {kind: packed.related(main, kind) for kind in ("styles", "numbering", "footnotes", "endnotes")}
        roots = {kind: packed.part(path) if path else None for kind, path in parts.items()}
    return print_blocks(_Document(roots).blocks(body), name, limits)


class _Document:
    """One document being read from top to bottom: lists count, fields open and close, notes are collected."""

    def __init__(self, roots: dict[str, Element | None]) -> None:
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"])
        self._printer = Printer(self._styles)
        self._roots = roots
        self._torn = ""  # text of a paragraph whose end was deleted: it goes on in the next

    def blocks(self, body: Element) -> Iterator[Block]:
        """All that is printed, notes last."""
        yield from self._within(body)
        if self._torn:
            yield Paragraph(text=self._torn)
        yield from self._notes()

    def _within(self, parent: Element) -> Iterator[Block]:
        for node in parent:
            if node.tag == W + "p":
                yield from self._paragraph(node)
            elif node.tag == W + "tbl":
                yield from self._table(node)
            elif node.tag == W + "sdt":
                yield from () if _is_contents(node) else self._within(node)
            elif node.tag == MC + "AlternateContent":
                yield from self._within(alternative(node))
            elif node.tag in _TRANSPARENT:
                yield from self._within(node)

    def _paragraph(self, node: Element, *, in_cell: bool = False) -> Iterator[Block]:
        properties = child(node, "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.of(style_id)
        text = self._printer.text(node)
        if child(child(properties, "rPr"), "del") is not None:
            self._torn += text
        elif not style.is_contents:
            mark = self._number(properties, style_id)
            text = self._torn + text
            self._torn = ""
            told = outline_level(properties)
            level = style.level if told is None else told
            printed = mark + text.strip() if text.strip() or in_cell else ""
            yield Paragraph(text=printed, level=level if level is not None and level >= 0 else None)
        boxes, self._printer.boxes = self._printer.boxes, []
        for box in boxes:
            yield from self._within(box)

    def _number(self, properties: Element | None, style_id: str | None) -> str:
        style = self._styles.of(style_id)
        told = numbering_of(properties) or style.numbering
        if told is None or not told[0]:
            return ""
        numbered, level = told
        if level is None or numbering_of(properties) is None:
            level = self._numbering.level_of_style(numbered, style_id) or level or 0
        return self._numbering.next(numbered, level)

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Block]:
        rows = [row for row in _inside(table, "tr") if not _is_dropped(row)]
        cells = [list(_inside(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells):  # a frame around text
            for row in cells:
                for cell in row:
                    yield from self._within(cell)
            return
        inner: list[Block] = []
        yield Table(rows=tuple(self._row(row, own, inner) for row, own in zip(rows, cells, strict=True)))
        yield from inner

    def _row(self, row: Element, cells: Sequence[Element], inner: list[Block]) -> tuple[Cell, ...]:
        properties = child(row, "trPr")
        skipped = max(number(properties, "gridBefore") or 0, 0)
        before = (Cell(across=skipped),) if skipped else ()
        return before + tuple(self._cell(cell, inner) for cell in cells)

    def _cell(self, cell: Element, inner: list[Block]) -> Cell:
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        lines: list[str] = []
        for node in _inside(cell, "p", "tbl"):
            for block in self._table(node) if node.tag == W + "tbl" else self._paragraph(node, in_cell=True):
                if isinstance(block, Table):
                    inner.append(block)
                else:
                    lines += block.text.split("\n")
        return Cell(
            lines=tuple(lines),
            across=max(number(properties, "gridSpan") or 1, 1),
            continues=merge is not None and merge.get(W + "val") in (None, "continue"),
        )

    # --- notes ------------------------------------------------------------------------------------

    def _notes(self) -> Iterator[Block]:
        """The notes referred to, in the order of their marks; notes may refer to further ones."""
        done = 0
        while done < len(self._printer.notes):
            key = list(self._printer.notes)[done]
            done += 1
            lines = [block.text for block in self._note_blocks(*key) if isinstance(block, Paragraph) and block.text]
            yield Paragraph(text=f"[{done}] " + "".join(lines))

    def _note_blocks(self, part: str, note_id: str) -> Iterator[Block]:
        root = self._roots[part]
        for note in root if root is not None else ():
            if note.get(W + "id") == note_id:
                yield from self._within(note)


def _inside(parent: Element, *names: str) -> Iterator[Element]:
    """The children called one of `names`, those inside content controls and accepted insertions too."""
    wanted = {W + name for name in names}
    for node in parent:
        if node.tag in wanted:
            yield node
        elif node.tag in _TRANSPARENT or node.tag == W + "sdt":
            yield from _inside(node, *names)


def _is_dropped(row: Element) -> bool:
    properties = child(row, "trPr")
    return child(properties, "del") is not None or switch(properties, "hidden") is True


def _is_contents(control: Element) -> bool:
    gallery = value(child(child(control, "sdtPr"), "docPartObj"), "docPartGallery") or ""
    return gallery.startswith("Table of ")
