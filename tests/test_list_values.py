"""Several values asked for at once, each told with its own label."""

import pytest

from assistant.assistant import Assistant
from assistant.library import Library
from assistant.lists.parts import read_parts
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

REPORT = """2021年度绍兴市园林局工作报告

一、资金情况

落实道路绿化、公园养护、设备更新三项补助5.2亿元、3.1亿元、0.7亿元，分别惠及46个、31个、12个单位。

全市绿化面积占比分别为：东片36.1%，同比上升0.2个百分点；中片40.3%，与上年持平；西片23.6%，同比下降0.2个百分点。

二、机构情况

纳入决算的单位共9个。其中，行政单位1个、事业单位8个。

全年城市新增绿地120公顷，农村新增绿地75公顷。

全年南园接待游客52.3万人次，南园门票收入860万元；北园接待游客31.6万人次，北园门票收入430万元。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("values")
    report = folder / "shaoxing-park-2021.txt"
    report.write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Store.at(place)


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant(Library(store), max_question_characters=2000)


# question, the base values told, in order
VALUES = [
    ("道路绿化、公园养护、设备更新三笔补助各发多少钱？", ["520000000", "310000000", "70000000"]),
    ("各项补助给了多少：道路绿化、公园养护、设备更新", ["520000000", "310000000", "70000000"]),
    ("三个片区绿化面积各占多少", ["36.1", "40.3", "23.6"]),
    ("行政单位几个、事业单位几个", ["1", "8"]),
    ("南园接待人次和北园接待人次各多少", ["523000", "316000"]),
    ("南园门票收入和北园门票收入各多少", ["8600000", "4300000"]),
]


@pytest.mark.parametrize(("question", "values"), VALUES)
def test_each_value_is_told_with_its_own_label(assistant: Assistant, store: Store, question: str, values: list[str]):
    answer = assistant.answer(question)
    assert (answer.status, answer.route) == ("answered", "list"), answer.answer
    assert [figure.base_value for figure in answer.figures] == values
    assert faults_of(answer, store) == []


def test_two_things_asked_of_three_labels_give_six_values(assistant: Assistant, store: Store):
    answer = assistant.answer("道路绿化、公园养护、设备更新三笔补助各发多少钱，各惠及多少单位")
    assert {figure.base_value for figure in answer.figures} == {"520000000", "310000000", "70000000", "46", "31", "12"}
    assert faults_of(answer, store) == []


def test_a_label_without_a_value_is_said_to_be_missing(assistant: Assistant):
    answer = assistant.answer("道路绿化、公园养护、花卉展览三笔补助各多少钱？")
    assert [figure.base_value for figure in answer.figures] == ["520000000", "310000000"]
    assert any("花卉展览" in warning for warning in answer.warnings)


# question, labels, how many things are asked of each
PARTS = [
    ("甲、乙、丙三笔钱各发多少，各有多少企业拿到", ("甲", "乙", "丙"), 2),
    ("各项待遇涨到多少了：甲类、乙类", ("甲类", "乙类"), 1),
    ("行政几个、参公几个、其他几个", ("行政", "参公", "其他"), 1),
    ("东中西部的经费各是多少亿", ("东部", "中部", "西部"), 1),
    ("六个大区各占多少", (), 1),
]


@pytest.mark.parametrize(("question", "labels", "asks"), PARTS)
def test_a_question_for_several_values_is_parted(question: str, labels: tuple[str, ...], asks: int):
    parts = read_parts(question)
    assert parts is not None
    assert parts.labels == labels
    assert len(parts.asks) == asks


@pytest.mark.parametrize("question", ["全年城镇新增就业多少人", "为什么没有完成"])
def test_a_question_for_one_thing_has_no_parts(question: str):
    assert read_parts(question) is None
