"""Follow-ups over a small composed report: what is understood, what is answered, and what stays alone."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversations import mentions
from assistant.conversations.conversation import Turn
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

REPORT = """# 2020年度佛山市水利局部门整体支出绩效自评报告

## 一、基本情况

2020年，我局纳入部门决算管理的单位共6个。全年新建供水管网128.6公里，改造老旧管网75公里，新增污水日处理能力4.5万吨。\
全市自来水用户满意度为93.2%，全省排名第4名。

下达水库加固补助、河道整治补助、农村供水补助3.27亿元、1.86亿元、0.94亿元，分别惠及18个、27个、42个乡镇。

开展防汛培训12场，参加培训人员3,450人次；开展节水宣传36场，参加活动群众2.1万人次。

全市水库蓄水量达8.4亿立方米，同比增长6.3%；河道巡查12,480次，查处涉水违法案件236宗。

## 二、绩效目标完成情况

各项指标的完成情况如下：

| 指标名称 | 年度目标 | 实际值 |
| --- | --- | --- |
| 农村自来水普及率 | 不低于95% | 已完成，农村自来水普及率97.5%。 |
| 水库除险加固数量 | 完成水库除险加固12座 | 已完成，水库除险加固14座。 |
| 河道清淤长度 | 清淤210公里 | 未完成，清淤189公里。 |

河道清淤长度未达到目标，主要原因是汛期延长、施工时间缩短。

全市农村自来水普及率为97.2%。

## 三、存在问题

一是部分区水价调整滞后，管网漏损控制压力较大；二是水利工程管护队伍专业人员不足；三是智慧水务平台建设进度偏慢。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("foshan")
    (folder / "foshan-water-2020.md").write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, [folder / "foshan-water-2020.md"]).failures == ()
    return Store.at(place)


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant(Library(store), max_question_characters=2000)


def turns(said: Iterable[str]) -> tuple[Turn, ...]:
    """Turns of user and assistant by turns, the user first."""
    return tuple(Turn(role="assistant" if order % 2 else "user", content=content) for order, content in enumerate(said))


def talk(assistant: Assistant, questions: Sequence[str]) -> Answer:
    """The last answer of a conversation whose earlier answers are the assistant's own."""
    said: list[str] = []
    for question in questions[:-1]:
        said += [question, assistant.answer(question, turns(said)).answer]
    return assistant.answer(questions[-1], turns(said))


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
    assistant: Assistant, store: Store, questions: list[str], base_value: str, base_unit: str, role: str
):
    answer = talk(assistant, questions)
    assert answer.status == "answered"
    first = answer.figures[0]
    assert (first.base_value, first.base_unit, first.role) == (base_value, base_unit, role)
    assert answer.standalone_question != questions[-1]
    assert faults_of(answer, store) == []


# what is understood of a follow-up, asked by itself, has the same first figure
@pytest.mark.parametrize("questions", [case[0] for case in FIGURES if "补助" not in case[0][0]])
def test_the_question_understood_stands_by_itself(assistant: Assistant, questions: list[str]):
    within = talk(assistant, questions)
    alone = assistant.answer(within.standalone_question)
    assert alone.status == "answered"
    assert alone.figures[0].base_value == within.figures[0].base_value


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
    assistant: Assistant, store: Store, questions: list[str], result: str, unit: str
):
    answer = talk(assistant, questions)
    assert (answer.status, answer.route) == ("answered", "compute")
    assert answer.computation is not None
    assert (Decimal(answer.computation.result), answer.computation.unit) == (Decimal(result), unit)
    assert answer.figures[0].role == "computed" and answer.figures[0].id is None
    assert faults_of(answer, store) == []


def test_a_calculation_over_something_else_is_not_made_of_rows_just_spoken_of(assistant: Assistant):
    question = "农村供水补助平均每个乡镇有多少钱？"
    within = talk(assistant, ["改造老旧管网多少公里？", "河道整治补助惠及多少个乡镇？", question])
    assert (within.standalone_question, within.answer) == (question, assistant.answer(question).answer)


def test_a_short_answer_tells_which_of_the_rows_beside_was_meant(assistant: Assistant):
    said = ["农村供水补助下达了多少钱？", "0.94亿元。", "惠及多少个乡镇", "42个。"]
    answer = assistant.answer("平均每个乡镇多少钱", turns(said))
    assert answer.computation is not None
    assert (answer.computation.result, answer.computation.unit) == ("223.81", "万元")


def test_a_unit_of_another_kind_is_refused(assistant: Assistant):
    answer = talk(assistant, ["水库加固补助下达了多少钱？", "换算成公里"])
    assert (answer.status, answer.figures) == ("refused", ())


def test_the_place_is_told_with_section_and_sentence(assistant: Assistant, store: Store):
    answer = talk(assistant, ["河道巡查多少次？", "原文在哪"])
    assert (answer.status, answer.route) == ("answered", "passage")
    assert "一、基本情况" in answer.answer and "河道巡查12,480次" in answer.answer
    assert answer.figures[0].base_value == "12480"
    assert faults_of(answer, store) == []


def test_a_doubt_is_looked_up_again_and_not_given_in_to(assistant: Assistant, store: Store):
    answer = talk(assistant, ["河道巡查多少次？", "你确定？我怎么记得是15000次"])
    assert answer.status == "answered" and answer.figures[0].base_value == "12480"
    assert "15000" not in answer.answer and answer.warnings
    assert faults_of(answer, store) == []


def test_a_doubt_shows_both_values_where_the_report_has_two(assistant: Assistant):
    answer = talk(assistant, ["农村自来水普及率实际是多少？", "正文里好像不是这个数"])
    assert {figure.base_value for figure in answer.figures} == {"97.5", "97.2"}
    assert answer.warnings


def test_a_doubted_number_of_another_row_is_named(assistant: Assistant):
    answer = talk(assistant, ["水库除险加固数量实际是多少？", "不对吧，我记得是12座"])
    assert answer.figures[0].base_value == "14" and "目标" in answer.answer


def test_a_reason_is_the_reports_own(assistant: Assistant):
    answer = talk(assistant, ["河道清淤长度实际是多少？", "为什么没完成"])
    assert answer.status == "answered" and "汛期延长" in answer.answer


def test_the_rest_of_an_enumeration_is_told(assistant: Assistant, store: Store):
    told = "一是部分区水价调整滞后，管网漏损控制压力较大；"
    answer = assistant.answer("还有呢", turns(["存在什么问题？", told]))
    assert "专业人员不足" in answer.answer and "智慧水务" in answer.answer
    assert "水价调整滞后" not in answer.answer
    assert faults_of(answer, store) == []


def test_nothing_more_is_said_to_be_so(assistant: Assistant):
    told = REPORT.split("## 三、存在问题")[1].strip()
    answer = assistant.answer("还有吗", turns(["存在什么问题？", told]))
    assert answer.status == "refused" and answer.figures == ()


REFUSED = [
    ["水库除险加固数量实际是多少？", "那2019年呢"],
    ["水库除险加固数量实际是多少？", "深圳呢"],
    ["水库加固补助下达了多少钱？", "海堤加固补助呢"],
    ["自来水用户满意度是多少？", "增长了多少"],
]


@pytest.mark.parametrize("questions", REFUSED)
def test_what_the_report_lacks_is_refused_after_a_figure_too(assistant: Assistant, questions: list[str]):
    answer = talk(assistant, questions)
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
def test_a_change_of_subject_is_no_follow_up(assistant: Assistant, question: str):
    alone = assistant.answer(question)
    within = talk(assistant, ["水库除险加固数量实际是多少？", question])
    assert within.standalone_question == question
    assert (within.status, within.answer) == (alone.status, alone.answer)


def test_digits_of_an_earlier_answer_are_never_evidence(assistant: Assistant):
    wrong = turns(["水库除险加固数量实际是多少？", "水库除险加固数量为99座。"])
    assert "99" not in assistant.answer("那目标呢", wrong).answer
    assert assistant.answer("你确定？", wrong).figures[0].base_value == "14"
    other = turns(["河道清淤长度实际是多少？", "河道清淤长度为14座。"])
    assert assistant.answer("目标呢", other).figures[0].base_value == "210"
    beside = turns(["水库加固补助下达了多少钱？", "水库加固补助下达1.86亿元。"])
    assert assistant.answer("惠及多少个乡镇", beside).figures[0].base_value == "18"


@pytest.mark.parametrize("told", ["", "抱歉，我没有查到。", "Sorry."])
def test_the_question_alone_tells_what_was_meant_where_the_answer_does_not(assistant: Assistant, told: str):
    history = turns(["水库除险加固数量实际是多少？", told])
    assert assistant.answer("那目标呢", history).figures[0].base_value == "12"


def test_conversations_asked_by_turns_do_not_leak(assistant: Assistant):
    one, other = ["水库除险加固数量实际是多少？"], ["水库加固补助下达了多少钱？"]
    follow_ups = (["那目标呢", "河道清淤的呢"], ["农村供水补助呢", "换算成万元"])
    apart = [[talk(assistant, [*first, *more[: n + 1]]).answer for n in range(2)]
             for first, more in zip((one, other), follow_ups, strict=True)]  # fmt: skip
    said: tuple[list[str], list[str]] = ([], [])
    together: tuple[list[str], list[str]] = ([], [])
    for step in range(3):
        for side, questions in enumerate(([*one, *follow_ups[0]], [*other, *follow_ups[1]])):
            answer = assistant.answer(questions[step], turns(said[side]))
            said[side].extend([questions[step], answer.answer])
            together[side].append(answer.answer)
    assert [side[1:] for side in together] == apart


def test_forty_turns_cost_as_many_lookups_as_two(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    counted: list[str] = []
    look_up = mentions.look_up

    def counting(*given: object, **named: object) -> object:
        counted.append("look_up")
        return look_up(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(mentions, "look_up", counting)
    pair = ["水库除险加固数量实际是多少？", "水库除险加固数量为14座。"]
    elliptic = ["那目标呢", "目标值为12座。"]
    for history in (pair, pair * 20, pair + elliptic * 19):
        counted.clear()
        answer = assistant.answer("完成率呢", turns(history))
        assert answer.status == "answered"
        assert len(counted) <= 1


def test_a_conversation_of_follow_ups_alone_is_not_read_to_its_beginning(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []
    told_rows = mentions.told_rows

    def counting(exchange: mentions.Exchange, *rest: object) -> object:
        read.append(exchange.question)
        return told_rows(exchange, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mentions, "told_rows", counting)
    assistant.answer("那目标呢", turns(["那这个呢", "没有查到。"] * 40))
    assert 0 < len(read) <= mentions.LOOK_BACK + 2


def test_an_empty_or_strange_history_harms_nothing(assistant: Assistant):
    plain = assistant.answer("河道巡查多少次？")
    for history in ((), turns(["", ""]), (Turn(role="assistant", content="您好"),), turns(["？？？", "12座"])):
        assert assistant.answer("河道巡查多少次？", history).answer == plain.answer
        assistant.answer("那目标呢", history)
