"""Units that a table states apart from its numbers: in a column of units, a header, a label, a note above.

指标 | 计量单位 | 目标值 | 实际值        (a column)     农民培训（人）   (a header)     单位：万元   (a note)
单位：所、张、人  over  地区 | 学校 | 课桌 | 教师:  each column takes what its header counts
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.columns import unit_column
from corpus.model import Row, Table
from corpus.quantities import Quantity
from corpus.units import match_unit, unit_of_name

UNIT_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_GROWTH = re.compile(r"增长(?!额|量|数)|增速|增幅|涨幅|涨跌|升降|变化率")
_RATE = re.compile(r"(?:率|占比|比重|比例|百分比|完成进度)$")
_MONEY = re.compile(r"(?:预算|决算|资金|款|费|余额|投资|[金总税]额|收入|支出)数?$")
_SIGNS = ("%", "％", "‰")
_UNIT_NOTE = re.compile(r"单位\s*[：:]\s*([^\s）)；;。]+)")
_MARK = re.compile(r"[、，,和]")


def with_unit(quantity: Quantity, texts: Iterable[str]) -> Quantity:
    """The quantity, with the first of `texts` that is a unit and nothing else if it was printed without one."""
    if quantity.unit is not None:
        return quantity
    for text in texts:
        unit = match_unit(text.strip(), 0)
        if unit is not None and unit.base is not None and len(unit.printed) == len(text.strip()):
            return replace(
                quantity, unit=unit.printed, magnitude=unit.factor, base_unit=unit.base, dimension=unit.dimension
            )
    return quantity


def units_beside(table: Table, row: Row, header: str, label: str) -> list[str]:
    """The texts that may state the unit of a number in `row` under `header`, the nearest first.

    A rate of growth is not measured in what grows: 显示器 | 台 | 增长 19.8. Nor is a rate: 预算 | 支出 | 执行率.
    """
    of_header, noted = UNIT_IN_BRACKETS.findall(header), _noted(table)
    signs = [sign for sign in _SIGNS if sign in table.lead_in]
    if _GROWTH.search(header):
        return of_header + signs
    plain = [unit for unit in noted if unit not in _SIGNS]
    if _RATE.search(UNIT_IN_BRACKETS.sub("", header).strip()):
        return [*of_header, *_of_row(table, row), *(signs or (["%"] if plain else []))]
    told = _by_header(table, plain, header) if len(plain) > 1 else (plain or noted)[:1]
    brackets = [] if len(plain) > 1 else UNIT_IN_BRACKETS.findall(table.lead_in)[-1:]
    return [*of_header, *_of_row(table, row), *UNIT_IN_BRACKETS.findall(label), *told, *brackets]


def _noted(table: Table) -> list[str]:
    """The units of the note above the table."""
    return [unit for note in _UNIT_NOTE.findall(table.lead_in) for unit in _MARK.split(note) if unit]


def _by_header(table: Table, units: Sequence[str], header: str) -> list[str]:
    """Of several noted units the one that the column's header counts, or that the columns beside it leave to it."""
    columns = [at for at, text in enumerate(table.header) if _is_measured(table, at) and not _is_rate(text)]
    own = [_counted(units, table.header[at]) for at in columns]
    if not any(own) and len(own) == len(units):
        own = [(at,) for at in range(len(units))]
    at = next((order for order, column in enumerate(columns) if table.header[column] in header), None)
    if at is None:
        return []
    if own[at]:
        return [units[own[at][0]]]
    counts = [order for order, unit in enumerate(units) if not unit.endswith("元")]
    low = max((found[-1] for found in own[:at] if found and found[-1] in counts), default=0)
    high = min((found[0] for found in own[at + 1 :] if found and found[0] in counts), default=len(units) - 1)
    between = [order for order in counts if low <= order <= high]
    return [units[between[0]]] if len(between) == 1 else []


def _counted(units: Sequence[str], header: str) -> tuple[int, ...]:
    """Which of the units are in the base unit of what a header names."""
    plain = UNIT_IN_BRACKETS.sub("", header)
    base = "元" if _MONEY.search(plain) else unit_of_name(plain)[0]
    found = (match_unit(unit, 0) for unit in units)
    return tuple(at for at, unit in enumerate(found) if base is not None and unit is not None and unit.base == base)


def _is_rate(header: str) -> bool:
    return bool(_GROWTH.search(header) or _RATE.search(UNIT_IN_BRACKETS.sub("", header).strip()))


def _is_measured(table: Table, column: int) -> bool:
    return any(row.cells[column].content.text[:1].isdigit() for row in table.rows if column < len(row.cells))


def _of_row(table: Table, row: Row) -> list[str]:
    column = unit_column(table.header)
    if column is None or column >= len(row.cells):
        return []
    return [row.cells[column].content.text]
