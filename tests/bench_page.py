"""How quick the page is and whether it holds on to memory: `python -m tests.bench_page [QUESTIONS]`.

A server over two composed reports and one browser: the time from the server's start to the first page, from Enter
to the whole answer on the figure route, and what the server's memory grows by over many questions of one session.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from assistant.web.browsing import browsing, find_chromium
from assistant.web.serving import serving
from index.build import build
from index.place import Place
from tests.browser_reports import PROSE_QUESTION, QUESTION, UNANSWERABLE, write_reports

QUESTIONS = (QUESTION, PROSE_QUESTION, UNANSWERABLE, "全年港口货物吞吐量的目标值是多少？", "充电桩完好率是多少？")
WARM_UP = 20
START_MS = 120_000
LAYOUT_SHIFT = """() => new Promise(done => {
    new PerformanceObserver(list => {
        done(list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0))
    }).observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(0), 500)
})"""


def main(arguments: list[str]) -> int:
    many = int(arguments[0]) if arguments else 300
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("没有找到 Chromium，页面没有测量。\n")
        return 2
    with tempfile.TemporaryDirectory() as folder, browsing(chromium) as browser:
        place = Place(folder=Path(folder) / "store")
        build(place, write_reports(Path(folder) / "reports"))
        environment = {**os.environ, "JUSHI_STORE": str(place.folder)}
        with _served(environment):  # fills the disk cache
            pass
        started = time.perf_counter()
        with _served(environment) as (address, process):
            page = browser.new_page()
            page.goto(address)
            page.locator(".st-key-example-0 button").wait_for(timeout=START_MS)
            sys.stdout.write(f"启动到第一页：{time.perf_counter() - started:.1f} 秒\n")
            page.locator(".jushi-preparing").wait_for(state="detached", timeout=START_MS)
            sys.stdout.write(f"打开页面时的版面移动（累计）：{page.evaluate(LAYOUT_SHIFT):.3f}\n")
            _ask_many(page, process, many)
    return 0


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The page's address and the server's process."""
    before = children()
    with serving(environment) as address:
        (process,) = children() - before
        yield address, process


def children() -> set[int]:
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return {int(number) for number in own.read_text().split()}


def _ask_many(page: Page, process: int, many: int) -> None:
    seconds = []
    begun = 0
    for number in range(WARM_UP + many):
        if number == WARM_UP:
            begun = resident_bytes(process)
        took = _ask(page, QUESTIONS[number % len(QUESTIONS)], number)
        if QUESTIONS[number % len(QUESTIONS)] == QUESTION:
            seconds.append(took)
    grown = (resident_bytes(process) - begun) / 1e6
    sys.stdout.write(
        f"提问到完整回答（数据项）：中位 {statistics.median(seconds):.2f} 秒，最慢 {max(seconds):.2f} 秒\n"
    )
    sys.stdout.write(f"一个对话 {many} 问，服务内存增加 {grown:.1f} MB\n")


def _ask(page: Page, question: str, number: int) -> float:
    """Seconds from Enter until the answer is whole."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    started = time.perf_counter()
    box.press("Enter")
    page.locator(f".st-key-change-{number} button").wait_for(timeout=START_MS)
    page.locator(f".st-key-answer-{number} .passage.answer").wait_for(timeout=START_MS)
    took = time.perf_counter() - started
    page.locator("textarea:not([disabled])").wait_for(timeout=START_MS)
    return took


def resident_bytes(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
