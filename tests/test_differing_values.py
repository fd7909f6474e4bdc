"""One quantity told with different values in different places, asked about with doubt or with 到底."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import store_of

SUMMARY = """# 云州市养老服务工作2023年总结和2024年计划

## 一、2023年工作总结

2023年，全市共有助餐点64个，护理员1,280人，养老机构35家。全年新增助餐点12个。

截至2023年底，全市登记志愿者4.86万人。

## 二、2024年工作计划

在现有60个助餐点的基础上，新增助餐点15个。截至2024年1月底，全市登记志愿者5.02万人。
"""


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("summary"), summary_2023=SUMMARY)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("助餐点到底有几个", ["64", "60"]),
        ("登记志愿者有两个数，以哪个为准", ["4.86", "5.02"]),
    ],
)
def test_both_values_of_a_doubted_quantity_are_told(summary: Store, question: str, values: list[str]):
    answer = _ask(summary, question)
    assert answer.status == "answered" and answer.warnings
    assert [value for value in values if value not in answer.answer] == [], answer.answer


@pytest.mark.parametrize("question", ["养老机构到底有几家", "护理员究竟有多少人"])
def test_a_quantity_told_once_is_told_once(summary: Store, question: str):
    answer = _ask(summary, question)
    assert len({figure.value for figure in answer.figures}) == 1, answer.answer


def test_what_was_added_is_not_held_against_what_there_is(summary: Store):
    assert "12" not in _ask(summary, "助餐点到底有几个").answer.replace("2023", "").replace("2024", "")
