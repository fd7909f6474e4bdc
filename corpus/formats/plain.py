"""A text file's characters: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030.

The text is the decoded file with the BOM dropped and line ends unchanged. Example of what comes in:
    b"2022\\xe5\\xb9\\xb4\\xe5\\xba\\xa6..."   ->   "2022年度..."
"""

import codecs
import re

from corpus.errors import ReportError
from corpus.formats.printed import Limits, Printed

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2160-\u217f\u2460-\u24ff\u00b0-\u00d7]")
_MOSTLY = 0.8
_SAMPLE_CHARACTERS = 20_000


def read_plain(data: bytes, name: str, _: Limits) -> Printed:
    """The decoded file.

    Raises:
        ReportError: as `decode`.
    """
    return Printed(text=decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The characters of a text file.

    Raises:
        ReportError: not text, or of another encoding.
    """
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
