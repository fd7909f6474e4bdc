"""A calculation over rows that a conversation has settled: the engine of `compute_*`, without a search for operands."""

from assistant.computing.draft import computed_draft, named_apart
from assistant.computing.kinds import divided, per_month, per_unit, times
from assistant.computing.pairs import difference_of, multiple_of
from assistant.computing.request import Request, refused
from assistant.computing.sets import sum_of
from assistant.computing.units import value_of
from assistant.computing.wanted import Kind, Wanted
from assistant.conversations.slots import Wish
from assistant.draft import Draft
from assistant.figures.phrases import subject
from assistant.library import Library
from assistant.questions.question import read_question
from corpus.model import Figure

_MONTHS = 12
_KINDS: dict[Wish, Kind] = {
    "difference": "difference", "multiple": "multiple", "sum": "sum", "share": "share", "per": "average",
    "months": "months",
}  # fmt: skip


def calculation_draft(wish: Wish, text: str, rows: tuple[Figure, ...], library: Library) -> Draft:
    """The difference, multiple, sum or average of rows; refused where the engine says they do not go together."""
    question = read_question(text)
    request = Request(
        question=question, wanted=Wanted(kind=_KINDS[wish], text=question.text), report=rows[0].report,
        library=library, trusted=lambda *_: None,
    )  # fmt: skip
    if len(rows) == 1:
        return _of_months(rows[0], wish, library)
    if wish == "sum":
        return sum_of(rows, request)
    one, other = rows[-2:]
    if wish == "share":
        return _share(one, other, library)
    if wish == "per":
        return _average(one, other, library)
    if (one.role == "growth") != (other.role == "growth"):
        return refused(f"“{subject(one)}”和“{subject(other)}”一个是增减幅度、一个不是，不能相比")
    return (difference_of if wish == "difference" else multiple_of)(one, other, request)


def _of_months(row: Figure, wish: Wish, library: Library) -> Draft:
    """A monthly standard over a year, or a yearly amount by the month."""
    unit = row.base_unit or ""
    if wish == "months" and unit.endswith("/月"):
        result, lead = times(row, _MONTHS), "一年共"
    elif wish == "per" and (unit.endswith("/年") or (unit == "元" and row.role in {"amount", "actual"})):
        result, lead = per_month(row, _MONTHS), "折合每月"
    else:
        return refused(f"“{subject(row)}”的单位是{unit or '无单位'}，不能按月或按年折算")
    return computed_draft(result, f"{subject(row)}{lead}", library, name=subject(row))


def _share(one: Figure, other: Figure, library: Library) -> Draft:
    names = [named_apart(row, (one, other), library) for row in (one, other)]
    result = divided(one, other, percent=True) if one.base_unit == other.base_unit and value_of(other) else None
    if result is None or one.base_unit == "%":
        return refused(f"“{names[0]}”和“{names[1]}”不能计算占比")
    return computed_draft(result, f"{names[0]}占{names[1]}的", library, name=f"{names[0]}占{names[1]}的比重")


def _average(one: Figure, other: Figure, library: Library) -> Draft:
    """How much of the one falls to each of the other: money over people, places over events."""
    if other.base_unit == "元" and one.base_unit != "元":
        one, other = other, one
    result = per_unit(one, other) if value_of(other) else None
    if result is None or {one.base_unit, other.base_unit} & {"%", "名"} or other.base_unit in {"元", None}:
        names = "”和“".join(named_apart(row, (one, other), library) for row in (one, other))
        return refused(f"“{names}”不能求平均")
    return computed_draft(result, f"平均每{other.base_unit}", library, name=f"{subject(one)}平均每{other.base_unit}")
