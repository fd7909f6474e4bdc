"""How long answers take: all tuning cases, stores of 1, 10 and 100 reports, a cold question, long conversations.

`python -m tests.bench_answers 100` measures with up to as many reports. Indexes stay in `runs/bench-answers` and
are used again. It prints medians and 95th percentiles of `timing_ms.total`, and the load of the machine beside them.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.batch import answer_lines
from assistant.conversations.conversation import Turn
from corpus.ledger import read_report
from corpus.settings import PROJECT, settings
from evals.shelf import COMPOSED, Shelf
from index.build import build
from index.lock import exclusive
from index.place import configured_place
from index.store import Store
from tests.reports import BUNDLED

CASES = PROJECT / "evals" / "cases"
FOLDER = PROJECT / "runs" / "bench-answers"
TURNS = (2, 10, 40)
COLD_RUNS = 5
SIZES = (1, 10, 100, 1000)
_NUMBER = re.compile(r"(?<![\d.,])\d{2,}(?:\.\d+)?(?![\d.,年月日〕])")
# One line in so many has its numbers changed; the others keep their vectors.
_LINES_CHANGED = 8


def variants(count: int, folder: Path) -> list[Path]:
    """The bundled report and copies of it by other places, in other years, with other numbers; the same each time."""
    folder.mkdir(parents=True, exist_ok=True)
    metadata = read_report(BUNDLED).document.metadata
    text = BUNDLED.read_text(encoding="utf-8-sig")
    paths = [BUNDLED]
    for number in range(1, count):
        path = folder / f"composed-{number:03}.txt"
        path.write_text(_variant(text, metadata.place or "", str(metadata.data_year), number), encoding="utf-8")
        paths.append(path)
    return paths


def _variant(text: str, place: str, year: str, number: int) -> str:
    """Every second one of another place; all of other years, and with other numbers in some lines."""
    draw = random.Random(number)
    other = f"{'东南西北'[number % 4]}{'山河湖岭'[number // 4 % 4]}{'一二三四五六七八九'[number % 9]}市"
    lines = (
        line if draw.randrange(_LINES_CHANGED) else _NUMBER.sub(lambda found: _changed(found[0], draw), line)
        for line in text.split("\n")
    )
    varied = "\n".join(lines).replace(year, str(2000 + number % 20), 1)  # the first of both are the title's
    return varied.replace(place, other, 1) if number % 2 else varied


def _changed(number: str, draw: random.Random) -> str:
    return number[0] + "".join(draw.choice("123456789") if each.isdigit() else each for each in number[1:])


def store_of(count: int) -> Path:
    """An index of so many reports; built where there is none that fits."""
    place = configured_place(FOLDER / f"store-{count}")
    paths = variants(count, FOLDER / f"reports-{count}")
    with exclusive((FOLDER / f"store-{count}.lock"), wait=True):
        # The first alone, then the others: what they say alike keeps its vector.
        for own in (paths[:1], paths):
            result = build(place, own, update=True)
            assert result.failures == (), result.failures
    return place.folder


def questions(name: str) -> list[str]:
    """The lines of a tuning split as `batch` takes them."""
    return (CASES / f"{name}.tuning.jsonl").read_text(encoding="utf-8").splitlines()


def times_of(assistant: Assistant, lines: Sequence[str]) -> list[float]:
    """Milliseconds of each answer, as `batch` gives them; lines that cannot be answered count for nothing."""
    answers = (json.loads(line) for line, _ in answer_lines(assistant, lines))
    return [answer["timing_ms"]["total"] for answer in answers if "timing_ms" in answer]


def opened(folder: Path) -> Assistant:
    """An assistant with everything loaded and one question of each kind answered."""
    assistant = Assistant.open(settings().model_copy(update={"store": folder}))
    assistant.warm()
    list(answer_lines(assistant, questions(_bundled())[:3]))
    return assistant


def ordinary() -> list[str]:
    """The questions of the bundled report's tuning cases, without what was said before."""
    return [json.loads(line)["question"] for line in questions(_bundled())]


def _bundled() -> str:
    return BUNDLED.name.removesuffix(".txt")


def all_cases() -> list[float]:
    """Every tuning case over the reports it is asked of."""
    shelf = Shelf(lambda *_: None)
    found: list[float] = []
    for path in sorted(CASES.glob("*.tuning.jsonl")):
        ground = shelf.ground(shelf.asked_over(path, None))
        found += times_of(opened(ground.folder), questions(path.name.split(".")[0]))
    return found


def cold(folder: Path) -> list[float]:
    """Milliseconds of a process that answers one question whose figure the words settle."""
    store = Store.at(configured_place(folder))
    name = next(row.name for row in store.indicators() if row.actual_figures)
    command = [sys.executable, "-m", "assistant", "ask", f"{name}实际完成多少？", "--store", str(folder)]
    return [_milliseconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(COLD_RUNS)]


def _milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def conversation(assistant: Assistant, turns: int) -> list[float]:
    """Milliseconds of the last follow-ups of a conversation of so many turns."""
    history: list[Turn] = []
    found = []
    for number, question in enumerate(_turns(assistant, turns)):
        answer = assistant.answer(question, history)
        if number >= turns - 2:
            found.append(answer.timing_ms["total"])
        history += [Turn(role="user", content=question), Turn(role="assistant", content=answer.answer)]
    return found


def _turns(assistant: Assistant, count: int) -> Iterator[str]:
    names = [row.name for row in assistant.library.indicators if row.actual_figures and row.target_figures]
    for number in range(count - 2):
        yield f"{names[number % len(names)]}实际完成多少？" if number % 3 == 0 else ("那目标呢", "完成率呢")[number % 2]
    yield from (f"{names[0]}实际完成多少？", "那目标呢")


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(ordered):7.1f} ms   p95 {last:7.1f} ms   n {len(ordered)}"


def main(most: int) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)

    def tell(what: str, times: Sequence[float]) -> None:
        sys.stdout.write(f"{what:34} {_told(times)}   load {os.getloadavg()[0]:.1f}\n")
        sys.stdout.flush()

    assert COMPOSED.is_dir()
    tell("all tuning cases, own reports", all_cases())
    first = store_of(1)
    tell("cold ask of a figure", cold(first))
    assistant = opened(first)
    for turns in TURNS:
        tell(f"last follow-ups of {turns} turns", [each for _ in range(5) for each in conversation(assistant, turns)])
    alone: list[float] = []
    for count in (each for each in SIZES if each <= most):
        times = times_of(opened(store_of(count)), questions(_bundled()))
        alone = alone or times
        ratio = statistics.median(times) / statistics.median(alone)
        tell(f"store of {count} reports, ratio {ratio:.1f}", times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
