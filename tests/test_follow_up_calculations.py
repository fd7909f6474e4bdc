"""Follow-ups that calculate over what was said, or want it in another unit."""

from decimal import Decimal

import pytest
from talking import talk, turns

from assistant.assistant import Assistant
from index.store import Store
from tests.answer_checks import faults_of

pytest_plugins = ["follow_up_fixtures"]


# computed: questions; result, unit
COMPUTED = [
    (["水库加固补助下达了多少钱？", "换算成万元是多少"], "32700", "万元"),
    (["新增污水日处理能力多少吨？", "合多少吨"], "45000", "吨"),
    (["水库加固补助下达了多少钱？", "河道整治补助呢", "跟前一个比差多少"], "1.41", "亿元"),
    (["水库加固补助下达了多少钱？", "河道整治补助呢", "这两个加起来多少"], "5.13", "亿元"),
    (["河道清淤长度实际是多少？", "比目标少多少"], "21", "公里"),
    (["开展防汛培训多少场？", "多少人次参加", "跟节水宣传的比，少多少"], "1.755", "万人次"),
]


@pytest.mark.parametrize(("questions", "result", "unit"), COMPUTED)
def test_a_calculation_over_what_was_said_shows_its_formula(
    foshan: Assistant, foshan_store: Store, questions: list[str], result: str, unit: str
):
    answer = talk(foshan, questions)
    assert (answer.status, answer.route) == ("answered", "compute")
    assert answer.computation is not None
    assert (Decimal(answer.computation.result), answer.computation.unit) == (Decimal(result), unit)
    assert answer.figures[0].role == "computed" and answer.figures[0].id is None
    assert faults_of(answer, foshan_store) == []


def test_a_calculation_over_something_else_is_not_made_of_rows_just_spoken_of(foshan: Assistant):
    question = "农村供水补助平均每个乡镇有多少钱？"
    within = talk(foshan, ["改造老旧管网多少公里？", "河道整治补助惠及多少个乡镇？", question])
    assert (within.standalone_question, within.answer) == (question, foshan.answer(question).answer)


def test_a_short_answer_tells_which_of_the_rows_beside_was_meant(foshan: Assistant):
    said = ["农村供水补助下达了多少钱？", "0.94亿元。", "惠及多少个乡镇", "42个。"]
    answer = foshan.answer("平均每个乡镇多少钱", turns(said))
    assert answer.computation is not None
    assert (answer.computation.result, answer.computation.unit) == ("223.81", "万元")


def test_a_unit_of_another_kind_is_refused(foshan: Assistant):
    answer = talk(foshan, ["水库加固补助下达了多少钱？", "换算成公里"])
    assert (answer.status, answer.figures) == ("refused", ())
