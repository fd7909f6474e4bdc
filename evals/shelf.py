"""The reports that cases may be about, and an index of its own for every set of them.

    {"report": "b-2021.txt"} in the case       that report alone
    a-2022.tuning.jsonl                        a-2022.txt alone
    several.tuning.jsonl                       every report of the project
    any other file                             every report of the index in use

The project's reports are the bundled ones and those composed for the evaluation; others come from the index in
use. An index is built once and used again as long as its reports, the lexicon, the model and the code that
reads reports are the same.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.errors import StoreError
from corpus.ledger import read_report
from corpus.settings import PROJECT
from evals.cases import report_named_by
from evals.grounds import Ground, Library, OneIndex, open_ground
from evals.product import open_store
from index import sources
from index.build import Progress, build
from index.lock import exclusive
from index.manifest import ManifestError, read_manifest, write_manifest
from index.place import configured_place
from index.sources import SourceFile

COMPOSED = Path(__file__).parent / "reports"
STORES = PROJECT / "runs" / "stores"
SEVERAL = "several"
_STAMP = "reader.sha256"
_READERS = ("corpus", "index")  # the folders whose code decides what an index holds


def open_library(store: Path | None, progress: Progress) -> Library:
    """The index in `store` as it is; without one the shelf, which has an index for every set of reports."""
    return OneIndex(store) if store is not None else Shelf(progress)


class Shelf:
    """Reports by name. `ready` are indexes just built, used where they hold exactly what is asked for."""

    def __init__(self, progress: Progress, *, ready: tuple[Path, ...] = ()) -> None:
        self._progress = progress
        self._ready = ready
        self._project = _project_files()
        self._in_use = sources.held(configured_place().current()) or sources.bundled()
        self._files = self._in_use | self._project
        self._texts = _Texts(self._files)

    @property
    def texts(self) -> Mapping[str, str]:
        return self._texts

    def asked_over(self, path: Path, named: str | None) -> tuple[str, ...]:
        report = named or report_named_by(path, self._files)
        if report is not None:
            return (report,)
        return tuple(sorted(self._project if path.name.split(".")[0] == SEVERAL else self._in_use))

    def ground(self, reports: tuple[str, ...]) -> Ground:
        """The index of these reports, built where there is none that fits.

        Raises:
            StoreError: a report cannot be read, or the folder of indexes cannot be written.
        """
        files = {report: self._files[report] for report in reports}
        for folder in self._ready:
            if _holds(folder, files):
                return open_ground(folder)
        folder = STORES / hashlib.sha256("\0".join(reports).encode()).hexdigest()[:16]
        with _one_at_a_time(folder):
            configured_place(folder).set_apart(f"evals-{folder.name}")
            if not (_holds(folder, files) and _stamp(folder) == _reader_checksum()):
                self._build(folder, files)
            return open_ground(folder)

    def _build(self, folder: Path, files: Mapping[str, SourceFile]) -> None:
        _mark_out_of_date(folder)
        result = build(
            configured_place(folder), [file.path for file in files.values()], update=True, progress=self._progress
        )
        if result.failures:
            said = "；".join(f"{failure.report}：{failure.message}" for failure in result.failures)
            raise StoreError(f"评测用的索引建不成：{said}")
        (folder / _STAMP).write_text(_reader_checksum(), encoding="utf-8")


class _Texts(Mapping[str, str]):
    """Source texts by report name, each read when it is first asked for."""

    def __init__(self, files: Mapping[str, SourceFile]) -> None:
        self._files = files
        self._read: dict[str, str] = {}

    def __getitem__(self, report: str) -> str:
        if report not in self._read:
            file = self._files[report]
            self._read[report] = read_report(file.path, file.corrections).document.text
        return self._read[report]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _project_files() -> dict[str, SourceFile]:
    composed = sources.plan(None, [COMPOSED], update=False).files if COMPOSED.is_dir() else {}
    return sources.bundled() | composed


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two runs that need the same index build it once: the second waits for the first."""
    try:
        STORES.mkdir(parents=True, exist_ok=True)
        with exclusive(folder.with_suffix(".lock"), wait=True):
            yield
    except OSError as error:
        raise StoreError(f"评测用的索引写不进 {STORES}（{error.strerror}）。请检查磁盘空间和写权限。") from error


def _holds(folder: Path, files: Mapping[str, SourceFile]) -> bool:
    """Whether the index in `folder` can be used as it is and holds these files, no more and no fewer."""
    try:
        manifest = open_store(folder).manifest()
    except StoreError:
        return False
    return manifest.reports == {name: sources.shape_checksum(file) for name, file in files.items()}


def _stamp(folder: Path) -> str:
    stamp = folder / _STAMP
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else ""


def _mark_out_of_date(folder: Path) -> None:
    """Lets a build read the reports again although their files are the same; it keeps the vectors it knows."""
    generation = configured_place(folder).current()
    try:
        if generation is not None:
            write_manifest(generation, replace(read_manifest(generation), lexicon=""))
    except ManifestError:
        return  # no build would keep it


def _reader_checksum() -> str:
    """One sha256 over the code that reads and indexes reports: an evaluation is of the code as it stands."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in _READERS for path in (PROJECT / folder).rglob("*.py")):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
