"""Ranking of rows: synonyms of the question, contrasts, what the paragraph says before, numbers that bound."""

import pytest

from assistant.figures.contrasts import named_in, narrower, opposed
from assistant.figures.coverage import PairWeights, pairs_of, weigh
from assistant.figures.entries import Entries, make_entries
from assistant.figures.lookup import Lookup, equally_fitting, look_up
from assistant.figures.synonyms import synonyms_in
from assistant.questions.question import read_question
from corpus.ledger import ledger
from tests.reports import composed

TEXT = """2023年度临江市商务局工作报告

一、流通

全市零售药店总数1860家，其中零售单体药店730家。药品批发企业94家，同比增加3家。药品批发市场销售额22.9亿元，同比增长4.5%。
60周岁及以上老年人口26.7万人，其中65周岁及以上老年人口20.1万人。
全市美术馆15家，从业人员320人。全年举办展览98场，参观人次61.7万，同比增长6.4%。
举办线上招聘会120场，举办校园招聘会85场。
新增连锁便利店48家、生鲜店31家。便利店从350家增加到620家。跨境电商交易额占全市外贸总额的21.5%。
国有商贸企业资产负债率65.8%。人均可支配收入4.2万元，可支配收入总量310亿元。
"""


@pytest.fixture(scope="module")
def entries() -> Entries:
    document = composed(TEXT)
    figures, indicators = ledger(document)
    return make_entries(figures, indicators, [document.metadata], {document.metadata.report: document.passages})


def _found(entries: Entries, question: str) -> Lookup:
    return look_up(read_question(question), entries)


def _first(entries: Entries, question: str) -> str | None:
    groups = _found(entries, question).groups
    return groups[0].best.entry.figure.value if groups else None


@pytest.mark.parametrize(
    ("question", "value"),
    [
        pytest.param("六十五岁以上的老人有多少", "20.1", id="a number that says which row is meant"),
        pytest.param("60岁以上的老人有多少", "26.7", id="another such number"),
        pytest.param("美术馆有多少人次去看", "61.7", id="the subject stands earlier in the paragraph"),
        pytest.param("药品批发的增速", "4.5", id="a growth rate is a percentage"),
        pytest.param("人均可支配收入多少", "4.2", id="per head"),
        pytest.param("可支配收入总量多少", "310", id="not per head"),
        pytest.param("新增了多少家便利店", "48", id="what came to be"),
        pytest.param("生鲜店又多了几家", "31", id="what came to be, the verb at the head of the list"),
        pytest.param("现有便利店多少家", "620", id="what there is"),
        pytest.param("跨境电商占外贸总额多少", "21.5", id="the part whose share is asked for"),
    ],
)
def test_the_row_meant_comes_first(entries: Entries, question: str, value: str):
    assert _first(entries, question) == value


def test_rows_of_another_kind_are_no_candidates(entries: Entries):
    assert _found(entries, "每人可支配收入总量").groups[0].best.entry.per
    assert _found(entries, "民营商贸企业资产负债率").confidence == 0
    assert _found(entries, "70岁以上的老人有多少").confidence == 0
    assert _found(entries, "服务贸易占外贸总额多少").confidence == 0


def test_two_quantities_that_fit_equally_are_both_found(entries: Entries):
    fitting = equally_fitting(_found(entries, "招聘会办了多少场"))
    assert {match.entry.figure.value for match in fitting} == {"120", "85"}
    assert not equally_fitting(_found(entries, "校园招聘会办了多少场"))


def test_contrasting_words_exclude_each_other():
    asked = named_in("城镇居民收入")
    assert opposed(asked, named_in("农村居民收入"))
    assert not opposed(asked, named_in("城镇和农村居民收入"))
    assert not opposed(asked, named_in("居民收入"))
    assert narrower(named_in("居民收入"), named_in("农村居民收入"))


def test_an_everyday_word_is_covered_by_what_it_may_stand_for():
    known = PairWeights([pairs_of("零售药店总数"), pairs_of("营业收入"), pairs_of("人口")])
    weighed = weigh("药店挣", known)
    assert synonyms_in("药店挣")
    assert weighed.covered(pairs_of("零售药店营业收入")) > 0.8
    assert weighed.covered(pairs_of("人口")) == 0


def test_the_heaviest_word_that_is_lacking_is_weighed_apart_by_whether_the_reports_use_it():
    known = PairWeights([pairs_of("招聘会"), pairs_of("博士后")])
    used, unused = weigh("博士后 火箭 招聘会", known).gap(pairs_of("招聘会"))
    assert used > 0
    assert unused > 0
    assert weigh("招聘会", known).gap(pairs_of("招聘会")) == (0.0, 0.0)
