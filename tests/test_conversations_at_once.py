"""Many windows ask one server at the same time: each gets its own answers, and keeps its own conversation."""

import asyncio
import os
import secrets
from collections.abc import Iterator
from itertools import islice

import pytest

from assistant.archive.archive import Archive, database_of, owner_of
from assistant.web.serving import serving
from index.build import build
from index.place import Place
from tests.marked_reports import Marked, marked_reports, write_marked
from tests.page_visit import run_apart, visiting

REPORTS = marked_reports(4)
QUESTIONS = 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("at-once")
    place = Place(folder=folder / "store")
    assert build(place, write_marked(folder / "reports", REPORTS)).failures == ()
    return place


@pytest.fixture(scope="module")
def address(place: Place) -> Iterator[str]:
    with serving({**os.environ, "JUSHI_STORE": str(place.folder)}) as address:
        yield address


async def _talk(address: str, report: Marked, key: str) -> None:
    async with visiting(address, key) as window:
        for question, digits in islice(report.questions(), QUESTIONS):
            drawn = await window.ask(question)
            assert digits in drawn.answers()[-1]
            assert not report.strays(drawn.text())
            assert not drawn.alerts()


async def _talk_at_once(address: str, keys: list[str]) -> None:
    talks = (_talk(address, REPORTS[number % len(REPORTS)], key) for number, key in enumerate(keys))
    await asyncio.gather(*talks)


def test_twelve_conversations_at_once_do_not_mix(address: str, place: Place) -> None:
    keys = [secrets.token_urlsafe(32) for _ in range(12)]
    run_apart(_talk_at_once(address, keys))
    archive = Archive(database_of(place.folder))
    for number, key in enumerate(keys):
        (kept,) = archive.conversations(owner_of(key))
        found = archive.read(owner_of(key), kept.key)
        assert found is not None
        expected = [question for question, _ in islice(REPORTS[number % len(REPORTS)].questions(), QUESTIONS)]
        assert [each.question for each in found.exchanges] == expected


def test_a_figure_of_another_conversation_would_be_seen() -> None:
    first, second = REPORTS[:2]
    assert first.strays(f"疏浚航道为{second.figures['dredged']}公里") == {second.figures["dredged"]}
    assert not first.strays(f"疏浚航道为{first.figures['dredged']}公里，于2021年")
