"""Paragraphs and tables as a reader finds them, printed as source text.

    Paragraph(text="一、基本情况", level=1), Table(rows=((Cell(lines=("指标",)), Cell(lines=("数量",))), …))
      -> "一、基本情况\\n\\n指标\\t数量\\n养老机构\\t42家\\n"
Cells are parted by tabs and rows by line ends; what merged cells cover is empty, so that every row of a table
has its full number of columns. A table stands between blank lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import ReportError
from corpus.formats.grid import Cell, printed_rows
from corpus.formats.printed import Limits, Printed

_LONGEST_HEADING = 80
_ENDS_NO_HEADING = "。；，、："


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """`level` is that of a heading, 1 the highest; None for text. `text` may hold line ends."""

    text: str
    level: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of cells as they are written: a cell that spans columns stands once."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


def print_blocks(blocks: Iterable[Block], name: str, limits: Limits) -> Printed:
    """The text of the report called `name`.

    Raises:
        ReportError: a table has too many columns, or the text is longer than what the file may unpack to.
    """
    text: list[str] = []
    headings: list[tuple[int, int]] = []
    length = 0
    for block in blocks:
        if isinstance(block, Table):
            lines = ["", *printed_rows(block.rows, name, limits), ""]
        else:
            lines = [line.strip() for line in block.text.split("\n")]
            if block.level is not None and _can_head(lines):
                headings.append((length, block.level))
        for line in lines:
            if not line and (not text or text[-1] == "\n"):
                continue  # one blank line is enough
            text.append(line + "\n")
            length += len(line) + 1
        if length > limits.unpacked_bytes:
            raise ReportError(f"报告“{name}”展开后超过 {limits.unpacked_bytes} 个字。请拆分文件。")
    if text and text[-1] == "\n":
        text.pop()
    return Printed(text="".join(text), headings=_from_one(headings))


def _can_head(lines: list[str]) -> bool:
    """Whether the lines can be a heading: one line, short, no sentence."""
    return len(lines) == 1 and 0 < len(lines[0]) <= _LONGEST_HEADING and lines[0][-1] not in _ENDS_NO_HEADING


def _from_one(headings: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The levels in use numbered from 1 on, none left out."""
    used = sorted({level for _, level in headings})
    return tuple((start, used.index(level) + 1) for start, level in headings)
