"""`python -m assistant check`: the objects it prints, files it reads, and how it ends."""

import json
import zipfile
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.checking.draft import CheckedFigure
from index.place import Place
from index.store import Store

DRAFT = """在全市工作会议上的讲话

2022年，全市城镇新增就业30.55万人，引进人才入户7.75万人。
常住人口增加3.6万人。
"""
VERDICTS = ["agrees", "differs", "absent"]


@pytest.fixture
def store(bundled_place: Place) -> list[str]:
    return ["--store", str(bundled_place.folder)]


def _checked(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[CheckedFigure]:
    assert main(["check", *arguments, "--json"]) == 0
    return [CheckedFigure.model_validate(each) for each in json.loads(capsys.readouterr().out)]


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _word(path: Path, text: str) -> Path:
    """A Word file as small as one can be, each line cut into two runs."""
    runs = "".join(
        f"<w:p><w:r><w:t>{line[:9]}</w:t></w:r><w:r><w:t>{line[9:]}</w:t></w:r></w:p>" for line in text.split("\n")
    )
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{runs}{table}</w:body></w:document>'
        )
    return path


def test_every_object_has_its_place_in_the_draft_and_in_the_report(tmp_path, store, bundled_store: Store, capsys):
    checked = _checked([str(_written(tmp_path / "draft.txt", DRAFT)), *store], capsys)
    rows = {figure.id: figure for figure in bundled_store.figures()}
    assert [each.verdict for each in checked] == VERDICTS
    for each in checked:
        assert DRAFT[each.start : each.end] == each.printed
        assert each.printed in each.sentence
        for citation in each.citations:
            assert bundled_store.source_text(citation.report)[citation.start : citation.end] == citation.quote
    for each in checked[:2]:
        assert each.figure is not None
        row, place = rows[each.figure.id or ""], each.citations[0]
        assert each.figure.citation == place.id == 1
        assert place.start <= row.start < row.end <= place.end
        assert (each.figure.base_value, each.figure.role) == (row.base_value, row.role)
    assert "7.57" in checked[1].reason


@pytest.mark.parametrize("name", ["draft.md", "draft.docx", "DRAFT.DOCX"])
def test_drafts_of_every_format_get_the_same_verdicts(name: str, tmp_path, store, capsys):
    write = _word if name.lower().endswith("docx") else _written
    checked = _checked([str(write(tmp_path / name, DRAFT)), *store], capsys)
    assert [each.verdict for each in checked] == VERDICTS


def test_people_get_a_line_for_each_number_and_the_counts(tmp_path, store, capsys):
    assert main(["check", str(_written(tmp_path / "draft.txt", DRAFT)), *store]) == 0
    printed = capsys.readouterr().out
    assert "× 不一致  7.75万人  数值不同" in printed
    assert "gz-hrss-2022.txt 第" in printed
    assert printed.endswith("共核对3个数：一致1，不一致1，报告中没有1。\n")


def test_the_same_draft_gives_the_same_bytes(tmp_path, store, capsys):
    arguments = ["check", str(_written(tmp_path / "draft.txt", DRAFT)), "--json", *store]
    outputs = []
    for _ in range(2):
        main(arguments)
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_a_draft_without_figures_ends_with_zero(tmp_path, store, capsys):
    assert _checked([str(_written(tmp_path / "draft.txt", "没有数字的一段话。")), *store], capsys) == []


def test_what_cannot_be_read_ends_with_two_and_says_so(tmp_path: Path, store: list[str], capsys):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"no zip")
    folder = tmp_path / "folder.docx"
    folder.mkdir()
    for path in (tmp_path / "none.txt", _written(tmp_path / "empty.txt", ""), broken, folder, tmp_path / "a.xyz"):
        assert main(["check", str(path), *store]) == 2
        assert path.name in capsys.readouterr().err


def test_an_unknown_report_or_store_ends_with_two(tmp_path, store, capsys):
    draft = str(_written(tmp_path / "draft.txt", DRAFT))
    assert main(["check", draft, "--report", "none.txt", *store]) == 2
    assert "none.txt" in capsys.readouterr().err
    assert main(["check", draft, "--store", str(tmp_path / "none")]) == 2
    assert "python -m index build" in capsys.readouterr().err


def test_no_model_is_opened_to_check_a_draft(tmp_path, store, monkeypatch):
    monkeypatch.setattr(Store, "searcher", lambda _: pytest.fail("the searcher was opened"))
    assert main(["check", str(_written(tmp_path / "draft.txt", DRAFT)), *store]) == 0
