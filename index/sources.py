"""The store's own copies of the reports' files, and what a build is to do with them.

A report is its file's name. The same name with the same bytes is the same report; with other bytes it is
refused, unless the user asked for an update. What stands beside the file about its metadata travels with it:
its sidecar `NAME.toml`, and corrections, which win: `NAME.metadata.json`, e.g. {"issuer": "深圳市民政局"}.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from corpus.errors import ReportError
from corpus.model import Metadata
from corpus.settings import PROJECT
from corpus.sidecar import corrections_of, sidecar_of
from corpus.source import SUFFIXES
from index.generations import SOURCES
from index.manifest import checksum

BUNDLED = PROJECT / "corpus" / "reports"
CORRECTABLE = tuple(field.name for field in fields(Metadata) if field.name not in {"report", "checksum"})


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A report's file, the corrections to its metadata, and its sidecar where it has one."""

    path: Path
    corrections: dict[str, object]
    sidecar: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A report that could not be taken in, with the reason for the user."""

    report: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Files to index by report name, and reports refused."""

    files: dict[str, SourceFile]
    refused: tuple[Failure, ...] = ()


def held(generation: Path | None) -> dict[str, SourceFile]:
    """The files a generation keeps, by report name."""
    folder = generation / SOURCES if generation else None
    return {path.name: _source_file(path) for path in _expand(folder)} if folder and folder.is_dir() else {}


def bundled() -> dict[str, SourceFile]:
    """The reports that come with the project."""
    return {path.name: _source_file(path) for path in _expand(BUNDLED)}


def plan(generation: Path | None, given: Iterable[Path], *, update: bool) -> Plan:
    """What to index: all that is held, with the given files added or, on `update`, put in place of held ones.

    Without given files: all that is held, bundled reports in their present version; in a new store the bundled ones.
    """
    files = held(generation)
    paths = [path for entry in given for path in _expand(entry)]
    if not paths:
        present = bundled()
        return Plan(files={name: _renewed(present.get(name), file) for name, file in (files or present).items()})
    refused = []
    for path in paths:
        try:
            files[path.name] = _admitted(path, files.get(path.name), update=update)
        except ReportError as error:
            refused.append(Failure(report=path.name, message=str(error)))
    return Plan(files=files, refused=tuple(refused))


def copy(file: SourceFile, generation: Path) -> Path:
    """Copies a report's file, its sidecar and its corrections into a generation; returns the copy of the file."""
    target = Path(shutil.copyfile(file.path, generation / SOURCES / file.path.name))
    if file.sidecar:
        shutil.copyfile(file.sidecar, sidecar_of(target))
    if file.corrections:
        corrections_of(target).write_text(json.dumps(file.corrections, ensure_ascii=False), encoding="utf-8")
    return target


def discard(generation: Path, report: str) -> None:
    """Deletes what `copy` made."""
    target = generation / SOURCES / report
    target.unlink(missing_ok=True)
    sidecar_of(target).unlink(missing_ok=True)
    corrections_of(target).unlink(missing_ok=True)


def shape_checksum(file: SourceFile) -> str:
    """The sha256 of the file's bytes, and of sidecar and corrections where there are any."""
    parts = [checksum(file.path)]
    if file.sidecar:
        parts.append(checksum(file.sidecar))
    if file.corrections:
        parts.append(hashlib.sha256(json.dumps(file.corrections, sort_keys=True).encode()).hexdigest())
    return "+".join(parts)


def corrected(file: SourceFile, corrections: dict[str, object]) -> SourceFile:
    """The same file with further corrections; None takes one back.

    Raises:
        ReportError: a field that a report's metadata does not have.
    """
    if unknown := sorted(corrections.keys() - set(CORRECTABLE)):
        raise ReportError(f"报告信息里没有“{'、'.join(unknown)}”。可以更正的：{'、'.join(CORRECTABLE)}。")
    merged = {name: value for name, value in (file.corrections | corrections).items() if value is not None}
    return replace(file, corrections=merged)


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in SUFFIXES)


def _source_file(path: Path) -> SourceFile:
    beside = corrections_of(path)
    sidecar = sidecar_of(path)
    file = SourceFile(path=path, corrections={}, sidecar=sidecar if sidecar.is_file() else None)
    if not beside.is_file():
        return file
    try:
        return corrected(file, dict(json.loads(beside.read_text(encoding="utf-8"))))
    except (ValueError, TypeError) as error:
        raise ReportError(f"更正文件 {beside.name} 不是 JSON 对象（{error}）。请改正或删除它。") from error


def _renewed(present: SourceFile | None, file: SourceFile) -> SourceFile:
    return file if present is None else replace(present, corrections=present.corrections | file.corrections)


def _admitted(path: Path, present: SourceFile | None, *, update: bool) -> SourceFile:
    if not path.is_file():
        raise ReportError(f"找不到报告“{path}”。请检查路径和文件名。")
    given = _source_file(path)
    if present is None:
        return given
    if not update and checksum(path) != checksum(present.path):
        raise ReportError(
            f"索引里已有同名的报告“{path.name}”，内容不同。要替换它，请加 --update；要两份都留，请给新文件改名。"
        )
    merged = present.corrections | given.corrections
    return replace(given, corrections=merged, sidecar=given.sidecar or present.sidecar)
