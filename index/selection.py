"""Selection: the windows given as hits, so that together they cover what is asked and repeat nothing.

Best first. What a chosen window holds is not shown again: windows that overlap it go, and what they held beside
it comes back as the longest windows right before and right behind the chosen one. These are worth a little more
than their own similarity: the rest of a list or table that was found is part of the answer.
"""

from collections.abc import Callable

import numpy as np

from index.fusion import Positions, Values
from index.units import Units

Window = tuple[int, int]
Rate = Callable[[Positions, Positions], Values]


def select(
    candidates: list[Window], rate: Rate, units: Units, within: Positions, k: int, beside: float = 0.0
) -> list[tuple[Window, float]]:
    """Up to `k` windows without overlap, with their similarities; `within` are the units that may be shown.

    `rate` gives the similarity of windows from their first and last units; of equal ones the first is better.
    `beside` is added to that of windows beside a chosen one.
    """
    pool = dict(zip(candidates, _rated(rate, candidates), strict=True))
    free = set(within.tolist())
    chosen: list[tuple[Window, float]] = []
    while pool and len(chosen) < k:
        window = min(pool, key=lambda each: (-pool[each], each))
        chosen.append((window, pool[window]))
        first, last = window
        free -= set(range(first, last + 1))
        pool = {each: value for each, value in pool.items() if each[1] < first or last < each[0]}
        neighbours = _beside(window, units, free)
        rated = zip(neighbours, _rated(rate, neighbours), strict=True)
        pool |= {each: max(pool.get(each, value), value + beside) for each, value in rated}
    return chosen


def _beside(window: Window, units: Units, free: set[int]) -> list[Window]:
    """The longest windows of free units that end right before it and begin right behind it."""
    begin, end = window
    while begin - 1 in free and units.fit(begin - 1, window[0] - 1):
        begin -= 1
    while end + 1 in free and units.fit(window[1] + 1, end + 1):
        end += 1
    return [(first, last) for first, last in ((begin, window[0] - 1), (window[1] + 1, end)) if first <= last]


def _rated(rate: Rate, windows: list[Window]) -> list[float]:
    if not windows:
        return []
    first, last = np.array(windows, dtype=np.int64).T
    return [float(value) for value in rate(first, last)]
