"""Questions in everyday words, put to small reports of our own: told by meaning where few words are shared."""

import pytest

from assistant.assistant import Assistant
from assistant.choice import choose_reports
from assistant.library import Library
from assistant.lists.values import values_draft
from assistant.narrative.agreement import Signals, likelihood
from assistant.narrative.question import asks_for_words, read_narrative
from assistant.questions.question import read_question
from index.build import build
from index.place import Place
from index.store import Store
from tests.answer_checks import faults_of

REPORT = """2022年海州市农业农村局工作总结

一、2022年工作回顾

（一）产业发展。茶叶、柑橘、水产三大主导产业产值分别为21亿元、17亿元和9亿元。柑橘出口受台风影响，比上年下降6.3%。云岭茶园获评国家级生态农场，实现全市国家级生态农场“零的突破”。

（二）市场整治。开展假劣农药专项整治，检查农资门店286家，立案19件，为农户追回损失43万元。

（三）项目资金。高标准农田项目预算3200万元，实际支出2100万元，支出进度偏慢。主要原因：一是招标两次流标；二是汛期停工四十天；三是质保金次年支付。

（四）机构设置。内设办公室、渔政科、种植业科、扶贫资金监管科等科室，下属单位5家。

（五）专项资金。2022年本级乡村振兴基金支出4700万元。其中：冷链仓库建设2300万元，农机购置1500万元，品牌推广900万元。

在总结成绩的同时，也清醒看到还存在一些不足：一是产业链条偏短；二是冷链设施滞后；三是农技人员老化。

二、2023年工作安排

农家书屋将按功能和人群重新布局，如阅读书屋（含流动点）；培训书屋（含夜校）；电商书屋。

名词解释：1.三品一标：指绿色食品、有机农产品和地理标志。2.两区：指粮食生产功能区和重要农产品保护区。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("everyday")
    report = folder / "haizhou-farm-2022.txt"
    report.write_text(REPORT, encoding="utf-8")
    place = Place(folder=folder / "store")
    build(place, [report])
    return Store.at(place)


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant(Library(store), max_question_characters=2000)


# question, what the answer has to hold in this order
TOLD = [
    ("局里自己承认还差在哪", ["产业链条偏短", "冷链设施滞后", "农技人员老化"]),
    ("政府自己说还有啥没做好", ["产业链条偏短", "冷链设施滞后", "农技人员老化"]),
    ("卖假农药坑农民的事管了没", ["专项整治", "286家", "19件", "43万元"]),
    ("高标准农田那笔钱咋花不动", ["两次流标", "停工四十天", "质保金"]),
    ("柑橘出口咋还少了", ["受台风影响"]),
    ("茶园有啥头一回的事没有", ["云岭茶园", "零的突破"]),
    ("农家书屋往后想变成啥样", ["阅读书屋", "培训书屋", "电商书屋"]),
]


@pytest.mark.parametrize(("question", "held"), TOLD)
def test_everyday_questions_are_told_whole_in_the_reports_words(assistant, store, question: str, held: list[str]):
    answer = assistant.answer(question)
    assert answer.status == "answered", answer.answer
    places = [answer.answer.find(words) for words in held]
    assert -1 not in places and places == sorted(places), answer.answer
    assert faults_of(answer, store) == []


# what this report says nothing of, in words that sound like it
UNSAID = [
    "养老院护工咋留不住",
    "茶园为啥裁员了",
    "黑网吧管了没",
    "扶贫资金乱收费管了没",  # a section that supervises something is nothing done
    "渔船补贴咋发不下去",
    "柑橘出口咋还涨价了",
    "银行存款咋取不出来",
]


@pytest.mark.parametrize("question", UNSAID)
def test_everyday_questions_on_what_is_not_said_are_refused(assistant: Assistant, question: str):
    answer = assistant.answer(question)
    assert answer.status == "refused", answer.answer


# question, the base values told, in order; none where the shape of no sentence agrees
VALUES = [
    ("三个挑大梁的产业各干出多少", ["2100000000", "1700000000", "900000000"]),
    ("基金那些钱花到哪几处了，各多少", ["23000000", "15000000", "9000000"]),
    ("两个挑大梁的产业各干出多少", None),
    ("三个渔场各捞了多少鱼", None),
]


@pytest.mark.parametrize(("question", "values"), VALUES)
def test_each_part_is_told_where_the_shape_of_a_sentence_agrees(assistant: Assistant, question: str, values):
    library = assistant.library
    asked = read_question(question)
    draft = values_draft(asked, choose_reports(asked, library.reports), library)
    assert [figure.base_value for figure in draft.figures] == values if values else draft is None


# question, kinds of thing asked for, what it is about
READ = [
    ("单位自己说还有哪些毛病", {"problem"}, ""),
    ("空气比前年差了，怪啥", {"reason"}, "空气"),
    ("乱停车整治了没有", {"done"}, "乱停车"),
    ("冷库那些钱花哪儿去了", {"purpose"}, "冷库"),
    ("航线有没有破天荒的事", {"first"}, "航线"),
]


@pytest.mark.parametrize(("question", "kinds", "about"), READ)
def test_everyday_words_say_which_kind_of_thing_is_asked_for(question: str, kinds: set[str], about: str):
    read = read_narrative(read_question(question))
    assert asks_for_words(read_question(question))
    assert read.kinds == kinds
    assert read.content.startswith(about) and (about or not read.content)


def _signals(*, similarity: float, cosine: float, unknown: float, alike: bool) -> Signals:
    return Signals(
        similarity=similarity, margin=1.0, cosine=cosine, agrees=alike, covered=0.6, gap=0.0, unknown_gap=1.0,
        unknown=unknown, gives=alike, kind=True, items=False,
    )  # fmt: skip


def test_signals_that_agree_are_trusted_more_than_words_alone():
    agreeing = _signals(similarity=11.0, cosine=0.87, unknown=0.3, alike=True)
    by_words = _signals(similarity=5.0, cosine=0.82, unknown=0.6, alike=False)
    assert likelihood(agreeing) > 0.8
    assert likelihood(by_words) < 0.1


@pytest.mark.parametrize("question", ["农机事故怎么防"])
def test_what_the_report_does_not_tell_is_refused_though_it_shares_words(store: Store, question: str):
    assert Assistant(Library(store), max_question_characters=2000).answer(question).status == "refused"
