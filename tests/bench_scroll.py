"""Scrolls over 500 ledger rows and over a long report in Chromium: `python -m tests.bench_scroll`.

Prints, for each, the number of elements, the median frame and the 95th percentile in milliseconds. A frame is the
time between two calls of requestAnimationFrame while the box is moved by a fixed step in each.
"""

import sys
from pathlib import Path
from statistics import median, quantiles

from assistant.web.browsing import browsing, find_chromium
from assistant.web.serving import serving

PAGE = Path(__file__).parent / "scroll_page.py"
LIMIT_MS = 33
SCROLL = """(box, step) => new Promise(done => {
    const frames = []
    let before = performance.now()
    const move = now => {
        frames.push(now - before)
        before = now
        const at = box.scrollTop
        box.scrollTop += step
        if (box.scrollTop === at || frames.length > 600) done(frames.slice(2))
        else requestAnimationFrame(move)
    }
    requestAnimationFrame(move)
})"""


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("没有找到 Chromium，无法测量。\n")
        return 2
    slow = 0
    with serving(page=PAGE) as address, browsing(chromium) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        for name, box, inside in (("500 ledger rows", ".ledger", "tr"), ("a long report", ".text", "*")):
            page.locator(f"{box} {inside}").first.wait_for(timeout=120_000)
            page.wait_for_timeout(2_000)
            count = page.locator(f"{box} {inside}").count()
            frames = page.locator(box).evaluate(SCROLL, 60)
            typical = median(frames)
            late = quantiles(frames, n=20)[-1]
            slow += typical > LIMIT_MS
            told = f"{count} elements, {len(frames)} frames, median {typical:.1f} ms, p95 {late:.1f} ms"
            sys.stdout.write(f"{name}: {told}\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
