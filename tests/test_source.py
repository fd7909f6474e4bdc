"""Reading files: encodings kept exact, everything unreadable refused in words a clerk understands."""

import hashlib
from pathlib import Path

import pytest

from corpus.errors import ReportError
from corpus.formats.printed import Limits
from corpus.source import Source, read_source

CHINESE = "2022年度部门整体支出绩效自评报告\r\n全市城镇新增就业人数３０.５５万人。\r\n" * 3
LIMITS = Limits(report_bytes=100_000, line_characters=1_000)


def _read(path: Path) -> Source:
    return read_source(path, LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CHINESE.encode("utf-8"), id="utf-8"),
        pytest.param(CHINESE.encode("utf-8-sig"), id="utf-8 with BOM"),
        pytest.param(CHINESE.encode("gb18030"), id="gb18030"),
        pytest.param(CHINESE.encode("utf-16"), id="utf-16 with BOM"),
        pytest.param(b"\xfe\xff" + CHINESE.encode("utf-16-be"), id="utf-16 big-endian"),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "report.md", "REPORT.TXT"])
def test_text_is_the_decoded_file_without_bom_and_with_its_line_ends(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    source = _read(path)
    assert (source.name, source.text) == (name, CHINESE)
    assert source.checksum == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", ["empty.txt", "空的"]),
        ("blank.txt", " \r\n\u3000\ufeff".encode(), ["blank.txt", "空的"]),
        ("zip.txt", b"PK\x03\x04\x00\x00report", ["zip.txt", "不是“文本”", "另存为"]),
        ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00", ["picture.md", "不是“文本”", "图片"]),
        ("french.txt", ("Les résultats de l'année été. " * 20).encode("latin-1"), ["UTF-8", "GB18030"]),
        ("big5.txt", ("臺灣地區勞動統計報告，就業人數增長。" * 20).encode("big5"), ["UTF-8", "GB18030"]),
        ("large.txt", b"1" * 100_001, ["100001", "100000", "JUSHI_MAX_REPORT_BYTES"]),
        ("line.txt", b"a\n" + b"1" * 1_001, ["第 2 行", "1001", "1000", "JUSHI_MAX_LINE_CHARACTERS"]),
        ("report.xyz", b"text", ["report.xyz", ".xyz", ".txt", ".md"]),
        ("report", b"text", ["无扩展名", ".txt"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_value_limit_and_next_step(
    tmp_path: Path, name: str, data: bytes, words: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError) as caught:
        _read(path)
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "请" in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReportError, match="文件夹"):
        _read(tmp_path / "folder.txt")
    with pytest.raises(ReportError, match="找不到"):
        _read(tmp_path / "missing.txt")
