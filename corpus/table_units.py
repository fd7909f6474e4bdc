"""Units that a table states apart from its numbers: in a column of units, a header, a label, a note above.

指标 | 计量单位 | 目标值 | 实际值        (a column)     农民培训（人）   (a header)     单位：万元   (a note)
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.columns import unit_column
from corpus.model import Row, Table
from corpus.quantities import Quantity
from corpus.units import match_unit

UNIT_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_GROWTH = re.compile(r"增长(?!额|量|数)|增速|增幅|涨幅|涨跌|升降|变化率")
_UNIT_NOTE = re.compile(r"单位\s*[：:]\s*([^\s）)；;，,、]+)")


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

    A rate of growth is not measured in what grows: 显示器 | 台 | 增长 19.8.
    """
    of_header = UNIT_IN_BRACKETS.findall(header)
    if _GROWTH.search(header):
        return of_header + [sign for sign in "%％‰" if sign in table.lead_in]
    return [
        *of_header,
        *_of_row(table, row),
        *UNIT_IN_BRACKETS.findall(label),
        *_UNIT_NOTE.findall(table.lead_in),
        *UNIT_IN_BRACKETS.findall(table.lead_in)[-1:],
    ]


def _of_row(table: Table, row: Row) -> list[str]:
    column = unit_column(table.header)
    if column is None or column >= len(row.cells):
        return []
    return [row.cells[column].content.text]
