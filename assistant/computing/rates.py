"""One amount by another kind of number: per unit, by the month, a share of a whole, the level before a growth."""

import re
from dataclasses import replace

from assistant.computing.averages import find_pair
from assistant.computing.draft import computed_draft
from assistant.computing.kinds import Result, converted, part_of, per_month, per_unit, previous, times
from assistant.computing.operands import find_operands, sought
from assistant.computing.request import ANY, Request, lacking, refused
from assistant.computing.units import WHOLES
from assistant.draft import Draft
from assistant.figures.phrases import subject
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.places import stretch_of
from corpus.model import Figure
from corpus.periods import year_of

_FALLS = re.compile(r"减少|下降|降低|回落|减|降|少|低")
_SAME_NAME = 0.6


def average_draft(request: Request) -> Draft:
    """平均每场…多少: an amount of the kind asked for, over a count of what it is spread over, told together."""
    wanted, phrase = request.wanted, request.wanted.operands[0][0]
    pair = find_pair(request)
    if pair is None:
        return refused(f"这个问题需要计算，但报告没有在一处写明“{phrase}”的总量和“{wanted.divisor}”数")
    one, other = pair
    result = per_unit(one, other, wanted.unit)
    if result is None:
        return refused(f"“{subject(other)}”为零，不能求平均")
    unit = other.base_unit or "单位"
    return computed_draft(result, f"平均每{unit}", request.library, name=f"{subject(one)}平均每{unit}")


def convert_draft(request: Request) -> Draft | None:
    wanted = request.wanted
    found = request.operands()
    if found.missing or wanted.unit is None:
        return lacking(found)
    figure = found.figures[0]
    if wanted.unit.base not in {None, figure.base_unit}:
        return refused(f"“{subject(figure)}”的单位是{figure.base_unit or figure.unit}，不能换算成{wanted.unit.printed}")
    return _of_one(request, converted(figure, wanted.unit), "换算为")


def months_draft(request: Request) -> Draft | None:
    """Over some months, where the report has a standard per month; None where it has not."""
    found = request.operands(roles=True)
    if found.missing or not (found.figures[0].base_unit or "").endswith("/月"):
        return None
    return _of_one(request, times(found.figures[0], request.wanted.months), "共")


def monthly_draft(request: Request) -> Draft | None:
    """By the month, where the report states the amount of a year."""
    found = request.operands()
    if found.missing:
        return None
    figure = found.figures[0]
    unit = figure.base_unit or ""
    if "平均" in request.wanted.text and unit.split("/")[0] != "元":
        return None  # people have no monthly part
    whole_year = "/" not in unit and figure.role in {"amount", "count", "actual"} and year_of(figure.period) is not None
    if not (unit.endswith("年") or whole_year) or unit in {"%", "名"}:
        return None
    return _of_one(request, per_month(figure, request.wanted.months), "折合每月")


def part_draft(request: Request) -> Draft:
    """照比例算: a share of a whole that the same sentence counts."""
    asked = request.wanted.dimensions - {"percent"}
    own = sought(request.question, request.wanted.operands[0], ANY)
    questions = tuple(replace(each, roles=frozenset({"share"})) for each in own.questions)
    found = find_operands((replace(own, questions=questions),), request.report, request.library, request.trusted)
    if found.missing or found.figures[0].base_unit != "%":
        return refused(f"这个问题需要“{own.phrase}”的占比，报告没有写明")
    share = found.figures[0]
    whole = _whole_of(share, asked, request.library)
    if whole is None:
        return refused(f"报告写了“{subject(share)}”，没有写明它的总数")
    return computed_draft(part_of(whole, share), f"{own.phrase}约", request.library, name=f"按占比推算的{own.phrase}")


def _whole_of(share: Figure, dimensions: frozenset[str], library: Library) -> Figure | None:
    """The last level before the share in its stretch, of a dimension asked for."""
    start, end = stretch_of(library.source_text(share.report), share)
    before = [
        entry.figure
        for entry in library.entries.of(share.report)
        if start <= entry.figure.start < share.start <= end
        and entry.figure.role in {"count", "amount", "actual"}
        and (not dimensions or entry.dimension in dimensions or {entry.dimension, *dimensions} <= WHOLES)
    ]
    return max(before, key=lambda figure: figure.start, default=None)


def before_draft(request: Request) -> Draft:
    """倒推: the level of the year before, from this year's level and what the report says it changed by."""
    question = replace(request.question, years=(), relative_years=())
    own = sought(question, _undated(request.wanted.operands[0]), request.wanted.dimensions)
    found = find_operands((own,), request.report, request.library, request.trusted)
    if found.missing:
        return lacking(found)
    level = found.figures[0]
    change = change_of(level, request.library)
    if change is None:
        return refused(f"报告没有写明“{subject(level)}”比上年增减多少，无从倒推")
    result = previous(level, change, falls(change))
    year = year_of(level.period)
    if result is None or year is None:
        return refused(f"“{subject(level)}”无从倒推上年数")
    asked = [each for each in request.question.years if each != year]
    if asked and year - 1 not in asked:
        return refused(f"报告只能倒推出{year - 1}年的“{subject(level)}”")
    period = (level.period or "").replace(str(year), str(year - 1))
    return computed_draft(
        result, f"按增减倒推，{subject(level)}为", request.library, name=subject(level), period=period
    )


def _undated(phrasings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.sub(r"[（(]\d{4}[）)]|\d{4}年[底末]?|前年|去年|上年", "", phrase) for phrase in phrasings)


def falls(change: Figure) -> bool:
    """Whether a change is told as a fall: 比上年减少12家."""
    return _FALLS.search(change.name) is not None


def change_of(level: Figure, library: Library) -> Figure | None:
    """The growth told right behind a level: an amount before a percentage, which is rounded."""
    _, end = stretch_of(library.source_text(level.report), level)
    changes = []
    for figure in library.figures_of(level.report):
        if not level.end <= figure.start < end or figure.role != "growth":
            continue
        name = figure.name[: -len(figure.name) + len(level.name)] if figure.name.startswith(level.name) else figure.name
        if name == level.name or names_alike(replace(figure, name=name), level) >= _SAME_NAME:
            changes.append(figure)
    same = [figure for figure in changes if figure.base_unit == level.base_unit]
    return next(iter(same or [figure for figure in changes if figure.base_unit == "%"]), None)


def _of_one(request: Request, result: Result, lead: str) -> Draft:
    name = subject(result.figures[0])
    return computed_draft(result, f"{name}{lead}", request.library, name=name)
