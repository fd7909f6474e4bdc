"""The page in a real browser: the installed Chromium driven by Playwright, against a server of our own.

Without Chromium these tests are skipped and the run ends with "browser tests NOT RUN: reason"; REQUIRE_BROWSER=1
makes that a failure.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.web.browsing import browsing, find_chromium
from assistant.web.serving import serving
from index.place import Place

pytest_plugins = ["browser_notice"]

expect.set_options(timeout=30_000)
UNANSWERABLE = "女性新增就业人数是多少？"
EVIL = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'>**粗** $x$ 3~5~7"


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
def address(browser: Browser, bundled_place: Place) -> Iterator[str]:
    with serving({**os.environ, "JUSHI_STORE": str(bundled_place.folder)}) as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    """A page at the width of a desk that fails the test where it asks anything of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    yield page
    context.close()
    assert hosts <= {"localhost", None}, "the page asks other hosts"


@pytest.fixture
def page(visit: Page, address: str) -> Page:
    visit.goto(address)
    expect(visit.locator(".st-key-example-0 button")).to_be_visible()
    return visit


def _ask(page: Page, question: str) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")


def _has_no_sideways_scroll(page: Page) -> bool:
    widths = "e => e.scrollWidth <= e.clientWidth"
    return bool(page.locator("html").evaluate(widths)) and bool(page.locator(".stMain").evaluate(widths))


def test_an_example_is_answered_and_its_source_opens_beside_it(page: Page) -> None:
    page.locator(".st-key-example-0 button").click()
    mark = page.locator("button.citation").first
    expect(mark).to_have_text("[1]")
    expect(page.locator(".jushi-card-value b").first).to_be_visible()
    mark.click()
    expect(page.locator(".quotation mark").first).to_be_visible()
    answer, panel = page.locator(".passage.answer").bounding_box(), page.locator(".st-key-source-panel").bounding_box()
    assert answer is not None
    assert panel is not None
    assert panel["x"] > answer["x"] + answer["width"] - 1


def test_a_working_sign_shows_at_once_even_while_models_load(page: Page) -> None:
    """The line closes in the browser itself, whatever the server is busy with."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("全市城镇新增就业多少人？")
    box.evaluate(
        """box => {
            let sent
            const watch = new MutationObserver(() => { if (box.disabled) window.sign ??= performance.now() - sent })
            watch.observe(box, { attributes: true })
            box.addEventListener("keydown", () => { sent = performance.now() }, { capture: true })
        }"""
    )
    box.press("Enter")
    expect(page.locator(".passage.answer")).to_be_visible()
    expect(box).to_be_enabled()
    assert page.evaluate("window.sign") < 200


def test_a_refusal_shows_buttons(page: Page) -> None:
    _ask(page, UNANSWERABLE)
    expect(page.locator(".jushi-refused")).to_be_visible()
    expect(page.locator("[class*=st-key-suggestion-0-] button").first).to_be_visible()


def test_markup_in_a_question_is_shown_and_does_not_run(page: Page) -> None:
    _ask(page, EVIL)
    expect(page.locator(".jushi-question")).to_have_text(EVIL)
    expect(page.locator(".passage.answer, .stAlert").first).to_be_visible()
    assert page.evaluate("window.broken") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_phone_shows_everything_without_sideways_scroll(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert _has_no_sideways_scroll(page)
    page.locator(".st-key-example-0 button").click()
    page.locator("button.citation").first.click()
    expect(page.locator(".quotation mark").first).to_be_in_viewport()
    assert _has_no_sideways_scroll(page)
    _ask(page, UNANSWERABLE)
    expect(page.locator(".jushi-refused")).to_be_visible()
    assert _has_no_sideways_scroll(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address)
    title = page.locator(".jushi-title")
    expect(title).to_be_visible()
    ink = title.evaluate("e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)")
    ground = page.locator(".stApp").evaluate(
        "e => getComputedStyle(e).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert abs(sum(ink) - sum(ground)) > 400
    assert (sum(ground) < 200) == (scheme == "dark")
    context.close()


def test_an_error_is_a_chinese_sentence(visit: Page, tmp_path: Path) -> None:
    with serving({**os.environ, "JUSHI_STORE": str(tmp_path / "nowhere")}) as address:
        visit.goto(address)
        error = visit.locator(".stAlert")
        expect(error).to_contain_text("索引")
        assert "Traceback" not in visit.content()
        assert "Error" not in error.inner_text()
