"""A report gives the same ledger whether it is a text, a Word document or a web page."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.formats.printed import Limits
from corpus.ledger import ledger
from corpus.model import Document, Figure
from corpus.reading import find_sidecar, read_document
from corpus.source import read_source
from tests.rendered import Piece, as_web, as_word, pieces_of

PROJECT = Path(__file__).parent.parent
REPORTS = (PROJECT / "corpus/reports/gz-hrss-2022.txt", *sorted((PROJECT / "evals/reports").glob("*.txt")))
# What depends on where the characters stand, or on spaces inside them.
PLACED = {"id", "report", "start", "end", "sentence", "sentence_start", "sentence_end", "printed", "table"}
KEPT = [field.name for field in fields(Figure) if field.name not in PLACED]


def _read(path: Path, metadata_of: Path) -> Document:
    return read_document(read_source(path, Limits()), find_sidecar(metadata_of))


def _rows(document: Document) -> Counter[tuple[object, ...]]:
    return Counter(tuple(getattr(figure, name) for name in KEPT) for figure in ledger(document)[0])


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("suffix", "render"), [(".docx", as_word), (".html", as_web)])
def test_a_rendered_report_has_the_ledger_of_its_text(
    tmp_path: Path, path: Path, suffix: str, render: Callable[[Sequence[Piece]], bytes]
) -> None:
    text = _read(path, path)
    rendered = tmp_path / (path.stem + suffix)
    rendered.write_bytes(render(tuple(pieces_of(text))))
    document = _read(rendered, path)
    expected, found = _rows(text), _rows(document)
    assert expected.total() > 200, "too few figures: the comparison would hold of nothing"
    assert found - expected == Counter() == expected - found
    assert [section.path for section in document.sections] == [section.path for section in text.sections]
    assert document.metadata.title == text.metadata.title
    printed = [document.text[figure.start : figure.end] == figure.printed for figure in ledger(document)[0]]
    assert all(printed)
