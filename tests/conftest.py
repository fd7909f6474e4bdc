"""Shared fixtures: no network, no settings from outside, and one index of the bundled report for all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

from assistant.library import Library
from corpus.settings import PREFIX, settings
from index.build import build
from index.place import Place
from index.store import Store

pytest_plugins = ["browser_notice"]  # told by the process that starts the others

LOOPBACK = ["127.0.0.1", "::1"]


def pytest_runtest_setup() -> None:
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_tests_alone() -> Iterator[None]:
    """Settings of whoever runs the tests do not reach them."""
    outside = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith(PREFIX)}
    settings.cache_clear()
    yield
    os.environ.update(outside)
    settings.cache_clear()


@pytest.fixture(scope="session")
def bundled_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where the index of the bundled report is; read it, do not build into it."""
    place = Place(folder=tmp_path_factory.mktemp("store"))
    result = build(place)
    assert result.failures == ()
    return place


@pytest.fixture(scope="session")
def bundled_store(bundled_place: Place) -> Store:
    return Store.at(bundled_place)


@pytest.fixture(scope="session")
def drafts_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An index of three composed reports: a work report, a review and a bulletin."""
    place = Place(folder=tmp_path_factory.mktemp("drafts"))
    reports = sorted((Path(__file__).parent / "drafts").glob("*-20??.*"))
    assert build(place, reports).failures == ()
    return Store.at(place)


@pytest.fixture(scope="session")
def drafts_library(drafts_store: Store) -> Library:
    return Library(drafts_store)


@pytest.fixture
def small_report(tmp_path: Path) -> Path:
    """A report of a few sentences, in a folder of its own."""
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / "shenzhen-2021.txt"
    path.write_text(
        "2021年度深圳市民政局工作报告\n\n一、社会救助\n\n"
        "全年发放低保金1.35亿元，惠及困难群众2.6万人。新建社区养老驿站47家。\n\n"
        "二、殡葬管理\n\n全市火化率为99.8%，骨灰海葬服务286例。\n",
        encoding="utf-8",
    )
    return path
