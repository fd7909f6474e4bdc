"""Columns of a table that do not add up to its total row, where other columns of the same table do.

甲县   62.8   1,820
乙县   54.1   1,510
全市  116.9   3,380      the first column adds up, the second does not: one of its numbers is not what it seems
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from corpus.findings import last_digit
from corpus.model import Figure, Report

_NO_SUMMANDS = frozenset({"rate", "share", "growth", "completion_rate", "rank", "score"})
_FEWEST_SUMMANDS = 2

Column = Mapping[int, Figure]


def columns_not_adding_up(report: Report) -> Iterator[tuple[Figure, ...]]:
    """The figures of each such column, its total among them."""
    for columns in _numbers(report).values():
        for at in (max, min):  # the total stands last, or first
            rows = [at(column) for column in columns]
            total = max(set(rows), key=rows.count)
            whole = [column for column in columns if total in column and len(column) > _FEWEST_SUMMANDS]
            apart = [column for column in whole if not _adds_up(column, total)]
            if len(apart) < len(whole):
                yield from (tuple(column.values()) for column in apart)
                break


def _numbers(report: Report) -> dict[str, list[Column]]:
    """For each table its columns of numbers that can be added, row by row; cells of several numbers left out."""
    cells: dict[tuple[str, str], dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in report.figures:
        if figure.table is not None and figure.row is not None:
            cells[figure.table, figure.column or ""][figure.row].append(figure)
    tables: dict[str, list[Column]] = defaultdict(list)
    for (table, _), rows in cells.items():
        single = {row: figures[0] for row, figures in rows.items() if len(figures) == 1}
        if len({figure.base_unit for figure in single.values()}) == 1 and all(map(_can_be_added, single.values())):
            tables[table].append(single)
    return tables


def _can_be_added(figure: Figure) -> bool:
    return figure.base_value is not None and figure.value_high is None and figure.role not in _NO_SUMMANDS


def _adds_up(column: Column, total: int) -> bool:
    parts = [figure for row, figure in column.items() if row != total]
    added = sum(Decimal(part.base_value or 0) for part in parts)
    # Each part may have been rounded by half of its last digit, fractions apart only.
    slack = max(
        (last_digit(part) for part in parts if "." in (part.value or "")), default=Decimal(0)
    ) * len(parts) / 2  # fmt: skip
    return abs(added - Decimal(column[total].base_value or 0)) <= slack
