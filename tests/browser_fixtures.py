"""Pytest plugin of the browser tests: the installed Chromium, and one server over two composed reports.

Without Chromium the tests are skipped and the run ends with "browser tests NOT RUN: reason"; REQUIRE_BROWSER=1
makes that a failure.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from browser_reports import write_reports
from playwright.sync_api import Browser, Page, expect

from assistant.web.browsing import browsing, find_chromium
from assistant.web.serving import serving
from index.build import build
from index.place import Place

expect.set_options(timeout=30_000)

# A datagram socket that is connected sends nothing, and knows the machine's address on the way to that host.
_OWN_ADDRESS = """
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    probe.connect(("192.0.2.1", 9))
    print(probe.getsockname()[0])
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        reason = "browser tests NOT RUN: no Chromium on the path (Debian: apt-get install chromium fonts-noto-cjk)"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with browsing(chromium) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser_place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The index of the two composed reports; conversations are kept beside it."""
    folder = tmp_path_factory.mktemp("browser")
    place = Place(folder=folder / "store")
    assert build(place, write_reports(folder / "reports")).failures == ()
    return place


@pytest.fixture(scope="session")
def address(browser_place: Place) -> Iterator[str]:
    """The page's address on localhost; the server listens on the machine's other addresses too."""
    environment = {**os.environ, "JUSHI_STORE": str(browser_place.folder), "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with serving(environment) as running:
        yield running


@pytest.fixture(scope="session")
def plain_address(address: str) -> str:
    """The same page at the machine's own address over plain http, which is no secure context for a browser."""
    found = subprocess.run([sys.executable, "-c", _OWN_ADDRESS], capture_output=True, text=True, check=False)
    own = found.stdout.strip()
    if not own or own.startswith("127."):
        pytest.skip("this machine has no address but localhost")
    return address.replace("localhost", own)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    """A page at the width of a desk that fails the test where it asks anything of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    yield page
    own = urlparse(page.url).hostname
    context.close()
    assert hosts <= {"localhost", own, None}, "the page asks other hosts"


@pytest.fixture
def page(visit: Page, address: str) -> Page:
    open_chat(visit, address)
    return visit


def open_chat(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".st-key-example-0 button")).to_be_visible()


def ask(page: Page, question: str) -> None:
    """Types a question and waits until its answer, or the sentence in its place, is there whole."""
    shown = page.locator(".jushi-question").count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".jushi-question")).to_have_count(shown + 1)
    expect(page.locator(f".st-key-change-{shown} button")).to_be_visible()
    expect(box).to_be_enabled()


def has_no_sideways_scroll(page: Page) -> bool:
    widths = "e => e.scrollWidth <= e.clientWidth"
    return bool(page.locator("html").evaluate(widths)) and bool(page.locator(".stMain").evaluate(widths))
