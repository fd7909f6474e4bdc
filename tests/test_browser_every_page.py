"""Every page in a real browser, light and dark, wide and narrow: nothing moves, hides, overflows or speaks English."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_fixtures import ask, has_no_sideways_scroll
from browser_reports import EVIL, QUESTION
from finished_runs import write_run
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assistant.web.serving import serving
from index.place import Place

pytest_plugins = ["browser_notice", "browser_fixtures"]

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DRAFT = "2021年，疏浚航道74公里，新开公交线路8条，新建泊位12.3万个。"
# Cumulative layout shift as web-vitals defines it: the largest sum within five seconds without a second's pause.
LAYOUT_SHIFT = """since => new Promise(done => {
    const observed = new PerformanceObserver(list => {
        let most = 0, sum = 0, first = 0, last = 0
        for (const entry of list.getEntries()) {
            if (entry.hadRecentInput || entry.startTime < since) continue
            if (entry.startTime - last > 1000 || entry.startTime - first > 5000) [sum, first] = [0, entry.startTime]
            last = entry.startTime
            sum += entry.value
            most = Math.max(most, sum)
        }
        done(most)
    })
    observed.observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(0), 300)
})"""
# Every text and label of the page and of the components in it, with the element it belongs to.
SAID = """() => {
    const said = []
    const walk = root => {
        for (const element of root.querySelectorAll("*")) {
            if (element.matches("[data-testid=stIconMaterial], style, script, noscript")) continue
            for (const name of ["title", "aria-label", "placeholder"]) said.push(element.getAttribute(name) ?? "")
            for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.data)
            if (element.shadowRoot) walk(element.shadowRoot)
        }
    }
    walk(document.body)
    return said
}"""
NAMES = {  # of formats, programs, commands and the tests' own files
    "Word", "Excel", "CSV", "Markdown", "txt", "md", "docx", "pdf", "html", "htm", "xlsx", "png", "jpg", "jpeg", "tif",
    "tiff", "bmp", "jsonl", "python", "evals", "run", "yungang", "MB",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visited:
    """A page and what is done on it, one after another; it is looked at after each."""

    path: str
    ready: str  # a selector that is there once the page is drawn
    acts: tuple[Callable[[Page], None], ...]


def _answered(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("button.citation").first.click()
    expect(page.locator(".source mark")).to_be_visible()


def _row(page: Page) -> None:
    page.locator(".ledger tbody tr").first.click()
    expect(page.locator(".st-key-figure-panel mark")).to_be_visible()


def _figure(page: Page) -> None:
    page.locator(".text .figure", has_text="4620个").click()
    expect(page.locator(".st-key-figure-panel mark")).to_be_visible()


def _draft(page: Page) -> None:
    page.get_by_role("tab", name="核稿").click()
    page.locator(".st-key-draft textarea").fill(DRAFT)
    page.locator(".st-key-check_draft button").click()
    expect(page.locator(".jushi-draft")).to_be_visible()


def _tab(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("tab", name=name).click()


def _as_it_opens(_: Page) -> None:
    pass


PAGES = {
    "ask": Visited("", ".st-key-example-0 button", (_answered,)),
    "indicators": Visited("indicators", ".ledger tbody tr", (_row,)),
    "report": Visited("report?report=yungang-2021.txt", ".text .figure", (_figure,)),
    "checking": Visited("checking?report=yungang-2021.txt", ".stTabs", (_as_it_opens, _draft)),
    "reports": Visited("reports", ".jushi-facts", (_as_it_opens, _tab("报告信息"))),
    "evaluation": Visited("evaluation", ".jushi-table", (_as_it_opens, _tab("开始评测"))),
}


@pytest.fixture(scope="module")
def desk_address(browser: Browser, browser_place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server bound to localhost, where everything is allowed, over an index with a finished run beside it."""
    store = tmp_path_factory.mktemp("desk") / "store"
    shutil.copytree(browser_place.folder, store)
    write_run(store / "runs" / "one", finished="2021-05-02T10:00:00", right=1)
    with serving({**os.environ, "JUSHI_STORE": str(store)}) as running:
        yield running


def _settle(page: Page) -> None:
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(300)


def _foreign_words(page: Page) -> set[str]:
    words = set(re.findall(r"[A-Za-z]{2,}", " ".join(page.evaluate(SAID)))) - NAMES
    return {word for word in words if word not in EVIL}


def _faults(page: Page) -> list[str]:
    found = Axe().run(page).response
    assert len(found["passes"]) > 5, "axe-core checked next to nothing"
    serious = [fault for fault in found["violations"] if fault["impact"] in {"serious", "critical"}]
    return [f"{fault['id']} {json.dumps(fault['nodes'][0]['target'])}" for fault in serious]


@pytest.fixture
def seen(browser: Browser) -> Iterator[Page]:
    """A page in the light, as wide as a desk."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", color_scheme="light")
    yield context.new_page()
    context.close()


def _open(page: Page, address: str, visited: Visited) -> None:
    page.goto(f"{address}/{visited.path}")
    expect(page.locator(visited.ready).first).to_be_visible()
    _settle(page)


def _is_dark(page: Page) -> bool:
    ground = page.locator(".stApp").evaluate("e => getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number)")
    return sum(ground[:3]) < 200


def _moved_by_opening(page: Page, address: str, visited: Visited) -> float:
    _open(page, address, visited)
    return float(page.evaluate(LAYOUT_SHIFT, 0))


def _moved_by_use(page: Page, address: str, visited: Visited) -> float:
    """The most that moves after one of the acts, but for the half second in which a browser expects it to."""
    _open(page, address, visited)
    moved = []
    for act in visited.acts:
        begun = page.evaluate("performance.now()")
        act(page)
        _settle(page)
        moved.append(float(page.evaluate(LAYOUT_SHIFT, begun)))
    return max(moved)


def _least(shift: Callable[[], float], tries: int = 3) -> float:
    """The smallest of a few visits: a machine at work draws what a click asked for after that half second."""
    return min(shift() for _ in range(tries))


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_read_and_reach_a_page(seen: Page, desk_address: str, name: str) -> None:
    """In light and dark, wide and narrow: contrast and labels by axe-core, no sideways scroll, no English."""
    _open(seen, desk_address, PAGES[name])
    for act in PAGES[name].acts:
        act(seen)
        _settle(seen)
        assert _foreign_words(seen) == set()
        for scheme, size in product(SCHEMES, (WIDE, NARROW)):
            seen.emulate_media(color_scheme=scheme)
            seen.set_viewport_size(size)
            seen.wait_for_timeout(150)
            assert _is_dark(seen) == (scheme == "dark")
            assert has_no_sideways_scroll(seen), size
            assert _faults(seen) == [], (scheme, size)
        seen.set_viewport_size(WIDE)
    assert seen.locator("html").get_attribute("lang") == "zh-CN"
    assert seen.locator(".stException").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_opens(seen: Page, desk_address: str, name: str) -> None:
    for size in (WIDE, NARROW):
        seen.set_viewport_size(size)
        assert _least(lambda: _moved_by_opening(seen, desk_address, PAGES[name])) <= 0.1, size


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_by_itself_while_a_page_is_used(seen: Page, desk_address: str, name: str) -> None:
    assert _least(lambda: _moved_by_use(seen, desk_address, PAGES[name])) <= 0.1


def test_on_paper_an_answer_is_dark_on_white_with_its_sources(seen: Page, desk_address: str) -> None:
    seen.emulate_media(color_scheme="dark")
    _open(seen, desk_address, PAGES["ask"])
    _answered(seen)
    assert _is_dark(seen)
    seen.emulate_media(media="print", color_scheme="dark")
    assert not _is_dark(seen)
    ink = seen.locator(".card .value b").evaluate("e => getComputedStyle(e).color.match(/\\d+/g).map(Number)")
    assert sum(ink[:3]) < 200
    expect(seen.locator("[class*=st-key-source-0-1] button")).to_be_visible()
    expect(seen.locator(".jushi-suggested")).to_be_hidden()
    expect(seen.get_by_test_id("stChatInput")).to_be_hidden()


def test_an_unknown_address_is_a_sentence(seen: Page, desk_address: str) -> None:
    seen.goto(f"{desk_address}/nowhere")
    expect(seen.get_by_role("dialog")).to_contain_text("没有这个页面")
    expect(seen.get_by_role("dialog")).to_contain_text("下面是问答页")
    expect(seen.locator(".st-key-example-0 button")).to_be_visible()
    assert _foreign_words(seen) == set()


def test_controls_speak_chinese_when_they_are_used(seen: Page, desk_address: str) -> None:
    """An empty choice, an open list, a file on its way, a file that is refused."""
    _open(seen, desk_address, PAGES["evaluation"])
    _tab("开始评测")(seen)
    seen.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(
        [{"name": "港航.jsonl", "mimeType": "text/plain", "buffer": b"{}"}]
    )
    expect(seen.get_by_test_id("stFileChipName")).to_be_visible()
    seen.locator(".st-key-cases input").fill("zzzz")
    expect(seen.get_by_role("listbox")).to_contain_text("没有符合的选项")
    _settle(seen)
    assert _foreign_words(seen) == set()
