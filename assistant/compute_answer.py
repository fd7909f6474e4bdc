"""The compute route: a number made from ledger rows, or the report's own where it states what is asked.

Every operand is a trusted row; where one is missing, the answer says which.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.compute_operands import Trusted
from assistant.compute_pairs import compared_draft, difference_draft, multiple_draft, share_draft
from assistant.compute_question import Kind, read_wanted
from assistant.compute_rates import average_draft, before_draft, convert_draft, monthly_draft, months_draft, part_draft
from assistant.compute_request import Request
from assistant.compute_sets import extreme_draft, mean_draft, rank_draft, spread_draft, sum_draft
from assistant.compute_stated import stated_draft
from assistant.draft import Draft
from assistant.library import Library
from assistant.question import Question

_STEPS: Mapping[Kind, Callable[[Request], Draft | None]] = {
    "difference": difference_draft,
    "compare": compared_draft,
    "share": share_draft,
    "multiple": multiple_draft,
    "sum": sum_draft,
    "mean": mean_draft,
    "spread": spread_draft,
    "times_lowest": spread_draft,
    "highest": extreme_draft,
    "lowest": extreme_draft,
    "rank": rank_draft,
    "average": average_draft,
    "convert": convert_draft,
    "months": months_draft,
    "monthly": monthly_draft,
    "part": part_draft,
    "before": before_draft,
}


def compute_draft(question: Question, reports: Sequence[str], library: Library, trusted: Trusted) -> Draft | None:
    """The answer, a refusal where an operand is missing, or None where nothing is to be computed."""
    wanted = read_wanted(question.text, library.source_text(reports[0]).__contains__)
    if wanted is None:
        return None
    refusal: Draft | None = None
    for report in reports:
        request = Request(question=question, wanted=wanted, report=report, library=library, trusted=trusted)
        draft = stated_draft(question, wanted, report, library, trusted) or _STEPS[wanted.kind](request)
        if draft is not None and draft.status == "answered":
            return draft
        refusal = refusal or draft
    return refusal if wanted.sure else None
