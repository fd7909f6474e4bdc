"""Pages set in two columns of prose: which lines stand left, which right, which run over both.

A line over the whole width ends what stands in columns above it; within each stretch the left column is read
before the right one.
"""

from collections.abc import Sequence

from corpus.formats.glyph_runs import Run

_NARROWEST = 0.35  # of the text's width: how far from its sides the space between columns may lie
_FEWEST_LINES = 6
_MOSTLY = 0.6
_FULL = 0.7  # of the column's width: what a line of prose fills
_SPACE = 1.0  # of the size


def column_space(runs: Sequence[Run]) -> float | None:
    """Where the space between two columns of prose lies, None where there are none."""
    if len(runs) < _FEWEST_LINES:
        return None
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = right - left
    starts = [part.x0 for run in runs for part in run.cut(_SPACE)]
    candidates = sorted({round(x) - 2.0 for x in starts if left + _NARROWEST * width < x < right - _NARROWEST * width})
    for middle in candidates:
        parted = [sides(run, middle) for run in runs]
        firsts = [first for first, _ in parted if first]
        seconds = [second for _, second in parted if second]
        if min(len(firsts), len(seconds)) < _FEWEST_LINES or len(firsts) + len(seconds) < _MOSTLY * len(runs):
            continue
        if _is_prose(firsts) and _is_prose(seconds):
            return middle
    return None


def sides(run: Run, middle: float) -> tuple[Run | None, Run | None]:
    """What of a line stands left and right of the space between columns; neither where it runs across."""
    if run.x1 <= middle:
        return run, None
    if run.x0 >= middle:
        return None, run
    for at in range(1, len(run.glyphs)):
        before, after = run.glyphs[at - 1], run.glyphs[at]
        if before.x1 <= middle <= after.x0 and after.x0 - before.x1 >= _SPACE * run.size:
            return run.part(0, at), run.part(at, len(run.glyphs))
    return None, None


def _is_prose(lines: Sequence[Run]) -> bool:
    """Whether most lines fill their column and go on from one to the next."""
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [line for line in lines if line.x1 - line.x0 >= _FULL * width and len(line.cut(_SPACE)) == 1]
    return len(full) >= _MOSTLY * len(lines) and sum(len(line.glyphs) for line in full) >= 10 * len(full)
