"""Pictures of every page for the README: `python -m assistant.web.screenshots --out docs/screenshots`.

Each at the width of a desk and of a phone. The chat asks the first example and opens its source, in light and dark;
its answer is then checked as a draft.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from assistant.web.browsing import browsing, find_chromium
from assistant.web.frame import ENTRIES, exists
from assistant.web.serving import serving

VIEWPORTS: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", ""), ("dark", "-dark"))
SETTLE_MS = 1_500  # until scrolling is done
START_MS = 120_000  # until the models are there
_MARK = re.compile(r"\[\d+\]")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.web.screenshots", description="给页面截图。")
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"), help="存放图片的文件夹")
    options = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("没有找到 Chromium，无法截图。Debian/Ubuntu：apt-get install chromium fonts-noto-cjk\n")
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    with serving() as address, browsing(chromium) as browser:
        for name in VIEWPORTS:
            for scheme, suffix in SCHEMES:
                answer = _chat(browser, address, name, options.out, scheme=scheme, suffix=suffix)
            _pages(browser, address, name, options.out)
            _draft(browser, address, name, options.out, answer)
    return 0


def _chat(
    browser: Browser, address: str, name: str, folder: Path, *, scheme: Literal["light", "dark"], suffix: str
) -> str:
    """The text of the answer in the picture."""
    context = browser.new_context(viewport=VIEWPORTS[name], locale="zh-CN", color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    example = page.locator(".st-key-example-0 button")
    example.wait_for(timeout=START_MS)
    page.locator(".jushi-preparing").wait_for(state="detached", timeout=START_MS)
    page.screenshot(path=folder / f"{name}-start{suffix}.png")
    example.click()
    page.locator("button.citation").first.click()
    page.locator("mark").first.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=folder / f"{name}-answer{suffix}.png")
    answer = page.locator(".passage.answer").inner_text()
    context.close()
    return answer


def _pages(browser: Browser, address: str, name: str, folder: Path) -> None:
    """The pages beside the chat, as they open."""
    context = browser.new_context(viewport=VIEWPORTS[name], locale="zh-CN")
    page = context.new_page()
    for entry in ENTRIES[1:]:
        if exists(entry.path):
            page.goto(f"{address}/{entry.path}")
            _wait_until_drawn(page)
            page.screenshot(path=folder / f"{name}-{entry.path}.png")
    context.close()


def _draft(browser: Browser, address: str, name: str, folder: Path, text: str) -> None:
    context = browser.new_context(viewport=VIEWPORTS[name], locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/checking")
    _wait_until_drawn(page)
    page.get_by_role("tab", name="核稿").click()
    page.locator(".st-key-draft textarea").fill(_MARK.sub("", text))
    page.locator(".st-key-check_draft button").click()
    page.locator(".jushi-draft").wait_for(timeout=START_MS)
    page.wait_for_timeout(SETTLE_MS)
    page.locator(".jushi-counts").scroll_into_view_if_needed()
    page.screenshot(path=folder / f"{name}-draft.png")
    context.close()


def _wait_until_drawn(page: Page) -> None:
    page.locator(".jushi-page-title").wait_for(timeout=START_MS)
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for(timeout=START_MS)
    page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
