"""Which row of a report a draft's figure speaks of, and whether it says what the row says.

For every figure all rows that share words or the number with it are compared. A row that agrees in everything
stands, unless the draft's words name another row of the same kind: then the number has the wrong subject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checking.amounts import is_summing, significant
from assistant.checking.candidates import Candidate, Places, candidates_for, lifted
from assistant.checking.faults import Fault, is_near, units_agree
from assistant.checking.names import is_carried
from assistant.checking.rivals import NUMBER, Borne, is_particular, rival_of
from assistant.checking.rows import Rows
from assistant.checking.statements import Statement
from assistant.checking.words import check_words
from corpus.similar import dice

Verdict = Literal["agrees", "differs", "absent"]
# So like the draft's words a row has to be to bear a number out, by its digits, and to correct one.
_BORNE_OUT = {1: 0.42, 2: 0.34, 3: 0.26}
_BORNE_OUT_PARTICULAR = 0.2
_SHARES = 0.1
_CORRECTS = 0.5
_CORRECTS_SLIP = 0.36
_SLIP, _NEAR, _FAULT, _OTHER_ROLE = 0.3, 0.2, 0.05, 0.25
_TWIN, _TWIN_NAME = 0.25, 0.5
_SLIPS: frozenset[Fault] = frozenset(
    {"unit", "year", "place", "cohort", "role", "direction", "field", "per", "rounding", "unqualified", "shifted"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment:
    """`row` is what the report says of the draft's subject; `owner` the row whose number the draft took instead.

    `derived_from` is the second of two rows that the draft's number is the difference or sum of.
    """

    draft: Statement
    verdict: Verdict
    row: Candidate | None
    owner: Candidate | None = None
    faults: frozenset[Fault] = frozenset()
    derived_from: Candidate | None = None


def align(drafts: Sequence[Statement], rows: Rows) -> tuple[Alignment, ...]:
    """One alignment for each statement; a second look lets rows beside those found first count for more."""
    first = [_borne(draft, candidates_for(draft, rows)) for draft in drafts]
    borne = [_borne(each.draft, lifted(each.candidates, _beside(order, first))) for order, each in enumerate(first)]
    return tuple(_alignment(order, borne, rows) for order in range(len(borne)))


def _borne(draft: Statement, candidates: Sequence[Candidate]) -> Borne:
    agreeing = [each for each in candidates if not each.faults]
    return Borne(draft=draft, best=max(agreeing, key=lambda each: each.order, default=None), candidates=candidates)


def _beside(order: int, first: Sequence[Borne]) -> Places:
    """The report's sentences and rows that bear out the other figures of a figure's sentence."""
    own = first[order].draft.figure.sentence_start
    return frozenset(
        each.best.row.place
        for other, each in enumerate(first)
        if other != order and each.draft.figure.sentence_start == own and each.best is not None and _stands(each)
    )


def _stands(borne: Borne) -> bool:
    """Whether a row that states the number speaks of the subject as well: one without a shared word hardly does."""
    best, draft = borne.best, borne.draft
    if best is None:
        return False
    shares = best.coverage >= _SHARES or best.row.name & draft.local or is_carried(draft.name)
    return best.likeness >= (_needed(draft) if shares or draft.amount is None else _BORNE_OUT[1])


def _needed(draft: Statement) -> float:
    """The fewer digits a number has, the better its subject has to fit; a grade stands in few places."""
    if draft.amount is None:
        return _BORNE_OUT_PARTICULAR
    return _BORNE_OUT.get(significant(draft.amount), _BORNE_OUT_PARTICULAR)


def _alignment(order: int, borne: Sequence[Borne], rows: Rows) -> Alignment:
    own = borne[order]
    draft, best = own.draft, own.best
    if not _stands(own):
        return _correction(draft, own.candidates, best if is_particular(draft) else None)
    others = [each for other, each in enumerate(borne) if other != order]
    rival = rival_of(own, others, _needed(draft), rows.weights)
    if rival is None:
        return Alignment(draft=draft, verdict="agrees", row=best)
    return Alignment(draft=draft, verdict="differs", row=rival, owner=best)


def _correction(draft: Statement, candidates: Sequence[Candidate], owner: Candidate | None) -> Alignment:
    """No row bears the number out: the row the draft speaks of, if there is one, tells the right one."""
    row = max(candidates, key=lambda each: _correcting(draft, each), default=None)
    if row is None or is_summing(draft.figure):
        return Alignment(draft=draft, verdict="absent", row=None, owner=owner)
    if not row.faults:
        return Alignment(draft=draft, verdict="absent", row=row, owner=owner and row)
    if row.faults == {"role"} and row.likeness >= _needed(draft):
        twin = _twin(row, candidates)
        if twin is None:
            return Alignment(draft=draft, verdict="agrees", row=row, faults=row.faults)
        return Alignment(draft=draft, verdict="differs", row=twin, owner=row, faults=row.faults)
    if _is_comparison(draft, row) or ({"year", "cohort"} & row.faults and NUMBER & row.faults):
        return Alignment(draft=draft, verdict="absent", row=row, faults=row.faults)
    slip = row.faults <= _SLIPS or is_near(draft, row.statement)
    if row.likeness >= (_CORRECTS_SLIP if slip else _CORRECTS) and _of_one_kind(draft, row, slip):
        return Alignment(draft=draft, verdict="differs", row=row, owner=owner, faults=row.faults)
    return Alignment(draft=draft, verdict="absent", row=row, owner=owner, faults=row.faults)


def _is_comparison(draft: Statement, row: Candidate) -> bool:
    """A number that tells how far two others lie apart is not held against one that tells how large a thing is."""
    return check_words().compared.search(draft.clause) is not None and row.statement.nature != "growth"


def _twin(row: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The same subject in the other role, which the draft means: its target for its outcome, or the other way."""
    twins = [
        each
        for each in candidates
        if "role" not in each.faults
        and each.likeness > row.likeness - _TWIN
        and each.figure.base_unit == row.figure.base_unit
        and dice(each.statement.name, row.statement.name) >= _TWIN_NAME
    ]
    return max(twins, key=lambda each: each.order, default=None)


def _correcting(draft: Statement, each: Candidate) -> tuple[float, tuple[float, bool, int]]:
    """How likely a row is the one the draft gets wrong: alike in words, and its number a slip away."""
    bonus = _SLIP if each.faults <= _SLIPS else _NEAR if is_near(draft, each.statement) else 0.0
    other_role = _OTHER_ROLE if draft.planned is not None and "role" in each.faults else 0.0
    return each.likeness + bonus - other_role - _FAULT * len(each.faults), each.order


def _of_one_kind(draft: Statement, row: Candidate, slip: bool) -> bool:
    """A number in another unit corrects nothing, unless it is the same number."""
    if slip or draft.amount is None or row.statement.amount is None:
        return True
    return units_agree(draft.amount, row.statement.amount)
