"""One answer held against one case: a verdict, made of facts that metrics count.

It reads answers, never prompts, and knows no index: the reports' source texts are given to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Status
from evals.cases import Case, Category, LoadedCase, Split
from evals.digits import unaccounted
from evals.gold import Agreement, Part, compare_figure, value_follows
from evals.matching import forbidden, missing
from evals.places import covered, sound, texts_about

WrongReason = Literal["value", "unit", "role", "period", "scope", "unaccounted digits", "figure for the unanswerable"]
Differences = tuple[tuple[Part, Agreement], ...]
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
    figure_differs: Differences
    wrong: tuple[WrongReason, ...]
    unaccounted: tuple[str, ...]
    citations_sound: bool | None
    evidence_covered: bool | None
    flooded: bool

    @property
    def passed(self) -> bool:
        return self.correct and not self.wrong and self.figure_exact is not False and self.citations_sound is not False


def judge(loaded: LoadedCase, outcome: Outcome, texts: Mapping[str, str]) -> Verdict:
    case, answer = loaded.case, outcome.answer
    if answer is None:
        return _without_answer(loaded, outcome)
    lacking, excess = missing(case.must, answer.answer), forbidden(case.must_not, answer.answer)
    figure_exact, value_exact, differs = _figure(case, answer)
    answered = answer.status == "answered"
    digits = unaccounted(answer, texts) if answered else ()
    about = texts_about(loaded.report, texts)
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
        citations_sound=sound(answer, texts) if answered else None,
        evidence_covered=covered(case.evidence, answer, about) if answered and case.evidence else None,
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


def _figure(case: Case, answer: Answer) -> tuple[bool | None, bool | None, Differences]:
    """Whether the first figure is the gold one in every part, in value and unit, and what differs or is absent."""
    if case.figure is None or case.expected_status != "answered":
        return None, None, ()
    if answer.status != "answered" or not answer.figures:
        return False, False, ()
    compared = compare_figure(case.figure, answer.figures[0])
    differs = tuple((part, agreement) for part, agreement in compared.parts.items() if agreement != "same")
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
    elif answer.figures and value_follows(_stated(case), answer.figures[0]) is False:
        reasons.append("value")
    if digits:
        reasons.append("unaccounted digits")
    return tuple(reasons)


def _stated(case: Case) -> Iterator[str]:
    """Where a case without a gold figure states the figures that answer it.

    A computation's answer holds its inputs too, and an input is not the result.
    """
    yield from (variant for group in case.must for variant in group)
    if case.category != "compute":
        yield case.answer
