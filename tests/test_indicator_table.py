"""Questions over the rows of indicator tables: all of a task, the best, those over a threshold, met or not."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import HARBOUR_2021, store_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("indicators"), harbour_2021=HARBOUR_2021)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    assert answer.status == "answered"
    return answer


def _names(answer: Answer) -> list[str]:
    return list(dict.fromkeys(figure.name for figure in answer.figures if figure.id is not None))


def test_all_indicators_of_a_task_are_told_with_the_side_asked_for(store: Store):
    answer = _ask(store, "港口建设任务两个指标的目标值分别是多少")
    assert [(figure.role, figure.value) for figure in answer.figures] == [("target", "10"), ("target", "80")]


def test_a_task_is_found_by_its_number(store: Store):
    answer = _ask(store, "任务2那张表的实际完成数全部报一遍")
    assert [figure.value for figure in answer.figures] == ["3000", "2"]


def test_the_highest_completion_is_found_and_its_computation_shown(store: Store):
    answer = _ask(store, "哪个指标完成率最高")
    assert answer.figures[0].value == "120"
    assert answer.computation is not None
    assert "新增泊位数" in answer.answer
    assert "航道疏浚" not in answer.answer


def test_what_was_not_met_is_told_and_what_cannot_be_judged_is_counted(store: Store):
    answer = _ask(store, "哪些指标没有达标")
    assert _names(answer) == ["航道疏浚里程"]
    assert answer.warnings == ("另有一项没有可比的数值，未计入。",)


def test_an_upper_bound_is_met_from_below(store: Store):
    answer = _ask(store, "有几个指标达标了")
    assert "服务投诉次数" in _names(answer)
    assert "达到目标的有三项" in answer.answer


def test_a_threshold_selects_by_completion_rate(store: Store):
    assert "航道疏浚里程" in _ask(store, "完成率低于95%的指标有哪些").answer
    assert "新增泊位数" not in _ask(store, "完成率低于95%的指标有哪些").answer


def test_rows_that_meet_their_target_exactly_are_found(store: Store):
    assert _names(_ask(store, "有没有刚好等于目标的指标")) == ["船员培训人数"]


def test_rows_are_ordered_by_completion(store: Store):
    answer = _ask(store, "各指标按完成率从低到高排一下")
    found = [answer.answer.index(name) for name in ("航道疏浚里程", "船员培训人数", "新增泊位数")]
    assert found == sorted(found)


def test_several_named_indicators_are_told_together(store: Store):
    answer = _ask(store, "新增泊位数和航道疏浚里程，目标和实际各是多少")
    assert {figure.value for figure in answer.figures} == {"10", "12", "80", "72"}


def test_definition_and_met_or_not_are_told_together(store: Store):
    answer = _ask(store, "航道疏浚里程达标了吗，指标口径是什么")
    assert "未达到目标" in answer.answer
    assert "当年疏浚的航道长度" in answer.answer


def test_by_how_much_is_computed_where_it_is_asked(store: Store):
    answer = _ask(store, "航道疏浚里程达标了吗，差多少")
    assert "8公里" in answer.answer
    assert answer.computation is not None


def test_a_target_in_words_is_told_as_it_stands(store: Store):
    answer = _ask(store, "航运文化氛围这个指标有没有量化")
    assert "没有列数值" in answer.answer
    assert answer.figures == ()
