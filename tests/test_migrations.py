"""The schema of what outlives generations: new databases, those of before, newer ones, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from assistant.archive import archive as conversations
from assistant.archive.archive import Archive, ArchiveError, owner_of
from assistant.archive.exchange import Exchange
from corpus.errors import StoreError
from index.__main__ import main
from index.database import MIGRATIONS, VERSION_TABLE, database_of, migrate, open_database

pytest_plugins = ["server_fixtures"]

MINE = owner_of("钥匙")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> sa.URL:
    """An empty database: in a file, and on a server."""
    on_server = request.param == "postgresql"
    return database_of(tmp_path, request.getfixturevalue("database_url") if on_server else "")


def _newest() -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    (head,) = ScriptDirectory.from_config(config).get_heads()
    return head


def test_a_new_database_gets_every_step_and_files_are_named_like_their_steps(url: sa.URL) -> None:
    engine = open_database(url)
    assert migrate(engine) == (None, _newest())
    assert migrate(engine) == (_newest(), _newest())


def test_the_schema_is_the_one_the_archive_works_with(url: sa.URL) -> None:
    engine = open_database(url)
    migrate(engine)
    made = sa.MetaData()
    made.reflect(engine)
    for table in conversations._METADATA.sorted_tables:
        columns = {column.name: (str(column.type), column.nullable) for column in table.columns}
        assert {c.name: (str(c.type), c.nullable) for c in made.tables[table.name].columns} == columns
        indexed = {tuple(column.name for column in index.columns) for index in table.indexes}
        assert {tuple(column.name for column in index.columns) for index in made.tables[table.name].indexes} == indexed


def test_a_database_of_before_is_taken_over_with_what_it_holds(url: sa.URL) -> None:
    conversations._METADATA.create_all(open_database(url))
    head = {"key": "c1", "owner": MINE, "title": "旧话", "changed": "2024-01-01T00:00:00+00:00", "version": 1}
    with open_database(url).begin() as connection:
        connection.execute(conversations._CONVERSATIONS.insert().values(head))
    archive = Archive(url)
    archive.add(MINE, "c1", [Exchange(question="还在吗？")])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert (kept.title, kept.version) == ("旧话", 2)
    assert migrate(open_database(url)) == (_newest(), _newest())


def test_the_schema_of_a_newer_program_is_refused_in_words(url: sa.URL) -> None:
    engine = open_database(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text(f"update {VERSION_TABLE} set version_num = '9999'"))
    with pytest.raises(StoreError, match=r"更新的一版程序.*9999"):
        migrate(engine)
    with pytest.raises(ArchiveError, match="请升级程序"):
        Archive(engine.url).conversations(MINE)


def test_four_at_once_make_one_schema(url: sa.URL) -> None:
    engines = [open_database(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert {after for _, after in pool.map(migrate, engines)} == {_newest()}


def test_a_step_that_fails_leaves_the_schema_as_it_was(url: sa.URL) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table jushi_indexes (other integer)"))
    with pytest.raises(sa.exc.DBAPIError):
        migrate(engine)
    assert sa.inspect(engine).get_table_names() == ["jushi_indexes"]


def test_an_administrator_brings_it_up_to_date_by_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--store", str(tmp_path / "new"), "migrate"]) == 0
    assert f"升级到最新（{_newest()}）" in capsys.readouterr().out
    assert main(["--store", str(tmp_path / "new"), "migrate"]) == 0
    assert "已是最新" in capsys.readouterr().out


@pytest.mark.parametrize(("url", "reason"), [("：//", "写法不对"), ("mysql://u@h/n", "不支持 mysql")])
def test_an_address_of_no_use_is_told_with_the_setting(url: str, reason: str) -> None:
    with pytest.raises(StoreError, match=f"{reason}.*JUSHI_DATABASE_URL"):
        database_of(Path(), url)
