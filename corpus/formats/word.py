"""The text of a Word file (.docx): a line for each paragraph, a table's cells parted by tabs and its rows by line ends.

    <w:p><w:r><w:t>培训人数达</w:t></w:r><w:r><w:t>12.3万人</w:t></w:r></w:p>   -> 培训人数达12.3万人

It reads what stands in the body; deleted text of tracked changes, notes and running heads are left out.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from corpus.errors import ReportError
from corpus.formats.printed import Limits, Printed

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str, limits: Limits) -> Printed:
    """The body's text.

    Raises:
        ReportError: as `read_word`.
    """
    return Printed(text=read_word(data, name, max_bytes=limits.unpacked_bytes))


def read_word(data: bytes, name: str, *, max_bytes: int) -> str:
    """The body's text; paragraphs are parted by a blank line.

    Raises:
        ReportError: not a Word file, damaged, or unpacked larger than `max_bytes`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = parts.getinfo(_BODY).file_size
            if size > max_bytes:
                raise ReportError(f"“{name}”解开后有 {size} 字节，超过上限 {max_bytes}。请拆分文件。")
            body = fromstring(parts.read(_BODY)).find(_W + "body")
    except (zipfile.BadZipFile, KeyError, ParseError) as error:
        raise ReportError(f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开后重新另存。") from error
    return "\n\n".join(_blocks(body)) + "\n" if body is not None else ""


def _blocks(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == _W + "p":
            yield _text(child)
        elif child.tag == _W + "tbl":
            yield "\n".join("\t".join(_cells(row)) for row in child.iter(_W + "tr"))
        elif child.tag in {_W + "sdt", _W + "sdtContent"}:
            yield from _blocks(child)


def _cells(row: Element) -> Iterator[str]:
    for cell in row.findall(_W + "tc"):
        yield "".join(_text(paragraph) for paragraph in cell.iter(_W + "p")).replace("\n", "").replace("\t", " ")


def _text(parent: Element) -> str:
    if parent.tag == _FALLBACK:
        return ""
    if parent.tag == _W + "t":
        return parent.text or ""
    return _SIGNS.get(parent.tag, "") + "".join(map(_text, parent))
