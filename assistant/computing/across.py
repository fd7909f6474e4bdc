"""Operands from several reports: the same quantity of two years, or of two places, each from its own report.

新增就业2023年比2022年多多少       -> 2023年 from the report of 2023, 2022年 from that of 2022
执行率，教育局和卫健委哪家高       -> each from its own bureau's report; said where names or extents differ
Years are never mixed: an operand's row is of its year, or there is no answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.choice import Choice, issuer_of, named_reports, which_report, without_names
from assistant.computing.operands import Trusted
from assistant.computing.pairs import compared_difference, multiple_of
from assistant.computing.request import Request, refused
from assistant.computing.stated import stated_draft
from assistant.computing.units import dimension_of_unit
from assistant.computing.wanted import Wanted
from assistant.draft import Draft
from assistant.figures.answer import representative
from assistant.figures.same_quantity import names_alike
from assistant.holdings import Holdings
from assistant.library import Library
from assistant.questions.question import Question, read_question
from corpus.model import Figure, Metadata
from corpus.periods import year_of

_KINDS = frozenset({"difference", "compare", "multiple"})
_YEAR_BEFORE = re.compile(r"上一年度?|上年度?(?:同期)?|前一年度?|去年(?:同期)?|上一次|头一年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|\d{2}(?=年))年?度?(?!\d)")
_ALIKE = 0.5
_NAMED = 0.8
_SAME = 0.75


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """An operand with the reports it is looked for in and its year, where one is meant."""

    phrasings: tuple[str, ...]
    reports: tuple[Metadata, ...]
    year: int | None


def across_draft(
    question: Question, wanted: Wanted, choice: Choice, library: Library, trusted: Trusted
) -> Draft | None:
    """The comparison over reports, or None where the question is about one report."""
    if wanted.kind not in _KINDS or len(wanted.operands) != 2:
        return None
    held = library.reports
    by_place = _places_named(wanted, held)
    if by_place is not None:
        return _compared(question, wanted, by_place, library, trusted, over_years=False)
    years = _years_of(question, wanted, held)
    if years is None:
        return None
    named = named_reports(question.text, held) or library.asked_of_all(question.content)
    answers: dict[str, Draft] = {}
    refusal: Draft | None = None
    for issuer, reports in _by_issuer(named):
        draft = _over_years(question, wanted, years, reports, library, trusted)
        if draft is not None and draft.status == "answered":
            answers[issuer] = draft
        if refusal is None or (draft is not None and f"{years[1]}年" in draft.text):
            refusal = draft  # of the issuer that has at least the first year
    if len(answers) > 1:
        return which_report(
            question, [reports[0].report for name, reports in _by_issuer(named) if name in answers], library.reports
        )
    return next(iter(answers.values()), refusal)


def _by_issuer(reports: Iterable[Metadata]) -> Sequence[tuple[str, list[Metadata]]]:
    grouped: dict[str, list[Metadata]] = {}
    for each in reports:
        grouped.setdefault(issuer_of(each), []).append(each)
    return tuple(grouped.items())


def _places_named(wanted: Wanted, held: Holdings) -> tuple[_Place, ...] | None:
    """Each operand with the reports of the issuer or place it names; None unless they name different ones."""
    shortest = [min(phrasings, key=len) for phrasings in wanted.operands]
    if len({issuer_of(each) for each in named_reports(",".join(shortest), held)}) < 2:
        return None
    owners = [_named_by(phrase, held) for phrase in shortest]
    one, other = ({each.report for each in own} for own in owners)
    if not one or not other or one & other:
        return None
    contents = [_contents(phrasings, [*owners[0], *owners[1]]) for phrasings in wanted.operands]
    return tuple(
        _Place(phrasings=own or contents[1 - order], reports=tuple(owner), year=None)
        for order, (own, owner) in enumerate(zip(contents, owners, strict=True))
    )


def _contents(phrasings: Sequence[str], owners: Sequence[Metadata]) -> tuple[str, ...]:
    """The phrasings without the names of places and issuers; none where nothing else is left."""
    found = []
    for phrase in phrasings:
        bare = phrase
        for metadata in owners:
            bare = without_names(bare, metadata)
        if read_question(bare).content:
            found.append(bare.strip(" 的"))
    return tuple(dict.fromkeys(found))


def _named_by(phrase: str, held: Holdings) -> list[Metadata]:
    """The reports that an operand alone names; there a short form needs no word behind it."""
    return named_reports(f"{phrase}那边", held) or named_reports(phrase, held)


def _years_of(question: Question, wanted: Wanted, held: Holdings) -> tuple[int, int] | None:
    """The years of both operands, where they differ: named, or one the year before the other."""
    one, other = (_year_in(phrasings[-1]) or _year_in(phrasings[0]) for phrasings in wanted.operands)
    before = [_YEAR_BEFORE.search(phrasings[-1]) or _YEAR_BEFORE.search(phrasings[0]) for phrasings in wanted.operands]
    if one is not None and other is not None:
        return (one, other) if one != other else None
    if before[1] and not before[0]:
        first = one or (question.years[0] if question.years else _newest(question, held))
        return (first, first - 1) if first is not None else None
    return None


def _newest(question: Question, held: Holdings) -> int | None:
    named = named_reports(question.text, held) or held.newest
    years = [each.data_year for each in named if each.data_year is not None and each.document_kind != "work_report"]
    return max(years, default=None)


def _year_in(phrase: str) -> int | None:
    found = _YEAR.search(phrase)
    if found is None:
        return None
    year = int(found[1])
    return year if year > 100 else 2000 + year if year < 60 else 1900 + year


def _over_years(
    question: Question,
    wanted: Wanted,
    years: tuple[int, int],
    reports: Sequence[Metadata],
    library: Library,
    trusted: Trusted,
) -> Draft | None:
    own = [each.report for each in reports if each.data_year == years[0]]
    dated = replace(question, years=(years[0],), relative_years=())
    if years[0] - years[1] == 1 and wanted.kind == "difference":
        for report in own:
            if (stated := stated_draft(dated, wanted, report, library, trusted)) is not None:
                return stated
    places = tuple(
        _Place(
            phrasings=tuple(dict.fromkeys(_undated(phrase) for phrase in (*wanted.operands[0], *phrasings))),
            reports=tuple(reports), year=year,
        )
        for phrasings, year in zip(wanted.operands, years, strict=True)
    )  # fmt: skip
    return _compared(question, wanted, places, library, trusted, over_years=True)


def _undated(phrase: str) -> str:
    return _YEAR.sub(" ", _YEAR_BEFORE.sub(" ", phrase)).strip(" 的,，")


def _compared(
    question: Question,
    wanted: Wanted,
    places: Sequence[_Place],
    library: Library,
    trusted: Trusted,
    *,
    over_years: bool,
) -> Draft | None:
    first = _find(question, wanted, places[0], library, trusted, None)
    second = _find(question, wanted, places[1], library, trusted, first)
    if first is None or (second is not None and not _comparable(first, second)):
        first = _find(question, wanted, places[0], library, trusted, second) or first
    if second is None and first is not None:
        second = _find(question, wanted, places[1], library, trusted, None)
    for place, figure in zip(places, (first, second), strict=True):
        if figure is None:
            whose = f"{place.year}年" if place.year is not None else _whose(place.reports[0])
            return refused(f"这个问题需要两份报告的数，但没有找到{whose}的“{_shortest(place)}”")
    assert first is not None and second is not None
    if first.base_unit != second.base_unit or (first.role == "target") != (second.role == "target"):
        return refused(f"两边的口径不同（“{first.name}”和“{second.name}”），不能直接比较")
    request = Request(question=question, wanted=wanted, report=first.report, library=library, trusted=trusted)
    if wanted.kind == "multiple":
        return multiple_of(first, second, request)
    return compared_difference(first, second, request, warnings=_extent_warnings(first, second))


def _extent_warnings(first: Figure, second: Figure) -> tuple[str, ...]:
    """Said where names or extents differ, so that nobody takes the comparison for more than it is."""
    warnings = []
    if names_alike(first, second) < _SAME:
        warnings.append(f"两份报告的叫法不同：“{first.name}”和“{second.name}”，口径未必一致。")
    if first.scope and second.scope and first.scope[0] == second.scope[0] == "全" and first.scope != second.scope:
        warnings.append(f"统计范围不同：{first.scope}和{second.scope}。")
    return tuple(warnings)


def _whose(metadata: Metadata) -> str:
    return issuer_of(metadata)


def _shortest(place: _Place) -> str:
    return min((phrase for phrase in place.phrasings if phrase.strip()), key=len, default="这项数据").strip()


def _comparable(one: Figure, other: Figure) -> bool:
    return one.base_unit == other.base_unit and names_alike(one, other) >= _ALIKE


def _find(
    question: Question, wanted: Wanted, place: _Place, library: Library, trusted: Trusted, like: Figure | None
) -> Figure | None:
    """The row of the operand: of its year, from the report of that year first; comparable to `like`, where given."""
    ordered = sorted(place.reports, key=lambda each: each.data_year != place.year) if place.year else place.reports
    for metadata in ordered:
        if place.year is None and question.years and metadata.data_year not in question.years:
            continue
        for phrase in place.phrasings:
            figure = _trusted_row(_asked(question, wanted, phrase, place.year), metadata.report, trusted, like)
            if figure is not None:
                return figure
        alike = _alike(like, place.year, metadata, library) if like is not None else None
        if alike is not None:
            return alike
    return None


def _asked(question: Question, wanted: Wanted, phrase: str, year: int | None) -> Question:
    own = read_question(phrase)
    return replace(
        own, dimensions=own.dimensions or wanted.dimensions - {"percentage-points", "multiple"}, numbers=(),
        roles=own.roles - {"growth", "met"}, years=(year,) if year is not None else question.years, relative_years=(),
    )  # fmt: skip


def _trusted_row(asked: Question, report: str, trusted: Trusted, like: Figure | None) -> Figure | None:
    """The trusted row of the kind of number asked for; a further one that the phrase names where the first is not."""
    found = trusted(asked, report) if asked.content else None
    for order, group in enumerate(found.groups if found is not None else ()):
        figure = representative(group)
        kind = not asked.dimensions or group.best.entry.dimension in asked.dimensions
        fits = kind if like is None else _comparable(figure, like)
        if fits and (order == 0 or group.best.features["name"] >= _NAMED):
            dated = not asked.years or year_of(figure.period) in {*asked.years, None}
            return figure if dated else None
    return None


def _alike(like: Figure, year: int | None, metadata: Metadata, library: Library) -> Figure | None:
    """The row of a report that is named as a row of the other report is; of its role, unit and, if given, year."""
    rows = [
        figure
        for figure in library.figures_of(metadata.report)
        if figure.role == like.role
        and dimension_of_unit(figure.base_unit) == dimension_of_unit(like.base_unit)
        and (year is None or year_of(figure.period) == year)
        and names_alike(figure, like) >= _SAME
    ]
    best = max(rows, key=lambda figure: names_alike(figure, like), default=None)
    values = {figure.base_value for figure in rows if best and names_alike(figure, like) == names_alike(best, like)}
    return best if len(values) == 1 else None
