"""Questions over the rows of any table: the best few, those over a limit, those that fell, those of one kind, all."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import store_of

YEARBOOK = """# 2023年云州市经济运行公报

## 一、各县（市、区）情况

表1 各县（市、区）主要指标

| 地区 | 地区生产总值（亿元） | 财政收入（亿元） | 财政收入增速（%） |
| --- | --- | --- | --- |
| 全市 | 931.6 | 62.4 | 5.1 |
| 桐江区 | 402.5 | 30.1 | 6.4 |
| 平河县 | 96.3 | 5.7 | -2.2 |
| 白岩县 | 311.8 | 19.2 | 8.3 |
| 连山市 | 121.0 | 7.4 | 3.9 |

## 二、农业

表2 主要农产品产量及其增长速度

| 产品名称 | 产量（吨） | 比上年增长（%） |
| --- | --- | --- |
| 茶叶 | 3210 | 4.4 |
| 柑橘 | 18400 | -3.6 |
| 食用菌 | 920 | 11.9 |
| 水产品 | 26500 | -0.8 |

## 三、重点项目

表3 重点项目自评情况

| 项目名称 | 主管单位 | 自评得分 | 等级 |
| --- | --- | --- | --- |
| 河道清淤 | 市水务局 | 93.5 | 优 |
| 街区亮化 | 市城管局 | 84.2 | 良 |
| 村口候车亭 | 市交通局 | 91.0 | 优 |
| 老街排水 | 市水务局 | 88.6 | 良 |

全市现有图书馆14家，乡镇文化站86个。
"""


@pytest.fixture(scope="module")
def yearbook(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("yearbook"), yearbook_2023=YEARBOOK)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


ROWS = [
    ("GDP前两名的区县是哪两个", ["桐江区", "白岩县"], ["平河", "连山"]),
    ("地区生产总值最低的两个县市", ["平河县", "连山市"], ["桐江", "白岩"]),
    ("财政收入低于10亿元的地区有哪些", ["平河县", "连山市"], ["桐江", "白岩"]),
    ("哪些农产品的产量下降了", ["柑橘", "水产品"], ["茶叶", "食用菌"]),
    ("产量增长最快的农产品是哪个", ["食用菌", "11.9"], ["茶叶", "柑橘"]),
    ("等级是良的项目有哪些", ["街区亮化", "老街排水"], ["河道", "候车亭"]),
    ("市水务局主管的项目有哪些", ["河道清淤", "老街排水"], ["亮化", "候车亭"]),
    ("自评得分前三名的项目", ["河道清淤", "村口候车亭", "老街排水"], ["亮化"]),
    ("重点项目都有哪些", ["河道清淤", "街区亮化", "村口候车亭", "老街排水"], []),
    ("四个重点项目是哪四个", ["河道清淤", "街区亮化", "村口候车亭", "老街排水"], []),
]


@pytest.mark.parametrize(("question", "told", "untold"), ROWS)
def test_the_rows_asked_for_are_told_and_no_others(yearbook: Store, question: str, told: list[str], untold: list[str]):
    answer = _ask(yearbook, question)
    assert answer.status == "answered", answer.answer
    assert [name for name in told if name not in answer.answer] == [], answer.answer
    assert [name for name in untold if name in answer.answer] == [], answer.answer


def test_how_many_rows_are_beyond_a_limit_is_counted_and_they_are_named(yearbook: Store):
    answer = _ask(yearbook, "GDP超过120亿元的有几个区县")
    assert (answer.figures[0].value, answer.figures[0].role) == ("3", "computed"), answer.answer
    assert all(name in answer.answer for name in ("桐江区", "白岩县", "连山市"))


@pytest.mark.parametrize(
    "question", ["哪个乡镇的文化站最多", "哪家图书馆的书最多", "哪个县的柑橘产量最高", "满意度超过90%的项目有哪些"]
)
def test_what_no_table_breaks_down_is_not_ranked(yearbook: Store, question: str):
    assert _ask(yearbook, question).status == "refused"
