"""Figures of scanned pages that have to be held against the original: read unsurely, or at odds with one another.

A recogniser that takes 6 for 8 is sure of it more often than not; the report itself then contradicts the number:
a total, a printed rate, the same quantity stated elsewhere. Nothing is corrected: every place is marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.checks_of_parts import part_findings
from corpus.checks_of_rates import rate_findings
from corpus.checks_of_repeats import repeat_findings
from corpus.checks_of_totals import columns_not_adding_up
from corpus.findings import Finding
from corpus.model import Figure, Report

Stretches = Sequence[tuple[int, int]]

_MOST_SHARE = Decimal(100)


def with_doubts(report: Report, recognised: Stretches) -> Report:
    """The report with its doubtful figures marked; `recognised` are the stretches that were read from images."""
    if not recognised:
        return report
    contradicted = set(_contradicted(report))
    figures = tuple(
        replace(figure, doubtful=True)
        if _touches(figure, report.document.doubtful) or (figure.id in contradicted and _touches(figure, recognised))
        else figure
        for figure in report.figures
    )
    return replace(report, figures=figures)


def _touches(figure: Figure, stretches: Stretches) -> bool:
    return any(figure.start < end and start < figure.end for start, end in stretches)


def _contradicted(report: Report) -> Iterator[str]:
    """Ids of the figures that others of the report contradict."""
    for check in (rate_findings, part_findings, repeat_findings):
        for finding in check(report):
            if _is_contradiction(finding):
                yield from (place.figure for place in finding.places if place.figure is not None)
    for column in columns_not_adding_up(report):
        yield from (figure.id for figure in column)
    for figure in report.figures:
        if figure.role == "share" and figure.base_unit == "%" and Decimal(figure.value or 0) > _MOST_SHARE:
            yield figure.id


def _is_contradiction(finding: Finding) -> bool:
    return finding.reason == "contradiction" or (finding.check == "parts" and finding.verdict == "open")
