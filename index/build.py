"""Builds an index: reads the reports, writes ledger, vectors and keywords aside, and swaps them in.

A build that is killed at any moment, or in which every report fails, leaves the index before it in service.
One report that cannot be read does not keep the others out.
"""

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.errors import ReportError
from index import sources
from index.carrying import carry
from index.contents import Progress, write_contents
from index.gathering import Gathering, aside_folder, serving_of
from index.manifest import Fit, Manifest, fit, read_manifest
from index.model_name import model_name
from index.place import Place
from index.sources import Failure, Plan, SourceFile
from index.workers import HERE, Workers

__all__ = ["BuildResult", "Progress", "build", "correct", "remove", "state"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What a build did. `changed` is false where the index already was as asked for."""

    reports: tuple[str, ...]
    failures: tuple[Failure, ...]
    passages: int
    changed: bool


FAILURES = "failures.jsonl"


def _silent(stage: str, done: int, total: int) -> None:
    """The progress of a build nobody watches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _How:
    """How a build is done: by whom, told to whom, and whether everything is read anew."""

    workers: Workers
    progress: Progress
    anew: bool = False


def build(
    place: Place,
    given: Iterable[Path] = (),
    *,
    update: bool = False,
    anew: bool = False,
    progress: Progress = _silent,
    workers: Workers = HERE,
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
            return _result(place, present, plan.refused, changed=False)
        return _rebuilt(place, serving, plan, _How(workers=workers, progress=progress, anew=anew))


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
        return _rebuilt(place, serving, Plan(files=files), _How(workers=HERE, progress=progress))


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
        return _rebuilt(place, serving, Plan(files=files), _How(workers=HERE, progress=progress))


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


def _rebuilt(place: Place, serving: Path | None, plan: Plan, how: _How) -> BuildResult:
    with place.generations().new(place.remove) as generation:
        before = serving_of(place, serving)
        gathered = Gathering(place, generation, before, how.workers, how.progress, anew=how.anew).gather(plan.files)
        failures = (*plan.refused, *gathered.failures)
        if not how.anew and before.fits and serving and not gathered.new and gathered.kept == before.checksums.keys():
            return _result(place, read_manifest(serving), failures, changed=False)
        if plan.files and not gathered.reports:  # nothing could be read: what is in service stays
            return BuildResult(reports=(), failures=_listed(place, failures), passages=0, changed=False)
        carried = None
        if serving and gathered.kept:
            carried = carry(place, serving, generation, gathered.kept, before.checksums.keys())
            if carried is None:  # damaged: everything is read again
                how = replace(how, anew=True)
                gathered = Gathering(place, generation, before, how.workers, how.progress, anew=True).gather(plan.files)
        manifest = write_contents(place, generation, gathered.new, carried, gathered.checksums, how.progress)
        place.generations().publish(generation)
        shutil.rmtree(aside_folder(place), ignore_errors=True)
        return _result(place, manifest, failures, changed=True)


def _result(place: Place, manifest: Manifest, failures: tuple[Failure, ...], *, changed: bool) -> BuildResult:
    return BuildResult(
        reports=tuple(manifest.reports),
        failures=_listed(place, failures),
        passages=manifest.passages,
        changed=changed,
    )


def _listed(place: Place, failures: tuple[Failure, ...]) -> tuple[Failure, ...]:
    """Leaves the failures in a file too: of thousands of reports, a screen forgets which ones."""
    lines = (json.dumps(asdict(failure), ensure_ascii=False) + "\n" for failure in failures)
    if failures:
        (place.folder / FAILURES).write_text("".join(lines), encoding="utf-8")
    else:
        (place.folder / FAILURES).unlink(missing_ok=True)
    return failures
