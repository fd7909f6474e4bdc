"""The page's server killed, its disk full, its database out of reach, its clock wrong: what was answered is kept."""

import asyncio
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from assistant.archive.archive import Archive, database_of, owner_of
from assistant.archive.exchange import Exchange
from corpus.settings import PROJECT
from index.build import build
from index.place import Place
from tests.cut_network import Line
from tests.marked_reports import marked_reports, write_marked
from tests.page_server import PageServer
from tests.page_visit import Visit, run_apart, visiting
from tests.servers import PostgreSQL

pytest_plugins = ["server_fixtures"]

(REPORT,) = marked_reports(1)
QUESTIONS = tuple(
    (question.format(place=REPORT.place), REPORT.figures[name])
    for name, question in (("dredged", "全年疏浚航道多少公里？"), ("lines", "新开公交线路多少条？"))
)
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
# libfaketime does not know the sleep until a moment that Python's is made of
_SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"
_SMALL_DISK_MB = 48
_can_mount = pytest.mark.skipif(
    os.geteuid() != 0
    or subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode > 0,
    reason="mounting needs root",
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_marked(tmp_path_factory.mktemp("marked"), [REPORT])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, reports: list[Path]) -> Place:
    place = Place(folder=tmp_path_factory.mktemp("built") / "store")
    assert build(place, reports).failures == ()
    return place


@pytest.fixture
def store(built: Place, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built.folder, tmp_path / "store"))


@pytest.fixture
def key() -> str:
    return secrets.token_urlsafe(32)


async def _ask(window: Visit, number: int) -> list[str]:
    """Asks question `number` and finds its figure in the answer; the page's warnings."""
    question, digits = QUESTIONS[number % len(QUESTIONS)]
    drawn = await window.ask(question)
    assert digits in drawn.answers()[-1]
    return drawn.alerts()


def _kept(archive: Archive, key: str) -> list[tuple[Exchange, ...]]:
    """What stands in each of the visitor's conversations."""
    owner = owner_of(key)
    found = [archive.read(owner, summary.key) for summary in archive.conversations(owner)]
    return [each.exchanges for each in found if each is not None]


def _are_answered(exchanges: tuple[Exchange, ...]) -> bool:
    return all(exchange.answer is not None for exchange in exchanges)


async def _killed_while_answering(page: PageServer, key: str, after_seconds: float) -> str:
    """Two answers, then a question under which the server dies; the address of the conversation."""
    async with visiting(page.address, key) as window:
        await _ask(window, 0)
        await _ask(window, 1)
        asking = asyncio.create_task(window.ask(QUESTIONS[0][0]))
        await asyncio.sleep(after_seconds)
        page.kill()
        with pytest.raises((ConnectionClosed, OSError)):
            await asking
            await window.ask(QUESTIONS[0][0])
        return window.query


async def _goes_on(page: PageServer, key: str, query: str) -> int:
    """Opens the conversation of that address again, and asks; how many answers stood there before."""
    async with visiting(page.address, key, query=query) as window:
        assert not window.drawn.alerts()
        before = len(window.drawn.answers())
        await _ask(window, 1)
        return before


def test_a_server_killed_while_it_answers_and_saves_keeps_what_was_answered(store: Path, key: str) -> None:
    with PageServer({"JUSHI_STORE": str(store)}) as page:
        for after_seconds in (0.0, 0.05, 0.1):
            query = run_apart(_killed_while_answering(page, key, after_seconds))
            with sqlite3.connect(store / "conversations.sqlite") as database:
                assert database.execute("pragma integrity_check").fetchone() == ("ok",)
            page.start()
            assert run_apart(_goes_on(page, key, query)) in {2, 3}
    kept = _kept(Archive(database_of(store)), key)
    assert len(kept) == 3
    assert all(3 <= len(exchanges) <= 4 and _are_answered(exchanges) for exchanges in kept)


@_can_mount
def test_a_full_disk_is_told_and_the_next_question_keeps_what_was_not(store: Path, key: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size={_SMALL_DISK_MB}m none {disk} && cp -r {store}/. {disk} && exec "$@"'
    before = ["unshare", "--mount", "sh", "-c", mount, "sh"]
    with PageServer({"JUSHI_STORE": str(disk)}, before=before) as page:
        run_apart(_fills_the_disk(page, page.sees(disk), key))
        shutil.copy(page.sees(disk) / "conversations.sqlite", tmp_path / "conversations.sqlite")
    (kept,) = _kept(Archive(database_of(tmp_path)), key)
    assert len(kept) == 4
    assert _are_answered(kept)


async def _fills_the_disk(page: PageServer, disk: Path, key: str) -> None:
    async with visiting(page.address, key) as window:
        assert not await _ask(window, 0)
        _fill(disk)
        told = await _ask(window, 1) + await _ask(window, 2)
        assert any("磁盘已满" in alert for alert in told), told
        (disk / "filling").unlink()
        assert not await _ask(window, 3)


def _fill(disk: Path) -> None:
    with (disk / "filling").open("wb", buffering=0) as filling:
        try:
            while filling.write(b"0" * 4096):
                pass
        except OSError:
            return


@_can_mount
def test_a_build_on_a_full_disk_is_told_and_the_index_before_it_goes_on(store: Path, tmp_path: Path) -> None:
    disk, added = tmp_path / "disk", tmp_path / "added.txt"
    disk.mkdir()
    added.write_text("2021年度某县水利局工作总结\n\n全年清淤河道35公里。\n", encoding="utf-8")
    index = f"{sys.executable} -m index --store {disk}"
    script = (
        f"mount -t tmpfs -o size={_SMALL_DISK_MB}m none {disk} && cp -r {store}/. {disk} && "
        f"{{ head -c 1G /dev/zero >{disk}/filling 2>{tmp_path}/full; {index} build --reports {added}; echo $? ; "
        f"rm {disk}/filling; {index} info; {index} build --reports {added}; echo $?; }}"
    )
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    codes = [line for line in done.stdout.splitlines() if line in {"0", "1", "2"}]
    assert codes == ["2", "0"], done.stdout + done.stderr
    assert "磁盘" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_out_of_reach_is_told_and_the_next_question_keeps_what_was_not(
    reports: list[Path], postgresql: PostgreSQL, key: str, tmp_path: Path
) -> None:
    url = postgresql.database()
    assert build(Place(folder=tmp_path / "store", database_url=url), reports).failures == ()
    with Line(postgresql.port) as line:
        through = url.replace(f":{postgresql.port}/", f":{line.port}/")
        with PageServer({"JUSHI_STORE": str(tmp_path / "store"), "JUSHI_DATABASE_URL": through}) as page:
            run_apart(_cuts_and_heals(page, line, key))
    (kept,) = _kept(Archive(database_of(tmp_path, url)), key)
    assert [exchange.question for exchange in kept] == [QUESTIONS[number][0] for number in (0, 1, 1)]
    assert kept[-1].answer is not None


async def _cuts_and_heals(page: PageServer, line: Line, key: str) -> None:
    async with visiting(page.address, key) as window:
        assert not await _ask(window, 0)
        line.cut()
        alerts = (await window.ask(QUESTIONS[1][0])).alerts()
        assert any("连不上数据库" in alert or "数据库没有响应" in alert for alert in alerts), alerts
        line.heal()
        assert not await _ask(window, 1)


@pytest.mark.skipif(_FAKETIME is None, reason="libfaketime is not installed")
def test_a_clock_that_jumps_back_ten_years_and_forth_loses_and_reorders_nothing(
    store: Path, key: str, tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+0")
    (tmp_path / "sitecustomize.py").write_text(_SLEEP)
    faked = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    faked |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "JUSHI_STORE": str(store), "PYTHONPATH": str(tmp_path)}
    with PageServer(faked) as page:
        run_apart(_clock_jumps(page, clock, key))
    (kept,) = _kept(Archive(database_of(store)), key)
    assert [exchange.question for exchange in kept] == [QUESTIONS[number][0] for number in (0, 1, 0)]
    assert _are_answered(kept)


async def _clock_jumps(page: PageServer, clock: Path, key: str) -> None:
    async with visiting(page.address, key) as window:
        for number, jump in enumerate(("+0", "-3650d", "+3650d")):
            clock.write_text(jump)
            assert not await _ask(window, number)
