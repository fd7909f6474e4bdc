"""Files that cannot be read: refused in Chinese with name and reason, the others unharmed."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from corpus.errors import ReportError
from corpus.formats.printed import Limits
from corpus.source import SUFFIXES, read_source
from index.build import build
from index.generations import SOURCES, current_generation
from index.place import Place
from index.store import Store
from tests.rendered import W, paragraph, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
GOOD = word(paragraph("全年新增就业12.3万人。") * 40)
PDF = b"%PDF-1.7\n1 0 obj\n"
PAGE = "<!DOCTYPE html><html><body><p>全年12项。</p></body></html>".encode()


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _with(part: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip(parts | {part: content})


def _document(inside: str, before: str = "") -> bytes:
    return _with("word/document.xml", f"{before}<w:document {W}><w:body>{inside}</w:body></w:document>".encode())


def _flipped(data: bytes) -> bytes:
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + 40]) + data[at + 40 :]


BOOK = _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
BOMB = _zip({"a": b"\0" * 3_000_000}) + b"\0" * 2_000_000
LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a0 '哈'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)

CASES: dict[str, tuple[str, bytes, list[str]]] = {
    "encrypted": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), ["密码"]),
    "old Word": ("a.docx", OLE, ["旧版", "另存为 .docx"]),
    "a suffix of old Word": ("a.doc", OLE, [".doc", ".docx"]),
    "a suffix with macros": ("a.docm", GOOD, [".docm", ".docx"]),
    "macros": ("a.docx", _with("word/vbaProject.bin", b"\0"), ["宏"]),
    "truncated": ("a.docx", GOOD[: len(GOOD) // 2], ["残缺"]),
    "a damaged part": ("a.docx", _flipped(GOOD), ["损坏"]),
    "broken markup": ("a.docx", _with("word/document.xml", b"<w:document"), ["损坏"]),
    "no body": ("a.docx", _with("word/document.xml", b"<x/>"), ["损坏"]),
    "nothing written": ("a.docx", _document("<w:p/>"), ["空的"]),
    "unpacked too large": ("a.docx", _with("word/media/1.bmp", b"\0" * 5_000_000), ["5", "1000000", "MAX_UNPACKED"]),
    "a bomb inside": ("a.docx", _with("word/embeddings/1.zip", BOMB), ["解开"]),
    "a part too large": ("a.docx", _document("<w:p/>" * 60_000), ["word/document.xml", "125000", "MAX_UNPACKED"]),
    "nested too deep": ("a.docx", _document("<w:sdt><w:sdtContent>" * 2_000), ["损坏"]),
    "entities that multiply": ("a.docx", _document(f'<w:p w:x="{"&a9;"}"/>', LAUGHS), ["损坏"]),
    "too many columns": ("a.docx", _document(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="90000000"/></w:tcPr>{paragraph("甲")}</w:tc>'
        f"<w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"), ["200", "JUSHI_MAX_TABLE_COLUMNS"]),
    "a workbook called docx": ("a.docx", BOOK, ["Excel", ".xlsx"]),
    "a pdf called docx": ("a.docx", PDF, ["PDF", ".pdf"]),
    "a page called docx": ("a.docx", PAGE, ["网页", ".html"]),
    "an archive called docx": ("a.docx", _zip({"a.txt": b"1"}), ["压缩包"]),
    "noise called docx": ("a.docx", b"\x01\x02\x03 noise", ["损坏"]),
    "a document called txt": ("a.txt", GOOD, ["Word", ".docx"]),
    "a page called txt": ("a.txt", PAGE, ["网页", ".html"]),
    "a document called xlsx": ("a.xlsx", GOOD, ["Word", ".docx"]),
    "a picture called pdf": ("a.pdf", b"\x89PNG\r\n\x1a\n", ["图片", ".png"]),
    "text called pdf": ("a.pdf", "全年12项。".encode(), ["PDF"]),
    "a document called html": ("a.html", GOOD, ["Word", ".docx"]),
    "a page nested too deep": ("a.html", b"<div>" * 100_000 + "深12项".encode(), ["嵌套"]),
    "a page of nothing but tags": ("a.html", b"<p>12" * 300_000, ["300000", "标签"]),
    "an empty page": ("a.html", b"<html><body><script>1</script></body></html>", ["空的"]),
    "a page too wide": ("a.html", f"<table>{'<tr>' + '<td>1</td>' * 300 + '</tr>'}</table>".encode(), ["200"]),
}  # fmt: skip
LIMITS = Limits(report_bytes=10_000_000, unpacked_bytes=1_000_000)


@pytest.mark.parametrize(("name", "data", "words"), CASES.values(), ids=CASES)
def test_a_bad_file_is_refused_with_name_and_reason_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, words: list[str]
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError) as caught:
        read_source(path, LIMITS)
    message = str(caught.value)
    assert all(word in message for word in (name, "请", *words)), message
    assert list(temporary.iterdir()) == []


def test_entities_never_bring_in_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("别人的12项", encoding="utf-8")
    path = tmp_path / "a.docx"
    path.write_bytes(_document(
        "<w:p><w:r><w:t>全年&s;34项</w:t></w:r></w:p>", f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    ))  # fmt: skip
    assert "别人" not in read_source(path, Limits()).text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_half_a_gigabyte_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"large{suffix}"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(ReportError, match="500000000 字节，超过上限"):
        read_source(path, Limits())


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f'<p style="{"x" * 5_000_000}">全年12.3万人。</p>', id="a long attribute"),
        pytest.param("<p>全年<b>12.3<i>万人</b>。</i><table><tr><td>甲<td>1</table></div></p>", id="tags that cross"),
        pytest.param("<table><tr><td colspan=65000 rowspan=99999>全年12.3万人。</td></tr></table>", id="wide spans"),
        pytest.param("<p>全年12.3万人。</p>" + "<" * 100_000, id="open brackets"),
    ],
)
def test_a_hostile_page_is_read_as_far_as_it_goes(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    assert "12.3万人" in read_source(path, Limits()).text


def test_a_build_takes_in_the_good_files_and_leaves_nothing_of_the_bad_ones(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.docx").write_bytes(word(paragraph("全年新增就业12.3万人。")))
    for at, (name, data, words) in enumerate(CASES.values()):
        if name.endswith((".docx", ".html", ".xlsx")) and "解开" not in words and "MAX_UNPACKED" not in words:
            (folder / f"{at}-{name}").write_bytes(data)
    place = Place(folder=tmp_path / "store")
    result = build(place, [folder])
    assert result.reports == ("good.docx",)
    refused = {failure.report: failure.message for failure in result.failures}
    assert len(refused) > 15
    assert all(name in message for name, message in refused.items())
    generation = current_generation(place.folder)
    assert generation is not None
    assert [path.name for path in (generation / SOURCES).iterdir()] == ["good.docx"]
    assert len(Store.at(place).figures("good.docx")) == 1
