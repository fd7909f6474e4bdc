"""The page as Streamlit draws it, over the real assistant and the index of the bundled report."""

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.archive.archive import Archive, ArchiveError, owner_of
from assistant.archive.exchange import Exchange
from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn
from assistant.language.events import Event, Sentence, Waiting
from assistant.web import chat_page, keeping
from assistant.web.markup import plain, text_block
from corpus.settings import settings
from index.place import Place

UNANSWERABLE = "女性新增就业人数是多少？"
APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture
def store(bundled_place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The page over the bundled report; opened anew for each test."""
    monkeypatch.setenv("JUSHI_STORE", str(bundled_place.folder))
    settings.cache_clear()
    st.cache_resource.clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()
    st.cache_resource.clear()


@pytest.fixture
def page(store: pytest.MonkeyPatch) -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run()


def _shown(page: AppTest, component: str) -> list[dict[str, Any]]:
    """What the page's components of one kind draw."""
    shown = [element.proto for element in page.get("bidi_component")]
    return [json.loads(proto.json) for proto in shown if proto.component_name == f"jushi_{component}"]


def _pieces(page: AppTest, component: str) -> list[dict[str, str]]:
    """Text pieces that the page's components show, of one kind; those of a table's cells too."""
    drawn = _shown(page, component)
    cells = [cell for data in drawn for row in data.get("rows", []) for cell in row]
    return [piece for data in [*drawn, *cells] for piece in data.get("pieces", [])]


def _buttons(page: AppTest, prefix: str) -> list[str]:
    """Keys of the buttons whose key begins so."""
    return [button.key for button in page.button if button.key is not None and button.key.startswith(prefix)]


def _submit(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def _reopened(page: AppTest) -> AppTest:
    """The same visitor's conversation in a new window."""
    window = AppTest.from_file(str(APP), default_timeout=60)
    window.session_state["visitor"] = page.session_state["visitor"]
    window.query_params["c"] = page.session_state["conversation"]
    return window.run()


def _html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_page_names_its_report_and_offers_six_examples(page: AppTest) -> None:
    assert not page.exception
    assert not page.error
    assert "据实" in _html(page)
    assert "绩效自评报告" in _html(page)
    assert len(_buttons(page, "example-")) == 6


def test_streamlit_knows_the_option_that_spares_a_full_collection_after_each_run() -> None:
    """Hidden in Streamlit's documentation; without it every answer waits 0.3 s for models that are not garbage."""
    assert st.get_option("runner.postScriptGC") is False


def test_an_example_is_answered_with_a_mark_and_a_card(page: AppTest) -> None:
    page.button(key="example-0").click().run()
    assert not page.error
    assert any(piece["kind"] == "citation" and piece["text"] == "[1]" for piece in _pieces(page, "answer"))
    assert _shown(page, "figures")[0]["cards"][0]["number"]
    assert not _buttons(page, "example-")


def test_a_source_opens_with_its_figure_highlighted_and_closes(page: AppTest) -> None:
    page.button(key="example-0").click().run()
    page.button(key="source-0-1").click().run()
    assert not page.error
    highlights = [piece["text"] for piece in _pieces(page, "source") if piece["kind"] == "highlight"]
    assert any(character.isdigit() for text in highlights for character in text)
    assert "来源：《" in _shown(page, "figures")[0]["cards"][0]["copy"]
    page.button(key="close_source").click().run()
    assert not _pieces(page, "source")


def test_every_citation_of_every_example_opens(page: AppTest) -> None:
    for number in range(6):
        key = f"example-{number}"
        page.button(key=key).click().run()
        for source in _buttons(page, "source-"):
            page.button(key=source).click().run()
            assert not page.error
            assert _pieces(page, "source")
        page.button(key="start_over").click().run()


def test_a_refusal_offers_the_nearest_as_buttons(page: AppTest) -> None:
    page.chat_input[0].set_value(UNANSWERABLE).run()
    assert "jushi-refused" in _html(page)
    assert _buttons(page, "suggestion-0-")


def test_a_suggestion_is_asked_by_a_click(page: AppTest) -> None:
    page.chat_input[0].set_value(UNANSWERABLE).run()
    suggestion = page.button(key=_buttons(page, "suggestion-0-")[0])
    suggestion.click().run()
    asked = [exchange.question for exchange in page.session_state["exchanges"]]
    assert len(asked) == 2
    assert plain(asked[1]) == suggestion.label


def test_markup_in_a_question_stays_text(page: AppTest) -> None:
    page.chat_input[0].set_value("<img src=x onerror=alert(1)><script>alert(1)</script>").run()
    assert "<script>alert" not in _html(page)
    assert "&lt;script&gt;alert(1)" in _html(page)


def test_a_missing_index_is_a_sentence(store: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.setenv("JUSHI_STORE", str(tmp_path / "nowhere"))
    settings.cache_clear()
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert len(page.error) == 1
    assert "索引" in page.error[0].value
    assert not page.exception


def test_a_bug_is_a_sentence_with_a_number_and_its_traceback_is_logged(
    page: AppTest, store: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    store.setattr(Assistant, "stream", fail)
    with caplog.at_level(logging.ERROR):
        page.chat_input[0].set_value("问").run()
    record = next(record for record in caplog.records if record.exc_info and record.exc_info[0] is ZeroDivisionError)
    incident = record.getMessage().removeprefix("incident ")
    assert incident in page.error[0].value
    assert "secret" not in page.error[0].value
    assert not page.exception


def test_a_question_is_changed_and_its_answer_takes_the_old_ones_place(page: AppTest) -> None:
    page.button(key="example-0").click().run()
    page.chat_input[0].set_value(UNANSWERABLE).run()
    page.button(key="change-0").click().run()
    page.text_area(key="edited-0").set_value(UNANSWERABLE)
    _submit(page, "提问")
    assert not page.error
    assert [exchange.question for exchange in page.session_state["exchanges"]] == [UNANSWERABLE]


def test_a_failed_question_is_tried_again_by_a_button(page: AppTest, store: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with store.context() as broken:
        broken.setattr(Assistant, "stream", fail)
        page.chat_input[0].set_value(UNANSWERABLE).run()
    assert "事故编号" in page.error[0].value
    page.button(key="retry-0").click().run()
    assert not page.error
    assert "jushi-refused" in _html(page)


def test_verified_sentences_are_shown_before_the_answer_is_whole(page: AppTest, store: pytest.MonkeyPatch) -> None:
    real = Assistant.stream
    seen: list[str] = []

    def slowly(self: Assistant, question: str, history: Sequence[Turn] = ()) -> Iterator[Event]:
        yield Waiting(seconds=0.1)
        yield Sentence(text="第一句。")
        yield Sentence(text="<b>第二句</b>。")
        yield from real(self, question, history)

    def record(text: str, css_class: str) -> str:
        seen.append(text) if css_class == "jushi-streamed" else None
        return text_block(text, css_class)

    store.setattr(Assistant, "stream", slowly)
    store.setattr(chat_page, "text_block", record)
    page.chat_input[0].set_value(UNANSWERABLE).run()
    assert seen == ["", "第一句。", "第一句。<b>第二句</b>。"]
    assert "jushi-refused" in _html(page)
    assert "第一句" not in _html(page)


def test_a_stopped_question_stays_with_a_way_to_ask_it_again(page: AppTest, store: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Iterator[Event]:
        yield Waiting(seconds=0.1)
        st.stop()

    with store.context() as context:
        context.setattr(Assistant, "stream", stopped)
        page.chat_input[0].set_value(UNANSWERABLE).run()
    assert "已停止" in page.error[0].value
    page.run()
    assert "已停止" in page.error[0].value
    page.button(key="retry-0").click().run()
    assert "jushi-refused" in _html(page)


def test_a_rating_with_its_reason_is_kept(page: AppTest) -> None:
    page.chat_input[0].set_value(UNANSWERABLE).run()
    page.button(key="up-0").click().run()
    assert page.button(key="up-0").label == "已记为有用"
    assert [each.rating for each in keeping.archive().rated()][-1] == "up"


def test_what_cannot_be_kept_stays_on_the_page_and_is_kept_later(page: AppTest, store: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise ArchiveError("对话记录存取不了：磁盘已满。")

    with store.context() as context:
        context.setattr(Archive, "add", full)
        page.chat_input[0].set_value(UNANSWERABLE).run()
        assert "磁盘已满" in page.warning[0].value
        assert "jushi-refused" in _html(page)
    page.run()
    assert not page.warning
    kept = _reopened(page)
    assert [each.question for each in kept.session_state["exchanges"]] == [UNANSWERABLE]


def test_a_name_that_cannot_be_kept_is_said_and_the_page_stays(page: AppTest, store: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise ArchiveError("对话记录存取不了：磁盘已满。")

    page.chat_input[0].set_value(UNANSWERABLE).run()
    page.session_state["conversations"] = True  # the list lies open
    page.run()
    page.button(key="rename-0").click().run()
    with store.context() as context:
        context.setattr(Archive, "rename", full)
        page.text_input(key="title-0").set_value("新名")
        _submit(page, "改名")
    assert [error.value for error in page.error] == ["对话记录存取不了：磁盘已满。"]
    assert "jushi-refused" in _html(page)


def test_a_conversation_deleted_elsewhere_stays_on_the_page_and_goes_on(page: AppTest) -> None:
    page.chat_input[0].set_value(UNANSWERABLE).run()
    owner = owner_of(page.session_state["visitor"])
    keeping.archive().delete(owner, page.session_state["conversation"])
    page.run()
    assert "另一个窗口里被删除" in page.warning[0].value
    page.chat_input[0].set_value(UNANSWERABLE).run()
    assert len(page.session_state["exchanges"]) == 2
    kept = keeping.archive().read(owner, page.session_state["conversation"])
    assert kept is not None
    assert len(kept.exchanges) == 2


def test_a_long_conversation_shows_its_latest_part_first(page: AppTest) -> None:
    said = [Exchange(question=f"第{number}问", fault="没有答。") for number in range(50)]
    page.session_state["exchanges"] = said
    page.run()
    assert "第49问" in _html(page)
    assert "第10问" not in _html(page)
    page.button(key="earlier").click().run()
    assert "第10问" in _html(page)


def test_a_new_conversation_forgets_the_old(page: AppTest) -> None:
    page.button(key="example-0").click().run()
    page.button(key="start_over").click().run()
    assert not _pieces(page, "answer")
    assert page.button(key="example-0")
