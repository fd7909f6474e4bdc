"""A report held against itself: what it states twice, adds up, lists or claims.

完成指标任务的124.0%     = 18.6 ÷ 15          agrees
单位共18个。其中行政单位1个、事业单位17个       agrees
参保人数520.1万人 (table) · 512.3万人 (prose)  differs
Nothing is chosen here: both places of a difference are named, with the likely reason.
"""

from collections.abc import Callable, Iterator

from corpus.checks_of_claims import claim_findings
from corpus.checks_of_parts import item_findings, part_findings
from corpus.checks_of_rates import rate_findings
from corpus.checks_of_repeats import repeat_findings
from corpus.findings import Finding
from corpus.model import Report

CHECKS: tuple[Callable[[Report], Iterator[Finding]], ...] = (
    rate_findings,
    part_findings,
    item_findings,
    claim_findings,
    repeat_findings,
)


def audit(report: Report) -> tuple[Finding, ...]:
    """All findings, check by check, each check's in order of place."""
    return tuple(finding for check in CHECKS for finding in check(report))
