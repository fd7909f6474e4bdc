"""The main text of a web page as paragraphs, headings, list items and tables.

White space is one space, <br> ends a line, list items carry their number. A table around whole paragraphs is the
page's frame and no table. Elements are walked without recursion: a page may nest two thousand deep.
"""

import re
from collections.abc import Iterator

from corpus.formats.grid import Cell
from corpus.formats.layout import Block, Paragraph, Table
from corpus.formats.packed import Element
from corpus.formats.raised import raised
from corpus.formats.web_main import Main

_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
     "label", "mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr", "o:p"}
)  # fmt: skip
_MOST_FRAME_ROWS = 2
_LONG_CELL = 400
_FEWEST_LINKS = 3
_MOSTLY_LINKS = 0.6


def page_blocks(main: Main) -> Iterator[Block]:
    """Title and date where they stand outside the main text, then its blocks; runs of links are left out."""
    if main.title:
        yield Paragraph(text=main.title, level=0)
    if main.dated:
        yield Paragraph(text=main.dated)
    links: list[Paragraph] = []
    for block, share in _Walk(main.node).blocks():
        if isinstance(block, Paragraph) and share > _MOSTLY_LINKS:
            links.append(block)
            continue
        yield from links if len(links) < _FEWEST_LINKS else ()
        links = []
        yield block
    yield from links if len(links) < _FEWEST_LINKS else ()


class _Walk:
    """One element's content, block by block, each with the share of its characters that are links."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._text: list[str] = []
        self._linked = 0
        self._in_link = 0
        self._level: int | None = None
        self._mark = ""  # the number of the list item that begins

    def blocks(self) -> Iterator[tuple[Block, float]]:
        pending: list[tuple[str, Element]] = [("open", self._root)]
        while pending:
            step, node = pending.pop()
            if step == "tail":
                self._add(node.tail)
            elif step == "close":
                yield from self._close(node)
            elif node.tag == "table" and not _is_frame(node):
                yield from self._flush()
                yield from ((block, 0.0) for block in _table(node))
            else:
                yield from self._open(node)
                pending.append(("close", node))
                for child in reversed(node):
                    pending += [("tail", child), ("open", child)]

    def _open(self, node: Element) -> Iterator[tuple[Block, float]]:
        if node.tag in ("br", "hr"):
            self._text.append("\n")
            return
        if node.tag not in _INLINE:
            yield from self._flush()
            self._level = _HEADINGS.get(node.tag)
            if node.tag == "li":
                self._mark = _item_mark(node)
        self._in_link += node.tag == "a"
        self._add(_raised(node, self._text) if node.tag == "sup" else node.text)

    def _close(self, node: Element) -> Iterator[tuple[Block, float]]:
        self._in_link -= node.tag == "a"
        if node.tag not in _INLINE and node.tag not in ("br", "hr"):
            yield from self._flush()

    def _add(self, text: str | None) -> None:
        if text:
            printed = _SPACE.sub(" ", text)
            self._text.append(printed)
            self._linked += len(printed.strip()) if self._in_link else 0

    def _flush(self) -> Iterator[tuple[Block, float]]:
        text = "".join(self._text).strip()
        if text:
            share = self._linked / len(text)
            yield Paragraph(text=self._mark + text, level=self._level), share
            self._mark = ""
        self._text, self._linked, self._level = [], 0, None


def _raised(node: Element, before: list[str]) -> str:
    printed = "" if len(node) else (node.text or "").strip()
    return raised(printed, "".join(before)[-1:]) if printed else (node.text or "")


def _item_mark(item: Element) -> str:
    """The number of an item of an ordered list; nothing for bullets."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    items = [child for child in parent if child.tag == "li"]
    start = parent.get("start", "1")
    return f"{int(start) + items.index(item) if start.isdecimal() else items.index(item) + 1}. "


# --- tables ---------------------------------------------------------------------------------------


def _is_frame(table: Element) -> bool:
    """Whether a table holds the page's text rather than data: a cell with a table or with whole paragraphs."""
    if table.get("role") == "presentation":
        return True
    rows = _rows(table)
    cells = [cell for row in rows for cell in row]
    inside = ("table",) if len(rows) > _MOST_FRAME_ROWS else ("table", "ul", "h1", "h2", "h3", "h4")
    if any(True for cell in cells for _ in cell.iter(*inside)):
        return True
    return any(sum(map(len, cell.itertext())) > _LONG_CELL and _paragraphs(cell) > 1 for cell in cells)


def _paragraphs(cell: Element) -> int:
    return sum(1 for _ in cell.iter("p", "h1", "h2", "h3", "h4"))


def _rows(table: Element) -> list[list[Element]]:
    """The cells of each row of the table itself."""
    rows: list[list[Element]] = []
    pending = list(reversed(table))
    while pending:
        node = pending.pop()
        if node.tag in ("thead", "tbody", "tfoot"):
            pending.extend(reversed(node))
        elif node.tag == "tr":
            rows.append([cell for cell in node if cell.tag in ("td", "th")])
    return rows


def _table(table: Element) -> Iterator[Block]:
    for caption in table.findall("caption"):
        yield from (block for block, _ in _Walk(caption).blocks())
    rows = _rows(table)
    widest = max((sum(_span(cell, "colspan") for cell in row) for row in rows if len(row) > 1), default=1)
    yield Table(rows=tuple(tuple(_cell(cell, widest) for cell in row) for row in rows))


def _cell(cell: Element, widest: int) -> Cell:
    lines = [
        line for block, _ in _Walk(cell).blocks() if isinstance(block, Paragraph) for line in block.text.split("\n")
    ]
    return Cell(lines=tuple(lines), across=min(_span(cell, "colspan"), widest), down=_span(cell, "rowspan"))


def _span(cell: Element, name: str) -> int:
    told = cell.get(name, "1").strip()
    return max(int(told), 1) if told.isdecimal() and len(told) <= 5 else 1
