"""Reading a report's file into source text: the characters that every offset counts.

The text is the decoded file with the BOM dropped and line ends unchanged; nothing is repaired here.
Encodings: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030. Example of what comes in:
    b"2022\\xe5\\xb9\\xb4\\xe5\\xba\\xa6..."   ->   "2022年度..."
"""

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*\Z")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2160-\u217f\u2460-\u24ff\u00b0-\u00d7]")
_MOSTLY = 0.8
_SAMPLE_CHARACTERS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A report's file as text. `name` is the file's name, `checksum` the sha256 of its bytes in hex."""

    name: str
    text: str
    checksum: str


def read_source(path: Path, *, max_bytes: int, max_line_characters: int) -> Source:
    """The file's text.

    Raises:
        ReportError: missing, a folder, of another format, too large, not text, empty, or a line too long.
    """
    data = _read_bytes(path, max_bytes)
    text = _READERS[path.suffix.lower()](data, path.name)
    if _BLANK.match(text):
        raise ReportError(f"报告“{path.name}”是空的（{len(data)} 字节，没有文字）。请换一个有内容的文件。")
    longest, line = max((len(content), -number) for number, content in enumerate(text.split("\n"), 1))
    if longest > max_line_characters:
        raise ReportError(
            f"报告“{path.name}”第 {-line} 行有 {longest} 个字，超过上限 {max_line_characters}。"
            "请把这一行分段，或调大 JUSHI_MAX_LINE_CHARACTERS。"
        )
    return Source(name=path.name, text=text, checksum=hashlib.sha256(data).hexdigest())


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    if path.is_dir():
        raise ReportError(f"“{path}”是一个文件夹，不是报告。请给出文件夹里某个文件的路径。")
    if not path.is_file():
        raise ReportError(f"找不到报告“{path}”。请检查路径和文件名。")
    if path.suffix.lower() not in _READERS:
        kinds = "、".join(_READERS)
        raise ReportError(
            f"报告“{path.name}”的格式“{path.suffix or '无扩展名'}”不能读。能读的格式：{kinds}。请先转换格式。"
        )
    size = path.stat().st_size
    if size > max_bytes:
        raise ReportError(
            f"报告“{path.name}”有 {size} 字节，超过上限 {max_bytes}。请拆分文件，或调大 JUSHI_MAX_REPORT_BYTES。"
        )
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise ReportError(f"没有权限读取报告“{path}”。请检查文件权限。") from error


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name)
    if found := _BINARY.search(data):
        raise ReportError(
            f"报告“{name}”不是文本：第 {found.start()} 个字节是 0x{found.group()[0]:02x}。"
            "它可能是改了扩展名的其他文件，请恢复原来的扩展名或另存为 UTF-8 文本。"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, "gb18030", name)
    if not _is_chinese(text):
        raise _unreadable(data, name)
    return text


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(data, name) from error


def _is_chinese(text: str) -> bool:
    """Whether what GB18030 made of the bytes is Chinese that people write.

    Nearly any bytes decode to some characters; those of another encoding land on rare ones.
    """
    sample = "".join(char for char in text if not char.isascii())[:_SAMPLE_CHARACTERS]
    hanzi = "".join(_HANZI.findall(sample))
    if not hanzi or len(_CHINESE.findall(sample)) < _MOSTLY * len(sample):
        return False
    # The 3,755 common characters are rows 16-55 of GB2312: lead bytes 0xB0-0xD7.
    common = sum(0xB0 <= lead <= 0xD7 for lead in hanzi.encode("gb18030")[::2])
    return common >= _MOSTLY * len(hanzi)


def _unreadable(data: bytes, name: str) -> ReportError:
    # Costs 0.1 s to import, and is needed only to tell the user what the file may be.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:_SAMPLE_CHARACTERS]).best()
    guess = f"（可能是 {best.encoding}）" if best else ""
    return ReportError(f"报告“{name}”的文字编码不是 UTF-8 或 GB18030{guess}。请另存为 UTF-8 后再试。")


_READERS: dict[str, Callable[[bytes, str], str]] = {".txt": _decode, ".md": _decode}
