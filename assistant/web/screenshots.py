"""Pictures of the page for the README: `python -m assistant.web.screenshots --out docs/screenshots`.

Asks the first example, opens its source, and takes the picture at the width of a desk and of a phone.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from assistant.web.browsing import browsing, find_chromium
from assistant.web.serving import serving

VIEWPORTS: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
}
SETTLE_MS = 1_500  # until scrolling is done


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
            _picture(browser, address, name, options.out)
    return 0


def _picture(browser: Browser, address: str, name: str, folder: Path) -> None:
    context = browser.new_context(viewport=VIEWPORTS[name], locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    example = page.locator(".st-key-example-0 button")
    example.wait_for()
    page.locator(".jushi-preparing").wait_for(state="detached", timeout=120_000)
    page.screenshot(path=folder / f"{name}-start.png")
    example.click()
    page.locator("button.citation").first.click()
    page.locator("mark").first.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=folder / f"{name}-answer.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
