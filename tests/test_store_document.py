"""A report read again from the store is the report that was read from its file."""

from dataclasses import replace
from pathlib import Path

from corpus.ledger import read_report
from corpus.source import Source
from index.build import build, correct
from index.ledger import Ledger, SourceText, sqlite_url
from index.place import Place
from index.store import Store


def test_a_document_from_the_store_is_the_one_that_was_built(tmp_path: Path, small_report: Path) -> None:
    place = Place(folder=tmp_path / "store")
    build(place, [small_report])
    assert Store.at(place).document(small_report.name) == read_report(small_report).document


def test_a_document_keeps_corrected_metadata(tmp_path: Path, small_report: Path) -> None:
    place = Place(folder=tmp_path / "store")
    build(place, [small_report])
    correct(place, small_report.name, {"issuer": "某市民政局", "issued_year": 2023})
    metadata = Store.at(place).document(small_report.name).metadata
    assert (metadata.issuer, metadata.issued_year) == ("某市民政局", 2023)


def test_pages_doubtful_stretches_and_headings_of_the_file_are_kept(tmp_path: Path, small_report: Path) -> None:
    ledger = Ledger(sqlite_url(tmp_path, read_only=False))
    ledger.create()
    report = read_report(small_report)
    told = Source(name="a.pdf", text="甲\n乙丙", checksum="0", pages=(0, 2), doubtful=((2, 4),), headings=((0, 1),))
    source = SourceText(
        text=told.text, text_checksum="0", pages=told.pages, doubtful=told.doubtful, headings=told.headings
    )
    ledger.write(replace(report, document=replace(report.document, passages=(), sections=()), figures=()), source)
    assert ledger.source(small_report.name) == source
    ledger.close()
