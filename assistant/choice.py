"""Which reports a question is put to, when the store holds several.

Named places, issuers and years choose; without any, the newest report of one issuer, or a question back
where reports of several issuers could answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.coverage import pairs_of
from assistant.draft import Draft
from assistant.lexicon import canonical
from assistant.normalise import normalise
from assistant.place_names import places_in
from assistant.question import Question
from assistant.years import asked_years
from corpus.model import Metadata

_MOST_CHOICES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Reports to ask, the most fitting first; `named` when the question itself chose among them."""

    reports: tuple[str, ...]
    named: bool


def choose_reports(question: Question, reports: Mapping[str, Metadata]) -> Choice:
    """The reports a question is about, newest first; all of them where it names none."""
    held = sorted(reports.values(), key=lambda each: (-(each.data_year or 0), each.report))
    if len(held) == 1:
        return Choice(reports=(held[0].report,), named=True)
    named = [each for each in held if _names(question, each)]
    chosen = named or held
    dated = [each for each in chosen if each.data_year in asked_years(question, each)]
    return Choice(reports=tuple(each.report for each in dated or chosen), named=bool(named))


def _names(question: Question, metadata: Metadata) -> bool:
    """Whether the question names the report's place or its issuer (without the place in front)."""
    place = metadata.place or ""
    if any(name in place for name in places_in(question.text)):
        return True
    issuer = (metadata.issuer or "").removeprefix(place)
    asked = pairs_of(canonical(question.text))
    own = pairs_of(canonical(normalise(issuer)))
    return len(own) > 3 and len(own & asked) >= max(3, len(own) // 2)


def issuers(reports: Sequence[str], metadata: Mapping[str, Metadata]) -> frozenset[str]:
    """Who issued these reports; a report without an issuer counts by its title."""
    return frozenset(metadata[report].issuer or metadata[report].title for report in reports)


def which_report(question: Question, reports: Sequence[str], metadata: Mapping[str, Metadata]) -> Draft:
    """A question back: reports of several issuers could answer."""
    titles = [metadata[report].title for report in reports[:_MOST_CHOICES]]
    text = "有几份报告都可能回答，请问您指哪一份？" + "；".join(f"《{title}》" for title in titles) + "。"
    asked = tuple(
        f"{metadata[report].place or metadata[report].title}：{question.text}" for report in reports[:_MOST_CHOICES]
    )
    return Draft(status="clarify", route="none", text=text, suggestions=asked)
