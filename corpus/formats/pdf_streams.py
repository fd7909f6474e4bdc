"""Streams of a pdf that would unpack to far more than a report can hold, found without unpacking them whole.

    4 0 obj << /Filter /FlateDecode /Length 900 >> stream … endstream
A pdf's streams are read one by one, so the bound holds for each; images are not unpacked by readers of text.
"""

import re
import zlib

from corpus.errors import ReportError

_STREAM = re.compile(rb">>\s{0,20}stream\r?\n")
_LONGEST_HEAD = 2000
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_MOST_RATIO = 1032  # what deflate can save at most
_STEP_BYTES = 1 << 20


def refuse_bombs(data: bytes, name: str, max_bytes: int) -> None:
    """Checks every packed stream that can exceed `max_bytes`.

    Raises:
        ReportError: one does.
    """
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _LONGEST_HEAD) : found.start()].rpartition(b"obj")[2]
        packings = len(_PACKED.findall(head))
        if packings == 0 or _IMAGE.search(head):
            continue
        end = data.find(b"endstream", found.end())
        packed = memoryview(data)[found.end() : end if end > 0 else len(data)]
        if len(packed) * _MOST_RATIO**packings > max_bytes and _unpacked_bytes(packed, packings, max_bytes) > max_bytes:
            raise ReportError(f"“{name}”里有一段内容解开后超过上限 {max_bytes} 字节，可能是恶意文件。请换一份文件。")


def _unpacked_bytes(packed: memoryview, packings: int, enough: int) -> int:
    """How large the stream gets, counted no further than just above `enough`."""
    decoders = [zlib.decompressobj() for _ in range(packings)]
    total = 0

    def feed(depth: int, piece: bytes) -> None:
        nonlocal total
        if depth == len(decoders):
            total += len(piece)
            return
        while piece and total <= enough:
            feed(depth + 1, decoders[depth].decompress(piece, _STEP_BYTES))
            piece = decoders[depth].unconsumed_tail

    try:
        for at in range(0, len(packed), _STEP_BYTES):
            feed(0, bytes(packed[at : at + _STEP_BYTES]))
            if total > enough:
                break
    except zlib.error:
        pass  # damaged or not deflated; pdfium reads what can be read
    return total
