"""A store of two bureaus' reports, seen by a reader of one: nothing of the other comes out of it, way by way."""

import inspect
from pathlib import Path

import pytest
from two_bureaus import HIDDEN, OWN, TEXTS, secrets_in

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.checking.display import checked_as_json
from assistant.checking.draft import Checker
from assistant.conversations.conversation import Turn
from assistant.library import Library
from assistant.views.figure_card import FigureCards
from assistant.views.ledger_rows import ledger_rows
from assistant.views.source_view import Sources
from corpus.errors import ReportError
from index.build import build
from index.filters import Filters
from index.place import Place
from index.search import Searcher
from index.store import Store
from index.visible import LimitedStore
from index.visible_search import LimitedSearcher

QUESTIONS = (
    "白杉市记录到多少只云豹？", "云豹有多少只？", "护林员有多少人？", "布设了多少台红外相机？", "3174是什么？",
    "白杉市林业局和青水县水务局哪个数多？", "有哪些报告？", "你能做什么？", "这是哪份报告？", "存在哪些主要问题？",
    "白杉市林业局2021年的工作情况如何？", "护林员补贴每月多少元？", "栖息地怎么了？",
    "聘用了多少人？", "共有多少万台？",
    "林业局的报告里提到了什么？", "各单位一共多少人？", "baishan-forest-2021.txt里的数字有哪些？",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("bureaus")
    paths = [folder / name for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.name], encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, paths).failures == ()
    return Store.at(place)


@pytest.fixture(scope="module")
def limited(whole: Store) -> LimitedStore:
    return LimitedStore(whole, {OWN, "gone-2001.txt"})


@pytest.fixture(scope="module")
def library(limited: LimitedStore) -> Library:
    return Library(limited)


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library, max_question_characters=1000)


@pytest.fixture(scope="module")
def knowing(whole: Store) -> Assistant:
    return Assistant(Library(whole), max_question_characters=1000)


def shown(answer: Answer) -> str:
    """Everything of an answer but what the asker typed."""
    return answer.model_dump_json(exclude={"question", "standalone_question"})


def test_every_way_into_a_store_is_limited() -> None:
    """A method that is added to the store or its searcher and not limited would show everything."""
    for whole_kind, limited_kind, opening in (
        (Store, LimitedStore, {"open", "at"}),
        (Searcher, LimitedSearcher, set()),
    ):
        public = {name for name, _ in inspect.getmembers(whole_kind) if not name.startswith("_")} - opening
        assert public
        assert public <= vars(limited_kind).keys()


def test_a_store_that_is_limited_lists_and_counts_its_own_reports_alone(limited: LimitedStore) -> None:
    assert [each.report for each in limited.reports()] == [OWN]
    assert list(limited.manifest().reports) == [OWN]
    assert limited.manifest().passages == len(limited.passages(OWN))
    for rows in (limited.figures(), limited.indicators(), limited.doubtful_figures()):
        assert {row.report for row in rows} <= {OWN}
    assert limited.figures() == limited.figures(OWN) != ()


@pytest.mark.parametrize("part", ["sections", "passages", "figures", "indicators"])
def test_of_a_hidden_report_there_is_nothing(limited: LimitedStore, whole: Store, part: str) -> None:
    assert getattr(limited, part)(HIDDEN) == getattr(whole, part)("never-was.txt") == ()


@pytest.mark.parametrize("part", ["source_text", "pages", "document"])
def test_a_hidden_report_is_refused_in_the_words_for_one_that_is_not_there(limited: LimitedStore, part: str) -> None:
    with pytest.raises(ReportError) as hidden:
        getattr(limited, part)(HIDDEN)
    with pytest.raises(ReportError) as missing:
        getattr(limited, part)("never-was-2021.txt")
    assert str(hidden.value) == str(missing.value).replace("never-was-2021.txt", HIDDEN)
    assert secrets_in(str(missing.value)) == []


def test_a_search_returns_nothing_hidden_whatever_its_filters(limited: LimitedStore, whole: Store) -> None:
    searcher = limited.searcher()
    assert HIDDEN in {hit.report for hit in whole.searcher().search("云豹 护林员", 10)}
    for query in ("云豹", "护林员补贴", "红外相机 58.62"):
        assert {hit.report for hit in searcher.search(query, 10)} == {OWN}
        assert searcher.search(query, 10, reports=[HIDDEN]) == ()
        assert searcher.search(query, 10, filters=Filters(issuer="林业")) == ()
        assert searcher.candidates(query, Filters(reports=[HIDDEN])) is None
        assert searcher.figure_similarities(query, HIDDEN) == {}
        assert whole.searcher().figure_similarities(query, HIDDEN) != {}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_brings_out_nothing_hidden(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert secrets_in(shown(answer), question) == []
    assert {citation.report for citation in answer.citations} <= {OWN}


def test_the_questions_do_bring_it_out_for_who_may_see_it(knowing: Assistant) -> None:
    told = "".join(shown(knowing.answer(question)) for question in QUESTIONS)
    assert len(secrets_in(told)) > 4


def test_answers_are_those_of_an_index_without_the_hidden_report(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / OWN
    path.write_text(TEXTS[OWN], encoding="utf-8")
    place = Place(folder=tmp_path / "store")
    assert build(place, [path]).failures == ()
    alone = Assistant(Library(Store.at(place)), max_question_characters=1000)
    for question in (*QUESTIONS, "供水总量是多少？", "存在什么困难？", "整治了多少公里河道？"):
        mine, theirs = (each.answer(question).model_dump(exclude={"timing_ms"}) for each in (assistant, alone))
        assert mine == theirs


@pytest.mark.parametrize(
    "question", ["那它的补贴是多少？", "依据在哪里？", "还有呢？", "前年呢？", "这个数占多少？", "和青水县比呢？"]
)
def test_a_follow_up_on_what_was_said_of_a_hidden_report_brings_out_no_more(
    assistant: Assistant, knowing: Assistant, question: str
) -> None:
    asked = "白杉市聘用护林员多少人？"
    told = knowing.answer(asked)
    assert told.status == "answered" and "915" in told.answer
    history = (Turn(role="user", content=asked), Turn(role="assistant", content=told.answer))
    answer = assistant.answer(question, history)
    assert secrets_in(shown(answer), asked + told.answer + answer.standalone_question) == []
    assert not any(digits in shown(answer) for digits in ("731", "3174", "58.62", "915"))
    assert {citation.report for citation in answer.citations} <= {OWN}


def test_examples_and_suggestions_name_nothing_hidden(assistant: Assistant) -> None:
    asked = (*QUESTIONS, "供水总量2020年是多少？", "河道长度", "2020年全市发放补贴多少万元？")
    told = [*assistant.examples(), *(word for each in asked for word in assistant.answer(each).suggestions)]
    assert len(told) > 2
    assert [word for each in told for word in secrets_in(each, "".join(QUESTIONS))] == []


def test_a_draft_is_held_against_visible_reports_alone(library: Library, knowing: Assistant, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("白杉市聘用护林员915人。青水县新建泵站36座。云豹3175只。", encoding="utf-8")
    known = checked_as_json(Checker(knowing.library).check_file(draft))
    mine = checked_as_json(Checker(library).check_file(draft))
    assert HIDDEN in known
    assert OWN in mine
    assert secrets_in(mine, draft.read_text(encoding="utf-8")) == []
    with pytest.raises(ReportError) as refused:
        Checker(library).check_file(draft, HIDDEN)
    assert secrets_in(str(refused.value), HIDDEN) == []


def test_tables_cards_and_sources_of_the_pages_hold_nothing_hidden(library: Library, knowing: Assistant) -> None:
    assert {row.figure.report for row in ledger_rows(library)} == {OWN}
    hidden = next(iter(knowing.library.figures_of(HIDDEN)))
    assert library.figures.get(hidden.id) is None  # a link to its indicator or its row
    sources = Sources(library)
    assert sources.text(HIDDEN) is None
    assert sources.pages(HIDDEN) == ()
    assert sources.title(HIDDEN) == HIDDEN  # as the link had it
    answer = knowing.answer("护林员有多少人？")
    assert FigureCards(library).trend(answer.figures[0]) == ()
    assert FigureCards(library).attainment(answer.figures[0]) is None
