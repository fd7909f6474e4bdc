"""Many reports: only what changed is read, in as many processes as are wanted, and a killed build goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.ledger import read_report
from index import jobs, sources
from index.build import FAILURES, build, correct, remove
from index.embedding import SentenceEmbeddings, shared_embeddings
from index.generations import current_generation
from index.jobs import Job, Outcome
from index.parts import ASIDE, Aside
from index.passages import COLLECTIONS, FIGURES, PASSAGES, UNITS, passage_key, unit_key
from index.place import KEYWORDS, Place
from index.store import Store
from index.workers import DIED, Workers

QUERIES = ("供水管网改造了多少公里", "公园", "群众满意度", "指标完成情况", "路灯亮灯率")
# more than a report here has
_MOST_UNITS = 100


def _report(folder: Path, place: str, indicator: str = "供水管网改造长度") -> Path:
    path = folder / f"{place}.txt"
    length = len(place.encode()) + sum(map(ord, place)) % 97
    path.write_text(
        f"2021年度{place}城市管理局工作报告\n\n一、设施\n\n{place}改造供水管网{length}.5公里，投入{length + 3}万元。"
        f"新建口袋公园{length % 7 + 2}座，路灯亮灯率保持稳定。\n\n二、指标\n\n"
        f"指标\t预期值\t实际值\n{indicator}\t{length}公里\t{length}.5公里\n群众满意度\t90%\t9{length % 10}.1%\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "reports"
    folder.mkdir()
    return [_report(folder, place) for place in ("云溪县", "丹阳河区", "石湾镇")]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reports that are read in this process."""
    names: list[str] = []

    def noted(path, corrections):
        names.append(path.name)
        return read_report(path, corrections)

    monkeypatch.setattr(jobs, "read_report", noted)
    return names


def _files(place: Place) -> dict[str, bytes]:
    """The files of keyword search and units, which a search reads."""
    folder = current_generation(place.folder) / KEYWORDS
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _vectors(place: Place) -> dict[str, np.ndarray]:
    store, found = Store.at(place), {}
    names = [metadata.report for metadata in store.reports()]
    keys = {
        PASSAGES: [passage_key(name, each.id) for name in names for each in store.passages(name)],
        UNITS: [unit_key(name, number) for name in names for number in range(_MOST_UNITS)],
        FIGURES: [figure.id for figure in store.figures()],
    }
    for collection in COLLECTIONS:
        vectors = place.vectors(current_generation(place.folder), shared_embeddings(""), collection)
        held = vectors.held(keys[collection])
        assert len(held.keys) == vectors.count > 0
        found |= {f"{collection} {key}": vector for key, vector in zip(held.keys, held.vectors, strict=True)}
        vectors.close()
    return found


def _answers(place: Place) -> list[object]:
    store = Store.at(place)
    hits = [store.searcher().search(query) for query in QUERIES]
    return [hits, store.reports(), store.figures(), store.indicators(), store.manifest()]


def _assert_same(one: Place, other: Place) -> None:
    assert _files(one) == _files(other)
    first, second = _vectors(one), _vectors(other)
    assert first.keys() == second.keys()
    assert all(np.array_equal(first[key], second[key]) for key in first)
    assert _answers(one) == _answers(other)


def test_adding_taking_out_and_correcting_read_only_what_changed(tmp_path: Path, reports: list[Path], read: list[str]):
    place = Place(folder=tmp_path / "store")
    build(place, reports[1:])
    read.clear()
    build(place, reports[:1])
    assert read == ["云溪县.txt"]
    remove(place, "石湾镇.txt")
    correct(place, "丹阳河区.txt", {"issuer": "丹阳河区城管局"})
    assert read == ["云溪县.txt", "丹阳河区.txt"]
    assert [metadata.report for metadata in Store.at(place).reports()] == ["丹阳河区.txt", "云溪县.txt"]


def test_an_index_that_grew_and_shrank_is_the_same_as_one_built_at_once(tmp_path: Path, reports: list[Path]):
    grown, at_once = Place(folder=tmp_path / "grown"), Place(folder=tmp_path / "at_once")
    more = _report(reports[0].parent, "上坪乡", indicator="口袋公园")  # cuts 口袋公园 otherwise in all the others
    for path in (reports[2], reports[0], more, reports[1]):
        build(grown, [path])
    _report(reports[0].parent, "青石区")
    build(grown, [reports[0].parent / "青石区.txt"])
    remove(grown, "青石区.txt")
    build(at_once, [*reports, more])
    _assert_same(grown, at_once)


def test_two_processes_build_the_same_index_as_one(tmp_path: Path, reports: list[Path]):
    one, two = Place(folder=tmp_path / "one"), Place(folder=tmp_path / "two")
    build(one, reports)
    told: list[tuple[str, int, int]] = []
    build(two, reports, workers=Workers(processes=2), progress=lambda *far: told.append(far))
    assert [far for far in told if far[0] == "读取报告"] == [("读取报告", done, 3) for done in range(4)]
    _assert_same(one, two)


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path, reports: list[Path], read: list[str], monkeypatch):
    place = Place(folder=tmp_path / "store")
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from index.build import build; from index.place import Place\n"
        "kill = lambda stage, done, total: stage == '写入索引' and os.kill(os.getpid(), signal.SIGKILL)\n"
        "build(Place(folder=Path(sys.argv[1])), [Path(sys.argv[2])], progress=kill)\n"
    )
    command = [sys.executable, "-c", script, str(place.folder), str(reports[0].parent)]
    assert subprocess.run(command, cwd=sources.PROJECT, check=False).returncode == -signal.SIGKILL
    asked: list[str] = []
    monkeypatch.setattr(SentenceEmbeddings, "embed_documents", lambda self, texts: asked.extend(texts))
    assert len(build(place, [reports[0].parent]).reports) == 3
    assert read == []
    assert asked == []
    assert not (place.folder / ASIDE).exists()
    monkeypatch.undo()
    at_once = Place(folder=tmp_path / "at_once")
    build(at_once, [reports[0].parent])
    _assert_same(place, at_once)


def test_a_part_that_was_cut_off_is_made_again(tmp_path: Path, reports: list[Path]):
    aside = Aside(folder=tmp_path, key="key")
    job = Job(name="石湾镇.txt", path=reports[2], corrections={}, aside=aside, place=Place(folder=tmp_path))
    assert jobs.read_one(job).texts > 5
    whole = (tmp_path / "key.part").read_bytes()
    (tmp_path / "key.part").write_bytes(whole[: len(whole) // 2])
    assert aside.read() is None
    assert jobs.read_one(job).texts > 5
    assert (tmp_path / "key.part").read_bytes() == whole


def _dies_at_one(job: Job) -> Outcome:
    if job.name == "石湾镇.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(name=job.name)


def test_a_report_that_brings_its_process_down_is_a_failure_of_its_own(tmp_path: Path, reports: list[Path]):
    aside = Aside(folder=tmp_path, key="key")
    work = [
        Job(name=path.name, path=path, corrections={}, aside=aside, place=Place(folder=tmp_path)) for path in reports
    ]
    outcomes = {outcome.name: outcome.failure for outcome in Workers(processes=2).each(_dies_at_one, work)}
    assert outcomes == {"云溪县.txt": "", "丹阳河区.txt": "", "石湾镇.txt": DIED}


def test_what_could_not_be_taken_in_stands_in_a_file_until_a_build_without_failures(
    tmp_path: Path, reports: list[Path]
):
    place = Place(folder=tmp_path / "store")
    (reports[0].parent / "空.txt").write_text("")
    result = build(place, [reports[0].parent])
    lines = (place.folder / FAILURES).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["report"] for line in lines] == ["空.txt"]
    assert json.loads(lines[0])["message"] == result.failures[0].message
    build(place, reports)
    assert not (place.folder / FAILURES).exists()


def test_a_dask_cluster_builds_the_same_index(tmp_path: Path, reports: list[Path]):
    dask = pytest.importorskip("distributed", reason="Dask is an extra")
    one, many = Place(folder=tmp_path / "one"), Place(folder=tmp_path / "many")
    build(one, reports)
    with dask.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        build(many, reports, workers=Workers(scheduler=cluster.scheduler_address))
    _assert_same(one, many)
