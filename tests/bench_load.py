"""Many conversations at once on one server: `python -m tests.bench_load [--minutes 10] [--think 15] [--steps 10 5]`.

Each conversation is a window of a visitor of its own (page_visit.py) over one of many composed reports, whose figures
no other report has: an answer that lacks its own figure, or a window that shows another's, is counted. People read
and type between questions: `--think` is the mean pause in seconds, each between half of it and one and a half.
`--steps` goes on with shorter pauses, half a minute each, until the 95th percentile passes the limit. The client
shares the machine with the server, so that what it says of the server is rather too long than too short.
"""

import argparse
import asyncio
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from assistant.web.serving import serving
from index.build import build
from index.place import Place
from tests.bench_page import children, resident_bytes
from tests.marked_reports import MOST, Marked, marked_reports, write_marked
from tests.page_visit import PageError, Visit

LIMIT_SECONDS = 1.0
STEP_SECONDS = 30.0
MEMORY_EVERY_SECONDS = 10.0
MB = 1e6


@dataclass(slots=True)
class Measured:
    """What one stretch of time has shown."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: float = 0.0

    def line(self, conversations: int, think: float) -> str:
        found = sorted(self.seconds)
        rate = len(found) / self.took
        return (
            f"{conversations} 个对话，间隔平均 {think:g} 秒：{len(found)} 问，每秒 {rate:.1f} 问；"
            f"中位 {statistics.median(found):.2f} 秒，95% {percentile(found, 0.95):.2f} 秒，"
            f"99% {percentile(found, 0.99):.2f} 秒，最慢 {found[-1]:.2f} 秒；出错 {len(self.errors)}\n"
        )


def main(arguments: list[str]) -> int:
    """0 where no answer was wrong and the 95th percentile of the first stretch within the limit."""
    options = _options(arguments)
    reports = marked_reports(min(options.conversations, options.reports))
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder=Path(folder) / "store")
        assert build(place, write_marked(Path(folder) / "reports", reports)).failures == ()
        before = children()
        with serving({**os.environ, "JUSHI_STORE": str(place.folder)}) as address:
            (server,) = children() - before
            load = Load(address, [reports[number % len(reports)] for number in range(options.conversations)])
            return asyncio.run(_measure(load, server, options))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="许多对话同时进行")
    parser.add_argument("--conversations", type=int, default=100)
    parser.add_argument("--reports", type=int, default=MOST)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--think", type=float, default=15)
    parser.add_argument("--steps", type=float, nargs="*", default=[])
    return parser.parse_args(arguments)


async def _measure(load: "Load", server: int, options: argparse.Namespace) -> int:
    memory = asyncio.create_task(_watch_memory(server))
    many = options.conversations
    sys.stdout.write(f"打开 {many} 个窗口：中位 {statistics.median(await load.open()):.2f} 秒\n")
    spent = processor_seconds(server)
    first = await load.run(options.think, options.minutes * 60)
    sys.stdout.write(first.line(many, options.think))
    spent = (processor_seconds(server) - spent) / len(first.seconds)
    sys.stdout.write(
        f"服务每问用处理器 {spent * 1000:.0f} 毫秒；机器负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核\n"
    )
    sys.stdout.writelines(f"  {error}\n" for error in first.errors[:10])
    memory.cancel()
    sys.stdout.write(_memory_line(await memory))
    for think in options.steps:
        step = await load.run(think, STEP_SECONDS)
        sys.stdout.write(step.line(many, think))
        if percentile(step.seconds, 0.95) > LIMIT_SECONDS:
            break
    await load.close()
    return 0 if not first.errors and percentile(first.seconds, 0.95) <= LIMIT_SECONDS else 1


class Load:
    """Conversations at once, each over its own report."""

    def __init__(self, address: str, reports: Sequence[Marked]) -> None:
        self._address = address
        self._conversations = [(report, report.questions()) for report in reports]
        self._windows: list[Visit] = []
        self._leave: list[asyncio.Event] = []
        self._chance = random.Random(11)

    async def open(self) -> list[float]:
        """One window after the other; the seconds each took."""
        for _ in self._conversations:
            window = await Visit.at(self._address, secrets.token_urlsafe(32))
            self._windows.append(window)
        return [window.drawn.seconds for window in self._windows]

    async def close(self) -> None:
        for window in self._windows:
            await window.connection.close()

    async def run(self, think: float, seconds: float) -> Measured:
        """All of them talk for so long."""
        measured = Measured()
        began = time.perf_counter()
        await asyncio.gather(
            *(self._talk(number, think, began + seconds, measured) for number in range(len(self._windows)))
        )
        measured.took = seconds
        return measured

    async def _talk(self, number: int, think: float, until: float, measured: Measured) -> None:
        report, questions = self._conversations[number]
        await asyncio.sleep(self._chance.uniform(0, think))
        while time.perf_counter() < until:
            question, digits = next(questions)
            try:
                drawn = await self._windows[number].ask(question)
            except (PageError, TimeoutError, WebSocketException) as error:
                measured.errors.append(f"{question}：{error!r}")
                self._windows[number] = await Visit.at(self._address, secrets.token_urlsafe(32))
                continue
            measured.seconds.append(drawn.seconds)
            answer = drawn.answers()[-1] if drawn.answers() else ""
            strays = report.strays(drawn.text())
            if digits not in answer or strays or drawn.alerts():
                measured.errors.append(f"{question}：{answer} {sorted(strays)} {drawn.alerts()}")
            await asyncio.sleep(self._chance.uniform(0.5 * think, 1.5 * think))


async def _watch_memory(server: int) -> list[int]:
    """Resident bytes of the server, until cancelled."""
    seen: list[int] = []
    try:
        while True:
            seen.append(resident_bytes(server))
            await asyncio.sleep(MEMORY_EVERY_SECONDS)
    except asyncio.CancelledError:
        return seen


def _memory_line(seen: Sequence[int]) -> str:
    minutes = [round(seen[at] / MB) for at in range(0, len(seen), round(60 / MEMORY_EVERY_SECONDS))]
    return f"服务内存（MB，每分钟）：{' '.join(map(str, [*minutes, round(seen[-1] / MB)]))}\n"


def processor_seconds(process: int) -> float:
    """What a process has worked so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them do not pass."""
    return sorted(values)[max(0, -(-int(len(values) * share * 100) // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
