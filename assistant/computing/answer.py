"""The compute route: a number made from ledger rows, or the report's own where it states what is asked.

Every operand is a trusted row; where one is missing, the answer says which.
"""

from collections.abc import Callable, Mapping

from assistant.choice import Choice, from_newest
from assistant.computing.across import across_draft
from assistant.computing.earlier import earlier_draft
from assistant.computing.operands import Trusted
from assistant.computing.pairs import compared_draft, difference_draft, multiple_draft, share_draft
from assistant.computing.question import read_wanted
from assistant.computing.rates import (
    average_draft,
    before_draft,
    convert_draft,
    monthly_draft,
    months_draft,
    part_draft,
)
from assistant.computing.request import Request
from assistant.computing.sets import extreme_draft, mean_draft, rank_draft, spread_draft, sum_draft
from assistant.computing.stated import of_one_operand, stated_draft
from assistant.computing.trend import trend_draft
from assistant.computing.wanted import Kind
from assistant.draft import Draft
from assistant.library import Library
from assistant.questions.question import Question

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
    "earlier": earlier_draft,
}


def compute_draft(question: Question, choice: Choice, library: Library, trusted: Trusted) -> Draft | None:
    """The answer, a refusal where an operand is missing, or None where nothing is to be computed."""
    if (trend := trend_draft(question, library, trusted)) is not None:
        return trend
    wanted = read_wanted(question.text, _known(choice, library))
    if wanted is None:
        return None
    if len(library.reports) > 1:
        across = across_draft(question, wanted, choice, library, trusted)
        if across is not None:
            return across

    def of_report(report: str) -> Draft | None:
        request = Request(question=question, wanted=wanted, report=report, library=library, trusted=trusted)
        return stated_draft(question, wanted, report, library, trusted) or _STEPS[wanted.kind](request)

    draft = from_newest(question, choice, library.reports, of_report)
    if draft is None or draft.status != "refused" or wanted.sure:
        return draft
    # 甲加乙一共多少, 甲占乙多少: what the report says of one of the two is no answer.
    listed = wanted.kind in {"sum", "share"} and len(wanted.operands) > 1
    return draft if listed and of_one_operand(question, wanted, choice.reports[0], library, trusted) else None


def _known(choice: Choice, library: Library) -> Callable[[str], bool]:
    """Whether one of the reports asked says some words."""
    return lambda words: any(words in library.source_text(report) for report in choice.reports)
