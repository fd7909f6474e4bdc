"""A report's sidecar: `<report file name>.toml` beside it, with metadata that wins over detection.

Corrections that the store keeps, `<report file name>.metadata.json`, win over both.

title = "…"
issued_year = 2023
checksum = "sha256 of the report, hex"
source = "where the report comes from"
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import ReportError


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of the report at `path` stands, if it has one."""
    return path.with_name(path.name + ".toml")


def find_sidecar(path: Path) -> Mapping[str, object]:
    """What the sidecar of the report at `path` says, and the corrections beside it; empty where there are none.

    Raises:
        ReportError: the sidecar is not TOML, or the corrections are no JSON object.
    """
    return {**_sidecar(sidecar_of(path)), **_corrections(corrections_of(path))}


def corrections_of(path: Path) -> Path:
    """Where the corrections of the report at `path` stand, if it has any."""
    return path.with_name(path.name + ".metadata.json")


def _corrections(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise ReportError(f"更正文件 {path.name} 不是 JSON 对象（{error}）。请改正或删除它。") from error


def _sidecar(sidecar: Path) -> Mapping[str, object]:
    if not sidecar.is_file():
        return {}
    try:
        return tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"“{sidecar.name}”不是有效的 TOML：{error}。请改正，或删去它让系统自动识别。") from error
