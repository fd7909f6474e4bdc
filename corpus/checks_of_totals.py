"""Columns of a table that do not add up to its total row, where other columns of the same table do.

甲县   62.8   1,820
乙县   54.1   1,510
全市  116.9   3,380      the first column adds up, the second does not: one of its numbers is not what it seems
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
            excess = [_excess(column, total) for column in whole]
            if any(not over and _tells(column) for column, over in zip(whole, excess, strict=True)):
                for column, over in zip(whole, excess, strict=True):
                    if over and could_be_misread(over, [figure.base_value for figure in column.values()]):
                        yield tuple(column.values())
                break


def could_be_misread(difference: Decimal, values: Iterable[str | None]) -> bool:
    """Whether one digit read wrongly, or one point not read, makes a difference of so much.

    12.48 for 12.46 is off by one digit in one place; 1246 for 12.46 by 99/100 of what was read.
    """
    digits = abs(difference).normalize().as_tuple().digits
    if len(digits) == 1 and digits[0]:
        return True
    read = [Decimal(value) for value in values if value is not None]
    return any(abs(difference) in (value * 9 / 10, value * 99 / 100) for value in read if value)


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


def _tells(column: Column) -> bool:
    """Whether it is no chance that the column adds up."""
    return sum(Decimal(figure.base_value or 0) != 0 for figure in column.values()) > _FEWEST_SUMMANDS + 1


def _excess(column: Column, total: int) -> Decimal:
    """By how much the column's rows exceed its total, rounding apart."""
    parts = [figure for row, figure in column.items() if row != total]
    added = sum(Decimal(part.base_value or 0) for part in parts)
    # Each part may have been rounded by half of its last digit, fractions apart only.
    unit = max((last_digit(part) for part in parts if "." in (part.value or "")), default=Decimal(0))
    excess = added - Decimal(column[total].base_value or 0)
    return excess if abs(excess) > unit * len(parts) / 2 else Decimal(0)
