"""Follow-ups over a small composed report: which row is meant, and what stays alone."""

import pytest
from talking import talk, turns

from assistant.assistant import Assistant
from index.store import Store
from tests.answer_checks import faults_of

pytest_plugins = ["follow_up_fixtures"]


# questions of a conversation; base value, base unit and role of the last answer's first figure
FIGURES = [
    (["水库除险加固数量实际是多少？", "那目标呢"], "12", "座", "target"),
    (["水库除险加固数量的目标是多少？", "实际呢？"], "14", "座", "actual"),
    (["水库除险加固数量的目标是多少？", "那河道清淤的呢"], "210", "公里", "target"),
    (["水库加固补助下达了多少钱？", "农村供水补助呢"], "94000000", "元", "amount"),
    (["河道整治补助下达了多少钱？", "它惠及多少个乡镇"], "27", "个", "count"),
    (["自来水用户满意度是多少？", "排第几"], "4", "名", "rank"),
    (["水库蓄水量是多少？", "增长多少？"], "6.3", "%", "growth"),
    (["开展防汛培训多少场？", "多少人次参加"], "3450", "人次", "count"),
    (["开展节水宣传多少场？", "多少人次参加"], "21000", "人次", "count"),
    (["水库除险加固数量实际是多少？", "河道巡查多少次？", "前者的目标呢"], "12", "座", "target"),
    (["水库除险加固数量实际是多少？", "河道巡查多少次？", "最开始问的那个，目标是多少"], "12", "座", "target"),
    (["水库除险加固数量实际是多少？", "那目标呢", "河道清淤的呢", "实际做到多少"], "189", "公里", "actual"),
    (["水库除险加固数量实际是多少？", "不对，我问的是目标"], "12", "座", "target"),
]


@pytest.mark.parametrize(("questions", "base_value", "base_unit", "role"), FIGURES)
def test_a_follow_up_is_answered_by_the_row_it_means(
    foshan: Assistant, foshan_store: Store, questions: list[str], base_value: str, base_unit: str, role: str
):
    answer = talk(foshan, questions)
    assert answer.status == "answered"
    first = answer.figures[0]
    assert (first.base_value, first.base_unit, first.role) == (base_value, base_unit, role)
    assert answer.standalone_question != questions[-1]
    assert faults_of(answer, foshan_store) == []


# what is understood of a follow-up, asked by itself, has the same first figure
@pytest.mark.parametrize("questions", [case[0] for case in FIGURES if "补助" not in case[0][0]])
def test_the_question_understood_stands_by_itself(foshan: Assistant, questions: list[str]):
    within = talk(foshan, questions)
    alone = foshan.answer(within.standalone_question)
    assert alone.status == "answered"
    assert alone.figures[0].base_value == within.figures[0].base_value


REFUSED = [
    ["水库除险加固数量实际是多少？", "那2019年呢"],
    ["水库除险加固数量实际是多少？", "深圳呢"],
    ["水库加固补助下达了多少钱？", "海堤加固补助呢"],
    ["自来水用户满意度是多少？", "增长了多少"],
]


@pytest.mark.parametrize("questions", REFUSED)
def test_what_the_report_lacks_is_refused_after_a_figure_too(foshan: Assistant, questions: list[str]):
    answer = talk(foshan, questions)
    assert (answer.status, answer.figures) == ("refused", ())


ALONE = [
    "河道巡查多少次？",
    "查处的那些涉水违法案件有多少宗？",
    "另外想问下，改造老旧管网多少公里",
    "存在哪些问题？",
    "谢谢",
    "自来水用户满意度排第几",
    "水库加固补助比河道整治补助多多少",
]


@pytest.mark.parametrize("question", ALONE)
def test_a_change_of_subject_is_no_follow_up(foshan: Assistant, question: str):
    alone = foshan.answer(question)
    within = talk(foshan, ["水库除险加固数量实际是多少？", question])
    assert within.standalone_question == question
    assert (within.status, within.answer) == (alone.status, alone.answer)


@pytest.mark.parametrize("told", ["", "抱歉，我没有查到。", "Sorry."])
def test_the_question_alone_tells_what_was_meant_where_the_answer_does_not(foshan: Assistant, told: str):
    history = turns(["水库除险加固数量实际是多少？", told])
    assert foshan.answer("那目标呢", history).figures[0].base_value == "12"
