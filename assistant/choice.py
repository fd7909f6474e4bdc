"""Which reports a question is put to, when the store holds several.

Named places, issuers and years choose; without any, the newest report of one issuer, or a question back
where reports of several issuers could answer. An issuer may be named by its short form: 农业局, 人社那份.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.draft import Draft
from assistant.figures.coverage import pairs_of
from assistant.holdings import Holdings, Names
from assistant.questions.lexicon import canonical
from assistant.questions.place_names import places_in
from assistant.questions.question import Question
from assistant.questions.years import asked_years
from assistant.report_names import bare_issuer, is_short_form, issuer_of, place_of, shorts_in, without_names
from corpus.model import Metadata

__all__ = [
    "Choice", "bare_issuer", "choose_reports", "from_newest", "issuer_of", "issuers", "named_reports",
    "newest_answering", "place_of", "which_report", "with_title", "without_names",
]  # fmt: skip

_MOST_CHOICES = 4

Answering = TypeVar("Answering")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Reports to ask, the most fitting first; `named` when the question itself settled whose they are."""

    reports: tuple[str, ...]
    named: bool


def choose_reports(question: Question, reports: Holdings) -> Choice:
    """The reports a question is about, newest first; all of them where it names none."""
    if len(reports) == 1:
        return Choice(reports=tuple(reports), named=True)
    named = named_reports(question.text, reports)
    chosen = named or reports.newest
    dated = _of_years(question, chosen) if question.years or question.relative_years else ()
    fitting = tuple(each.report for each in dated or named) or reports.newest_names
    return Choice(reports=fitting, named=bool(named) and len(issuers(fitting, reports)) == 1)


def _of_years(question: Question, reports: Sequence[Metadata]) -> Sequence[Metadata]:
    """The reports on a year the question names; which that is depends on when a report was issued."""
    years = {
        (each.data_year, each.issued_year): each.data_year in asked_years(question, each)
        for each in {(each.data_year, each.issued_year): each for each in reports}.values()
    }
    return [each for each in reports if years[each.data_year, each.issued_year]]


def named_reports(text: str, reports: Holdings) -> list[Metadata]:
    """The reports whose place or issuer a normalised text names, newest first; both agree where it names both."""
    by_place = reports.places.those(_places_named(text, reports.places))
    bodies = set(reports.bodies.sharing(pairs_of(canonical(text)))) or _short_names(text, reports.bodies)
    by_issuer = reports.bodies.those(bodies)
    of_issuer = {each.report for each in by_issuer}
    both = [each for each in by_place if each.report in of_issuer]
    return both or by_issuer or by_place


def _places_named(text: str, places: Names) -> set[str]:
    return {*places.beginning(text), *(place for name in places_in(text) for place in places.having(name))}


def _short_names(text: str, bodies: Names) -> set[str]:
    sure = _short_for(shorts_in(text, surely=True), bodies)
    others = _short_for(shorts_in(text, surely=False), bodies)
    if sure:
        return sure | others if len(sure | others) > 1 and re.search(r"[和跟与同比、]", text) else sure
    return others if len(others) > 1 else set()


def _short_for(shorts: Iterable[str], bodies: Names) -> set[str]:
    return {name for short in set(shorts) for name in bodies.with_first(short[0]) if is_short_form(short, name)}


def issuers(reports: Sequence[str], metadata: Mapping[str, Metadata]) -> frozenset[str]:
    """Who issued these reports."""
    return frozenset(issuer_of(metadata[report]) for report in reports)


def from_newest(
    question: Question, choice: Choice, reports: Mapping[str, Metadata], answer: Callable[[str], Draft | None]
) -> Draft | None:
    """The newest report's answer, with its title; a question back where reports of several issuers answer.

    Without an answer, the first refusal there is.
    """
    refusals: list[Draft] = []

    def answered(report: str) -> Draft | None:
        draft = answer(report)
        if draft is not None and draft.status != "answered":
            refusals.append(draft)
        return draft if draft is not None and draft.status == "answered" else None

    found = newest_answering(choice, reports, answered)
    if len(found) > 1:
        return which_report(question, tuple(found), reports)
    for report, draft in found.items():
        return with_title(draft, reports[report], choice, len(reports))
    return refusals[0] if refusals else None


def newest_answering(
    choice: Choice, reports: Mapping[str, Metadata], answer: Callable[[str], Answering | None]
) -> dict[str, Answering]:
    """The newest report that answers of each issuer, with its answer; one report where the question names whose.

    An issuer's older reports are not asked once one has answered, nor are more issuers than a question back offers.
    """
    found: dict[str, Answering] = {}
    answered: set[str] = set()
    for report in choice.reports:
        issuer = issuer_of(reports[report])
        if issuer in answered or (result := answer(report)) is None:
            continue
        found[report] = result
        answered.add(issuer)
        if choice.named or len(found) == _MOST_CHOICES:
            break
    return found


def with_title(draft: Draft, metadata: Metadata, choice: Choice, held: int) -> Draft:
    """The draft with the report's title said, where the question left open which of several it is put to."""
    if held == 1 or len(choice.reports) == 1 or metadata.title in draft.text:
        return draft
    return replace(draft, text=f"{draft.text}（据《{metadata.title}》）")


def which_report(question: Question, reports: Sequence[str], metadata: Mapping[str, Metadata]) -> Draft:
    """A question back: reports of several issuers could answer. One report of each is offered."""
    newest = {issuer_of(metadata[report]): metadata[report] for report in reversed(reports)}
    offered = [newest[issuer] for issuer in dict.fromkeys(issuer_of(metadata[report]) for report in reports)]
    titles = [each.title for each in offered[:_MOST_CHOICES]]
    text = "有几份报告都可能回答，请问您指哪一份？" + "；".join(f"《{title}》" for title in titles) + "。"
    asked = tuple(f"{issuer_of(each)}：{question.text}" for each in offered[:_MOST_CHOICES])
    return Draft(status="clarify", route="none", text=text, suggestions=asked)
