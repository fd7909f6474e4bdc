"""Broken answerers, each caught by the measure that should catch it, and a good one that all measures pass."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerFigure
from corpus.model import Figure
from evals.cases import LoadedCase, load_cases
from evals.judging import CaseError, Outcome, Verdict, judge
from evals.metrics import MEASURES, Group, groups
from evals.titles import ALL
from index.store import Store
from tests.evals_answerers import REPORT, parrot_answer, with_figure

CASES = Path(__file__).parent.parent / "evals" / "cases" / "gz-hrss-2022.tuning.jsonl"
Break = Callable[[Answer], Answer]


@pytest.fixture(scope="module")
def text(bundled_store: Store) -> str:
    return bundled_store.source_text(REPORT)


@pytest.fixture(scope="module")
def cases(text: str) -> tuple[LoadedCase, ...]:
    loaded = load_cases([CASES], {REPORT: text})
    assert not loaded.refused
    return tuple(one for one in loaded.cases if one.case.category != "compute")


def measured(cases: Sequence[LoadedCase], text: str, broken: Break = lambda answer: answer) -> Group:
    """The measures over all cases, answered by a parrot whose answers are broken in one way."""
    answers = [broken(parrot_answer(case, text)) for case in cases]
    return overall(
        [judge(one, Outcome(answer=answer), {REPORT: text}) for one, answer in zip(cases, answers, strict=True)]
    )


def overall(verdicts: Sequence[Verdict]) -> Group:
    return next(group for group in groups(verdicts) if group.split == group.category == ALL)


def share(group: Group, measure: str) -> float:
    found = group.shares[measure].share
    assert found is not None, f"{measure} counted nothing"
    return found


def test_the_answers_of_the_cases_themselves_pass(cases: tuple[LoadedCase, ...], text: str) -> None:
    group = measured(cases, text)
    for measure in (
        "correct",
        "figure_exact",
        "value_exact",
        "refusal_precision",
        "refusal_recall",
        "citation_correct",
    ):
        assert share(group, measure) == 1.0, measure
    for measure in ("false_refusal", "clarify", "flooded", "error"):
        assert share(group, measure) == 0.0, measure
    assert set(group.wrong_reasons) <= {"unaccounted digits"}  # totals that only the gold's author worked out


def wrong_unit(answer: Answer) -> Answer:
    return with_figure(answer, base_unit="公里", unit="公里")


def a_tenth_thousand(answer: Answer) -> Answer:
    """万 read as one: the number is printed right, its base value is not."""
    return with_figure(
        answer, base_value=answer.figures[0].value if answer.figures else None, unit="万", base_unit=None
    )


def swapped_roles(answer: Answer) -> Answer:
    roles = {"target": "actual", "actual": "target"}
    return with_figure(answer, role=roles.get(answer.figures[0].role, "other")) if answer.figures else answer


def stale_year(answer: Answer) -> Answer:
    return with_figure(answer, period="2021年")


def other_place(answer: Answer) -> Answer:
    return with_figure(answer, scope="天河区", name="")


@pytest.mark.parametrize(
    ("broken", "reason", "fewest"),
    [(wrong_unit, "unit", 45), (a_tenth_thousand, "value", 20), (swapped_roles, "role", 50), (stale_year, "period", 50),
     (other_place, "scope", 8)],
)  # fmt: skip
def test_a_wrong_figure_is_counted_with_its_reason(
    cases: tuple[LoadedCase, ...], text: str, broken: Break, reason: str, fewest: int
) -> None:
    good, bad = measured(cases, text), measured(cases, text, broken)
    assert good.wrong_reasons.get(reason, 0) == 0
    assert bad.wrong_reasons[reason] >= fewest
    assert share(bad, "figure_exact") < share(good, "figure_exact")
    assert share(bad, "correct") == share(good, "correct"), "the text is right; only the figure is not"


def test_a_dropped_refusal_is_counted_by_recall_and_as_a_wrong_figure(cases: tuple[LoadedCase, ...], text: str) -> None:
    figure = next(figures[0] for case in cases if (figures := parrot_answer(case, text).figures))

    def dropped(answer: Answer) -> Answer:
        changes = {"status": "answered", "figures": (figure,)}
        return answer.model_copy(update=changes) if answer.status == "refused" else answer

    bad = measured(cases, text, dropped)
    assert bad.shares["refusal_recall"].share == 0.0
    refused = sum(case.case.expected_status == "refused" for case in cases)
    assert bad.wrong_reasons["figure for the unanswerable"] == refused > 10
    assert share(bad, "correct") < 1.0


def test_refusing_everything_is_counted_by_precision_and_false_refusals(
    cases: tuple[LoadedCase, ...], text: str
) -> None:
    bad = measured(cases, text, lambda answer: answer.model_copy(update={"status": "refused", "figures": ()}))
    assert share(bad, "refusal_recall") == 1.0
    assert share(bad, "refusal_precision") < 0.2
    assert share(bad, "false_refusal") == 1.0
    assert share(bad, "wrong_figure") == 0.0


def test_clarify_on_everything_is_counted_as_clarify_and_false_refusal(
    cases: tuple[LoadedCase, ...], text: str
) -> None:
    bad = measured(cases, text, lambda answer: answer.model_copy(update={"status": "clarify", "figures": ()}))
    assert share(bad, "clarify") == 1.0
    assert share(bad, "false_refusal") == 1.0
    assert share(bad, "correct") == 0.0


@pytest.mark.parametrize("moved", ["start", "end", "both"])
def test_a_citation_off_by_one_is_not_sound(cases: tuple[LoadedCase, ...], text: str, moved: str) -> None:
    def shifted(answer: Answer) -> Answer:
        citations = tuple(
            one.model_copy(update={"start": one.start + (moved != "end"), "end": one.end + (moved != "start")})
            for one in answer.citations
        )
        return answer.model_copy(update={"citations": citations})

    bad = measured(cases, text, shifted)
    assert share(bad, "citations_sound") == 0.0
    assert share(bad, "citation_correct") == 0.0


def test_a_quote_that_does_not_hold_the_figure_is_not_sound(cases: tuple[LoadedCase, ...], text: str) -> None:
    def elsewhere(answer: Answer) -> Answer:
        citations = tuple(one.model_copy(update={"start": 0, "end": 4, "quote": text[:4]}) for one in answer.citations)
        return answer.model_copy(update={"citations": citations})

    with_figures = [one for one in cases if one.case.figure is not None and one.case.figure.role != "computed"]
    bad = measured(with_figures, text, elsewhere)
    assert share(bad, "citations_sound") == 0.0
    assert share(bad, "evidence_covered") == 0.0


def test_a_dump_of_every_figure_is_a_flood_of_wrong_figures(
    cases: tuple[LoadedCase, ...], text: str, bundled_store: Store
) -> None:
    figures = tuple(_shown(figure) for figure in bundled_store.figures())
    told = "；".join(figure.printed for figure in figures)
    dump = {"status": "answered", "answer": told, "figures": figures}
    bad = measured(cases, text, lambda answer: answer.model_copy(update=dump))
    assert share(bad, "flooded") == 1.0
    assert share(bad, "wrong_figure") > 0.5
    assert share(bad, "figure_exact") < 0.1
    assert share(bad, "refusal_recall") == 0.0


def _shown(figure: Figure) -> AnswerFigure:
    return AnswerFigure(
        id=figure.id, name=figure.name, value=figure.value, unit=figure.unit, base_value=figure.base_value,
        base_unit=figure.base_unit, printed=figure.printed, qualifier=figure.qualifier, role=figure.role,
        period=figure.period, scope=figure.scope, citation=1,
    )  # fmt: skip


def test_a_digit_made_up_in_the_text_is_a_wrong_figure(cases: tuple[LoadedCase, ...], text: str) -> None:
    def talkative(answer: Answer) -> Answer:
        return answer.model_copy(update={"answer": answer.answer + "比预计多了98765.4万。"})

    good, bad = measured(cases, text), measured(cases, text, talkative)
    answered = sum(case.case.expected_status == "answered" for case in cases)
    assert good.wrong_reasons.get("unaccounted digits", 0) < answered / 10
    assert bad.wrong_reasons["unaccounted digits"] == answered


def test_a_made_up_quote_does_not_account_for_its_digits(cases: tuple[LoadedCase, ...], text: str) -> None:
    def forged(answer: Answer) -> Answer:
        citations = tuple(one.model_copy(update={"quote": "共 98765.4 万人"}) for one in answer.citations)
        return answer.model_copy(update={"answer": "共98765.4万人[1]。", "citations": citations})

    bad = measured(cases, text, forged)
    answered = sum(case.case.expected_status == "answered" for case in cases)
    assert bad.wrong_reasons["unaccounted digits"] == answered


def test_an_error_is_counted_apart_from_a_wrong_answer(cases: tuple[LoadedCase, ...], text: str) -> None:
    failed = Outcome(error=CaseError(kind="crash", message="坏了"))
    group = overall([judge(case, failed, {REPORT: text}) for case in cases])
    assert share(group, "error") == 1.0
    assert share(group, "correct") == 0.0
    assert share(group, "wrong_figure") == 0.0
    assert group.shares["citations_sound"].total == 0


def test_every_measure_counts_something_on_the_real_cases(cases: tuple[LoadedCase, ...], text: str) -> None:
    group = measured(cases, text)
    assert [measure.name for measure in MEASURES if group.shares[measure.name].total == 0] == []


def test_intervals_hold_the_share_and_repeat(cases: tuple[LoadedCase, ...], text: str) -> None:
    first, again = measured(cases, text, swapped_roles), measured(cases, text, swapped_roles)
    assert first == again
    for one in first.shares.values():
        assert one.low is not None and one.share is not None and one.high is not None
        assert one.low <= one.share <= one.high
