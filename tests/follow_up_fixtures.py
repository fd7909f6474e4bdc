"""Pytest plugin of the tests of conversations: the indexes of two composed reports, and an assistant over each."""

from pathlib import Path

import pytest
from talking import CULTURE, WATER

from assistant.assistant import Assistant
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store


def _store_of(folder: Path, name: str, report: str) -> Store:
    (folder / name).write_text(report, encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, [folder / name]).failures == ()
    return Store.at(place)


@pytest.fixture(scope="session")
def foshan_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store_of(tmp_path_factory.mktemp("foshan"), "foshan-water-2020.md", WATER)


@pytest.fixture(scope="session")
def foshan(foshan_store: Store) -> Assistant:
    return Assistant(Library(foshan_store), max_question_characters=2000)


@pytest.fixture(scope="session")
def hanyuan_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store_of(tmp_path_factory.mktemp("hanyuan"), "hanyuan-culture-2023.md", CULTURE)


@pytest.fixture(scope="session")
def hanyuan(hanyuan_store: Store) -> Assistant:
    return Assistant(Library(hanyuan_store), max_question_characters=2000)
