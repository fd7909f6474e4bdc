"""Figures of scanned pages that have to be held against the original: read unsurely, or at odds with one another.

A recogniser that takes 6 for 8 is sure of it more often than not; the report itself then contradicts the number:
a total, a printed rate, the same quantity stated elsewhere. Nothing is corrected: every place is marked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from corpus.checks_of_parts import part_findings
from corpus.checks_of_rates import rate_findings
from corpus.checks_of_repeats import repeat_findings
from corpus.checks_of_totals import columns_not_adding_up, could_be_misread
from corpus.findings import Finding
from corpus.model import Figure, Report

Stretches = Sequence[tuple[int, int]]

_MOST_SHARE = Decimal(100)
_FEWEST_DIGITS = 3  # numbers of fewer digits are alike by chance
_NO_DIGIT = re.compile(r"\D")


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
    by_id = {figure.id: figure for figure in report.figures}
    for finding in rate_findings(report):  # 完成率超过150% is bounded and states no rate
        if finding.reason == "contradiction" and by_id[next(_figures(finding))].bound is None:
            yield from _figures(finding)
    for finding in part_findings(report):
        values = [by_id[identifier].base_value for identifier in _figures(finding)]
        whole, *parts = (Decimal(value or 0) for value in values)
        if finding.verdict == "open" and could_be_misread(sum(parts) - whole, values):
            yield from _figures(finding)
    for finding in repeat_findings(report):
        if finding.reason == "contradiction" and _looks_misread([place.printed for place in finding.places]):
            yield from _figures(finding)
    for column in columns_not_adding_up(report):
        yield from (figure.id for figure in column)
    for figure in report.figures:
        if figure.role == "share" and figure.base_unit == "%" and Decimal(figure.value or 0) > _MOST_SHARE:
            yield figure.id


def _figures(finding: Finding) -> Iterator[str]:
    return (place.figure for place in finding.places if place.figure is not None)


def _looks_misread(printed: Sequence[str]) -> bool:
    """Whether two of the numbers are the same but for one digit or the point."""
    return any(_is_near(one, other) for one, other in combinations(printed, 2))


def _is_near(one: str, other: str) -> bool:
    first, second = (_NO_DIGIT.sub("", text) for text in (one, other))
    if len(first) != len(second) or len(first) < _FEWEST_DIGITS:
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) <= 1
