"""Table lines cut into cells, before anything is known about pages or headers.

"任务\\t指标\\t年度绩效指标值"      tabs, empty cells at either end included
"基本支出        9,860.00    99.52%"   wide gaps
"| 国有工业 | 74.6 | 53.7 |"        Markdown; a "| --- |" line marks the row above it as header
"""

import re
from dataclasses import dataclass

from corpus.aligned import GAP
from corpus.errors import ReportError
from corpus.lines import Line
from corpus.model import Mapped
from corpus.repair import repair

_SEPARATOR = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """One line of a table. `after_break`: blank lines, perhaps a page's end, stand before it."""

    cells: tuple[Mapped, ...]
    start: int
    end: int
    after_break: bool
    is_separator: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


def read_grid(lines: tuple[Line, ...], text: str, *, max_columns: int, report: str) -> list[GridRow]:
    """The rows of consecutive table lines of the file named `report`.

    Raises:
        ReportError: a row has more than `max_columns` cells.
    """
    rows = [_row(line, text) for line in lines]
    for row in rows:
        if len(row.cells) > max_columns:
            number = text.count("\n", 0, row.start) + 1
            raise ReportError(
                f"报告“{report}”第 {number} 行的表格有 {len(row.cells)} 列，超过上限 {max_columns}。"
                "请检查这一行的分隔符，或调大 JUSHI_MAX_TABLE_COLUMNS。"
            )
    return [row for row in rows if row.is_separator or any(row.texts)]


def cell_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Source ranges between the pipes, tabs or wide gaps of `text[start:end]`."""
    is_piped = text[start:end].lstrip().startswith("|")
    between = _PIPE if is_piped else _TAB if "\t" in text[start:end] else GAP
    cuts = [match.span() for match in between.finditer(text, start, end)]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    ranges = list(zip(edges[::2], edges[1::2], strict=True))
    if is_piped:  # nothing stands outside the outer pipes
        ranges = ranges[1:] if text[ranges[-1][0] : ranges[-1][1]].strip() else ranges[1:-1]
    return ranges


def _row(line: Line, text: str) -> GridRow:
    cells = tuple(repair(text, start, end) for start, end in cell_ranges(text, line.start, line.end))
    filled = [cell for cell in cells if cell.text]
    return GridRow(
        cells=cells,
        start=filled[0].offsets[0] if filled else line.start,
        end=filled[-1].offsets[-1] + 1 if filled else line.end,
        after_break=line.after_blank,
        is_separator=line.kind == "pipe" and _SEPARATOR.fullmatch(text[line.start : line.end]) is not None,
    )
