"""The level of the year before the report's (上一年底是多少家): as stated, else less the change beside it.

Only a change told as an amount is taken off: a growth in per cent is rounded, and gives no exact level.
"""

import re
from dataclasses import replace

from assistant.computing.draft import computed_draft
from assistant.computing.kinds import previous
from assistant.computing.operands import find_operands, sought
from assistant.computing.rates import change_of, falls
from assistant.computing.request import ANY, Request, lacking, refused
from assistant.computing.stated import told
from assistant.draft import Draft
from assistant.figures.phrases import subject
from assistant.figures.same_quantity import names_alike
from corpus.model import Figure
from corpus.periods import year_of

_ONE_NAME = 0.85


def earlier_draft(request: Request) -> Draft | None:
    """None over several reports: there the earlier one may state it."""
    if len(request.library.reports) > 1:
        return None
    question = replace(request.question, years=(), relative_years=())
    own = sought(question, request.wanted.operands[0], request.wanted.dimensions or ANY)
    found = find_operands((own,), request.report, request.library, request.trusted)
    if found.missing:
        return lacking(found)
    level = found.figures[0]
    year = year_of(level.period)
    if year is None or level.role == "growth":
        return None
    if (stated := _stated(level, year - 1, request)) is not None:
        return told(stated, request.library)
    change = change_of(level, request.library)
    if change is None or change.base_unit != level.base_unit:
        return refused(f"报告没有写明{year - 1}年的“{subject(level)}”，也没有写明比上年增减的数量")
    result = previous(level, change, falls(change))
    if result is None:
        return refused(f"报告没有写明{year - 1}年的“{subject(level)}”")
    period = (level.period or "").replace(str(year), str(year - 1))
    return computed_draft(
        result, f"按报告所列增减推算，{subject(level)}为", request.library, name=subject(level), period=period
    )


def _stated(level: Figure, year: int, request: Request) -> Figure | None:
    """The row of the same quantity and kind for the earlier year."""
    for figure in request.library.figures_of(request.report):
        same = figure.base_unit == level.base_unit and (figure.role == "target") == (level.role == "target")
        name = re.sub(r"20\d\d年", "", figure.name), re.sub(r"20\d\d年", "", level.name)
        alike = names_alike(replace(figure, name=name[0]), replace(level, name=name[1])) >= _ONE_NAME
        if same and figure.role != "growth" and year_of(figure.period) == year and alike:
            return figure
    return None
