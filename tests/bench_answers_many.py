"""How long answers take over stores of many composed reports, by what a question leaves open, and their memory.

    python -m tests.bench_answers_many [--sizes 1 10 100 1000] [--work FOLDER]   in a folder and on servers
Ratios are against the first size, in the same run. Questions are made from rows of reports drawn from all of a store,
so that most are met for the first time: `named` says place and year, `open` neither; `again` asks the same
a second time. Vectors are drawn (`tests.bench_index`): time and memory are those of an index, what a search by
meaning finds is not. Each size is measured in a process of its own; stores in FOLDER are used again.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from assistant.assistant import Assistant
from assistant.library import Library
from assistant.report_names import place_of
from corpus.settings import PROJECT
from index import jobs
from index.build import build
from index.place import configured_place
from index.store import Store
from tests.bench_index import DrawnEmbeddings
from tests.bench_index_reports import write_reports
from tests.servers import ChromaServer, PostgreSQL, postgresql_programs

SIZES = (1, 10, 100, 1000)
QUESTIONS = 60
ROUNDS = (("named", "open"), ("named again", "open again"))
# subjects of a report: 5 passages, 47 texts to be searched
FIELDS = 1
_SEED = 11
# few rows are asked about in more ways than one, for no question to be met twice where a store is small
_ASKED = ("是多少？", "有多少？", "达到多少？", "一共多少？", "具体是多少？", "是个什么数？")

Times = list[tuple[float, float]]  # milliseconds: by the clock, of the processor


def asked(library: Library) -> dict[str, list[str]]:
    """Questions about rows of reports drawn from the store, naming its place and year or nothing, no two alike."""
    draw = random.Random(_SEED)
    named, unnamed = dict[str, None](), dict[str, None]()
    held = sorted(library.reports)
    for _ in range(20 * QUESTIONS):
        metadata = library.reports[draw.choice(held)]
        words = draw.choice(library.store.figures(metadata.report)).name + draw.choice(_ASKED)
        named[f"{place_of(metadata)}{metadata.data_year}年{words}"] = None
        unnamed[words] = None
        if min(len(named), len(unnamed)) >= QUESTIONS:
            break
    return {"named": [*named][:QUESTIONS], "open": [*unnamed][:QUESTIONS]}


def measured(folder: Path) -> dict[str, object]:
    """What one store took, in this process: `times` by kind of question, statuses, seconds and MB."""
    store = Store.at(configured_place(folder))
    questions = asked(Library(store))
    began = time.perf_counter()
    library = Library(store)
    assistant = Assistant(library, max_question_characters=1000)
    assistant.warm()
    warm = time.perf_counter() - began
    opened, before = _memory(), time.perf_counter()
    assistant.answer(questions["named"][0])
    first = 1000 * (time.perf_counter() - before)
    times: dict[str, Times] = {}
    statuses: dict[str, dict[str, int]] = {}
    for kinds in ROUNDS:
        for kind, texts in zip(kinds, questions.values(), strict=True):
            found = [_timed(assistant, text) for text in texts]
            times[kind] = [taken for taken, _ in found]
            told = [status for _, status in found]
            statuses[kind] = {status: told.count(status) for status in dict.fromkeys(told)}
    about = {"reports": len(library.reports), "warm": warm, "first": first, "opened": opened, "memory": _memory()}
    return about | {"times": times, "statuses": statuses}


def _timed(assistant: Assistant, text: str) -> tuple[tuple[float, float], str]:
    began, worked = time.perf_counter(), time.process_time()
    status = assistant.answer(text).status
    return (1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)), status


def built(folder: Path) -> dict[str, object]:
    """Builds an index of the reports beside a store, with drawn vectors."""
    began, embeddings = time.perf_counter(), DrawnEmbeddings()
    with patch.object(jobs, "shared_embeddings", lambda setting: embeddings):
        result = build(configured_place(folder), [folder.parent / "reports"])
    assert not result.failures
    return {"seconds": time.perf_counter() - began, "memory": _memory()}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_a_process(step: str, folder: Path, servers: Mapping[str, str]) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.bench_answers_many", "--step", step, "--work", str(folder)]
    run = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | servers)
    found: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return found


def embedded(work: Path, sizes: Sequence[int]) -> None:
    first: dict[str, Times] = {}
    for size in sizes:
        folder = _composed(work, size) / "store"
        if not folder.is_dir():
            _say(f"embedded, {size} reports: built in {_in_a_process('build', folder, {})}")
        _told("embedded", _in_a_process("measure", folder, {}), first)


def served(work: Path, sizes: Sequence[int], programs: Path) -> None:
    """Each size in a database and a Chroma server of its own."""
    first: dict[str, Times] = {}
    with PostgreSQL(programs) as postgresql:
        for size in sizes:
            folder = _composed(work, size)
            with tempfile.TemporaryDirectory(dir=folder) as own, ChromaServer(Path(own) / "chroma") as chroma:
                servers = {"JUSHI_DATABASE_URL": postgresql.database(), "JUSHI_CHROMA_URL": chroma.url}
                store = folder / "served"
                _say(f"served, {size} reports: built in {_in_a_process('build', store, servers)}")
                _told("served", _in_a_process("measure", store, servers), first)


def _composed(work: Path, size: int) -> Path:
    folder = work / f"w{size}"
    if not (folder / "reports").is_dir():
        write_reports(folder / "reports", size, FIELDS)
    return folder


def _told(way: str, found: dict[str, object], first: dict[str, Times]) -> None:
    _say(
        f"{way}, {found['reports']} reports: ready in {found['warm']:.1f} s with {found['opened']:.0f} MB, first "
        f"answer {found['first']:.0f} ms, {found['memory']:.0f} MB at the end, load {os.getloadavg()[0]:.1f}"
    )
    times, statuses = found["times"], found["statuses"]
    assert isinstance(times, dict) and isinstance(statuses, dict)
    for kind, taken in times.items():
        first.setdefault(kind, taken)
        clock, work = (_spread([each[at] for each in taken], [each[at] for each in first[kind]]) for at in (0, 1))
        _say(f"    {kind:12} by the clock {clock}; of the processor {work}; {statuses[kind]}")


def _spread(times: Sequence[float], first: Sequence[float]) -> str:
    middle = statistics.median(times)
    p95 = sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]
    return f"median {middle:.1f} ms, p95 {p95:.1f}, ratio {middle / statistics.median(first):.2f}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_answers_many")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--ways", nargs="+", choices=("embedded", "served"), default=("embedded", "served"))
    parser.add_argument("--work", type=Path, help="where reports and indexes are made (a temporary folder)")
    parser.add_argument("--step", choices=("build", "measure"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        _say(json.dumps((built if options.step == "build" else measured)(options.work)))
        return
    programs = postgresql_programs()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        if "embedded" in options.ways:
            embedded(work, options.sizes)
        if "served" in options.ways and programs:
            served(work, options.sizes, programs)
        elif "served" in options.ways:
            _say("on servers NOT RUN: no PostgreSQL server on this machine (Debian: apt-get install postgresql)")


if __name__ == "__main__":
    main()
