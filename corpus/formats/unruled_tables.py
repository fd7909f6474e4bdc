"""Tables without ruling lines: texts that stand in columns under one another.

    支出类别       全年预算数      执行率
    基本支出         9,860.00      99.52%        white space runs down between the columns,
    项目支出       238,740.00      96.04%        and across between the rows
A cell wrapped over lines stays one: its lines lie closer together than rows do. Columns of prose are no table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.glyph_runs import Run, cell_text
from corpus.lines import layout

_GAP = 0.5  # of the size: white space that may part columns
_CLEAR_GAP = 0.9  # of the size: white space that shows a line to be in columns
_FAR = 2.6  # of the size: white space that ends a table
_CROSSED = 0.25  # lines that may run over the space between two columns for each that it parts: headers, totals
_FEWEST_PARTED = 2
_FEWEST_ROWS = 3
_MOST_LINES = 400  # of a page; more is no print that anybody reads
_WIDE = 0.55
_APART = 1.8
_PROSE_CHARACTERS = 12
_SMALL_STEP = 0.9
_NUMBER = re.compile(r"[-−+]?[（(]?\d[\d,.，]*[)）]?\s*[%％‰]?|[-—–/]+|≥?≤?\d[\d.]*\s*\D{0,3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class UnruledTable:
    """Rows as in a table's piece, and the runs of print it is made of."""

    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[int, str], ...], ...]
    y: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands level: parts of one or more baselines that overlap from top to bottom."""

    parts: tuple[Run, ...]
    runs: tuple[Run, ...]
    is_parted: bool  # clearly in columns

    @property
    def top(self) -> float:
        return min(part.y - 0.85 * part.size for part in self.parts)

    @property
    def bottom(self) -> float:
        return max(part.y + 0.15 * part.size for part in self.parts)


def find_tables(runs: Sequence[Run]) -> list[UnruledTable]:
    """The tables among the lines of print outside ruled tables."""
    return [table for region in _regions(runs) if (table := _read(region)) is not None]


def _regions(runs: Sequence[Run]) -> Iterator[list[_Band]]:
    """Stretches of lines that may be a table: in parts, or narrow, and near one another."""
    width = max((run.x1 for run in runs), default=0) - min((run.x0 for run in runs), default=0)
    bands = list(_bands(runs))
    region: list[_Band] = []
    for number, band in enumerate(bands):
        fits = band.is_parted or band.runs[0].x1 - band.runs[0].x0 < _WIDE * width
        is_far = region and band.top - region[-1].bottom > _FAR * band.parts[0].size
        if region and (not fits or is_far or _is_caption(band, bands[number + 1 : number + 2], region)):
            yield region
            region = []
        if fits:
            region.append(band)
    if region:
        yield region


def _is_caption(band: _Band, below: Sequence[_Band], region: Sequence[_Band]) -> bool:
    """Whether a lone text between lines in columns names the table below rather than belonging to a row."""
    if band.is_parted or _is_wrapped(region[-1], band) or (below and _is_wrapped(band, below[0])):
        return False
    text = band.runs[0].text
    if layout().captions.fullmatch(text) or layout().units.fullmatch(text) or layout().starts.match(text):
        return True
    parted = [other for other in region if other.is_parted]
    if not parted:
        return False
    spaces = sorted(after.top - before.bottom for before, after in pairwise(region))
    usual = spaces[len(spaces) // 2] if spaces else 0.0
    is_apart = band.top - region[-1].bottom > _APART * max(usual, 0.3 * band.runs[0].size)
    first = [other.parts[0] for other in parted]
    middle = (band.runs[0].x0 + band.runs[0].x1) / 2
    return is_apart or middle > max(part.x1 for part in first)


def _bands(runs: Sequence[Run]) -> Iterator[_Band]:
    group: list[Run] = []
    bottom = 0.0
    for run in sorted(runs, key=lambda one: one.y):
        if group and run.y - 0.7 * run.size > bottom:
            yield _band(group)
            group = []
        bottom = run.y if not group else max(bottom, run.y)
        group.append(run)
    if group:
        yield _band(group)


def _band(runs: Sequence[Run]) -> _Band:
    parts = [part for run in runs for part in run.cut(_GAP)]
    is_parted = len(runs) > 1 or len(runs[0].cut(_CLEAR_GAP)) > 1
    return _Band(tuple(sorted(parts, key=lambda part: (part.x0, part.y))), tuple(runs), is_parted)


def _read(region: Sequence[_Band]) -> UnruledTable | None:
    region = _trimmed(region)
    if not _FEWEST_ROWS <= len(region) <= _MOST_LINES or sum(band.is_parted for band in region) < _FEWEST_ROWS:
        return None
    edges = _edges(region)
    columns = len(edges) - 1
    if columns < 2:
        return None
    cells = [_cells(band, edges) for band in region]
    if _is_prose(cells, columns):
        return None
    rows = _rows(region, cells, edges)
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) < 2:
        return None
    return UnruledTable(
        xs=edges, y=region[0].parts[0].y, runs=tuple(run for band in region for run in band.runs),
        rows=tuple(tuple(sorted((column, _text(parts)) for column, parts in row.items())) for row in rows),
    )  # fmt: skip


def _trimmed(region: Sequence[_Band]) -> list[_Band]:
    """Without lone texts above and below: captions, units, notes, unless they are the rest of a wrapped cell."""
    bands = list(region)
    while bands and not bands[0].is_parted and (len(bands) == 1 or not _is_wrapped(bands[0], bands[1])):
        bands.pop(0)
    while bands and not bands[-1].is_parted and (len(bands) == 1 or not _is_wrapped(bands[-2], bands[-1])):
        bands.pop()
    return bands


def _is_wrapped(above: _Band, below: _Band) -> bool:
    """Whether two lines lie as close as lines of one cell do, one of them in columns."""
    return below.top - above.bottom < 0.5 * below.parts[0].size and (above.is_parted or below.is_parted)


def _edges(region: Sequence[_Band]) -> tuple[float, ...]:
    """Where columns part: the middles of white spaces with text on both sides, which few lines run over."""
    parts = [part for band in region for part in band.parts]
    size = sorted(part.size for part in parts)[len(parts) // 2]
    bounds = sorted({part.x0 for part in parts} | {part.x1 for part in parts})
    spaces: list[tuple[float, float]] = []
    for start, end in pairwise(bounds):
        if not _parts_columns(region, start, end):
            continue
        if spaces and spaces[-1][1] == start:
            spaces[-1] = spaces[-1][0], end
        else:
            spaces.append((start, end))
    wide = [(start, end) for start, end in spaces if end - start >= 0.5 * size]
    return (bounds[0], *((start + end) / 2 for start, end in wide), bounds[-1])


def _parts_columns(region: Sequence[_Band], start: float, end: float) -> bool:
    crossed = parted = 0
    for band in region:
        if any(part.x0 < end and part.x1 > start for part in band.parts):
            crossed += 1
        elif band.parts[0].x0 < start and band.parts[-1].x1 > end:
            parted += 1
    fewest = _FEWEST_PARTED if crossed else 1
    return parted >= fewest and crossed <= _CROSSED * parted


def _cells(band: _Band, edges: Sequence[float]) -> dict[int, list[Run]]:
    cells: dict[int, list[Run]] = {}
    for part in band.parts:
        for piece, column in _in_columns(part, edges):
            cells.setdefault(column, []).append(piece)
    return cells


def _in_columns(part: Run, edges: Sequence[float]) -> Iterator[tuple[Run, int]]:
    """The part as the cell it starts in; parted where two columns' texts came close."""
    first = _column(part.glyphs[0].middle[0], edges)
    last = _column(part.glyphs[-1].middle[0], edges)
    if first < last:
        for at in range(1, len(part.glyphs)):
            gap = part.glyphs[at].x0 - part.glyphs[at - 1].x1
            edge = edges[_column(part.glyphs[at].middle[0], edges)]
            if gap > 0.3 * part.size and part.glyphs[at - 1].x1 <= edge <= part.glyphs[at].x0:
                yield part.part(0, at), first
                yield from _in_columns(part.part(at, len(part.glyphs)), edges)
                return
    yield part, first


def _column(x: float, edges: Sequence[float]) -> int:
    return max(0, min(sum(edge <= x for edge in edges) - 1, len(edges) - 2))


def _is_prose(cells: Sequence[dict[int, list[Run]]], columns: int) -> bool:
    """Two columns of long lines with hardly a number by itself are columns of a page."""
    texts = [_text(parts) for row in cells for parts in row.values()]
    numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
    lengths = sorted(map(len, texts))
    return columns == 2 and numbers * 5 < len(texts) and lengths[len(lengths) // 2] >= _PROSE_CHARACTERS


def _text(parts: Sequence[Run]) -> str:
    return cell_text([glyph for part in parts for glyph in part.glyphs])


# --- rows -----------------------------------------------------------------------------------------


def _rows(
    region: Sequence[_Band], cells: Sequence[dict[int, list[Run]]], edges: Sequence[float]
) -> list[dict[int, list[Run]]]:
    step = _row_step(region)
    rows: list[dict[int, list[Run]]] = []
    for number, (band, here) in enumerate(zip(region, cells, strict=True)):
        space = band.top - region[number - 1].bottom if number else 0.0
        if rows and _goes_on(rows[-1], here, space, step, edges):
            for column, parts in here.items():
                rows[-1].setdefault(column, []).extend(parts)
        else:
            rows.append({column: list(parts) for column, parts in here.items()})
    return rows


def _row_step(region: Sequence[_Band]) -> float | None:
    """The white space that parts rows from wrapped lines, None where all lines lie equally far apart."""
    spaces = sorted(below.top - above.bottom for above, below in pairwise(region))
    size = region[0].parts[0].size
    steps = [
        (after - before, (after + before) / 2) for before, after in pairwise(spaces) if before < _SMALL_STEP * size
    ]
    widest = max(steps, default=(0.0, 0.0))
    return widest[1] if widest[0] > 0.25 * size else None


def _goes_on(
    row: dict[int, list[Run]], here: dict[int, list[Run]], space: float, step: float | None, edges: Sequence[float]
) -> bool:
    """Whether a line belongs to the row above it: wrapped cells, never a second number in a column."""
    both = [(row[column], parts) for column, parts in here.items() if column in row]
    if any(_is_number(above) and _is_number(below) for above, below in both):
        return False
    if step is not None:
        return space < step
    is_rest = len(here) < len(row) and len(both) == len(here) and not any(map(_is_number, here.values()))
    return is_rest and all(_is_full(row[column], edges[column + 1]) for column in here)


def _is_number(parts: Sequence[Run]) -> bool:
    return _NUMBER.fullmatch(parts[-1].text) is not None


def _is_full(parts: Sequence[Run], edge: float) -> bool:
    return edge - parts[-1].x1 < 2 * parts[-1].size
