"""Everyday wording of what kind of number is wanted, and meaning in the report's own words beside the asker's."""

import pytest

from assistant.questions.asking import asking
from assistant.questions.question import read_question
from index.expansion import reworded
from index.keywords import Keywords
from index.keywords_writer import KeywordsWriter


@pytest.mark.parametrize(
    "question",
    ["帮打工的讨回来多少被拖的钱", "给学校添桌椅的钱一共有多少", "给老人发下去的那笔钱有几万"],
)
def test_money_is_asked_for_whatever_stands_between(question: str) -> None:
    assert "money" in read_question(question).dimensions


@pytest.mark.parametrize("question", ["拿到钱的有多少人", "交了钱的企业有几家"])
def test_those_who_pay_are_no_money(question: str) -> None:
    assert "money" not in read_question(question).dimensions


def test_trips_may_be_counted_as_journeys_people_make() -> None:
    assert {"times", "person-times"} <= read_question("乡下人出门玩了多少趟").dimensions
    assert asking().counts_alike("趟", "列")


def test_an_average_does_not_say_whether_it_is_per_head() -> None:
    asked = read_question("城里人一年平均能拿到手多少钱")
    assert asked.averaged and not asked.per


@pytest.mark.parametrize("question", ["那个实事最后办成了百分之几", "任务做成了百分之多少"])
def test_how_much_of_a_plan_was_done_is_its_completion_rate(question: str) -> None:
    assert "completion_rate" in read_question(question).roles


def test_a_question_is_put_in_the_words_the_passages_use(tmp_path) -> None:  # type: ignore[no-untyped-def]
    writer = KeywordsWriter(tmp_path / "keywords", {})
    writer.add({"a": "全省地区生产总值812.4亿元，增长3.1%。", "b": "新建公园六座。"})
    writer.save()
    keywords = Keywords(tmp_path / "keywords")
    assert keywords.reworded("gdp有多少") == "地区生产总值有多少"
    assert keywords.reworded("公园几座") == "公园几座"
    assert reworded("gdp有多少", lambda word: False) == "gdp有多少"
