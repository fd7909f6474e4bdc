"""Questions in everyday words: what they count, whose kinds they leave open, and over which span of time."""

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store

REPORT = """东屏市民政局2023年度工作总结

一、社会救助

截至2023年底，全市城市最低生活保障对象3.42万人，农村最低生活保障对象8.15万人。城市最低生活保障标准提高到每人每月830元，\
农村最低生活保障标准为7080元/人·年。全年侦办电信网络诈骗案件216起。

二、养老服务

全市养老服务机构96家，养老机构护理员1240人。公务用车保有量17辆，配备社区助餐配送网点车队管理企业5家。\
养老机构违规案件罚没款合计86.5万元，单案最高罚没款21.3万元。全年培训养老护理员3600人次，评选星级养老护理员120名。老年人口占比26.4%，较上年提高1.2个百分点。助餐服务覆盖率91.5%。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("colloquial")
    report = folder / "dongping-civil-2023.txt"
    report.write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Assistant(Library(Store.at(place)), max_question_characters=1000)


def test_a_whole_that_is_stated_by_kinds_is_told_kind_by_kind(assistant: Assistant):
    answer = assistant.answer("吃低保的一共多少人？")
    assert answer.status == "answered"
    assert [figure.value for figure in answer.figures] == ["3.42", "8.15"]


def test_who_names_a_kind_gets_that_kind_alone(assistant: Assistant):
    assert [figure.value for figure in assistant.answer("农村低保多少人？").figures] == ["8.15"]


def test_a_standard_per_year_asked_per_month_is_told_as_stated_with_the_conversion(assistant: Assistant):
    answer = assistant.answer("农村低保每个月给多少钱？")
    assert answer.figures[0].value == "7080"
    assert any("590元" in warning and "7080÷12" in warning for warning in answer.warnings)


def test_a_measure_word_is_not_answered_with_another_thing(assistant: Assistant):
    for figure in assistant.answer("你们有几台车？").figures:
        assert figure.unit in {"辆", "台"}


def test_a_particular_term_within_a_longer_everyday_word_is_not_asked_for_by_itself(assistant: Assistant):
    answer = assistant.answer("电话诈骗破了几起案子？")
    assert [figure.value for figure in answer.figures] == ["216"]


def test_the_whole_place_does_not_join_the_word_after_it(assistant: Assistant):
    assert assistant.answer("全市生了多少娃？").status == "refused"


def test_the_greatest_of_many_is_not_their_total(assistant: Assistant):
    assert [figure.value for figure in assistant.answer("罚得最狠的一单是多少？").figures] == ["21.3"]


def test_what_is_taken_for_granted_does_not_say_what_is_asked(assistant: Assistant):
    answer = assistant.answer("老年人又变多了吧，现在占比多少？")
    assert [figure.value for figure in answer.figures] == ["26.4"]


def test_how_many_there_are_is_not_answered_with_a_rate(assistant: Assistant):
    answer = assistant.answer("来助餐服务吃饭的有多少？")
    assert all(figure.unit != "%" for figure in answer.figures)


def test_what_was_trained_is_asked_with_the_verb_of_the_report(assistant: Assistant):
    assert [figure.value for figure in assistant.answer("护理员培训了几个人？").figures] == ["3600"]
