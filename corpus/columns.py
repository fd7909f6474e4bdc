"""Which column of a table says what, told by the words of `data/tables.toml`.

任务 | 指标 | 年度绩效指标值 | 实际完成情况   -> an indicator table: task, indicator, target, actual
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.wording import alternatives

_DATA = Path(__file__).parent / "data" / "tables.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorColumns:
    """Column numbers of an indicator table; None where it has no such column."""

    indicator: int
    target: int | None
    actual: int | None
    task: int | None
    rate: int | None
    unit: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CellWords:
    definition: re.Pattern[str]
    target: re.Pattern[str]
    setter: re.Pattern[str]  # at the end of the words before a number
    restated: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def cell_words() -> CellWords:
    cells = _words()["cells"]
    return CellWords(
        definition=re.compile(rf"(?:{alternatives(cells['definition'])})[：:]?"),
        target=re.compile(rf"(?:{alternatives(cells['target'])})[：:为]?"),
        setter=re.compile(
            rf"(?P<setter>[^，。；：、（）()\d%]{{1,10}}?)(?:{alternatives(cells['setters'])})(?:为|是|：)?$"
        ),
        restated=re.compile(alternatives(cells["restated"])),
    )


def indicator_columns(header: tuple[str, ...]) -> IndicatorColumns | None:
    """The columns of an indicator table, or None: it must name an indicator and a target or an actual value."""
    columns: dict[str, int] = {}
    for role, words in _words()["columns"].items():
        for column, text in enumerate(header):
            if column not in columns.values() and re.sub(r"\s|[（(].*?[）)]", "", text) in words:
                columns[role] = column
                break
    if "indicator" not in columns or not {"target", "actual"} & set(columns):
        return None
    return IndicatorColumns(
        indicator=columns["indicator"], target=columns.get("target"), actual=columns.get("actual"),
        task=columns.get("task"), rate=columns.get("rate"), unit=columns.get("unit"),
    )  # fmt: skip


def unit_column(header: tuple[str, ...]) -> int | None:
    """The column that says what the numbers of its row are measured in (计量单位), if there is one."""
    return next((at for at, text in enumerate(header) if re.sub(r"\s", "", text) in _words()["columns"]["unit"]), None)


def is_code_header(header: str) -> bool:
    """Whether the lowest words of a column's header say that it holds codes or running numbers, no quantities."""
    words = _words()["codes"]
    lowest = re.sub(r"[（(].*?[）)]", "", header.rpartition(" ")[2])
    return lowest in words["words"] or lowest.endswith(tuple(words["ends"]))
