"""Numbers of a draft that follow from two others the report bears out: differences and sums.

59.24万人，比58万人的目标多1.24万人      -> agrees: 59.24万 - 58万
行政单位1个、事业单位17个，合计18个      -> agrees: 1 + 17
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.checking.alignment import Alignment
from assistant.checking.amounts import Amount
from assistant.checking.words import check_words

_MOST_BEFORE = 6


def with_derived(alignments: Sequence[Alignment]) -> tuple[Alignment, ...]:
    """The same alignments, but those that follow from others of their sentence agree."""
    return tuple(_derived(order, alignments) for order in range(len(alignments)))


def _derived(order: int, alignments: Sequence[Alignment]) -> Alignment:
    own = alignments[order]
    words = check_words()
    clause = own.draft.clause
    compared, summed = words.compared.search(clause), words.summed.search(clause)
    if own.verdict == "agrees" or own.draft.amount is None or not (compared or summed):
        return own
    told = own.draft.amount
    for one, other in _pairs(order, alignments):
        first, second = one.draft.amount, other.draft.amount
        if first is None or second is None or not _comparable(told, first, second) or not _of_one_year(one, other):
            continue
        result = first.number + second.number if summed else abs(first.number - second.number)
        if result == told.number:
            return replace(own, verdict="agrees", row=one.row, owner=None, faults=frozenset(), derived_from=other.row)
    return own


def _pairs(order: int, alignments: Sequence[Alignment]) -> Iterator[tuple[Alignment, Alignment]]:
    """Pairs of numbers borne out in the same sentence, the nearest first."""
    own = alignments[order].draft.figure
    before = [
        each
        for each in alignments[max(0, order - _MOST_BEFORE) : order]
        if each.verdict == "agrees" and each.draft.figure.sentence_start == own.sentence_start and each.row is not None
    ]
    return combinations(reversed(before), 2)


def _of_one_year(one: Alignment, other: Alignment) -> bool:
    return one.row is not None and other.row is not None and one.row.statement.years == other.row.statement.years


def _comparable(told: Amount, first: Amount, second: Amount) -> bool:
    """Amounts of one unit, stated exactly; two percentages differ by percentage points."""
    if {first.way, second.way} != {"exact"} or first.unit != second.unit:
        return False
    return told.unit in {first.unit, None} or (first.dimension == "percent" and told.dimension == "percentage-points")
