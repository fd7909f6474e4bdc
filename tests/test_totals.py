"""Totals that a report states: told as they stand, never made again by adding rows."""

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store

REPORT = """临江市体育局2023年度部门决算

一、支出情况

本年支出合计820.5万元，其中基本支出510.2万元、项目支出310.3万元。社会保障和就业支出96.4万元。场馆运营和维护支出88.6万元。\
办理场地租用3.1万件。立案36件。

二、经费明细

支出决算表（单位：万元）

科目名称\t决算数
工资福利支出\t402.7
商品和服务支出\t107.5
社会保障和就业支出合计\t96.4
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("totals")
    report = folder / "linjiang-sports-2023.txt"
    report.write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Assistant(Library(Store.at(place)), max_question_characters=1000)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("本年支出合计是多少", "820.5"),
        ("工资福利支出合计多少", "402.7"),
        ("社会保障和就业支出一共多少", "96.4"),
        ("工资福利支出和商品服务支出加起来多少", "510.2"),
        ("立了多少案", "36"),
    ],
)
def test_a_stated_total_is_told_and_things_named_apart_are_added(assistant: Assistant, question: str, value: str):
    answer = assistant.answer(question)
    assert answer.status == "answered", answer.answer
    assert answer.figures[0].value == value, answer.answer


def test_the_half_of_a_question_that_is_not_stated_is_said(assistant: Assistant):
    answer = assistant.answer("立了多少案，处分了几个干部")
    assert [figure.value for figure in answer.figures] == ["36"]
    assert any("处分" in warning for warning in answer.warnings)
