"""Follow-ups on the words around a figure: its place, a doubt, a reason, the rest of an enumeration."""

from talking import WATER, talk, turns

from assistant.assistant import Assistant
from index.store import Store
from tests.answer_checks import faults_of

pytest_plugins = ["follow_up_fixtures"]


def test_the_place_is_told_with_section_and_sentence(foshan: Assistant, foshan_store: Store):
    answer = talk(foshan, ["河道巡查多少次？", "原文在哪"])
    assert (answer.status, answer.route) == ("answered", "passage")
    assert "一、基本情况" in answer.answer and "河道巡查12,480次" in answer.answer
    assert answer.figures[0].base_value == "12480"
    assert faults_of(answer, foshan_store) == []


def test_a_doubt_is_looked_up_again_and_not_given_in_to(foshan: Assistant, foshan_store: Store):
    answer = talk(foshan, ["河道巡查多少次？", "你确定？我怎么记得是15000次"])
    assert answer.status == "answered" and answer.figures[0].base_value == "12480"
    assert "15000" not in answer.answer and answer.warnings
    assert faults_of(answer, foshan_store) == []


def test_a_doubt_shows_both_values_where_the_report_has_two(foshan: Assistant):
    answer = talk(foshan, ["农村自来水普及率实际是多少？", "正文里好像不是这个数"])
    assert {figure.base_value for figure in answer.figures} == {"97.5", "97.2"}
    assert answer.warnings


def test_a_doubted_number_of_another_row_is_named(foshan: Assistant):
    answer = talk(foshan, ["水库除险加固数量实际是多少？", "不对吧，我记得是12座"])
    assert answer.figures[0].base_value == "14" and "目标" in answer.answer


def test_a_reason_is_the_reports_own(foshan: Assistant):
    answer = talk(foshan, ["河道清淤长度实际是多少？", "为什么没完成"])
    assert answer.status == "answered" and "汛期延长" in answer.answer


def test_the_rest_of_an_enumeration_is_told(foshan: Assistant, foshan_store: Store):
    told = "一是部分区水价调整滞后，管网漏损控制压力较大；"
    answer = foshan.answer("还有呢", turns(["存在什么问题？", told]))
    assert "专业人员不足" in answer.answer and "智慧水务" in answer.answer
    assert "水价调整滞后" not in answer.answer
    assert faults_of(answer, foshan_store) == []


def test_nothing_more_is_said_to_be_so(foshan: Assistant):
    told = WATER.split("## 三、存在问题")[1].strip()
    answer = foshan.answer("还有吗", turns(["存在什么问题？", told]))
    assert answer.status == "refused" and answer.figures == ()
