"""Ruling lines read as the cells of tables: which stretches of the page a line parts, which cells span others.

Lines that meet make one table. Between two neighbouring lines across and two down lies a cell, and it is one
with its neighbour where no line runs between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.ink import Rule

_SAME_PLACE = 2.5
_SLIMMEST = 5.0
_GAP_IN_RULE = 4.0
_MEETS = 4.0
_MOST_CELLS = 100_000
_MOST_MEETINGS = 4_000_000
_COVERED = 0.6
_OPEN_SIDE = 12.0


@dataclass(frozen=True, slots=True)
class Span:
    """A line at `at`, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table's lines: `xs` and `ys` in order; `owner[row][column]` numbers the cell that covers this place."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[int, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def find_grids(rules: Sequence[Rule]) -> list[RuledGrid]:
    """The tables that the lines of a page draw, from the top down; a lone frame is none."""
    across = _merged([Span(rule.y0, rule.x0, rule.x1) for rule in rules if rule.x1 - rule.x0 > rule.y1 - rule.y0])
    down = _merged([Span(rule.x0, rule.y0, rule.y1) for rule in rules if rule.x1 - rule.x0 <= rule.y1 - rule.y0])
    if len(across) * len(down) > _MOST_MEETINGS:
        return []  # a drawing, not a table
    grids = [grid for parts in _meeting(across, down) if (grid := _grid(*parts)) is not None]
    return sorted(_outermost(grids), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Lines drawn in pieces, and lines drawn twice, made one."""
    merged: list[Span] = []
    for group in _near(sorted(spans, key=lambda span: span.at)):
        at = sum(span.at for span in group) / len(group)
        pieces = sorted(group, key=lambda span: span.start)
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start > end + _GAP_IN_RULE:
                merged.append(Span(at, start, end))
                start = piece.start
            end = max(end, piece.end) if piece.start >= start else end
        merged.append(Span(at, start, end))
    return merged


def _near(spans: Sequence[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for span in spans:
        if group and span.at - group[-1].at > _SAME_PLACE:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _meeting(across: Sequence[Span], down: Sequence[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Lines that touch one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, flat in enumerate(across):
        for other, steep in enumerate(down):
            touches_flat = flat.start - _MEETS <= steep.at <= flat.end + _MEETS
            if touches_flat and steep.start - _MEETS <= flat.at <= steep.end + _MEETS:
                parent[root(one)] = root(len(across) + other)
    groups: dict[int, tuple[list[Span], list[Span]]] = {}
    for at in range(len(parent)):
        group = groups.setdefault(root(at), ([], []))
        if at < len(across):
            group[0].append(across[at])
        else:
            group[1].append(down[at - len(across)])
    yield from groups.values()


def _grid(across: Sequence[Span], down: Sequence[Span]) -> RuledGrid | None:
    ys, xs = _places(across), _places(down)
    if across and xs:  # open sides: the lines across reach further than those down
        left, right = min(span.start for span in across), max(span.end for span in across)
        xs = [*([left] if left < xs[0] - _OPEN_SIDE else []), *xs, *([right] if right > xs[-1] + _OPEN_SIDE else [])]
    if len(xs) < 2 or len(ys) < 2 or not 1 < (len(xs) - 1) * (len(ys) - 1) <= _MOST_CELLS:
        return None
    return RuledGrid(tuple(xs), tuple(ys), _owners(xs, ys, across, down))


def _places(spans: Sequence[Span]) -> list[float]:
    places: list[float] = []
    for span in sorted(spans, key=lambda one: one.at):
        if not places or span.at - places[-1] > _SLIMMEST:
            places.append(span.at)
    return places


def _owners(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Span], down: Sequence[Span]
) -> tuple[tuple[int, ...], ...]:
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _is_parted(down, xs[column + 1], ys[row], ys[row + 1]):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _is_parted(across, ys[row + 1], xs[column], xs[column + 1]):
                parent[root(here + columns)] = root(here)
    return tuple(tuple(root(row * columns + column) for column in range(columns)) for row in range(rows))


def _is_parted(spans: Sequence[Span], at: float, start: float, end: float) -> bool:
    """Whether a line runs at `at` along most of the way from `start` to `end`."""
    covered = sum(
        max(0.0, min(span.end, end) - max(span.start, start)) for span in spans if abs(span.at - at) <= _SLIMMEST
    )
    return covered >= _COVERED * (end - start)


def _outermost(grids: Sequence[RuledGrid]) -> list[RuledGrid]:
    """Without tables that are drawn inside a cell of another: their text belongs to that cell."""
    return [
        grid
        for grid in grids
        if not any(
            other is not grid and other.holds(grid.xs[0], grid.ys[0]) and other.holds(grid.xs[-1], grid.ys[-1])
            for other in grids
        )
    ]
