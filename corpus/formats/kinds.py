"""The kinds of file that can be read, what their bytes look like, and which reader takes them.

    %PDF-1.7 …                    -> pdf
    PK\\x03\\x04 … word/document.xml -> docx
    <!DOCTYPE html> …             -> html
The suffix says what a file is meant to be; bytes that say otherwise are refused, with the right suffix named.
"""

import importlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import ReportError
from corpus.formats.printed import Limits, Printed

Reader = Callable[[bytes, str, Limits], Printed]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileKind:
    """`name` is what a user calls it; `reader` is "module:function", imported when it is first needed."""

    name: str
    suffixes: tuple[str, ...]
    reader: str


_KINDS = {
    "text": FileKind(name="文本", suffixes=(".txt", ".md"), reader="corpus.formats.plain:read_plain"),
    "docx": FileKind(name="Word 文档", suffixes=(".docx",), reader="corpus.formats.word:read_docx"),
    "pdf": FileKind(name="PDF 文件", suffixes=(".pdf",), reader="corpus.formats.pdf:read_pdf"),
    "html": FileKind(name="网页", suffixes=(".html", ".htm"), reader="corpus.formats.web:read_web"),
    "xlsx": FileKind(name="Excel 工作簿", suffixes=(".xlsx",), reader="corpus.formats.sheets:read_sheets"),
    "image": FileKind(
        name="图片",
        suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
        reader="corpus.formats.scanned:read_image",
    ),
}
SUFFIXES = tuple(suffix for kind in _KINDS.values() for suffix in kind.suffixes)

_KIND_OF_SUFFIX = {suffix: key for key, kind in _KINDS.items() for suffix in kind.suffixes}
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_PARTS = {"word/": "docx", "xl/": "xlsx"}
# What is recognised only to be refused, and what to do with it.
_FOREIGN = {
    "encrypted": ("加了密码的 Office 文件", "请用 Office 打开，去掉密码后另存再试。"),
    "ole": ("旧版 Office 文件（.doc、.xls、.wps 之类）", "请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 再试。"),
    "zip": ("压缩包", "请解压，把里面的报告一份一份加入。"),
    "damaged": (
        "残缺的压缩格式（.docx、.xlsx 都是这种格式），可能没有下载完整",
        "请重新下载，或用原来的程序打开，另存为新文件再试。",
    ),
}


def reader_of(name: str, data: bytes) -> Reader:
    """The reader of the file called `name`, whose bytes are `data`.

    Raises:
        ReportError: no reader for its suffix, or the bytes are of another kind.
    """
    meant = _KIND_OF_SUFFIX[check_suffix(name)]
    found = _sniff(data)
    if found not in (None, meant):
        raise ReportError(f"报告“{name}”不是“{_KINDS[meant].name}”：{_what_it_is(str(found))}")
    if found is None and meant not in ("text", "html"):
        raise ReportError(
            f"报告“{name}”不是“{_KINDS[meant].name}”，也不像其他能读的格式，可能已损坏。请用原来的程序打开，重新另存再试。"
        )
    return _load(_KINDS[meant])


def check_suffix(name: str) -> str:
    """The suffix of a file that can be read, in lower case.

    Raises:
        ReportError: there is no reader for it.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _KIND_OF_SUFFIX:
        shown = PurePath(name).suffix or "无扩展名"
        raise ReportError(f"报告“{name}”的格式“{shown}”不能读。能读的格式：{'、'.join(SUFFIXES)}。请先转换格式。")
    return suffix


def _what_it_is(found: str) -> str:
    if found in _FOREIGN:
        what, advice = _FOREIGN[found]
        return f"它是{what}。{advice}"
    kind = _KINDS[found]
    return f"内容是“{kind.name}”。请把扩展名改为 {'、'.join(kind.suffixes)}，或恢复原来的文件。"


def _sniff(data: bytes) -> str | None:
    """The kind that the bytes show, a key of `_KINDS` or `_FOREIGN`; None for what may be plain text."""
    if data.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
    is_bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    if data.startswith(_IMAGES) or is_bitmap:
        return "image"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return "html" if _PAGE.match(data[:8192]) else None


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "damaged"
    return next((kind for folder, kind in _PARTS.items() if any(name.startswith(folder) for name in names)), "zip")


def _load(kind: FileKind) -> Reader:
    module, function = kind.reader.split(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader
