"""Builds an index: reads the reports, writes ledger, vectors and keywords aside, and swaps them in.

A build that is killed at any moment, or in which every report fails, leaves the index before it in service.
One report that cannot be read does not keep the others out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportError
from corpus.formats.page_progress import listening
from corpus.ledger import read_report
from corpus.model import Report
from index import sources
from index.contents import Progress, write_contents
from index.manifest import Fit, Manifest, fit, read_manifest
from index.model_name import model_name
from index.place import Place
from index.sources import Failure, Plan, SourceFile

__all__ = ["BuildResult", "Progress", "build", "correct", "remove", "state"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What a build did. `changed` is false where the index already was as asked for."""

    reports: tuple[str, ...]
    failures: tuple[Failure, ...]
    passages: int
    changed: bool


def _silent(stage: str, done: int, total: int) -> None:
    """The progress of a build nobody watches."""


def build(
    place: Place,
    given: Iterable[Path] = (),
    *,
    update: bool = False,
    anew: bool = False,
    progress: Progress = _silent,
) -> BuildResult:
    """Adds or updates the given reports and keeps the others; without given ones, re-indexes all that is held.

    An index that already is as asked for is left as it is, unless it has to be built `anew`.

    Raises:
        StoreError: the folder cannot be written, another build is running, or the database refuses.
        ModelError: the embedding model cannot be had.
    """
    with place.generations().writing():
        serving = place.current()
        plan = sources.plan(serving, given, update=update)
        if not anew and (present := _as_asked(place, serving, plan.files)):
            return _result(present, plan.refused, changed=False)
        return _rebuilt(place, serving, plan, progress, anew=anew)


def remove(place: Place, report: str, *, progress: Progress = _silent) -> BuildResult:
    """Takes one report out of the index.

    Raises:
        ReportError: the index holds no report of that name.
        StoreError, ModelError: as `build`.
    """
    with place.generations().writing():
        serving = place.current()
        files = _held_with(serving, report)
        del files[report]
        return _rebuilt(place, serving, Plan(files=files), progress)


def correct(place: Place, report: str, corrections: dict[str, object], *, progress: Progress = _silent) -> BuildResult:
    """Corrects a report's metadata, for this and every later build; None takes a correction back.

    Raises:
        ReportError: the index holds no report of that name, or metadata has no such field.
        StoreError, ModelError: as `build`.
    """
    with place.generations().writing():
        serving = place.current()
        files = _held_with(serving, report)
        files[report] = sources.corrected(files[report], corrections)
        return _rebuilt(place, serving, Plan(files=files), progress)


def state(place: Place) -> Fit:
    """Whether a build without given reports would change anything, and why."""
    serving = place.current()
    files = sources.plan(serving, (), update=False).files
    return fit(serving, model=model_name(place.embedding_model), reports=_checksums(files))


def _held_with(serving: Path | None, report: str) -> dict[str, SourceFile]:
    files = sources.held(serving)
    if report not in files:
        raise ReportError(f"索引里没有报告“{report}”。现有的报告：{'、'.join(files) or '（空）'}。")
    return files


def _as_asked(place: Place, serving: Path | None, files: dict[str, SourceFile]) -> Manifest | None:
    """The manifest in service, if it already holds exactly these files and fits."""
    if serving is None or fit(serving, model=model_name(place.embedding_model)) is not Fit.FITS:
        return None
    manifest = read_manifest(serving)
    return manifest if manifest.reports == _checksums(files) else None


def _checksums(files: dict[str, SourceFile]) -> dict[str, str]:
    return {name: sources.shape_checksum(file) for name, file in sorted(files.items()) if file.path.is_file()}


def _result(manifest: Manifest, failures: tuple[Failure, ...], *, changed: bool) -> BuildResult:
    return BuildResult(reports=tuple(manifest.reports), failures=failures, passages=manifest.passages, changed=changed)


def _rebuilt(place: Place, serving: Path | None, plan: Plan, progress: Progress, *, anew: bool = False) -> BuildResult:
    with place.generations().new(place.remove) as generation:
        reports, failures = _read_all(generation, plan.files, sources.held(serving), progress)
        failures = (*plan.refused, *failures)
        read = {name: file for name, file in sources.held(generation).items() if name in reports}
        if not anew and (present := _as_asked(place, serving, read)):
            return _result(present, failures, changed=False)
        if plan.files and not reports:  # nothing could be read: what is in service stays
            return BuildResult(reports=(), failures=failures, passages=0, changed=False)
        manifest = write_contents(place, generation, tuple(reports.values()), serving, progress)
        place.generations().publish(generation)
        return _result(manifest, failures, changed=True)


def _read_all(
    generation: Path, files: dict[str, SourceFile], held: dict[str, SourceFile], progress: Progress
) -> tuple[dict[str, Report], tuple[Failure, ...]]:
    """Copies and reads every file; one that fails gives way to the copy held before, if there is one."""
    reports, failures = {}, []
    for done, (name, file) in enumerate(sorted(files.items())):
        progress("读取报告", done, len(files))
        try:
            with listening(progress):  # a scanned report tells its pages
                reports[name] = read_report(sources.copy(file, generation), file.corrections)
        except ReportError as error:
            failures.append(Failure(report=name, message=str(error)))
            before = held.get(name)
            if before is None:
                sources.discard(generation, name)
            elif before != file:
                reports[name] = read_report(sources.copy(before, generation), before.corrections)
            # else: a held file that can no longer be read stays held, for a version that reads it again
    progress("读取报告", len(files), len(files))
    return reports, tuple(failures)
