"""A checked draft as text for a terminal, and as JSON."""

import json
from collections import Counter
from collections.abc import Sequence

from assistant.checking.alignment import Verdict
from assistant.checking.draft import CheckedFigure
from assistant.display import place

_MARKS: dict[Verdict, str] = {"agrees": "√ 一致", "differs": "× 不一致", "absent": "? 报告中没有"}


def checked_as_text(checked: Sequence[CheckedFigure]) -> str:
    """A line for each figure in order of place, with the place in the report, and a line that counts the verdicts."""
    lines = [line for each in checked for line in _lines(each)]
    counts = Counter(each.verdict for each in checked)
    told = "，".join(f"{mark.split()[1]}{counts[verdict]}" for verdict, mark in _MARKS.items())
    return "\n".join([*lines, f"共核对{len(checked)}个数：{told}。"])


def _lines(checked: CheckedFigure) -> list[str]:
    printed = "".join(checked.printed.split())
    lines = [f"{_MARKS[checked.verdict]}  {printed}  {checked.reason}"]
    for citation in checked.citations:
        where = " > ".join(citation.section)
        lines.append(f"    [{citation.id}] {citation.report} {place(citation)} {where}")
    return lines


def checked_as_json(checked: Sequence[CheckedFigure]) -> str:
    """The list of `CheckedFigure` objects."""
    return json.dumps([each.model_dump() for each in checked], ensure_ascii=False, indent=2)
