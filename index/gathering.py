"""Gathers what a build takes in: copies of all files, and the parts of those reports that have to be read.

A report is read where its file, its metadata, the index format, the lexicon or the model changed. Parts are kept
aside in the store's folder until the index is published: a build after one that was killed finds them there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus.formats.page_progress import listening
from index import sources
from index.contents import New, Progress
from index.jobs import Job, Outcome, embed_one, read_one
from index.manifest import Fit, ManifestError, fit, read_manifest
from index.model_name import model_name
from index.parts import ASIDE, aside_of, shaping
from index.place import Place
from index.sources import Failure, SourceFile
from index.workers import Workers


@dataclass(frozen=True, kw_only=True, slots=True)
class Serving:
    """The generation in service as a build uses it."""

    folder: Path | None
    files: Mapping[str, SourceFile]  # that it keeps
    checksums: Mapping[str, str]  # of the reports it holds
    fits: bool  # whether its rows can be taken over
    same_model: bool  # whether its vectors can


@dataclass(kw_only=True, slots=True)
class Gathered:
    """Reports to take in anew and those to take over, the checksums of both, and what could not be read."""

    new: dict[str, New] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    checksums: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def reports(self) -> set[str]:
        return {*self.new, *self.kept}


def serving_of(place: Place, folder: Path | None) -> Serving:
    """What the generation in `folder` offers to the next one."""
    model = model_name(place.embedding_model)
    try:
        manifest = read_manifest(folder) if folder else None
    except ManifestError:
        manifest = None
    return Serving(
        folder=folder,
        files=sources.held(folder),
        checksums=manifest.reports if manifest else {},
        fits=fit(folder, model=model) is Fit.FITS,
        same_model=manifest is not None and manifest.model == model,
    )


class Gathering:
    """One build's work on its reports, one after the other or many at once."""

    def __init__(
        self, place: Place, generation: Path, serving: Serving, workers: Workers, progress: Progress, *, anew: bool
    ) -> None:
        self._place, self._generation, self._serving = place, generation, serving
        self._workers, self._progress = workers, progress
        self._carries = serving.fits and not anew
        self._aside = aside_folder(place)
        self._shaping = shaping(model_name(place.embedding_model))
        self._jobs: dict[str, Job] = {}

    def gather(self, files: Mapping[str, SourceFile]) -> Gathered:
        """The parts of these files; one that fails gives way to the copy held before, if there is one."""
        self._aside.mkdir(exist_ok=True)
        gathered = Gathered()
        jobs = [job for name, file in sorted(files.items()) if (job := self._job(name, file, gathered))]
        again = []
        for outcome in self._read(jobs):
            if outcome.failure:
                gathered.failures.append(Failure(report=outcome.name, message=outcome.failure))
                again += self._given_way(outcome.name, files[outcome.name], gathered)
            else:
                self._take(outcome, gathered)
        for outcome in self._read(again):
            if not outcome.failure:
                self._take(outcome, gathered)
        self._embed(gathered)
        gathered.failures.sort(key=lambda failure: failure.report)
        return gathered

    def _job(self, name: str, file: SourceFile, gathered: Gathered) -> Job | None:
        """Copies a file; what has to be done about its report, if anything."""
        path = sources.copy(file, self._generation)
        checksum = sources.shape_checksum(file)
        gathered.checksums[name] = checksum
        if self._carries and self._serving.checksums.get(name) == checksum:
            gathered.kept.add(name)
            return None
        known = self._serving.same_model and name in self._serving.checksums
        return Job(
            name=name,
            path=path,
            corrections=file.corrections,
            aside=aside_of(self._aside, name, checksum, self._shaping),
            place=self._place,
            serving=self._serving.folder if known else None,
        )

    def _given_way(self, name: str, file: SourceFile, gathered: Gathered) -> list[Job]:
        before = self._serving.files.get(name)
        if before is None:
            sources.discard(self._generation, name)
            return []
        if before == file:
            return []  # a held file that can no longer be read stays held, for a version that reads it again
        sources.discard(self._generation, name)
        job = self._job(name, before, gathered)
        return [job] if job else []

    def _take(self, outcome: Outcome, gathered: Gathered) -> None:
        aside = self._jobs[outcome.name].aside
        gathered.new[outcome.name] = New(aside=aside, indicators=outcome.indicators, texts=outcome.texts)

    def _read(self, jobs: list[Job]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        if not jobs:
            return outcomes
        self._progress("读取报告", 0, len(jobs))
        self._jobs |= {job.name: job for job in jobs}
        with listening(self._progress):  # a scanned report tells its pages
            for outcome in self._workers.each(read_one, jobs):
                outcomes.append(outcome)
                self._progress("读取报告", len(outcomes), len(jobs))
        return outcomes

    def _embed(self, gathered: Gathered) -> None:
        total, done = sum(new.texts for new in gathered.new.values()), 0
        if not gathered.new:
            return

        def told(texts: int) -> None:
            nonlocal done
            self._progress("计算向量", done, total)
            done += texts

        work = partial(embed_one, told=told) if self._workers.here else embed_one
        for outcome in self._workers.each(work, [self._jobs[name] for name in sorted(gathered.new)]):
            if outcome.failure:
                gathered.failures.append(Failure(report=outcome.name, message=outcome.failure))
                del gathered.new[outcome.name]
            elif not self._workers.here:
                told(outcome.texts)
        self._progress("计算向量", total, total)


def aside_folder(place: Place) -> Path:
    return place.folder / ASIDE
