"""Follow-ups for what stands beside a figure just told: its target, its change, its budget, a part or companion."""

import pytest
from talking import talk, turns

from assistant.assistant import Assistant
from index.store import Store
from tests.answer_checks import faults_of

pytest_plugins = ["follow_up_fixtures"]

BOOKS = ["全市公共图书馆新购图书多少册？", "2023年全市公共图书馆新购图书8.46万册。"]
SHOWS = ["送戏下乡演出办了多少场？", "全年举办送戏下乡演出764场。"]
ROOMS = ["改造社区书屋多少个？", "2023年改造社区书屋132个。"]
CASES = ["文化市场案件查办了多少件？", "查办文化市场案件3579件。"]
WAITING = ["景区平均检票等候时间是多少？", "景区平均检票等候时间11.5分钟。"]
DINNERS = ["公务接待费花了多少？", "2023年公务接待费决算8.94万元。"]

# what was said; the follow-up; base values and units of the answer's figures
NEIGHBOURS = [
    (BOOKS, "今年想干到多少", [("90000", "册")]),
    (SHOWS, "那今年打算办多少场", [("800", "场")]),
    (SHOWS, "今年想演出多少场", [("800", "场")]),
    (BOOKS, "比前一年多了几本", [("11200", "册"), ("15.3", "%")]),
    (BOOKS, "比头一年涨了百分之几", [("15.3", "%")]),
    (BOOKS, "涨了没？", [("11200", "册"), ("15.3", "%")]),
    (WAITING, "比上一年少等几分钟", [("2.5", "分钟")]),
    (SHOWS, "看的人多不多，涨了没？", [("418000", "人次"), ("22.6", "%")]),
    (ROOMS, "有多少家跟着沾光", [("35700", "户")]),
    (ROOMS, "花了多少钱", [("28600000", "元")]),
    (CASES, "里头送公安局的有几件", [("18", "件")]),
    (CASES, "罚了多少钱", [("964000", "元")]),
    (DINNERS, "那原来批了多少", [("126000", "元")]),
    (DINNERS, "头一年花了多少", [("112700", "元")]),
    ([*DINNERS, "那原来批了多少", "公务接待费2023年预算数为12.60万元。"], "最后花了多少", [("89400", "元")]),
]


@pytest.mark.parametrize(("said", "question", "expected"), NEIGHBOURS)
def test_what_stands_beside_the_figure_just_told_answers(
    hanyuan: Assistant, hanyuan_store: Store, said: list[str], question: str, expected: list[tuple[str, str]]
):
    answer = hanyuan.answer(question, turns(said))
    assert answer.status == "answered"
    assert [(figure.base_value, figure.base_unit) for figure in answer.figures] == expected
    assert answer.standalone_question != question
    assert faults_of(answer, hanyuan_store) == []


def test_a_target_bears_its_role_and_the_year_asked_for(hanyuan: Assistant):
    (target,) = hanyuan.answer("今年想演出多少场", turns(SHOWS)).figures
    assert (target.role, target.period) == ("target", "2024年")


def test_the_question_understood_names_the_figure_just_told(hanyuan: Assistant):
    assert "改造社区书屋" in hanyuan.answer("有多少家跟着沾光", turns(ROOMS)).standalone_question
    assert "读者" not in hanyuan.answer("今年想干到多少", turns(BOOKS)).standalone_question


def test_a_figure_is_told_in_another_unit_though_none_is_named(hanyuan: Assistant, hanyuan_store: Store):
    answer = hanyuan.answer("换个单位", turns(DINNERS))
    assert answer.computation is not None
    assert (answer.computation.result, answer.computation.unit) == ("89400", "元")
    assert faults_of(answer, hanyuan_store) == []


def test_the_row_whose_name_an_answer_gives_is_the_one_spoken_of(hanyuan: Assistant):
    said = ["书屋搞得咋样", "2023年改造社区书屋132个，惠及居民3.57万户。"]
    assert [figure.base_value for figure in hanyuan.answer("花了多少钱", turns(said)).figures] == ["28600000"]


# nothing beside the figure is of the kind asked for
LACKING = [
    (["培训讲解员多少人？", "培训讲解员286人。"], "花了多少钱"),
    (["培训讲解员多少人？", "培训讲解员286人。"], "有多少家跟着沾光"),
    (["培训讲解员多少人？", "培训讲解员286人。"], "比前一年多了几个"),
    (["创建研学基地多少个？", "创建研学基地35个。"], "今年打算搞多少个"),
    (["创建研学基地多少个？", "创建研学基地35个。"], "有多大"),
    (DINNERS, "接待了多少家"),
    (WAITING, "有多少人受益"),
    (BOOKS, "那上半年呢"),
]


@pytest.mark.parametrize(("said", "question"), LACKING)
def test_what_does_not_stand_there_is_refused(hanyuan: Assistant, said: list[str], question: str):
    answer = hanyuan.answer(question, turns(said))
    assert (answer.status, answer.figures) == ("refused", ())


# a subject of its own, whatever stands beside the figure just told
OTHERS = [
    "有多少家上市公司",
    "修路花了多少钱",
    "今年打算新建多少公里公路",
    "文化市场案件查办了多少件？",
    "参加高考的有多少人",
]


@pytest.mark.parametrize("question", OTHERS)
def test_a_question_with_a_subject_of_its_own_is_no_follow_up(hanyuan: Assistant, question: str):
    within, alone = hanyuan.answer(question, turns(ROOMS)), hanyuan.answer(question)
    assert within.standalone_question == question
    assert (within.status, within.answer) == (alone.status, alone.answer)


def test_neighbours_are_those_of_the_last_figure(hanyuan: Assistant):
    answer = talk(hanyuan, ["文化市场案件查办了多少件？", "送戏下乡演出办了多少场？", "罚了多少钱"])
    assert [figure.base_value for figure in answer.figures] == ["964000"]
    answer = talk(hanyuan, ["改造社区书屋多少个？", "培训讲解员多少人？", "有多少家跟着沾光"])
    assert answer.status == "refused"
