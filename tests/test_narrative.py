"""Questions for words, put to a small report of our own through the real index, model and vector store."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from assistant.narrative.question import asks_for_words, read_narrative
from assistant.questions.question import read_question
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

REPORT = """2021年度宁波市园林局工作报告

一、基本情况

（一）主要职责

主要职责包括：（1）拟订城市绿化规划并组织实施。

（2）负责公园广场的养护管理。

（3）会同有关部门开展古树名木保护工作。

二、2021年工作情况

（一）完善公园体系。建成口袋公园46个，在鄞州、海曙、镇海建设郊野公园。全年接待游客310万人次，同比增长4.2%。

（二）推进古树保护。认定古树名木1200株，引入第三方开展体检。首届“甬派花事”园艺大赛顺利举办，金奖选手陈雨晴获“园艺能手”称号。垃圾分类试点在江北等三个区先行开展。

（三）保障养护资金。落实养护、绿化、设备三项经费5.2亿元、3.1亿元、0.7亿元。其中，道路绿地8个、公园绿地14个。

（四）提升服务。由于连续高温，全市补植苗木1.6万株。被命名为国家级示范公园的有3家公园。

三、存在的问题

主要是：一是养护标准不统一，部分区县执行不到位；二是专业技术人才不足；三是数字化手段薄弱。

四、下一步打算

2022年将重点做好以下工作：一是修订养护标准；二是引进专业人才；三是建设智慧园林平台，引入第三方开展绩效评价。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("narrative")
    report = folder / "ningbo-park-2021.txt"
    report.write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Store.at(place)


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant(Library(store), max_question_characters=2000)


# question, what the answer has to hold, in this order
TOLD = [
    ("公园广场谁来管，归哪个部门管", ["公园广场的养护管理"]),
    ("郊野公园建在哪几个区？", ["鄞州", "海曙", "镇海"]),
    ("为什么补植苗木", ["由于连续高温"]),
    ("首届园艺大赛叫什么", ["甬派花事"]),
    ("金奖选手叫什么名字", ["陈雨晴"]),
    ("第三方打算怎么用", ["第三方"]),
]


@pytest.mark.parametrize(("question", "held"), TOLD)
def test_the_reports_own_words_answer(assistant: Assistant, store: Store, question: str, held: list[str]):
    answer = assistant.answer(question)
    assert answer.status == "answered", answer.answer
    places = [answer.answer.find(words) for words in held]
    assert -1 not in places and places == sorted(places)
    assert answer.figures == ()
    assert faults_of(answer, store) == []


# question, the items in order
WHOLE = [
    ("主要职责有哪些", ["绿化规划", "公园广场", "古树名木保护"]),
    ("存在哪几个方面的问题", ["标准不统一", "人才不足", "数字化手段薄弱"]),
    ("报告承认有啥短板", ["标准不统一", "人才不足", "数字化手段薄弱"]),
    ("下一步有什么打算", ["修订养护标准", "引进专业人才", "智慧园林平台"]),
]


@pytest.mark.parametrize(("question", "items"), WHOLE)
def test_an_enumeration_is_told_whole_and_in_order_each_item_cited(assistant, store, question, items):
    answer = assistant.answer(question)
    assert (answer.status, answer.route) == ("answered", "list")
    places = [answer.answer.find(item) for item in items]
    assert -1 not in places and places == sorted(places)
    assert len(answer.citations) >= len(items)
    assert faults_of(answer, store) == []


# what the report does not say: why refused
UNSAID = [
    "银奖选手叫什么名字",  # another winner than the one named
    "园林局局长是谁",
    "为什么游客增长",  # no reason is given
    "垃圾分类试点除了江北，还有哪两个区",  # the others are not named
    "哪三家公园被命名为国家级示范公园",  # counted, not named
    "古树名木认养有哪些优惠",
    "古树名木体检有哪些奖励",  # all but what is asked for is said
    "滨河步道怎么维修",
    "温州建了哪些郊野公园",
    "哪个公园游客最多",  # nothing is said to be the most
    "2015年有哪些问题",
]


@pytest.mark.parametrize("question", UNSAID)
def test_what_the_report_does_not_say_is_refused(assistant: Assistant, question: str):
    answer = assistant.answer(question)
    assert answer.status == "refused", answer.answer
    assert answer.figures == ()


def test_a_question_for_a_number_is_never_answered_by_a_bare_passage(assistant: Assistant):
    for question in ("古树认养了多少棵？", "郊野公园花了多少钱？", "有几个公园被评为五星？"):
        answer = assistant.answer(question)
        assert answer.route != "passage" or answer.status == "refused", question


@pytest.mark.parametrize(("question", "lines"), [("用两点总结这份报告", 2), ("把存在的问题归纳成三点", 3)])
def test_a_summary_has_as_many_points_as_asked_for_all_quoted(assistant, store, question, lines):
    answer: Answer = assistant.answer(question)
    assert answer.status == "answered"
    assert sum(line.startswith("（") for line in answer.answer.splitlines()) == lines
    assert len(answer.citations) >= lines
    assert faults_of(answer, store) == []


# question, asks for words
ASKED = [
    ("下一步打算怎么做", True),
    ("为什么没完成", True),
    ("占比不到一成的是哪些区", True),
    ("全年多少人", False),
    ("第几届了", False),
    ("各区占比", False),
    ("有几个问题分别是什么", True),
]


@pytest.mark.parametrize(("question", "words"), ASKED)
def test_a_question_asks_for_words_or_for_a_number(question: str, words: bool):
    assert asks_for_words(read_question(question)) is words


def test_a_question_is_read_for_kind_count_tense_and_content():
    question = read_narrative(read_question("今年养老方面打算采取哪五项措施"))
    assert question.lists and question.count == 5 and question.tense == "plan"
    assert "measure" in question.kinds
    assert question.content == "养老"
    assert read_narrative(read_question("除了甲公园，还有哪些公园开放")).excluded == "甲公园"
