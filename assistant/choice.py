"""Which reports a question is put to, when the store holds several.

Named places, issuers and years choose; without any, the newest report of one issuer, or a question back
where reports of several issuers could answer. An issuer may be named by its short form: 农业局, 人社那份.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from assistant.draft import Draft
from assistant.figures.coverage import pairs_of
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.place_names import places_in
from assistant.questions.question import Question
from assistant.questions.years import asked_years
from corpus.model import Metadata

_MOST_CHOICES = 4
# What is read off a report's title or issuer is kept for so many of them.
_NAMES_KEPT = 1024
_PLACE_OF_ISSUER = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|州|区|县)(?=.)")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:委员会|办公室|办事处|人民政府|局|厅|院|中心|政府)(?=部门|整体|年|工作|预算|决算|绩效|统计|$)"
)
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}")
# What follows a short name that stands for an issuer.
_AFTER_ISSUER = re.compile(
    r"局|厅|委(?!托)|部门|办(?!理|法|结|件|学|公)|那边|这边|那份|这份|那头|系统|的报告|报告|的自评|口(?!径|岸|粮)|\d{2,4}年|去年|今年|前年"
)
# What may follow it where several issuers are named.
_AMONG_ISSUERS = re.compile(r"[和跟与同、,，比]|哪|谁|的|$")


Answering = TypeVar("Answering")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Reports to ask, the most fitting first; `named` when the question itself settled whose they are."""

    reports: tuple[str, ...]
    named: bool


def choose_reports(question: Question, reports: Mapping[str, Metadata]) -> Choice:
    """The reports a question is about, newest first; all of them where it names none."""
    held = sorted(reports.values(), key=lambda each: (-(each.data_year or 0), each.report))
    if len(held) == 1:
        return Choice(reports=(held[0].report,), named=True)
    named = named_reports(question.text, held)
    chosen = named or held
    dated = [each for each in chosen if each.data_year in asked_years(question, each)]
    fitting = [each.report for each in dated or chosen]
    return Choice(reports=tuple(fitting), named=bool(named) and len(issuers(fitting, reports)) == 1)


def named_reports(text: str, held: Sequence[Metadata]) -> list[Metadata]:
    """The reports whose place or issuer a normalised text names; both have to agree where it names both."""
    places, pairs = places_in(text), pairs_of(canonical(text))
    by_place = _those(held, place_of, lambda place: _names_place(text, places, place))
    by_issuer = _those(held, bare_issuer, lambda name: _names_issuer(pairs, name)) or _short_names(text, held)
    of_issuer = {each.report for each in by_issuer}
    both = [each for each in by_place if each.report in of_issuer]
    return both or by_issuer or by_place


def _those(
    held: Sequence[Metadata], name_of: Callable[[Metadata], str], is_meant: Callable[[str], object]
) -> list[Metadata]:
    """The reports of the names that are meant; each name is asked about once, whatever number of reports has it."""
    names = [name_of(each) for each in held]
    meant = {name for name in dict.fromkeys(names) if is_meant(name)}
    return [each for each, name in zip(held, names, strict=True) if name in meant] if meant else []


def issuer_of(metadata: Metadata) -> str:
    """Who issued the report, else the body its title begins with, else the title without its years.

    Reports of several years count as one issuer's by it.
    """
    return metadata.issuer or _issuer_in(metadata.title)


@lru_cache(maxsize=_NAMES_KEPT)
def _issuer_in(title: str) -> str:
    title = re.sub(r"(?:19|20)\d{2}年?度?", "", title)
    found = _BODY.match(title)
    return found[0] if found else title


def place_of(metadata: Metadata) -> str:
    """The report's place, else what its issuer's name begins with (青田县|水利局)."""
    return metadata.place or _place_in(issuer_of(metadata))


@lru_cache(maxsize=_NAMES_KEPT)
def _place_in(issuer: str) -> str:
    found = _PLACE_OF_ISSUER.match(issuer)
    return found[0] if found else ""


def bare_issuer(metadata: Metadata) -> str:
    """The issuer without its place: 农业农村局."""
    issuer = issuer_of(metadata)
    return issuer.removeprefix(place_of(metadata)) or issuer


def without_names(text: str, metadata: Metadata) -> str:
    """A text without the words that name this report's place and issuer."""
    place, bare = place_of(metadata), bare_issuer(metadata)
    for name in (issuer_of(metadata), place, place[:-1], bare, *_shorts_of(text, bare)):
        if len(name) > 1:
            text = re.sub(
                rf"{re.escape(name)}(?:局|厅|委|部门|那边|这边|那份|这份|系统|的报告|报告|的自评报告)?", " ", text
            )
    return text


def _names_place(text: str, places: Sequence[str], place: str) -> bool:
    return any(name in place for name in places) or (len(place) > 2 and place[:-1] in text)


def _names_issuer(asked: frozenset[str], name: str) -> bool:
    """Whether a text of these pairs has most of an issuer's name (without the place in front)."""
    own = _pairs_of_name(name)
    return len(own) > 3 and len(own & asked) >= max(3, len(own) // 2)


@lru_cache(maxsize=_NAMES_KEPT)
def _pairs_of_name(name: str) -> frozenset[str]:
    return pairs_of(canonical(normalise(name)))


def _short_names(text: str, held: Sequence[Metadata]) -> list[Metadata]:
    sure = _those(held, bare_issuer, lambda name: _shorts_of(text, name, _AFTER_ISSUER))
    if sure:
        surely = _bodies(sure)
        others = _those(held, bare_issuer, lambda name: name in surely or _shorts_of(text, name))
        return others if len(_bodies(others)) > 1 and re.search(r"[和跟与同比、]", text) else sure
    among = _those(held, bare_issuer, lambda name: _shorts_of(text, name))
    return among if len(_bodies(among)) > 1 else []


def _bodies(held: Sequence[Metadata]) -> set[str]:
    return {bare_issuer(each) for each in held}


def _shorts_of(text: str, name: str, after: re.Pattern[str] | None = None) -> list[str]:
    """Short forms of an issuer that the text has: first characters of its words in their order, and what follows."""
    follows = [after] if after is not None else [_AFTER_ISSUER, _AMONG_ISSUERS]
    found = []
    for at in range(len(text)):
        for length in (4, 3, 2):
            short = text[at : at + length]
            if len(short) == length and _is_short_form(short, name) and _ends_well(text, at + length, follows):
                found.append(short)
                break
    return found


def _ends_well(text: str, end: int, follows: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.match(text, end) for pattern in follows)


def _is_short_form(short: str, name: str) -> bool:
    """人社 of 人力资源和社会保障局: it begins as the name does, and its characters follow in order."""
    if not name or not _SHORT.fullmatch(short) or short[0] != name[0] or short[-1] in "局厅委办":
        return False
    at = 0
    for character in short:
        at = name.find(character, at) + 1
        if not at:
            return False
    return True


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
