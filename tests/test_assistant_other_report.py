"""Another bureau, city, year and file format: nothing in the assistant is made for the bundled report."""

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

REPORT = """# 2020年度佛山市水利局部门整体支出绩效自评报告

## 一、基本情况

2020年，我局纳入部门决算管理的单位共6个。全年新建供水管网128.6公里，改造老旧管网75公里，新增污水日处理能力4.5万吨。\
全市自来水用户满意度为93.2%，全省排名第4名。下达水利建设资金3.27亿元，惠及农村人口18.4万人。

全市河长制巡查12,480次，查处涉水违法案件236宗。农村自来水普及率达97.8%。

## 二、绩效目标完成情况

各项指标的完成情况如下：

| 指标名称 | 年度目标 | 实际值 |
| --- | --- | --- |
| 农村自来水普及率 | 不低于95% | 已完成，农村自来水普及率97.5%。 |
| 水库除险加固数量 | 完成水库除险加固12座 | 已完成，水库除险加固14座。 |
| 供水水质投诉次数 | 不超5次 | 已完成，全年供水水质投诉3次。 |
| 河道清淤长度 | 清淤210公里 | 未完成，清淤189公里。 |
| 安全生产责任事故数 | 0起 | 全年发生安全生产责任事故0起。 |
| 群众节水意识 | 群众节水意识明显增强 | 群众节水意识明显增强。 |

## 三、存在问题

一是部分区水价调整滞后，管网漏损控制压力较大；二是水利工程管护队伍专业人员不足。

## 四、改进措施

下一步将推进智慧水务平台建设，加强基层管护人员培训。
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


FIGURES = [
    ("农村自来水普及率的目标是多少？", "95", "%", "target"),
    ("水库除险加固数量的目标值是多少？", "12", "座", "target"),
    ("河道清淤长度实际是多少公里？", "189", "公里", "actual"),
    ("新建供水管网多少公里？", "128.6", "公里", "count"),
    ("新增污水日处理能力是多少吨？", "45000", "吨", "count"),
    ("惠及农村人口多少人？", "184000", "人", "count"),
    ("河长制巡查多少次？", "12480", "次", "count"),
    ("查处涉水违法案件多少宗？", "236", "宗", "count"),
    ("自来水用户满意度全省排名第几？", "4", "名", "rank"),
    ("236宗是什么数？", "236", "宗", "count"),
]


@pytest.mark.parametrize(("question", "base_value", "base_unit", "role"), FIGURES)
def test_a_figure_of_another_report_comes_first_with_its_place(
    assistant: Assistant, store: Store, question: str, base_value: str, base_unit: str, role: str
):
    answer = assistant.answer(question)
    first = answer.figures[0]
    assert (answer.status, answer.route) == ("answered", "figure")
    assert (first.base_value, first.base_unit, first.role, first.period) == (base_value, base_unit, role, "2020年")
    assert "2020年" in answer.answer
    assert answer.citations[0].report == "foshan-water-2020.md"
    assert faults_of(answer, store) == []


def test_another_reports_conflict_is_told_with_both_values(assistant: Assistant, store: Store):
    answer = assistant.answer("农村自来水普及率实际是多少？")
    assert [(figure.role, figure.base_value) for figure in answer.figures] == [("actual", "97.5"), ("rate", "97.8")]
    assert "97.5%" in answer.answer
    assert "97.8%" in answer.answer
    assert answer.warnings
    assert faults_of(answer, store) == []


# question, the end of the answer, base values of actual and target
MET = [
    ("水库除险加固数量完成了吗？", "，达到目标。", ["14", "12"]),
    ("河道清淤长度完成了吗？", "未达到目标。", ["189", "210"]),
    ("供水水质投诉次数达标了吗？", "，达到目标。", ["3", "5"]),
    ("安全生产责任事故数达标了吗？", "，达到目标。", ["0", "0"]),
]


@pytest.mark.parametrize(("question", "verdict", "values"), MET)
def test_met_or_not_follows_the_targets_bound(assistant, store, question, verdict, values):
    answer = assistant.answer(question)
    assert answer.route == "table"
    assert answer.answer.endswith(verdict)
    assert [figure.base_value for figure in answer.figures] == values
    assert faults_of(answer, store) == []


@pytest.mark.parametrize(
    ("question", "rate"), [("水库除险加固数量的完成率是多少？", "116.67"), ("河道清淤长度的完成率是多少？", "90")]
)
def test_a_rate_the_report_does_not_print_is_computed_and_said_to_be(assistant, store, question, rate):
    answer = assistant.answer(question)
    assert answer.route == "compute"
    assert answer.computation is not None
    assert Decimal(answer.computation.result) == Decimal(rate)
    assert "报告未列" in answer.answer
    assert faults_of(answer, store) == []


@pytest.mark.parametrize("question", ["供水水质投诉次数的完成率是多少？", "安全生产责任事故数的完成率是多少？"])
def test_a_ceiling_or_a_target_of_zero_has_no_completion_rate(assistant: Assistant, store: Store, question: str):
    answer = assistant.answer(question)
    assert answer.computation is None
    assert "%" not in answer.answer
    assert faults_of(answer, store) == []


REFUSALS = [
    ("2021年新建供水管网多少公里？", "2021年"),
    ("中山市新建供水管网多少公里？", "中山"),
    ("顺德区新建供水管网多少公里？", "顺德"),
    ("高等学校招生多少人？", "没有写明"),
]


@pytest.mark.parametrize(("question", "missing"), REFUSALS)
def test_another_year_place_or_matter_is_refused(assistant: Assistant, question: str, missing: str):
    answer = assistant.answer(question)
    assert (answer.status, answer.figures) == ("refused", ())
    assert missing in answer.answer
    for suggestion in answer.suggestions:
        assert assistant.answer(suggestion).status == "answered", suggestion


def test_a_narrative_question_is_answered_from_this_report(assistant: Assistant, store: Store):
    answer = assistant.answer("存在哪些问题？")
    assert (answer.status, answer.route) == ("answered", "list")
    assert "水价调整滞后" in answer.answer
    assert faults_of(answer, store) == []


def test_which_report_names_this_one(assistant: Assistant):
    answer = assistant.answer("这是哪份报告？")
    assert "佛山市水利局" in answer.answer
    assert "2020年" in answer.answer


ABSENT = ["群众节水意识的完成率是多少？", "群众节水意识的目标是多少？", "城镇新增就业人数是多少？"]


@pytest.mark.parametrize("question", ABSENT)
def test_what_is_not_there_gets_no_figure_of_something_else(assistant: Assistant, question: str):
    assert assistant.answer(question).figures == ()


def test_a_district_is_refused_whatever_its_name(assistant: Assistant):
    assert assistant.answer("禅城区新建供水管网多少公里？").status == "refused"


@pytest.mark.xfail(strict=True, reason="下达 is read as asking for a target wherever it stands")
def test_money_is_found_by_how_much_money(assistant: Assistant, store: Store):
    answer = assistant.answer("下达水利建设资金多少钱？")
    assert [figure.base_value for figure in answer.figures] == ["327000000"]
    assert faults_of(answer, store) == []
