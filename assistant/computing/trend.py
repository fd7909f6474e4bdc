"""One quantity over the years, each year from its own report: 近三年结案率走势.

2020年 91.2%[1]；2021年 93.5%[2]；2022年 94.1%[3]：逐年上升
Only rows of one name, unit and role are put in one row; years without one are said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.choice import issuer_of, named_reports, which_report
from assistant.computing.operands import Trusted
from assistant.computing.units import value_of
from assistant.draft import Draft
from assistant.figures.answer import answer_figure, representative
from assistant.figures.phrases import subject, with_unit
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question, read_question
from corpus.model import Figure
from corpus.periods import year_of

_TREND = re.compile(
    r"变化趋势|发展趋势|趋势|走势|历年来?|逐年|这几年|近几年|近[两三四五六\d]年|[两三四五六\d]年来|各年度?|每年(?=.*(?:变化|情况|多少))"
)
_ASIDE = re.compile(r"的?(?:变化|情况|怎么样|怎样|如何|怎么变|分别|各|是|有什么|什么样|都)")
_ALIKE = 0.5


def trend_draft(question: Question, library: Library, trusted: Trusted) -> Draft | None:
    """The quantity in every year the reports have, or None where no trend is asked for or found."""
    if len(library.reports) < 2 or not _TREND.search(question.text):
        return None
    asked = read_question(_ASIDE.sub(" ", _TREND.sub(" ", question.text)))
    asked = replace(asked, numbers=(), years=(), relative_years=(), roles=asked.roles - {"growth"})
    named = named_reports(question.text, library.reports) or library.asked_of_all(asked.content)
    rows: dict[str, list[Figure]] = {}
    for metadata in sorted(named, key=lambda each: -(each.data_year or 0)):
        of_issuer = rows.setdefault(issuer_of(metadata), [])
        found = _row(asked, metadata.report, metadata.data_year, trusted, of_issuer)
        if found is not None:
            of_issuer.append(found)
    series = [sorted(each, key=lambda row: row.period or "") for each in rows.values() if len(each) > 1]
    if len(series) > 1:
        return which_report(question, [each[-1].report for each in series], library.reports)
    return _draft(series[0], library) if series else None


def _row(asked: Question, report: str, year: int | None, trusted: Trusted, told: Sequence[Figure]) -> Figure | None:
    """The row of the report's own year that is comparable to those told already."""
    found = trusted(replace(asked, years=(year,)), report) if year is not None and asked.content else None
    for group in found.groups if found is not None else ():
        figure = representative(group)
        if year_of(figure.period) != year:
            continue
        if not told:
            return figure
        same = (figure.base_unit, figure.role == "target") == (told[0].base_unit, told[0].role == "target")
        if same and names_alike(figure, told[0]) >= _ALIKE:
            return figure
    return None


def _draft(series: Sequence[Figure], library: Library) -> Draft:
    citations = Citations(library)
    told = "；".join(f"{row.period}{with_unit(row)}[{citations.of_figure(row)}]" for row in series)
    steps = [value_of(later) - value_of(earlier) for earlier, later in pairwise(series)]
    course = (
        "逐年上升" if min(steps) > 0 else "逐年下降" if max(steps) < 0 else "持平" if not any(steps) else "有升有降"
    )
    names = dict.fromkeys(subject(row) for row in series)
    warnings = (f"各年的叫法略有不同：“{'”“'.join(names)}”。",) if len(names) > 1 else ()
    return Draft(
        status="answered", route="compare", text=f"{next(reversed(names))}：{told}，{course}。", warnings=warnings,
        citations=citations.all(), figures=tuple(answer_figure(row, citations) for row in series),
    )  # fmt: skip
