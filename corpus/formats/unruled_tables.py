"""Tables without ruling lines: texts that stand in columns under one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.glyph_runs import Run
from corpus.formats.ink import PageInk


@dataclass(frozen=True, kw_only=True, slots=True)
class UnruledTable:
    """Rows as in a table's piece, and the runs of print it is made of."""

    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[int, str], ...], ...]
    y: float
    runs: tuple[Run, ...]


def find_tables(runs: Sequence[Run], ink: PageInk) -> list[UnruledTable]:
    """The tables among the lines of print outside ruled tables."""
    return []
