"""In what a draft's statement differs from a row of the report, apart from whose number it is."""

from typing import Literal

from assistant.checking.amounts import Amount, alike, fit
from assistant.checking.statements import Statement
from assistant.checking.words import check_words
from corpus.changes import BEFORE_CHANGE

Fault = Literal[
    "value",
    "rounding",
    "unqualified",
    "shifted",
    "unit",
    "year",
    "place",
    "cohort",
    "role",
    "direction",
    "field",
    "per",
    "kind",
]  # fmt: skip
# Kinds of number that may stand for each other; growth, ranks and grades stand for themselves.
_OWN_KINDS = frozenset({"growth", "rank", "grade", "score"})
_PERCENTS = frozenset({"percent", "percentage-points", "permille"})


def faults(draft: Statement, row: Statement) -> frozenset[Fault]:
    """What is wrong with the draft if it speaks of `row`; empty where it agrees."""
    found: set[Fault] = set()
    if not kinds_agree(draft, row):
        found.add("kind")
    if draft.years and row.years and not draft.years & row.years:
        found.add("year")
    if draft.cohorts and row.cohorts and not draft.cohorts & row.cohorts:
        found.add("cohort")
    if _roles_differ(draft, row):
        found.add("role")
    if draft.direction * row.direction < 0:
        found.add("direction")
    if draft.field and row.field and draft.field != row.field:
        found.add("field")
    if draft.per and row.per and draft.per != row.per:
        found.add("per")
    return frozenset(found | _amount_faults(draft, row))


def kinds_agree(draft: Statement, row: Statement) -> bool:
    """Growth is no level, a rank no share, what a change starts from not what it comes to."""
    if draft.name.endswith(BEFORE_CHANGE) != row.name.endswith(BEFORE_CHANGE):
        return False
    natures = {draft.nature, row.nature}
    if len(natures) == 1:
        return True
    if draft.direction and row.direction and not natures & {"rank", "grade"}:
        return True
    return not natures & _OWN_KINDS


def _roles_differ(draft: Statement, row: Statement) -> bool:
    target = row.figure.role == "target"
    if draft.planned is None:  # 2025年… of a report that only plans for 2025 needs no further word
        return target and not (row.of_plan_year and draft.years & row.years)
    return draft.planned != target


def _amount_faults(draft: Statement, row: Statement) -> set[Fault]:
    if draft.amount is None or row.amount is None:
        return set() if _text(draft) == _text(row) else {"value"}
    found: set[Fault] = set()
    mistaken = _convertible(draft.amount, row.amount) and draft.amount.number == row.amount.number
    if mistaken or not units_agree(draft.amount, row.amount):
        found.add("unit")
    match fit(draft.amount, row.amount):
        case "same" | "rounded":
            pass
        case "unqualified":
            found.add("unqualified")
        case "wrong rounding":
            found.add("rounding")
        case "shifted":
            found.add("shifted")
        case _:
            found.add("value")
    return found


def _text(statement: Statement) -> str:
    return (statement.figure.text or "").replace(" ", "").removesuffix("等次")


def units_agree(draft: Amount, row: Amount) -> bool:
    """Whether both count in one kind of unit; a unit that is left out agrees with what is counted."""
    if _convertible(draft, row) or frozenset({draft.unit, row.unit}) in check_words().same_units:
        return True
    one, other = (draft.dimension or "").split("/")[0], (row.dimension or "").split("/")[0]
    if one == other:
        return (draft.unit or "").split("/")[0] == (row.unit or "").split("/")[0]
    counting = check_words().counting
    if {one, other} <= counting:
        return True
    blank = {one, other} & {""}
    return bool(blank) and not {one, other} & (_PERCENTS | {"money"})


def _convertible(draft: Amount, row: Amount) -> bool:
    conversions = check_words().conversions
    one, other = draft.unit or "", row.unit or ""
    return conversions.get(one, ("",))[0] == other != "" or conversions.get(other, ("",))[0] == one != ""


def is_near(draft: Statement, row: Statement) -> bool:
    """Whether the draft's number looks like the row's with a slip of the pen."""
    return draft.amount is not None and row.amount is not None and alike(draft.amount, row.amount)
