"""Why a figure of a draft agrees or not, in one Chinese sentence. Digits come from the report's rows."""

from dataclasses import replace

from assistant.checking.alignment import Alignment
from assistant.checking.candidates import Candidate
from assistant.checking.faults import Fault
from assistant.figures.phrases import statement, with_unit

# The first that applies is said; `{report}` is the report's statement, `{value}` its value.
_FAULTS: dict[Fault, str] = {
    "role": "目标与实际混用：报告中{report}",
    "year": "年份不同：报告中{report}",
    "place": "地区不同：报告中{report}",
    "cohort": "年份不同：报告中{report}",
    "direction": "升降相反：报告中{report}",
    "field": "排名范围不同：报告中{report}",
    "unit": "单位不同：报告中{report}",
    "per": "计算的时间单位不同：报告中{report}",
    "shifted": "数量级不同：报告中{report}",
    "rounding": "约数不准：报告中{report}",
    "unqualified": "取了约数而没有注明“约”：报告中{report}",
    "value": "数值不同：报告中{report}",
}
_SETTER = "报告中{report}"


def reason(alignment: Alignment, owner_number: int | None) -> str:
    """One sentence; `owner_number` is the citation of the row whose number the draft took, where there is one."""
    row = alignment.row
    if alignment.verdict == "agrees" and row is not None:
        return _agrees(alignment, row)
    if row is not None and alignment.verdict == "absent" and not row.faults:
        return f"报告中这个数说的是“{row.statement.name}”，与草稿的说法对不上，请核对：{_statement(row)}。"
    owner = _owner(alignment, owner_number)
    if alignment.verdict == "differs" and row is not None:
        return (owner or _differs(alignment, row)) + "。"
    nearest = f"；最接近的是：{_statement(row)}" if row is not None and not owner else ""
    return f"报告中没有这项数据{'；' + owner if owner else nearest}。"


def _agrees(alignment: Alignment, row: Candidate) -> str:
    if alignment.derived_from is not None:
        return f"报告没有直接写，由这两个数算出，相符：{_statement(row)}；{_statement(alignment.derived_from)}。"
    if "role" in alignment.faults:
        kind = "目标值" if row.figure.role == "target" else "实际数，不是目标值"
        return f"与报告一致；报告中这是{kind}：{_statement(row)}。"
    told, true = alignment.draft.amount, row.statement.amount
    if told is not None and true is not None and told.unit == true.unit and told.number != true.number:
        return f"约数，与报告相符：{_statement(row)}。"
    if row.figure.qualifier and true is not None and told is not None and told.way != true.way:
        return f"与报告一致；报告的说法是{with_unit(row.figure)}。"
    return f"与报告一致：{_statement(row)}。"


def _owner(alignment: Alignment, number: int | None) -> str:
    """Whose number it is, and what the right one would be: for a number of another subject."""
    if alignment.owner is None or number is None:
        return ""
    if "role" in alignment.faults and alignment.row is not None:
        kind = "目标值" if alignment.owner.figure.role == "target" else "实际数，不是目标值"
        return f"目标与实际混用：报告中这个数是{kind}[{number}]；{_statement(alignment.row)}"
    mistaken = f"报告中这个数说的是“{alignment.owner.statement.name}”[{number}]"
    if alignment.verdict != "differs" or alignment.row is None:
        return mistaken
    return f"张冠李戴：{mistaken}；{_statement(alignment.row)}"


def _differs(alignment: Alignment, row: Candidate) -> str:
    fault = next((fault for fault in _FAULTS if fault in alignment.faults), None)
    return (_FAULTS[fault] if fault else _SETTER).format(report=_statement(row))


def _statement(row: Candidate) -> str:
    return statement(replace(row.figure, name=row.statement.name))
