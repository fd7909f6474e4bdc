"""The gold figure of an imported case, from the table's columns for it.

    数值 | 单位 | 角色 | 期间 | 范围
    18.6 | 万人 | 实际完成值 | 2022年 | 全市     -> {"value": "18.6", "unit": "万人", "role": "actual", …}

All empty: the case has no gold figure, and the first figure of an answer follows 必含.
"""

from collections.abc import Mapping

from corpus.export import words
from evals.cases import GoldFigure

VALUE, UNIT, ROLE = "数值", "单位", "角色"
GOLD_HEADERS = {VALUE: "value", UNIT: "unit", ROLE: "role", "期间": "period", "范围": "scope"}
RESULT = {"computed": "计算所得"}
GRADE = "grade"


def gold_figure(cells: Mapping[str, str]) -> GoldFigure | None:
    """The figure that these cells, by header, describe.

    Raises:
        ValueError: they describe none, with a Chinese message that names the column.
    """
    if not any(cells.values()):
        return None
    if not cells[VALUE]:
        filled = "、".join(header for header, cell in cells.items() if cell)
        raise ValueError(f"{VALUE}是空的，却填了{filled}。请补上{VALUE}，或把这几列都留空。")
    role, (value, unit) = _role(cells[ROLE]), _without_percent(cells[VALUE], cells[UNIT])
    parts = {key: cells[header] or None for header, key in GOLD_HEADERS.items()}
    figure = GoldFigure.model_validate({**parts, "value": value, "unit": unit or None, "role": role})
    if figure.decimal() is None and role != GRADE:
        raise ValueError(f"{VALUE}是“{value}”，应只写数字；单位（例如 万人）请写在“{UNIT}”一列。")
    return figure


def role_titles() -> dict[str, str]:
    """The word for every role a gold figure can have."""
    return {**words()["roles"], **RESULT}


def _role(told: str) -> str:
    titles = role_titles()
    found = next((name for name, title in titles.items() if told in {name, title}), None)
    if found is None:
        raise ValueError(f"{ROLE}是“{told}”，只能是：{'、'.join(titles.values())}。")
    return found


def _without_percent(value: str, unit: str) -> tuple[str, str]:
    """A spreadsheet shows a share with its sign: "97.3%" without a unit is 97.3 and "%"."""
    return (value.rstrip("%％").rstrip(), "%") if value[-1] in "%％" and unit in {"", "%", "％"} else (value, unit)
