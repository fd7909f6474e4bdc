"""Several reports in one store: the right one chosen, years never mixed, comparisons over years and places."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import FOREST_2021, HARBOUR_2020, HARBOUR_2021, store_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("several")
    return store_of(folder, harbour_2020=HARBOUR_2020, harbour_2021=HARBOUR_2021, forest_2021=FOREST_2021)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


OF_A_YEAR = [
    ("2020年港口货物吞吐量是多少", "48600000", "harbour-2020.md"),
    ("2021年港口货物吞吐量是多少", "52750000", "harbour-2021.md"),
    ("港口货物吞吐量是多少", "52750000", "harbour-2021.md"),
    ("20年水路客运量是多少", "3125000", "harbour-2020.md"),
    ("岸线整治数量实际完成多少", "18", "harbour-2020.md"),
]


@pytest.mark.parametrize(("question", "value", "report"), OF_A_YEAR)
def test_the_year_named_is_answered_else_the_newest_that_answers(store: Store, question: str, value: str, report: str):
    answer = _ask(store, question)
    assert answer.figures[0].base_value == value
    assert {citation.report for citation in answer.citations} == {report}


def test_the_title_is_said_where_the_question_left_the_report_open(store: Store):
    assert "《2021年度海宁市港航管理局" in _ask(store, "港口货物吞吐量是多少").answer
    assert "《" not in _ask(store, "2020年港口货物吞吐量是多少").answer


def test_an_issuer_is_known_by_its_short_form(store: Store):
    assert _ask(store, "林业局预算执行率").figures[0].base_value == "97.3"
    assert _ask(store, "港航那边2020年新增泊位几个").figures[0].base_value == "9"


OVER_YEARS = [
    ("水路客运量21年比20年少了多少", "141000", ["312.5", "298.4"]),
    ("港口货物吞吐量2021年比上一年多多少", "4150000", ["5,275", "4,860"]),
    ("船舶更新补贴，2021比2020多发几多钱", "28000000", ["1.48", "1.2"]),
]


@pytest.mark.parametrize(("question", "value", "told"), OVER_YEARS)
def test_years_are_held_against_each_other_with_both_reports_cited(
    store: Store, question: str, value: str, told: list[str]
):
    answer = _ask(store, question)
    assert (answer.route, answer.figures[0].base_value) == ("compute", value)
    assert {citation.report for citation in answer.citations} == {"harbour-2020.md", "harbour-2021.md"}
    assert all(number in answer.answer for number in told)


def test_which_year_is_more_is_told_without_a_computation_nobody_asked_for(store: Store):
    answer = _ask(store, "2020年和2021年水路客运量哪年多")
    assert answer.computation is None
    assert answer.figures[0].base_value == "3125000"


def test_a_year_no_report_has_is_refused(store: Store):
    answer = _ask(store, "港口货物吞吐量2021年比2018年多多少")
    assert answer.status == "refused"
    assert "2018" in answer.answer


def test_a_trend_puts_the_years_in_order(store: Store):
    answer = _ask(store, "港口货物吞吐量近两年走势")
    assert [figure.period for figure in answer.figures] == ["2020年", "2021年"]
    assert "逐年上升" in answer.answer


def test_an_indicator_of_one_year_only_is_found(store: Store):
    answer = _ask(store, "港口建设任务20年有而21年没有的指标是哪一项")
    assert "岸线整治数量" in answer.answer
    assert "航道疏浚" not in answer.answer


def test_reports_of_several_issuers_are_asked_back_about(tmp_path_factory: pytest.TempPathFactory):
    other = HARBOUR_2021.replace("海宁市港航管理局", "桐乡市航运管理局")
    both = store_of(tmp_path_factory.mktemp("two"), one_2021=HARBOUR_2021, other_2021=other)
    answer = _ask(both, "三个项目的预算加起来有多少？")
    assert answer.status == "clarify"
    assert "海宁" in answer.answer
    assert "桐乡" in answer.answer
    assert _ask(both, "海宁市三个项目的预算加起来有多少？").figures[0].value == "5765.5"


def test_places_are_compared_each_from_its_own_report(tmp_path_factory: pytest.TempPathFactory):
    other = HARBOUR_2021.replace("海宁市港航管理局", "桐乡市航运管理局").replace("5,275", "6,480")
    both = store_of(tmp_path_factory.mktemp("places"), one_2021=HARBOUR_2021, other_2021=other)
    answer = _ask(both, "海宁和桐乡的港口货物吞吐量相差多少万吨")
    assert answer.figures[0].base_value == "12050000"
    assert {citation.report for citation in answer.citations} == {"one-2021.md", "other-2021.md"}
