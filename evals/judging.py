"""One answer held against one case: a verdict, made of facts that metrics count.

It reads answers, never prompts, and knows no index: the reports' source texts are given to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Citation, Status
from evals.cases import Case, Category, LoadedCase, Split
from evals.digits import unaccounted
from evals.gold import compare_figure, value_follows_must
from evals.matching import forbidden, missing, normalise

WrongReason = Literal["value", "unit", "role", "period", "scope", "unaccounted digits", "figure for the unanswerable"]
ErrorKind = Literal["crash", "timeout", "invalid"]
# An answer that states this many figures, and four for each one asked for, shows everything and says nothing.
FLOOD = 12
FLOOD_PER_WANTED = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseError:
    """Why a case has no answer: an error of the program, not a wrong answer."""

    kind: ErrorKind
    message: str
    traceback: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came back for a case: an answer or an error, and the seconds it took as seen from outside."""

    answer: Answer | None = None
    error: CaseError | None = None
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The facts about one case. None where a fact does not apply to it."""

    id: str
    category: Category
    split: Split
    expected: Status
    status: Status | None
    error: ErrorKind | None
    correct: bool
    missing: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    figure_exact: bool | None
    value_exact: bool | None
    figure_differs: tuple[str, ...]
    wrong: tuple[WrongReason, ...]
    unaccounted: tuple[str, ...]
    citations_sound: bool | None
    evidence_covered: bool | None
    flooded: bool

    @property
    def passed(self) -> bool:
        return self.correct and not self.wrong and self.figure_exact is not False


def judge(loaded: LoadedCase, outcome: Outcome, texts: Mapping[str, str]) -> Verdict:
    case, answer = loaded.case, outcome.answer
    if answer is None:
        return _without_answer(loaded, outcome)
    lacking, excess = missing(case.must, answer.answer), forbidden(case.must_not, answer.answer)
    figure_exact, value_exact, differs = _figure(case, answer)
    digits = unaccounted(answer) if answer.status == "answered" else ()
    answered = answer.status == "answered"
    return Verdict(
        id=case.id,
        category=case.category,
        split=loaded.split,
        expected=case.expected_status,
        status=answer.status,
        error=None,
        correct=answer.status == case.expected_status and not lacking and not excess,
        missing=lacking,
        forbidden=excess,
        figure_exact=figure_exact,
        value_exact=value_exact,
        figure_differs=differs,
        wrong=_wrong(case, answer, digits),
        unaccounted=digits,
        citations_sound=_sound(answer, texts) if answered else None,
        evidence_covered=_covered(case, loaded.report, answer, texts) if answered and case.evidence else None,
        flooded=answered and len(answer.figures) > max(FLOOD, FLOOD_PER_WANTED * len(case.must)),
    )


def _without_answer(loaded: LoadedCase, outcome: Outcome) -> Verdict:
    case = loaded.case
    asked = False if case.figure is not None and case.expected_status == "answered" else None
    return Verdict(
        id=case.id, category=case.category, split=loaded.split, expected=case.expected_status, status=None,
        error=outcome.error.kind if outcome.error else "invalid", correct=False, missing=case.must, forbidden=(),
        figure_exact=asked, value_exact=asked, figure_differs=(), wrong=(), unaccounted=(),
        citations_sound=None, evidence_covered=None, flooded=False,
    )  # fmt: skip


def _figure(case: Case, answer: Answer) -> tuple[bool | None, bool | None, tuple[str, ...]]:
    """Whether the first figure is the gold one in every part, in value and unit, and what differs or is absent."""
    if case.figure is None or case.expected_status != "answered":
        return None, None, ()
    if answer.status != "answered" or not answer.figures:
        return False, False, ("no figure",)
    compared = compare_figure(case.figure, answer.figures[0])
    differs = tuple(f"{part} {agreement}" for part, agreement in compared.parts.items() if agreement != "same")
    return compared.exact, compared.value_exact, differs


def _wrong(case: Case, answer: Answer, digits: tuple[str, ...]) -> tuple[WrongReason, ...]:
    """Why an answered question shows a wrong figure, by the definition in the design; empty where it does not."""
    if answer.status != "answered":
        return ()
    reasons: list[WrongReason] = []
    if answer.figures and case.expected_status == "refused":
        reasons.append("figure for the unanswerable")
    elif answer.figures and case.figure is not None:
        reasons.extend(compare_figure(case.figure, answer.figures[0]).different)
    elif answer.figures and case.category == "compute" and not value_follows_must(case.must, answer.figures[0]):
        reasons.append("value")
    if digits:
        reasons.append("unaccounted digits")
    return tuple(reasons)


def _sound(answer: Answer, texts: Mapping[str, str]) -> bool:
    """Every quote re-cuts from its report, and every figure stands in the quote it points to."""
    citations = {citation.id: citation for citation in answer.citations}
    if not all(_recuts(citation, texts) for citation in answer.citations):
        return False
    return all(
        figure.role == "computed" or _stands_in(figure.printed, citations.get(figure.citation or 0))
        for figure in answer.figures
    )


def _recuts(citation: Citation, texts: Mapping[str, str]) -> bool:
    text = texts.get(citation.report)
    return text is not None and bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def _stands_in(printed: str, citation: Citation | None) -> bool:
    return citation is not None and normalise(printed) in normalise(citation.quote)


def _covered(case: Case, report: str | None, answer: Answer, texts: Mapping[str, str]) -> bool:
    """Whether every piece of evidence is, somewhere in its report, touched by a quote for at least half of it."""
    spans = [(citation.start, citation.end) for citation in answer.citations if citation.report == report]
    text = texts.get(report or "", "")
    return all(any(covers(span, evidence, text) for span in spans) for evidence in case.evidence)


def covers(span: tuple[int, int], evidence: str, text: str) -> bool:
    """Whether a stretch of a report holds half of an occurrence of the evidence, or lies within one."""
    start = text.find(evidence)
    while start >= 0:
        shared = min(span[1], start + len(evidence)) - max(span[0], start)
        if shared * 2 >= min(len(evidence), span[1] - span[0]) and shared > 0:
            return True
        start = text.find(evidence, start + 1)
    return False
