"""Every indicator of the bundled report, asked for by its name: its own figures and no other's."""

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from corpus.model import Figure, Indicator
from index.search import Searcher
from index.store import Store
from tests.answer_checks import faults_of


@pytest.fixture(scope="module")
def assistant(bundled_store: Store) -> Assistant:
    return Assistant(Library(bundled_store), max_question_characters=2000)


@pytest.fixture(scope="module")
def figures(bundled_store: Store) -> dict[str, Figure]:
    return {figure.id: figure for figure in bundled_store.figures()}


def _in_numbers(store: Store) -> list[Indicator]:
    """The indicators with a number as target and as outcome."""
    found = [each for each in store.indicators() if each.target_figures and each.actual_figures]
    assert len(found) == 24
    return found


def _wrong(assistant: Assistant, store: Store, wanted: dict[str, tuple[str | None, str | None, str]]) -> list[str]:
    """Questions whose first figure is not the wanted base value, base unit and role, or whose answer has a fault."""
    wrong = []
    for question, expected in wanted.items():
        answer = assistant.answer(question)
        first = answer.figures[0] if answer.figures else None
        if first is None or (first.base_value, first.base_unit, first.role) != expected or faults_of(answer, store):
            wrong.append(f"{question} {answer.answer}")
    return wrong


def _row(figure: Figure) -> tuple[str | None, str | None, str]:
    return figure.base_value, figure.base_unit, figure.role


def test_each_target_is_its_own(assistant, bundled_store, figures):
    wanted = {
        f"{each.name}的目标值是多少？": _row(figures[each.target_figures[0]]) for each in _in_numbers(bundled_store)
    }
    assert _wrong(assistant, bundled_store, wanted) == []


def test_each_outcome_is_its_own(assistant, bundled_store, figures):
    wanted = {
        f"{each.name}实际完成多少？": _row(figures[each.actual_figures[0]]) for each in _in_numbers(bundled_store)
    }
    assert _wrong(assistant, bundled_store, wanted) == []


def test_each_completion_rate_is_the_printed_one_or_computed(assistant, bundled_store, figures):
    indicators = _in_numbers(bundled_store)
    printed = {each.name: _row(figures[each.rate_figure]) for each in indicators if each.rate_figure}
    computed = {
        each.name: (each.computed_rate, "%", "computed")
        for each in indicators
        if each.computed_rate and not each.rate_figure
    }
    assert len(printed) == 4
    assert len(printed) + len(computed) == 23
    wanted = {f"{name}的完成率是多少？": row for name, row in {**printed, **computed}.items()}
    assert _wrong(assistant, bundled_store, wanted) == []


def test_every_target_in_numbers_was_met(assistant, bundled_store):
    answers = {each.name: assistant.answer(f"{each.name}完成了吗？") for each in _in_numbers(bundled_store)}
    assert {name for name, answer in answers.items() if not answer.answer.endswith("，达到目标。")} == set()
    assert [faults_of(answer, bundled_store) for answer in answers.values()] == [[]] * len(answers)


def test_an_indicators_whole_name_settles_the_question(assistant, bundled_store, monkeypatch):
    asked: list[str] = []
    similarities = Searcher.figure_similarities
    monkeypatch.setattr(
        Searcher,
        "figure_similarities",
        lambda self, query, *rest: asked.append(query) or similarities(self, query, *rest),
    )
    for each in _in_numbers(bundled_store):
        for ending in ("的目标值是多少？", "实际完成多少？", "的完成率是多少？", "完成了吗？"):
            assistant.answer(each.name + ending)
    assert asked == []
