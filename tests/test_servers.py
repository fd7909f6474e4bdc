"""The office's way: PostgreSQL and a Chroma server in place of files, shared by processes and machines.

A machine is a process with a folder of its own here. What a killed server does to readers and builders stands in
test_server_faults.py.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.assistant import Assistant
from assistant.batch import answer_lines
from assistant.library import Library
from corpus.errors import StoreError
from corpus.settings import PROJECT
from index.build import build
from index.generations import SOURCES
from index.place import Place
from index.store import Store
from tests.reports import BUNDLED
from tests.servers import ChromaServer, PostgreSQL

pytest_plugins = ["server_fixtures"]

CASES = PROJECT / "evals" / "cases" / f"{BUNDLED.name.removesuffix('.txt')}.tuning.jsonl"
_EACH = 4  # one question in so many is asked
_BUILD = """
import sys
from pathlib import Path
from index.build import build
from index.place import Place
folder, database, chroma, report = sys.argv[1:]
print(build(Place(folder=Path(folder), database_url=database, chroma_url=chroma), [Path(report)]).changed)
"""


def _elsewhere(place: Place, folder: Path) -> Place:
    """The same place as another machine sees it, whose folder is empty."""
    return replace(place, folder=folder)


def _answers(store: Store) -> dict[str, str]:
    assistant = Assistant(Library(store), max_question_characters=1000)
    asked = CASES.read_text(encoding="utf-8").splitlines()[::_EACH]
    answers = [json.loads(line) for line, _ in answer_lines(assistant, asked)]
    return {answer["id"]: json.dumps(answer | {"timing_ms": None}, ensure_ascii=False) for answer in answers}


def _tables(place: Place) -> set[str]:
    return set(sa.inspect(sa.create_engine(place.database_url)).get_table_names())


def test_answers_are_the_same_as_embedded_and_on_a_machine_with_an_empty_folder(
    bundled_store: Store, served_place: Place, tmp_path: Path
) -> None:
    assert build(served_place, [BUNDLED]).failures == ()
    embedded = _answers(bundled_store)
    assert len(embedded) >= 50
    assert _answers(Store.at(served_place)) == embedded
    assert _answers(Store.at(_elsewhere(served_place, tmp_path / "empty"))) == embedded


def test_nothing_but_copies_lies_in_the_folder(served_place: Place, small_report: Path) -> None:
    build(served_place, [small_report])
    names = {path.name for path in served_place.folder.rglob("*")}
    assert {small_report.name, "manifest.json"} <= names
    assert not {"ledger.sqlite", "chroma", "chroma.sqlite3", "current"} & names


def test_a_report_added_on_one_machine_is_found_on_the_other_which_fetches_only_what_is_new(
    served_place: Place, small_report: Path, tmp_path: Path
) -> None:
    build(served_place, [small_report])
    there = _elsewhere(served_place, tmp_path / "there")
    store = Store.at(there)
    other = small_report.with_name("other.txt")
    other.write_text("某县工作报告\n\n全县新建校舍12栋。\n", encoding="utf-8")
    assert build(there, [other]).reports == ("other.txt", small_report.name)
    assert not store.is_current()
    assert [metadata.report for metadata in Store.at(served_place).reports()] == ["other.txt", small_report.name]
    with sa.create_engine(served_place.database_url).connect() as connection:
        kept = connection.execute(sa.text("select path, generation from jushi_generation_files")).all()
        blobs = connection.execute(sa.text("select count(distinct checksum) from jushi_blobs")).scalar_one()
    assert {(f"{SOURCES}/{small_report.name}", number) for number in (1, 2)} <= {tuple(row) for row in kept}
    assert blobs < len(kept)


def test_a_reader_finishes_on_the_generation_it_opened(served_place: Place, small_report: Path) -> None:
    build(served_place, [small_report])
    reader = Store.at(served_place)
    searcher = reader.searcher()
    for _ in range(2):
        build(served_place, anew=True)
        assert not reader.is_current()
        assert "火化率" in reader.source_text(small_report.name)
        assert searcher.search("火化率", 1)
    build(served_place, anew=True)
    held = {name.split("_")[2] for name in _tables(served_place) if name.endswith("_figures")}
    assert held == {"2", "3", "4"}, "generations that nobody should read any more are deleted"


def test_a_database_set_back_to_a_backup_does_not_meet_the_vectors_of_later(
    served_place: Place, small_report: Path, tmp_path: Path
) -> None:
    later = small_report.with_name("later.txt")
    later.write_text("某镇工作报告\n\n全镇修桥3座。修渠20公里。\n", encoding="utf-8")
    build(served_place, [small_report])
    build(served_place, [later])
    with sa.create_engine(served_place.database_url).begin() as connection:
        connection.execute(sa.text("update jushi_indexes set serving = 1, newest = 1"))
        connection.execute(sa.text("delete from jushi_generations where number = 2"))
        connection.execute(sa.text("delete from jushi_generation_files where generation = 2"))
    other = small_report.with_name("other.txt")
    other.write_text("某县工作报告\n\n全县新建校舍12栋。\n", encoding="utf-8")
    there = _elsewhere(served_place, tmp_path / "there")
    assert build(there, [other]).reports == ("other.txt", small_report.name)
    assert Store.at(there).searcher().search("校舍", 1)[0].report == other.name


def test_of_two_machines_one_builds(served_place: Place, small_report: Path, tmp_path: Path) -> None:
    there = _elsewhere(served_place, tmp_path / "there")
    with there.generations().writing(), pytest.raises(StoreError, match="另一台机器"):
        build(served_place, [small_report])
    assert build(served_place, [small_report]).changed


def test_indexes_set_apart_do_not_meet_on_one_server(served_place: Place, small_report: Path, tmp_path: Path) -> None:
    build(served_place, [small_report])
    apart = _elsewhere(served_place, tmp_path / "apart")
    apart.set_apart("evaluation")
    with pytest.raises(StoreError, match="还没有索引"):
        Store.at(apart)
    other = small_report.rename(small_report.with_name("other.txt"))
    build(apart, [other])
    assert [metadata.report for metadata in Store.at(served_place).reports()] == [small_report.name]
    assert [metadata.report for metadata in Store.at(apart).reports()] == [other.name]


def test_reports_stand_in_one_order_on_whatever_server(served_place: Place, tmp_path: Path) -> None:
    """A database may sort 区 by its sound, before 市 and between letters; the order decides between equal answers."""
    folder = tmp_path / "named"
    folder.mkdir()
    for name in ("ä", "b", "Z", "区", "丙", "阿", "_1"):
        (folder / f"{name}.txt").write_text(f"某县工作报告\n\n新建校舍{len(name)}2栋。\n", encoding="utf-8")
    filed = Place(folder=tmp_path / "filed")
    built = [build(place, [folder]).reports for place in (filed, served_place)]
    assert built[0] == built[1]
    opened = [Store.at(place) for place in (filed, served_place)]
    assert opened[0].reports() == opened[1].reports()
    assert opened[0].figures() == opened[1].figures()


def test_files_that_are_lost_in_the_database_are_told_with_the_command(
    served_place: Place, small_report: Path, tmp_path: Path
) -> None:
    build(served_place, [small_report])
    with sa.create_engine(served_place.database_url).begin() as connection:
        connection.execute(sa.text("update jushi_blobs set bytes = '' where part = 0"))
    with pytest.raises(StoreError, match="build --anew"):
        Store.at(_elsewhere(served_place, tmp_path / "empty"))


@pytest.mark.parametrize("stage", ["计算向量", "publishing"])
def test_a_build_killed_at_any_stage_leaves_the_index_before_it(
    stage: str, served_place: Place, small_report: Path, tmp_path: Path
) -> None:
    build(served_place, [small_report])
    other = small_report.with_name("other.txt")
    other.write_text("某县工作报告\n\n全县新建校舍12栋。\n", encoding="utf-8")
    dying = "import os, signal\ndie = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n" + (
        "from index import shared_generations as shared\nshared.shared_files.send = die\n"
        if stage == "publishing"
        else f"import index.build\nindex.build._silent = lambda stage, *_: die() if stage == {stage!r} else None\n"
        "index.build.build.__kwdefaults__['progress'] = index.build._silent\n"
    )
    there = _elsewhere(served_place, tmp_path / "there")
    arguments = [str(there.folder), there.database_url, there.chroma_url, str(other)]
    ended = subprocess.run([sys.executable, "-c", dying + _BUILD, *arguments], cwd=PROJECT, check=False)
    assert ended.returncode == -9
    assert [metadata.report for metadata in Store.at(served_place).reports()] == [small_report.name]
    assert build(served_place, [other]).reports == ("other.txt", small_report.name)
    assert not any("_2_" in name for name in _tables(served_place)), "what the killed build left is gone"


@pytest.fixture
def shared_file(tmp_path: Path) -> Iterator[Place]:
    yield Place(folder=tmp_path / "here", database_url=f"sqlite:///{tmp_path / 'shared.sqlite'}")


def test_a_database_in_a_file_is_shared_the_same_way_and_carries_the_vectors(
    shared_file: Place, small_report: Path, tmp_path: Path
) -> None:
    build(shared_file, [small_report])
    there = _elsewhere(shared_file, tmp_path / "there")
    assert Store.at(there).searcher().search("火化率", 1)
    with there.generations().writing(), pytest.raises(StoreError, match="正在更新索引"):
        build(shared_file, [small_report])


def test_servers_are_what_they_say(postgresql: PostgreSQL, chroma: ChromaServer) -> None:
    """The fixtures are real: a database that answers as PostgreSQL, a server that answers as Chroma."""
    with sa.create_engine(postgresql.database()).connect() as connection:
        assert "PostgreSQL" in connection.execute(sa.text("select version()")).scalar_one()
    assert chroma.url.startswith("http://127.0.0.1:")
