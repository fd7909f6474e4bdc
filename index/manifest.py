"""The manifest of a generation: what shaped this index, so that it is known when it no longer fits.

Out of date means another index format, another embedding model, another lexicon, or a report whose bytes
changed; a commit that changes none of these leaves the index as it is. Written last: a generation
without a manifest was never finished.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from corpus.settings import PROJECT

# Raise it when what is stored changes shape, or when the reader reads the same report differently.
INDEX_FORMAT = 7
FILE = "manifest.json"
LEXICON = PROJECT / "corpus" / "data"


class Fit(Enum):
    """Whether an index can be used as it is; the value is the reason, for the user."""

    FITS = "索引可用"
    MISSING = "还没有索引"
    DAMAGED = "索引的清单已损坏"
    OTHER_FORMAT = "索引是另一版程序建的"
    OTHER_MODEL = "索引用的是另一个向量模型"
    OTHER_LEXICON = "词表或单位表改过了"
    OTHER_REPORT = "报告改过了"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    format: int
    model: str
    lexicon: str  # sha256 over the data files that shape how a report is read
    reports: dict[str, str]  # name -> `shape_checksum` of the file
    passages: int
    built: str = field(default="", compare=False)  # ISO 8601, UTC; empty in indexes of before


class ManifestError(ValueError):
    """The manifest is not readable as this format's."""


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes it with the time of now."""
    stamped = replace(manifest, built=datetime.now(UTC).isoformat(timespec="seconds"))
    text = json.dumps(asdict(stamped), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation's folder.

    Raises:
        ManifestError: it is missing, not JSON, or lacks a field.
    """
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Manifest(**content)
    except (OSError, ValueError, TypeError) as error:
        raise ManifestError(str(error)) from error


def fit(folder: Path | None, *, model: str, reports: dict[str, str] | None = None) -> Fit:
    """Whether the generation in `folder` (None: there is none) serves this model and lexicon.

    `reports` are checksums to hold against the manifest's; reports it does not name are not compared.
    """
    if folder is None:
        return Fit.MISSING
    try:
        manifest = read_manifest(folder)
    except ManifestError:
        return Fit.DAMAGED
    if manifest.format != INDEX_FORMAT:
        return Fit.OTHER_FORMAT
    if manifest.model != model:
        return Fit.OTHER_MODEL
    if manifest.lexicon != lexicon_checksum():
        return Fit.OTHER_LEXICON
    changed = any(manifest.reports.get(name, checksum) != checksum for name, checksum in (reports or {}).items())
    return Fit.OTHER_REPORT if changed else Fit.FITS


def lexicon_checksum() -> str:
    """One sha256 over the names and bytes of the lexicon's files."""
    digest = hashlib.sha256()
    for path in sorted(LEXICON.iterdir()):
        if path.is_file():
            digest.update(f"{path.name}\0{checksum(path)}\n".encode())
    return digest.hexdigest()


def checksum(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
