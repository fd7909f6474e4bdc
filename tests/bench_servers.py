"""`python -m tests.bench_servers`: the embedded way against the office's servers, answer for answer, with latencies.

Every case of the evaluation is asked of an index in a folder and of one on PostgreSQL and a Chroma server, which the
bench starts; over the reports it is about and over all of them. Answers are compared as bytes, but for their timing;
no case is printed. `--reports FILE_OR_DIR… --questions FILE.jsonl…` asks these of an index of those.
"""

# ruff: noqa: T201

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from assistant.assistant import Assistant
from assistant.batch import answer_lines
from assistant.library import Library
from corpus.settings import PROJECT
from corpus.source import SUFFIXES
from index.build import build
from index.place import Place
from index.store import Store
from tests.reports import BUNDLED
from tests.servers import ChromaServer, PostgreSQL, postgresql_programs

CASES = PROJECT / "evals" / "cases"
COMPOSED = PROJECT / "evals" / "reports"
WAYS = ("embedded", "served", "served, a machine with an empty folder")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One index asked all questions: answers as text by position, and the milliseconds of each."""

    answers: list[str]
    milliseconds: list[float]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_servers")
    parser.add_argument("--reports", nargs="+", type=Path, default=[])
    parser.add_argument("--questions", nargs="+", type=Path, default=[])
    options = parser.parse_args(arguments)
    programs = postgresql_programs()
    if programs is None:
        print("server bench NOT RUN: no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
        return 0
    grounds = {"given": (options.reports, options.questions)} if options.reports else _grounds()
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgreSQL(programs) as postgresql,
        ChromaServer(Path(folder) / "chroma") as chroma,
    ):
        differing = sum(
            _compared(name, reports, questions, Path(folder) / name, postgresql, chroma)
            for name, (reports, questions) in grounds.items()
        )
    print(f"answers that differ: {differing}")
    return 1 if differing else 0


def _grounds() -> dict[str, tuple[list[Path], list[Path]]]:
    """Each report of the project alone with the cases about it, and all of them with every case."""
    reports = [BUNDLED, *sorted(path for path in COMPOSED.iterdir() if path.suffix in SUFFIXES)]
    alone = {report.stem: ([report], sorted(CASES.glob(f"{report.stem}.*.jsonl"))) for report in reports}
    return {name: ground for name, ground in alone.items() if ground[1]} | {
        "all": (reports, sorted(CASES.glob("*.jsonl")))
    }


def _compared(
    name: str, reports: list[Path], questions: list[Path], folder: Path, postgresql: PostgreSQL, chroma: ChromaServer
) -> int:
    """How many answers differ from the embedded ones."""
    lines = [line for path in questions for line in path.read_text(encoding="utf-8").splitlines()]
    embedded = Place(folder=folder / "embedded")
    served = Place(folder=folder / "served", database_url=postgresql.database(), chroma_url=chroma.url)
    places = (embedded, served, replace(served, folder=folder / "empty"))
    for place in places[:2]:
        started = time.perf_counter()
        assert build(place, reports).failures == ()
        print(f"{name}: {WAYS[places.index(place)]}: built in {time.perf_counter() - started:.1f} s", flush=True)
    asked = [_asked(place, lines) for place in places]
    differing = 0
    for way, one in zip(WAYS, asked, strict=True):
        different = sum(first != other for first, other in zip(asked[0].answers, one.answers, strict=True))
        differing += different
        print(f"{name}: {way}: {len(lines)} questions, {different} answers differ, {_latency(one)}", flush=True)
    return differing


def _asked(place: Place, lines: Iterable[str]) -> Asked:
    assistant = Assistant(Library(Store.at(place)), max_question_characters=1000)
    assistant.warm()
    answers = [json.loads(line) for line, _ in answer_lines(assistant, lines)]
    timed = [answer.pop("timing_ms", {"total": 0.0})["total"] for answer in answers]
    return Asked(answers=[json.dumps(answer, ensure_ascii=False) for answer in answers], milliseconds=timed)


def _latency(asked: Asked) -> str:
    return f"median {median(asked.milliseconds):.1f} ms, p95 {quantiles(asked.milliseconds, n=20)[-1]:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
