"""Table lines -> header and data rows, whole again where a page broke them.

    "任务\\t指标\\t年度绩效指标值\\t实际完成情况"
    "任务 1- 技能培训\\t全年培训人数\\t预期实现值：12 万人以上。\\t已完成，12.3 万人。"
    "\\t全年取证人数\\t…"                     the label of the row above is in force
It does not know what a column means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grids import GridRow
from corpus.model import Cell, Mapped, Row
from corpus.page_breaks import EMPTY, RowsAbove, Surroundings, align, continues, label_goes_on
from corpus.repair import join
from corpus.table_headers import header_rows, joined_header, numeric_columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table without its place in the outline."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int


@dataclass(kw_only=True, slots=True)
class _Draft:
    """A data row while its pieces are found: several per cell where pages tore it."""

    pieces: list[list[Mapped]]
    start: int
    end: int

    @property
    def label(self) -> str:
        return "".join(piece.text for piece in self.pieces[0])

    def add(self, cells: Sequence[Mapped], end: int) -> None:
        for pieces, cell in zip(self.pieces, cells, strict=True):
            pieces.append(cell)
        self.end = end

    def cells(self) -> list[Mapped]:
        return [join(tuple(pieces)) for pieces in self.pieces]


def read_tables(grid: Sequence[GridRow], report: Surroundings) -> list[Grid]:
    """The tables of one run of table lines: another header in the middle starts another table."""
    parts: list[list[GridRow]] = []
    for at, row in enumerate(grid):
        if not parts or _starts_table(grid, at, parts[-1]):
            parts.append([])
        parts[-1].append(row)
    return [_read_table([row for row in part if not row.is_separator], part, report) for part in parts if _shows(part)]


def _shows(part: Sequence[GridRow]) -> bool:
    return any(not row.is_separator for row in part)


def _starts_table(grid: Sequence[GridRow], at: int, current: Sequence[GridRow]) -> bool:
    row = grid[at]
    if row.is_separator or not row.after_break or row.texts == current[0].texts:
        return False
    if at + 1 < len(grid) and grid[at + 1].is_separator:
        return True
    widest = max(len(current[0].cells), len(current[-1].cells))
    return len(row.cells) > widest and all(row.texts)


def _read_table(rows: Sequence[GridRow], part: Sequence[GridRow], report: Surroundings) -> Grid:
    levels = header_rows(rows, is_marked=any(row.is_separator for row in part))
    body = rows[levels:]
    width = max(len(row.cells) for row in rows)
    texts = [row.texts for row in rows[:levels]]
    header = joined_header(texts, width, numeric=numeric_columns(body, width))
    drafts = _whole_rows(body, rows[0].texts, width, report)
    return Grid(header=header, rows=_labelled(drafts), start=rows[0].start, end=rows[-1].end)


# --- rows -----------------------------------------------------------------------------------------


def _whole_rows(body: Sequence[GridRow], header: tuple[str, ...], width: int, report: Surroundings) -> list[_Draft]:
    drafts: list[_Draft] = []
    above = RowsAbove(width=width)
    spans = any(not row.texts[0] for row in body)
    label: _Draft | None = None  # the row whose first cell is in force
    is_after_break = False
    for row in body:
        is_after_break = is_after_break or row.after_break
        if row.texts == header:
            is_after_break = True  # a header repeated at the top of a page
            continue
        cells = align(row.cells, above)
        if is_after_break and drafts and continues(cells, above, report):
            above.extend(cells)
            drafts[-1].add(cells, row.end)
        else:
            above.add(cells)
            if is_after_break and label and label_goes_on(label.label, cells[0].text, spans=spans, report=report):
                label.pieces[0].append(cells[0])
                cells[0] = EMPTY
            drafts.append(_Draft(pieces=[[cell] for cell in cells], start=row.start, end=row.end))
            label = drafts[-1] if cells[0].text else label
        is_after_break = False
    return drafts


def _labelled(drafts: Sequence[_Draft]) -> tuple[Row, ...]:
    """Rows whose empty leading cells stand under the label above them."""
    in_force: list[str] = []
    rows = []
    for draft in drafts:
        contents = draft.cells()
        in_force += [""] * (len(contents) - len(in_force))
        filled = [at for at, content in enumerate(contents) if content.text]
        first = filled[0] if filled else 0
        for at in filled:
            in_force[at:] = [contents[at].text, *[""] * (len(in_force) - at - 1)]
        labels = [in_force[at] if at < first else content.text for at, content in enumerate(contents)]
        cells = tuple(Cell(content=content, label=label) for content, label in zip(contents, labels, strict=True))
        rows.append(Row(cells=cells, start=draft.start, end=draft.end))
    return tuple(rows)
