"""Reading a report's file into source text: the characters that every offset counts.

Nothing is repaired here. Each kind of file has its reader in `corpus/formats`; txt and md are the decoded file.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportError
from corpus.formats.kinds import SUFFIXES, check_suffix, reader_of
from corpus.formats.printed import Limits

__all__ = ["SUFFIXES", "Source", "read_source"]

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A report's file as text. `name` is the file's name, `checksum` the sha256 of its bytes in hex.

    `pages`, `doubtful`, `headings` and `recognised` are as in `Printed`.
    """

    name: str
    text: str
    checksum: str
    pages: tuple[int, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    recognised: tuple[tuple[int, int], ...] = ()


def read_source(path: Path, limits: Limits) -> Source:
    """The file's text.

    Raises:
        ReportError: missing, a folder, of another format, too large, not readable, empty, or a line too long.
    """
    data = _read_bytes(path, limits.report_bytes)
    printed = reader_of(path.name, data)(data, path.name, limits)
    if _BLANK.match(printed.text):
        raise ReportError(f"报告“{path.name}”是空的（{len(data)} 字节，没有文字）。请换一个有内容的文件。")
    _refuse_long_lines(printed.text, path.name, limits.line_characters)
    checksum = hashlib.sha256(data).hexdigest()
    return Source(
        name=path.name, text=printed.text, checksum=checksum,
        pages=printed.pages, doubtful=printed.doubtful, headings=printed.headings,
        recognised=printed.recognised,
    )  # fmt: skip


def _refuse_long_lines(text: str, name: str, most: int) -> None:
    longest, line = max((len(content), -number) for number, content in enumerate(text.split("\n"), 1))
    if longest > most:
        raise ReportError(
            f"报告“{name}”第 {-line} 行有 {longest} 个字，超过上限 {most}。"
            "请把这一行分段，或调大 JUSHI_MAX_LINE_CHARACTERS。"
        )


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    if path.is_dir():
        raise ReportError(f"“{path}”是一个文件夹，不是报告。请给出文件夹里某个文件的路径。")
    if not path.is_file():
        raise ReportError(f"找不到报告“{path}”。请检查路径和文件名。")
    check_suffix(path.name)
    size = path.stat().st_size
    if size > max_bytes:
        raise ReportError(
            f"报告“{path.name}”有 {size} 字节，超过上限 {max_bytes}。请拆分文件，或调大 JUSHI_MAX_REPORT_BYTES。"
        )
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise ReportError(f"没有权限读取报告“{path}”。请检查文件权限。") from error
