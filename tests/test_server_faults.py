"""Servers that are killed and started again under readers, builders and those who keep a conversation.

Nothing here is mended by hand: the objects that were open before a server died are used after it is back.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from chromadb.config import Settings

from assistant.archive import archive as archives
from assistant.archive.archive import Archive, ArchiveError, database_of, owner_of
from assistant.archive.exchange import Exchange
from corpus.errors import StoreError
from corpus.settings import PROJECT
from index import chroma_server, database, vectors
from index.build import build
from index.passages import COLLECTIONS
from index.place import Place
from index.store import Store
from tests.servers import ChromaServer, PostgreSQL

pytest_plugins = ["server_fixtures"]

MINE = owner_of("钥匙")
_DIES_SAVING = """
import os, signal, sys
from assistant.archive import archive
from assistant.archive.exchange import Exchange
archive._changed = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
archive.Archive(archive.database_of(None, sys.argv[1])).add(sys.argv[2], "c1", [Exchange(question="断在一半")])
"""


@pytest.fixture
def built(served_place: Place, small_report: Path) -> Place:
    assert build(served_place, [small_report]).failures == ()
    return served_place


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PAUSES_SECONDS", (0.1,))
    monkeypatch.setattr(vectors, "PAUSES_SECONDS", (0.1,))


@pytest.fixture
def other_report(small_report: Path) -> Path:
    path = small_report.with_name("other.txt")
    path.write_text("某县工作报告\n\n全县新建校舍12栋。\n", encoding="utf-8")
    return path


def _reports(place: Place) -> list[str]:
    return [metadata.report for metadata in Store.at(place).reports()]


def test_a_restart_of_both_servers_is_not_noticed_by_a_reader(
    built: Place, small_report: Path, postgresql: PostgreSQL, chroma: ChromaServer
) -> None:
    store = Store.at(built)
    searcher = store.searcher()
    before = store.figures(), searcher.search("火化率", 3)
    postgresql.restart()
    chroma.restart()
    assert store.is_current()
    assert (store.figures(), searcher.search("火化率", 3)) == before


@pytest.mark.usefixtures("_impatient")
def test_a_database_that_is_down_is_told_in_words_and_used_again_when_it_is_back(
    built: Place, postgresql: PostgreSQL
) -> None:
    store, archive = Store.at(built), Archive(database_of(built.folder, built.database_url))
    archive.add(MINE, "c1", [Exchange(question="之前")])
    postgresql.kill()
    try:
        assert store.is_current(), "what is in memory goes on answering"
        with pytest.raises(StoreError, match=r"数据库没有响应.*JUSHI_DATABASE_URL"):
            store.figures()
        with pytest.raises(StoreError, match="数据库没有响应"):
            Store.at(built)
        with pytest.raises(StoreError, match="数据库没有响应"):
            build(built, anew=True)
        with pytest.raises(ArchiveError, match=r"连不上数据库服务器.*下一次提问会连同没存下的一起存"):
            archive.add(MINE, "c1", [Exchange(question="之间")])
    finally:
        postgresql.start()
    assert store.figures()
    archive.add(MINE, "c1", [Exchange(question="之间"), Exchange(question="之后")])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["之前", "之间", "之后"]


@pytest.mark.usefixtures("_impatient")
def test_a_chroma_server_that_is_down_is_told_in_words_and_used_again_when_it_is_back(
    built: Place, chroma: ChromaServer
) -> None:
    store = Store.at(built)
    searcher = store.searcher()
    chroma.kill()
    try:
        with pytest.raises(StoreError, match=r"Chroma 服务器没有响应.*JUSHI_CHROMA_URL"):
            searcher.search("火化率", 3)
        assert store.figures(), "figures need no vectors"
        with pytest.raises(StoreError, match="Chroma 服务器没有响应"):
            build(built, anew=True)
    finally:
        chroma.start()
    assert searcher.search("火化率", 3)
    assert build(built, anew=True).changed


def test_a_chroma_server_that_hangs_does_not_keep_a_question_for_ever(
    built: Place, chroma: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_server, "LIMITS_SECONDS", 0.5)
    monkeypatch.setattr(chroma_server, "_LIFE_SECONDS", 0.5)
    searcher = Store.at(built).searcher()
    searcher.search("海葬", 1)
    chroma.hang()
    try:
        with pytest.raises(StoreError, match="Chroma 服务器没有响应"):
            searcher.search("火化率", 3)
        with pytest.raises(StoreError, match="Chroma 服务器没有响应"):
            Store.at(built).searcher()
    finally:
        chroma.go_on()
    assert searcher.search("火化率", 3)


def test_a_builder_that_lost_the_database_on_the_way_does_not_publish(
    built: Place, small_report: Path, other_report: Path, postgresql: PostgreSQL
) -> None:
    """It has lost its lock: another may have begun."""
    restarted = []

    def restart_once(stage: str, done: int, total: int) -> None:
        if stage == "计算向量" and not restarted:
            restarted.append(stage)
            postgresql.restart()

    with pytest.raises(StoreError, match="数据库没有响应"):
        build(built, [other_report], progress=restart_once)
    assert restarted
    assert _reports(built) == [small_report.name]
    assert build(built, [other_report]).reports == (other_report.name, small_report.name)


def test_a_builder_outlives_a_restart_of_chroma(
    built: Place, small_report: Path, other_report: Path, chroma: ChromaServer
) -> None:
    restarted = []

    def restart_once(stage: str, done: int, total: int) -> None:
        if stage == "计算向量" and not restarted:
            restarted.append(stage)
            chroma.restart()

    assert build(built, [other_report], progress=restart_once).reports == (other_report.name, small_report.name)
    assert restarted
    assert Store.at(built).searcher().search("校舍", 1)[0].report == other_report.name


@pytest.mark.parametrize("lost", COLLECTIONS)
def test_vectors_that_chroma_has_lost_are_told_with_the_command_and_made_again(
    lost: str, built: Place, chroma: ChromaServer
) -> None:
    """An empty collection would answer as if the reports said nothing."""
    current = built.current()
    assert current is not None
    held = vectors._names(vectors.server_client(chroma.url, Settings()))
    (name,) = {each for each in held if current.parent.name in each and each.endswith(lost)}
    vectors.drop_collection(chroma.url, name)
    with pytest.raises(StoreError, match="请重建索引"):
        Store.at(built).searcher()
    assert build(built, anew=True).changed
    assert Store.at(built).searcher().search("火化率", 1)


def test_a_database_killed_in_the_middle_of_saving_keeps_all_or_nothing(
    database_url: str, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = Archive(database_of(tmp_path, database_url))
    said = [Exchange(question="一"), Exchange(question="二")]
    archive.add(MINE, "c1", said[:1])
    with monkeypatch.context() as patched:
        patched.setattr(archives, "_changed", lambda *_: postgresql.restart())
        with pytest.raises(ArchiveError, match="数据库"):
            archive.add(MINE, "c1", said[1:])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert list(kept.exchanges) == said[:1]
    archive.add(MINE, "c1", said[1:])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert list(kept.exchanges) == said


def test_a_process_killed_in_the_middle_of_saving_leaves_what_was_there(database_url: str, tmp_path: Path) -> None:
    archive = Archive(database_of(tmp_path, database_url))
    archive.add(MINE, "c1", [Exchange(question="之前")])
    ended = subprocess.run([sys.executable, "-c", _DIES_SAVING, database_url, MINE], cwd=PROJECT, check=False)
    assert ended.returncode == -9
    archive.add(MINE, "c1", [Exchange(question="之后")])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["之前", "之后"]
