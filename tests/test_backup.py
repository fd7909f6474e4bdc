"""Backup and restore, with the embedded store and with real servers; a damaged backup changes nothing."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from assistant.answer import Answer
from assistant.archive.archive import Archive
from assistant.archive.exchange import Exchange
from corpus.settings import Settings
from index.build import build
from index.database import database_of
from index.place import Place
from index.store import Store
from tests.servers import ChromaServer, PostgreSQL

pytest_plugins = ["server_fixtures"]

SCRIPT = Path(__file__).resolve().parent.parent / "deploy" / "backup.py"


@pytest.fixture(scope="session")
def backup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("deploy_backup", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _keep_conversation(store: Path, database_url: str = "") -> None:
    answer = Answer(
        question="几座桥？", standalone_question="几座桥？", status="answered", route="none", answer="三座。"
    )
    archive = Archive(database_of(store, database_url))
    archive.add("owner", "conversation", [Exchange(question=answer.question, answer=answer)])
    archive.close()


def _kept(store: Path, database_url: str = "") -> list[str]:
    archive = Archive(database_of(store, database_url))
    found = archive.read("owner", "conversation")
    archive.close()
    return [exchange.question for exchange in found.exchanges] if found else []


@pytest.fixture
def store(bundled_place: Place, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(bundled_place.folder, folder)
    _keep_conversation(folder)
    return folder


def test_a_store_is_as_it_was_after_its_loss(backup: ModuleType, store: Path, tmp_path: Path) -> None:
    chosen = Settings(store=store)
    open_still = Archive(database_of(store))  # the pages go on while a backup is made
    open_still.conversations("owner")
    before = Store.open(store).figures()
    saved = backup.save(chosen, tmp_path / "backups")
    open_still.close()
    shutil.rmtree(store)
    backup.restore(chosen, saved)
    assert Store.open(store).figures() == before != ()
    assert _kept(store) == ["几座桥？"]


def test_what_was_there_before_a_restore_is_put_aside(backup: ModuleType, store: Path, tmp_path: Path) -> None:
    chosen = Settings(store=store)
    saved = backup.save(chosen, tmp_path / "backups")
    (store / "newer").touch()
    backup.restore(chosen, saved)
    assert not (store / "newer").exists()
    assert [path.name for path in tmp_path.glob("store.before-*/newer")] == ["newer"]


def test_a_damaged_backup_changes_nothing(backup: ModuleType, store: Path, tmp_path: Path) -> None:
    chosen = Settings(store=store)
    saved = backup.save(chosen, tmp_path / "backups")
    (saved / "store" / "conversations.sqlite").write_bytes(b"torn")
    with pytest.raises(backup.BackupError, match="已损坏"):
        backup.restore(chosen, saved)
    with pytest.raises(backup.BackupError, match="不是一份完整的备份"):
        backup.restore(chosen, tmp_path)
    assert _kept(store) == ["几座桥？"]


def test_servers_are_as_they_were_after_their_loss(
    backup: ModuleType, postgresql: PostgreSQL, small_report: Path, tmp_path: Path
) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on this machine (Debian: apt-get install postgresql-client)")
    lost, vectors = postgresql.database(), tmp_path / "vectors"
    with ChromaServer(vectors) as chroma:
        place = Place(folder=tmp_path / "cache", database_url=lost, chroma_url=chroma.url)
        assert build(place, [small_report]).failures == ()
        _keep_conversation(place.folder, lost)
        hits = Store.at(place).searcher().search("火化率", k=1)
        chosen = Settings(store=place.folder, database_url=lost, chroma_url=chroma.url)
        saved = backup.save(chosen, tmp_path / "backups", chroma=vectors)
    shutil.rmtree(vectors)
    shutil.rmtree(place.folder)
    anew = postgresql.database()
    moved = Settings(store=tmp_path / "other", database_url=anew)
    backup.restore(moved, saved, chroma=vectors)
    with ChromaServer(vectors) as chroma:
        there = Place(folder=tmp_path / "other", database_url=anew, chroma_url=chroma.url)
        assert Store.at(there).searcher().search("火化率", k=1) == hits != ()
    assert _kept(tmp_path / "other", anew) == ["几座桥？"]


def test_without_the_database_of_the_settings_nothing_is_restored(
    backup: ModuleType, store: Path, tmp_path: Path
) -> None:
    saved = backup.save(Settings(store=store), tmp_path / "backups")
    with pytest.raises(backup.BackupError, match="没有 PostgreSQL"):
        backup.restore(Settings(store=store, database_url="postgresql://name@127.0.0.1:9/none"), saved)
