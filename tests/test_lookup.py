"""Looking up the ledger by words alone: a small report, no index and no model."""

import pytest

from assistant.figures.entries import Entries, make_entries
from assistant.figures.lookup import Lookup, look_up
from assistant.questions.question import read_question
from corpus.ledger import ledger
from tests.reports import composed

TEXT = """2021年度深圳市民政局部门整体支出绩效自评报告

一、社会救助

全年发放低保金1.35亿元，惠及困难群众2.6万人，比上年增长4.2%。新建社区养老驿站47家，全省排名第3名。

二、殡葬管理

全市火化率为99.8%，骨灰海葬服务286例。各区共惠及困难群众2.6万人。

三、指标完成情况

指标\t年度绩效指标值\t实际完成情况
养老床位新增数\t新增养老床位500张以上\t新增养老床位612张。
群众投诉次数\t不超3次\t发生群众投诉1次。
"""


@pytest.fixture(scope="module")
def entries() -> Entries:
    document = composed(TEXT, "minzheng.txt")
    figures, indicators = ledger(document)
    return make_entries(figures, indicators, [document.metadata], {document.metadata.report: document.passages})


def _found(entries: Entries, question: str, **options) -> Lookup:
    return look_up(read_question(question), entries, **options)


@pytest.mark.parametrize(
    ("question", "base_value", "role"),
    [
        ("发放低保金多少元？", "135000000", "amount"),
        ("社区养老驿站建了几家？", "47", "count"),
        ("火化率是多少？", "99.8", "rate"),
        ("困难群众比上年增长多少？", "4.2", "growth"),
        ("养老驿站全省排名第几？", "3", "rank"),
        ("新增养老床位的目标是多少张？", "500", "target"),
        ("新增养老床位实际多少张？", "612", "actual"),
    ],
)
def test_the_row_asked_for_ranks_first(entries: Entries, question: str, base_value: str, role: str):
    best = _found(entries, question).groups[0].best.entry.figure
    assert (best.base_value, best.role) == (base_value, role)


def test_rows_of_one_value_are_one_group(entries: Entries):
    best = _found(entries, "惠及困难群众多少人？").groups[0]
    assert [match.entry.figure.base_value for match in best.matches] == ["26000", "26000"]
    assert best.matches[0].entry.figure.start != best.matches[1].entry.figure.start


def test_probabilities_are_of_all_groups_best_first(entries: Entries):
    groups = _found(entries, "惠及困难群众多少人？").groups
    probabilities = [group.probability for group in groups]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1)


def test_another_year_takes_all_trust(entries: Entries):
    assert _found(entries, "2021年火化率是多少？").confidence > 0.5
    assert _found(entries, "2019年火化率是多少？").confidence == 0


def test_no_shared_word_finds_nothing(entries: Entries):
    found = _found(entries, "zzzz多少？")
    assert (found.groups, found.confidence) == ((), 0)


def test_rows_can_be_narrowed(entries: Entries):
    assert (
        _found(entries, "火化率是多少？", allowed=lambda entry: entry.figure.role == "count")
        .groups[0]
        .best.entry.figure.role
        == "count"
    )
    assert _found(entries, "火化率是多少？", reports=["other.txt"]).groups == ()


def test_similarity_of_embeddings_can_lift_a_row_without_a_shared_word(entries: Entries):
    cremation = next(entry.figure for entry in entries.entries if entry.figure.base_value == "99.8")
    assert _found(entries, "zzzz多少？", similarities={cremation.id: 0.9}).groups[0].best.entry.figure == cremation
