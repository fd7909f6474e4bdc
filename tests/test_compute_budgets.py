"""Money planned against money spent, averages told in one paragraph, and sides of a contrast; over small reports."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.computing.sets import _of_one_thing
from assistant.conversations.conversation import Turn
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

BUREAU = """# 2023年度岚州市档案局部门决算公开报告

## 一、支出决算情况

2023年度一般公共预算财政拨款支出年初预算为1820.00万元，支出决算为1911.00万元，完成年初预算的105.00%。

档案修复支出年初预算为240.00万元，支出决算为198.00万元，完成年初预算的82.50%，主要是招标节约。

口述史采集支出年初预算为30.00万元，支出决算为12.00万元，完成年初预算的40.00%。

培训费支出年初预算为20.00万元，支出决算为11.00万元，完成年初预算的55.00%。其中网上授课使培训费节省7.30万元。

## 二、主要项目支出

主要项目支出情况表

单位：万元

项目名称	全年预算数	全年执行数	执行率（%）
库房空调更换	320.00	352.00	110.00
数字化扫描加工	860.00	774.00	90.00
馆际互借平台	45.00	45.00	100.00

## 三、“三公”经费

“三公”经费支出情况表

单位：万元

项目	2023年预算数	2023年决算数	2022年决算数
公务接待费	12.00	7.50	9.10
公务用车运行维护费	30.00	28.20	33.40

## 四、业务情况

全市共有民间档案馆36个。全年民间档案馆展览收入81.00万元，接待观众5.40万人次。全市村级档案室1250个。

全市共有城镇查档读者4.20万人，其中当年新办证读者0.60万人。

全市共有农村查档读者6.90万人。全市城镇特约读者0.30万人。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("budgets")
    report = folder / "lanzhou-archives-2023.md"
    report.write_text(BUREAU, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Store.at(place)


def _ask(store: Store, question: str, history: tuple[Turn, ...] = ()) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question, history)
    assert faults_of(answer, store) == []
    return answer


APART = [
    ("口述史采集省了多少钱", "18", "万元"),
    ("接待费比预算少花了多少", "4.5", "万元"),
    ("库房空调更换超了预算多少", "32", "万元"),
    ("一般公共预算财政拨款支出超支多少", "91", "万元"),
]


@pytest.mark.parametrize(("question", "value", "unit"), APART)
def test_money_saved_or_overspent_is_the_budget_against_what_was_spent(
    store: Store, question: str, value: str, unit: str
):
    answer = _ask(store, question)
    assert (answer.status, answer.route) == ("answered", "compute")
    assert (answer.figures[0].value, answer.figures[0].unit) == (value, unit)
    assert len(answer.figures) == 3


RATES = [
    ("口述史采集花了预算的百分之几", "40.00"),
    ("扫描加工用了预算几成", "90.00"),
    ("档案修复完成预算多少", "82.50"),
]


@pytest.mark.parametrize(("question", "value"), RATES)
def test_the_share_of_a_budget_is_told_as_the_report_prints_it(store: Store, question: str, value: str):
    answer = _ask(store, question)
    assert answer.status == "answered"
    assert (answer.figures[0].value, answer.figures[0].unit) == (value, "%")


def test_the_share_of_a_budget_is_computed_where_none_is_printed(store: Store):
    assert (_ask(store, "接待费花了预算的百分之几").figures[0].value) == "62.5"


def test_a_saving_asked_for_where_more_was_spent_is_set_right(store: Store):
    answer = _ask(store, "库房空调更换省了多少")
    assert answer.figures[0].value == "32"
    assert "没有节省" in answer.warnings[0]


def test_a_saving_that_the_report_states_is_told_and_not_computed(store: Store):
    assert _ask(store, "培训费节省了多少").figures[0].value == "7.30"


def test_spending_less_than_another_year_is_not_held_against_the_budget(store: Store):
    values = {figure.value for figure in _ask(store, "公务接待费比上年省了多少").figures}
    assert "4.5" not in values


def test_nothing_is_saved_of_what_the_report_does_not_name(store: Store):
    assert _ask(store, "游泳馆省了多少钱").status == "refused"


def test_a_pair_that_its_printed_rate_does_not_bear_out_is_no_pair(tmp_path: Path):
    report = tmp_path / "lanzhou-archives-2023.md"
    report.write_text(BUREAU.replace("40.00%", "70.00%"), encoding="utf-8")
    place = Place(folder=tmp_path / "store")
    build(place, [report])
    assert _ask(Store.at(place), "口述史采集省了多少钱").route != "compute"


def test_an_average_takes_its_two_numbers_from_one_paragraph(store: Store):
    answer = _ask(store, "平均每个民间档案馆一年展览收入多少")
    assert (answer.figures[0].value, answer.figures[0].unit) == ("2.25", "万元")


def test_an_average_is_told_only_in_the_unit_asked_for(store: Store):
    assert _ask(store, "平均每个民间档案馆接待多少观众").figures[0].value == "1500"
    assert _ask(store, "平均每个民间档案馆有多少张桌子").status == "refused"


def test_two_sides_of_a_contrast_are_rows_of_one_name(store: Store):
    answer = _ask(store, "农村查档读者比城镇多多少人")
    assert (answer.figures[0].value, answer.figures[0].unit) == ("2.7", "万人")


def test_last_year_after_a_number_of_last_year_is_the_year_before(store: Store):
    history = (
        Turn(role="user", content="公务接待费花了多少"),
        Turn(role="assistant", content="2023年公务接待费决算7.50万元。"),
    )
    assert _ask(store, "那去年呢", history).figures[0].value == "9.10"


def test_one_of_two_things_to_be_added_is_no_answer(store: Store):
    assert _ask(store, "展览收入和门票收入一共多少").status == "refused"


def test_a_thing_and_its_measures_are_no_group_to_choose_among(store: Store):
    figure = next(iter(Library(store).figures.values()))
    measures = [replace(figure, name=name) for name in ("民间档案馆营业收入", "民间档案馆营业利润")]
    kinds = [replace(figure, name=name) for name in ("民间档案馆营业收入", "企业档案馆营业收入")]
    assert [_of_one_thing(measures), _of_one_thing(kinds)] == [True, False]
