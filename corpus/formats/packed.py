"""Office files are zip archives of XML parts: their parts, unpacked within limits.

A part is parsed without entities, external files or network; what is nested deeper or written larger than
libxml2 takes in by default is refused.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from types import TracebackType
from typing import Any

from lxml import etree

from corpus.errors import ReportError
from corpus.formats.printed import Limits

Element = Any  # an lxml element: iterates over its children, has tag, text, tail, get(), iter()

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Namespaces of the strict variant of the standard -> those of the usual one.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# Of what a file may unpack to, a part may take this share: parsed, markup takes up to twenty times its size.
_PARSED_SHARE = 8
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_MACROS = "vbaproject.bin"
_ENCRYPTED = 0x1


class Packed:
    """The parts of one file, opened with `with`."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Opens `data`, the bytes of the report called `name`.

        Raises:
            ReportError: damaged, encrypted, with macros, or too large unpacked.
        """
        self._name = name
        self._most = limits.unpacked_bytes // _PARSED_SHARE
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        entries = self._archive.infolist()
        self._names = {entry.filename for entry in entries}
        size = sum(entry.file_size for entry in entries)
        if size > limits.unpacked_bytes:
            raise ReportError(
                f"报告“{name}”有 {len(data)} 字节，解开后有 {size} 字节，超过上限 {limits.unpacked_bytes}。"
                "请拆分文件、删去大图，或调大 JUSHI_MAX_UNPACKED_BYTES。"
            )
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ReportError(f"报告“{name}”加了密码。请去掉密码后另存再试。")
        if any(part.lower().endswith(_MACROS) for part in self._names):
            raise ReportError(f"报告“{name}”带有宏程序，为安全起见不读。请另存为不含宏的 .docx 或 .xlsx 再试。")

    def __enter__(self) -> "Packed":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def part(self, path: str) -> Element | None:
        """The root of a part's XML; None where the file has no such part, whatever its relationships say.

        Raises:
            ReportError: the part is damaged, or too large.
        """
        if path not in self._names:
            return None
        size = self._archive.getinfo(path).file_size
        if size > self._most:
            raise ReportError(
                f"报告“{self._name}”里的 {path} 有 {size} 字节，超过上限 {self._most}。"
                "请拆分文件，或调大 JUSHI_MAX_UNPACKED_BYTES。"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(_usual(self._archive.read(path)), parser)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self.damaged() from error
        except etree.XMLSyntaxError as error:
            raise self.damaged(str(error)) from error

    def related(self, path: str, kind: str) -> str | None:
        """The part that `path` (or the file itself, for "") relates to as `kind`, e.g. "numbering"."""
        return self._target(path, lambda relation: bool(relation.get("Type", "").endswith("/" + kind)))

    def target(self, path: str, relation_id: str) -> str | None:
        """The part that `path` relates to under this id."""
        return self._target(path, lambda relation: bool(relation.get("Id") == relation_id))

    def _target(self, path: str, fits: Callable[[Element], bool]) -> str | None:
        folder, file = posixpath.split(path)
        relations = self.part(posixpath.join(folder, "_rels", file + ".rels"))
        for relation in relations.iter(_RELATIONSHIP) if relations is not None else ():
            if fits(relation) and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return target if target in self._names else None
        return None

    def damaged(self, detail: str = "") -> ReportError:
        reason = f"（{detail}）" if detail else ""
        return ReportError(f"报告“{self._name}”已损坏或不完整{reason}。请用 Office 打开，重新另存再试。")


def _usual(markup: bytes) -> bytes:
    for strict, usual in _STRICT:
        markup = markup.replace(strict, usual)
    return markup


def whole(printed: str | None) -> int | None:
    """A whole number of an attribute; None where it is none, or one that no document needs."""
    return int(printed) if printed is not None and _WHOLE.fullmatch(printed) else None
