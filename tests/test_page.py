"""The page as Streamlit draws it, over the real assistant and the index of the bundled report."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.web.markup import plain
from corpus.settings import settings
from index.place import Place

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


def _html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_page_names_its_report_and_offers_six_examples(page: AppTest) -> None:
    assert not page.exception
    assert not page.error
    assert "据实" in _html(page)
    assert "绩效自评报告" in _html(page)
    assert len(_buttons(page, "example-")) == 6


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
    page.chat_input[0].set_value("女性新增就业人数是多少？").run()
    assert "jushi-refused" in _html(page)
    assert _buttons(page, "suggestion-0-")


def test_a_suggestion_is_asked_by_a_click(page: AppTest) -> None:
    page.chat_input[0].set_value("女性新增就业人数是多少？").run()
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


def test_a_new_conversation_forgets_the_old(page: AppTest) -> None:
    page.button(key="example-0").click().run()
    page.button(key="start_over").click().run()
    assert not _pieces(page, "answer")
    assert page.button(key="example-0")
