"""Questions about the whole report: its problems, what is done next; told by the headings of the part about them."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import store_of

REVIEW = """# 云州市档案局2023年度部门整体支出绩效自评报告

## 一、基本情况

我局成立由局长任组长、各科室负责人为成员的自评小组。2023年，接待查档群众3,860人次，群众满意度91.2%，\
比上年下降0.5个百分点，主要反映查档窗口偏少、等候时间偏长。

## 二、存在的主要问题

### （一）部分项目执行偏慢

数字化加工项目因两次流标，合同签订推迟。

### （二）库房容量不足

现有库房已接近饱和，恒温设备老化。

## 三、下一步改进措施

### （一）加快采购进度

二季度前完成招标，按月通报支出进度。

### （二）扩建档案库房

启动新库房建设，更新恒温恒湿设备。
"""


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("review"), review_2023=REVIEW)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("存在哪几个问题", ["执行偏慢", "库房容量不足"]),
        ("下一步打算怎么改", ["采购进度", "档案库房"]),
        ("明年打算怎么改进", ["采购进度", "档案库房"]),
        ("群众满意度为什么下降了", ["窗口偏少"]),
    ],
)
def test_the_part_of_the_report_is_told_whole(review: Store, question: str, told: list[str]):
    answer = _ask(review, question)
    assert answer.status == "answered", answer.answer
    assert [words for words in told if words not in answer.answer] == [], answer.answer


def test_an_office_without_a_name_is_no_person(review: Store):
    assert _ask(review, "局长叫什么").status == "refused"
