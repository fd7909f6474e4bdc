"""Building: what is added, kept, refused and repaired; what a killed build leaves behind."""

import fcntl
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ReportError, StoreError
from corpus.formats.printed import page_of
from corpus.ledger import read_report
from corpus.model import Document, Report
from index import manifest, sources
from index.build import build, correct, remove, state
from index.embedding import SentenceEmbeddings
from index.generations import current_generation
from index.ledger import Ledger, SourceText, sqlite_url
from index.manifest import Fit
from index.place import Place
from index.sources import BUNDLED
from index.store import Store


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(folder=tmp_path / "store")


def test_an_index_gives_back_what_was_read(place: Place, small_report: Path):
    assert build(place, [small_report]).changed
    store, report = Store.at(place), read_report(small_report)
    name = small_report.name
    assert store.reports() == (report.document.metadata,)
    assert store.source_text(name) == report.document.text
    assert store.sections(name) == report.document.sections
    assert store.passages(name) == report.document.passages
    assert store.figures(name) == report.figures
    assert store.indicators(name) == report.indicators


def test_the_bundled_index_gives_back_every_figure_and_indicator(bundled_store: Store):
    for metadata in bundled_store.reports():
        report = read_report(BUNDLED / metadata.report)
        assert report.figures
        assert report.indicators
        assert bundled_store.figures(metadata.report) == report.figures
        assert bundled_store.indicators(metadata.report) == report.indicators


def test_a_new_report_leaves_the_others_in_place(place: Place, small_report: Path, tmp_path: Path):
    build(place, [small_report])
    other = tmp_path / "other.txt"
    other.write_text("2023年度深圳市民政局工作报告\n\n全市火化率为99.9%。\n", encoding="utf-8")
    assert build(place, [other]).reports == ("other.txt", small_report.name)
    small_report.unlink()
    other.unlink()
    assert build(place).reports == ("other.txt", small_report.name)


def test_the_same_bytes_again_change_nothing(place: Place, small_report: Path):
    build(place, [small_report])
    before = current_generation(place.folder)
    assert not build(place, [small_report]).changed
    assert current_generation(place.folder) == before


def test_other_bytes_under_the_same_name_are_refused_unless_asked_for(place: Place, small_report: Path):
    build(place, [small_report])
    small_report.write_text(small_report.read_text().replace("1.35亿元", "1.36亿元"))
    refused = build(place, [small_report])
    assert [failure.report for failure in refused.failures] == [small_report.name]
    assert "--update" in refused.failures[0].message
    assert "1.35亿元" in Store.at(place).source_text(small_report.name)
    assert build(place, [small_report], update=True).failures == ()
    assert "1.36亿元" in Store.at(place).source_text(small_report.name)


def test_one_bad_report_does_not_keep_the_others_out(place: Place, small_report: Path):
    (small_report.parent / "empty.txt").write_text("")
    result = build(place, [small_report.parent])
    assert result.reports == (small_report.name,)
    assert [failure.report for failure in result.failures] == ["empty.txt"]
    assert "empty.txt" not in sources.held(current_generation(place.folder))


def test_an_update_that_cannot_be_read_leaves_the_held_report(place: Place, small_report: Path):
    build(place, [small_report])
    small_report.write_text("")
    result = build(place, [small_report], update=True)
    assert len(result.failures) == 1
    assert "1.35亿元" in Store.at(place).source_text(small_report.name)


def test_unchanged_passages_are_not_embedded_again(place: Place, small_report: Path, tmp_path: Path, monkeypatch):
    build(place, [small_report])
    asked: list[str] = []
    embed = SentenceEmbeddings.embed_documents
    monkeypatch.setattr(
        SentenceEmbeddings, "embed_documents", lambda self, texts: asked.extend(texts) or embed(self, texts)
    )
    other = tmp_path / "other.txt"
    other.write_text("2023年度深圳市民政局工作报告\n\n全市火化率为99.9%。\n", encoding="utf-8")
    build(place, [other])
    assert asked
    assert not any("低保金" in text for text in asked)


def test_a_removed_report_is_gone_and_an_unknown_one_is_refused(place: Place, small_report: Path):
    build(place, [small_report])
    with pytest.raises(ReportError, match=small_report.name):
        remove(place, "no-such.txt")
    assert remove(place, small_report.name).reports == ()
    assert Store.at(place).searcher().search("火化率") == ()


def test_a_correction_is_kept_across_rebuilds(place: Place, small_report: Path, monkeypatch):
    build(place, [small_report])
    correct(place, small_report.name, {"issuer": "深圳市民政局办公室"})
    monkeypatch.setattr(manifest, "INDEX_FORMAT", 999)
    monkeypatch.setattr("index.contents.INDEX_FORMAT", 999)
    assert build(place).changed
    assert Store.at(place).reports()[0].issuer == "深圳市民政局办公室"
    with pytest.raises(ReportError, match="issuer"):
        correct(place, small_report.name, {"colour": "red"})


def test_a_corrected_report_still_fits(place: Place, small_report: Path):
    build(place, [small_report])
    correct(place, small_report.name, {"place": "深圳"})
    assert state(place) is Fit.FITS


def test_a_killed_build_leaves_the_index_before_it_in_service(place: Place, small_report: Path, tmp_path: Path):
    build(place, [small_report])
    other = tmp_path / "other.txt"
    other.write_text("2023年度深圳市民政局工作报告\n\n全市火化率为99.9%。\n", encoding="utf-8")
    for stage in ("读取报告", "计算向量"):
        script = (
            "import os, signal, sys; from pathlib import Path\n"
            "from index.build import build; from index.place import Place\n"
            f"kill = lambda stage, done, total: stage == {stage!r} and os.kill(os.getpid(), signal.SIGKILL)\n"
            "build(Place(folder=Path(sys.argv[1])), [Path(sys.argv[2])], progress=kill)\n"
        )
        killed = subprocess.run(
            [sys.executable, "-c", script, str(place.folder), str(other)], cwd=sources.PROJECT, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert [metadata.report for metadata in Store.at(place).reports()] == [small_report.name]
        assert len(list((place.folder / "generations").iterdir())) == 2
    build(place, [other])
    assert len(Store.at(place).reports()) == 2
    assert len(list((place.folder / "generations").iterdir())) == 2


def test_a_second_build_at_once_is_refused(place: Place, small_report: Path):
    build(place, [small_report])
    with (place.folder / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="另一个进程"):
            build(place)


def test_a_store_that_cannot_be_written_is_refused_before_any_report_is_read(tmp_path: Path, small_report: Path):
    (tmp_path / "file").write_text("")
    told: list[str] = []
    with pytest.raises(StoreError, match=r"写不进去.*--store"):
        build(
            Place(folder=tmp_path / "file" / "store"),
            [small_report],
            progress=lambda stage, done, total: told.append(stage),
        )
    assert told == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ({"format": 0}, Fit.OTHER_FORMAT),
        ({"model": "BAAI/bge-m3"}, Fit.OTHER_MODEL),
        ({"lexicon": "0"}, Fit.OTHER_LEXICON),
    ],
)
def test_an_index_that_no_longer_fits_is_refused_with_the_command(place, small_report, damage, expected):
    build(place, [small_report])
    file = current_generation(place.folder) / manifest.FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | damage))
    assert state(place) is expected
    with pytest.raises(StoreError, match=f"{expected.value}.*python -m index build"):
        Store.at(place)
    assert build(place).reports == (small_report.name,)
    assert state(place) is Fit.FITS


def test_a_missing_index_and_a_damaged_one_are_refused_with_the_command(place: Place, small_report: Path):
    with pytest.raises(StoreError, match=r"还没有索引.*make build"):
        Store.open(place.folder)
    build(place, [small_report])
    generation = current_generation(place.folder)
    (generation / "ledger.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="python -m index build"):
        Store.open(place.folder).figures()
    (generation / manifest.FILE).write_text("{")
    with pytest.raises(StoreError, match="python -m index build"):
        Store.open(place.folder)
    assert build(place).reports == (small_report.name,)


def test_a_lost_pointer_falls_back_to_the_newest_finished_generation(place: Place, small_report: Path):
    build(place, [small_report])
    (place.folder / "current").unlink()
    assert [metadata.report for metadata in Store.at(place).reports()] == [small_report.name]


def test_a_store_stays_readable_while_a_newer_one_takes_its_place(place: Place, small_report: Path, tmp_path: Path):
    build(place, [small_report])
    store = Store.at(place)
    other = tmp_path / "other.txt"
    other.write_text("2023年度深圳市民政局工作报告\n\n全市火化率为99.9%。\n", encoding="utf-8")
    build(place, [other])
    assert not store.is_current()
    assert [metadata.report for metadata in store.reports()] == [small_report.name]
    assert store.searcher().search("火化率", 1)[0].report == small_report.name


def test_a_sidecar_travels_into_the_store_and_a_change_of_it_is_noticed(tmp_path: Path, small_report: Path) -> None:
    sidecar = small_report.with_name(small_report.name + ".toml")
    sidecar.write_text('issuer = "深圳市民政事务中心"\n', encoding="utf-8")
    place = Place(folder=tmp_path / "store")
    build(place, [small_report])
    assert Store.at(place).reports()[0].issuer == "深圳市民政事务中心"
    small_report.unlink()
    sidecar.unlink()
    assert build(place).changed is False
    assert Store.at(place).reports()[0].issuer == "深圳市民政事务中心"
    small_report.with_name("again").mkdir()
    given = small_report.with_name("again") / small_report.name
    given.write_bytes(next((place.folder / "generations").glob("*/sources/*.txt")).read_bytes())
    given.with_name(given.name + ".toml").write_text('issuer = "深圳市救助站"\n', encoding="utf-8")
    assert build(place, [given]).changed is True
    assert Store.at(place).reports()[0].issuer == "深圳市救助站"


def test_pages_reach_the_store(tmp_path: Path, bundled_store: Store) -> None:
    ledger = Ledger(sqlite_url(tmp_path, read_only=False))
    ledger.create()
    metadata = bundled_store.reports()[0]
    document = Document(metadata=metadata, text="一二三四", sections=(), paragraphs=(), tables=(), passages=())
    source = SourceText(text="一二三四", text_checksum="0", pages=(0, 2))
    ledger.write(Report(document=document, figures=()), source)
    assert ledger.pages(metadata.report) == (0, 2)
    assert [page_of((0, 2), offset) for offset in (0, 1, 2, 3)] == [1, 1, 2, 2]
    assert bundled_store.pages(metadata.report) == ()
