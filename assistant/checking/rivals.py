"""Whether a number that stands in the report was given to the right subject (张冠李戴).

工伤保险参保512.3万人 (the report's 失业保险参保人数)   -> the row of 工伤 is the rival of the row of 512.3万
甲34家、乙12家 for 甲12家、乙34家                        -> each the other's rival: exchanged
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.amounts import significant
from assistant.checking.candidates import Candidate
from assistant.checking.faults import Fault
from assistant.checking.statements import Statement
from assistant.checking.subjects import precision, rather, same_name
from assistant.figures.coverage import PairWeights
from assistant.figures.same_quantity import same_quantity

NUMBER: frozenset[Fault] = frozenset({"value", "rounding", "unqualified", "shifted"})
_FEW_DIGITS = 2
# How much less alike a rival may be, and how much more it has to be where its role is another.
_BESIDE = 0.25
# A number of many digits is another row's only where that row's name is the draft's own.
_NAMED, _NAMING = 0.7, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Borne:
    """A draft's statement with the row that bears it out, or None, and every other row looked at."""

    draft: Statement
    best: Candidate | None
    candidates: Sequence[Candidate]


def is_particular(draft: Statement) -> bool:
    """Whether a number would hardly stand in the report by chance."""
    return draft.amount is not None and significant(draft.amount) > _FEW_DIGITS


def rival_of(borne: Borne, others: Sequence[Borne], needed: float, known: PairWeights) -> Candidate | None:
    """The row the words mean rather than that whose number it is; `others` are the draft's other figures."""
    best = borne.best
    if best is None:
        return None
    rivals = [
        each
        for each in borne.candidates
        if each.likeness >= needed
        and _contests(borne.draft, each, best)
        and rather(borne.draft, best.row, each.row, known) > 0
        and _holds_out(borne, each, others, known)
    ]
    return max(rivals, key=lambda each: each.order, default=None)


def _contests(draft: Statement, rival: Candidate, best: Candidate) -> bool:
    """Whether a row with another number may be the one that is meant.

    It is as alike as `best`; or, for a number of few digits, far more alike though of another role. Two values
    of one quantity contest each other only where nothing but the words around them tells them apart.
    """
    if not rival.faults & NUMBER:
        return False
    if same_quantity(rival.figure, best.figure) and not same_name(rival.statement, best.statement):
        return False
    if rival.faults <= NUMBER:
        return rival.likeness >= best.likeness - _BESIDE
    coarse = not is_particular(draft) and draft.planned is None
    return coarse and rival.faults <= NUMBER | {"role"} and rival.likeness >= best.likeness + _BESIDE


def _holds_out(borne: Borne, rival: Candidate, others: Sequence[Borne], known: PairWeights) -> bool:
    """Where another figure states the rival's number, both have to fit better exchanged than as they are."""
    best = borne.best
    stating = [other for other in others if other.best is not None and _same_row(other.best, rival)]
    if best is None or not stating:
        return best is not None and _is_named(borne.draft, best, rival, known)
    other = max(stating, key=lambda each: each.best.likeness if each.best else 0.0)
    as_it_is = best.likeness + (other.best.likeness if other.best else 0.0)
    exchanged = rival.likeness + max((each.likeness for each in other.candidates if _same_row(each, best)), default=0.0)
    return exchanged > as_it_is


def _is_named(draft: Statement, best: Candidate, rival: Candidate, known: PairWeights) -> bool:
    """Whether the draft's words are the rival's name, enough to doubt a number that stands in the report."""
    if same_name(rival.statement, best.statement) or not is_particular(draft):
        return True
    return rival.coverage >= _NAMED and precision(draft, rival.row, known) >= _NAMING


def _same_row(one: Candidate, other: Candidate) -> bool:
    """The same row, or another that states the same number by the same name."""
    first, second = one.figure, other.figure
    if first.base_value != second.base_value or first.base_unit != second.base_unit:
        return False
    return first.id == second.id or same_quantity(first, second)
