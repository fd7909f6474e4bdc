"""Pytest plugin and steps for the pages as Streamlit draws them, over an index of two composed reports."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from browser_reports import write_reports
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from corpus.settings import settings
from index.build import build
from index.place import Place

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture(scope="session")
def composed_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("composed")
    place = Place(folder=folder / "store")
    assert build(place, write_reports(folder / "reports")).failures == ()
    return place


@pytest.fixture
def composed_store(composed_place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The pages over the composed reports; opened anew for each test."""
    monkeypatch.setenv("JUSHI_STORE", str(composed_place.folder))
    settings.cache_clear()
    st.cache_resource.clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()
    st.cache_resource.clear()


def open_page(path: str, **query: str) -> AppTest:
    """The page of that address, drawn once."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page._page_hash = calc_hash(path)
    for name, value in query.items():
        page.query_params[name] = value
    return run_again(page)


def run_again(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def drawn(page: AppTest, component: str) -> dict[str, Any]:
    """What the first of our components of that kind was given."""
    shown = [element.proto for element in page.get("bidi_component")]
    found: dict[str, Any] = json.loads(
        next(proto.json for proto in shown if proto.component_name == f"jushi_{component}")
    )
    return found


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def errors_of(page: AppTest) -> list[str]:
    return [element.value for element in page.error]
