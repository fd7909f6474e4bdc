"""The bundled report and small composed ones, read once for several test files."""

from functools import lru_cache
from pathlib import Path

from corpus.formats.printed import Limits
from corpus.model import Document
from corpus.reading import find_sidecar, read_document
from corpus.source import Source, read_source

BUNDLED = Path(__file__).parent.parent / "corpus" / "reports" / "gz-hrss-2022.txt"


@lru_cache(maxsize=1)
def bundled() -> Document:
    source = read_source(BUNDLED, Limits())
    return read_document(source, find_sidecar(BUNDLED))


def composed(text: str, name: str = "composed.txt") -> Document:
    return read_document(Source(name=name, text=text, checksum="0" * 64))
