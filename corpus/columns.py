"""Which column of a table says what, told by the words of `data/tables.toml`.

任务 | 指标 | 年度绩效指标值 | 实际完成情况   -> an indicator table: task, indicator, target, actual
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from corpus.wording import alternatives

# A year in front of a header.
_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")
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

    @property
    def all(self) -> frozenset[int]:
        named = (self.indicator, self.target, self.actual, self.task, self.rate, self.unit)
        return frozenset(column for column in named if column is not None)


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
    for role in _words()["columns"]:
        fitting = [at for at, text in enumerate(header) if at not in columns.values() and _says(role, text)]
        if fitting:
            columns[role] = _of_latest_year(header, fitting)
    if "indicator" not in columns or not {"target", "actual"} & set(columns):
        return None
    return IndicatorColumns(
        indicator=columns["indicator"], target=columns.get("target"), actual=columns.get("actual"),
        task=columns.get("task"), rate=columns.get("rate"), unit=columns.get("unit"),
    )  # fmt: skip


def _says(role: str, header: str) -> bool:
    """Whether a header is one of a role's words; with a year, shorter words say it as well: 2023年实际."""
    plain = re.sub(r"\s|[（(].*?[）)]", "", header)
    words = _words()["columns"]
    undated = _YEAR.sub("", plain)
    return plain in words[role] or (undated != plain and undated in (*words[role], *_words()["dated"].get(role, ())))


def _of_latest_year(header: tuple[str, ...], fitting: list[int]) -> int:
    """The first of some columns, but where they are dated the one of the latest year."""
    years = {at: max(map(int, _YEAR.findall(header[at])), default=0) for at in fitting}
    return max(fitting, key=lambda at: (years[at], -at))


def told_role(header: tuple[str, ...], column: int) -> Literal["target", "actual"] | None:
    """What a column of a plain table holds, where one column has targets and another one results."""
    if not all(any(_says(role, text) for text in header) for role in ("target", "actual")):
        return None
    text = header[column] if column < len(header) else ""
    return "target" if _says("target", text) else "actual" if _says("actual", text) else None


def unit_column(header: tuple[str, ...]) -> int | None:
    """The column that says what the numbers of its row are measured in (计量单位), if there is one."""
    return next((at for at, text in enumerate(header) if re.sub(r"\s", "", text) in _words()["columns"]["unit"]), None)


def is_code_header(header: str) -> bool:
    """Whether the lowest words of a column's header say that it holds codes or running numbers, no quantities."""
    words = _words()["codes"]
    lowest = re.sub(r"[（(].*?[）)]", "", header.rpartition(" ")[2])
    return lowest in words["words"] or lowest.endswith(tuple(words["ends"]))
