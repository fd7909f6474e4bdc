"""Rows of a ruled table that were drawn without rules between them.

会议费          1.20
培训费          3.40       one cell each between two rules: the numbers of a column show the rows
差旅费          5.60
"""

import re
from collections.abc import Sequence

from corpus.formats.glyph_runs import Run, read_runs
from corpus.formats.ink import Glyph

_NUMBER = re.compile(r"[-−+]?[（(]?\d[\d,.，]*[)）]?\s*[%％‰]?")
_SAME_LEVEL = 0.6  # of the size
Row = list[tuple[int, list[Glyph]]]


def level_rows(row: Row) -> list[Row]:
    """The rows that a row of cells (number of its column, characters) consists of: mostly itself."""
    lines = {column: read_runs(glyphs) for column, glyphs in row}
    levels = _levels(list(lines.values()))
    if len(levels) < 2:
        return [row]
    rows: list[Row] = [[(column, []) for column, _ in row] for _ in levels]
    for place, (column, _) in enumerate(row):
        for run in lines[column]:
            nearest = min(range(len(levels)), key=lambda at, y=run.y: abs(levels[at] - y))  # type: ignore[misc]
            rows[nearest][place][1].extend(run.glyphs)
    return rows


def _levels(cells: Sequence[Sequence[Run]]) -> list[float]:
    """The baselines of the column with the most numbers, where all such columns agree; none for a plain row."""
    numeric = [runs for runs in cells if len(runs) > 1 and all(_NUMBER.fullmatch(run.text) for run in runs)]
    if not numeric:
        return []
    levels = [run.y for run in max(numeric, key=len)]
    if all(_lies_level(run, levels) for runs in numeric for run in runs) and _names_rows(cells, levels):
        return levels
    return []


def _names_rows(cells: Sequence[Sequence[Run]], levels: Sequence[float]) -> bool:
    """Whether some other column has a text on every level."""
    return any(
        sum(any(abs(run.y - level) <= _SAME_LEVEL * run.size for run in runs) for level in levels) == len(levels)
        for runs in cells
        if not all(_NUMBER.fullmatch(run.text) for run in runs)
    )


def _lies_level(run: Run, levels: Sequence[float]) -> bool:
    return any(abs(run.y - level) <= _SAME_LEVEL * run.size for level in levels)
