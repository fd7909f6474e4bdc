"""A report's sidecar: `<report file name>.toml` beside it, with metadata that wins over detection.

title = "…"
issued_year = 2023
checksum = "sha256 of the report, hex"
source = "where the report comes from"
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import ReportError


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of the report at `path` stands, if it has one."""
    return path.with_name(path.name + ".toml")


def find_sidecar(path: Path) -> Mapping[str, object]:
    """What the sidecar of the report at `path` says; empty where there is none.

    Raises:
        ReportError: the sidecar is not TOML.
    """
    sidecar = sidecar_of(path)
    if not sidecar.is_file():
        return {}
    try:
        return tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"“{sidecar.name}”不是有效的 TOML：{error}。请改正，或删去它让系统自动识别。") from error
