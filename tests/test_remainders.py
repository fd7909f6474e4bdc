"""What is left of things told in one sentence; a sum or share is never answered by one operand alone."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import store_of

SAFETY = """# 云州市应急管理局2023年工作总结

## 一、安全生产

2023年，全市发现燃气隐患1,240处，已整改1,215处，剩余25处列入下年计划。登记渡口船舶386艘，其中完成检验351艘。

全市公路通车里程4,820公里，其中高速公路312公里。电梯定期检验率98.7%，特种设备定期检验率97.4%。

全市在岗安全员1,860人，其中企业安全员1,420人。全市共有消防站48座。
"""


@pytest.fixture(scope="module")
def safety(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("safety"), safety_2023=SAFETY)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("燃气隐患还有几处没整改", "25"),
        ("渡口船舶还有几艘没检验", "35"),
        ("高速公路占通车里程百分之几", "6.47"),
    ],
)
def test_what_is_left_and_what_part_it_is(safety: Store, question: str, value: str):
    answer = _ask(safety, question)
    assert answer.status == "answered", answer.answer
    assert answer.figures[0].value == value, answer.answer


@pytest.mark.parametrize("question", ["电梯占特种设备的比例是多少", "消防站还有几座没改造"])
def test_no_rate_or_other_number_stands_for_it(safety: Store, question: str):
    assert _ask(safety, question).status == "refused"
