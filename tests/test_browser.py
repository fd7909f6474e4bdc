"""问答 in a real browser: the installed Chromium driven by Playwright, against a server of our own."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlparse

from browser_fixtures import ask, has_no_sideways_scroll, open_chat
from browser_reports import EVIL, PROSE_QUESTION, QUESTION, UNANSWERABLE
from docx import Document
from playwright.sync_api import Browser, Page, expect

from assistant.web.serving import serving
from index.place import Place

pytest_plugins = ["browser_notice", "browser_fixtures"]


def _select_and_paste(page: Page) -> str:
    """What the clipboard holds, by pasting it into the line to type in."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.focus()
    page.keyboard.press("Control+V")
    return box.input_value()


def test_a_question_its_follow_up_and_its_source_beside_it(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.locator(".card .value b")).to_have_text("4620")
    expect(page.locator(".card .said")).to_contain_text("完成率 115.5%（计算所得）")
    expect(page.locator(".card .year")).to_have_count(2)
    mark = page.locator("button.citation").first
    expect(mark).to_have_text("[1]")
    mark.click()
    expect(page.locator(".source td.cited mark")).to_have_text("4620个")
    answer, panel = page.locator(".passage.answer").bounding_box(), page.locator(".st-key-source-panel").bounding_box()
    assert answer is not None
    assert panel is not None
    assert panel["x"] > answer["x"] + answer["width"] - 1
    ask(page, "那目标呢？")
    expect(page.locator(".jushi-understood")).to_contain_text("新建充电桩")
    expect(page.locator(".card .value b").last).to_have_text("4000")


def test_a_source_in_prose_is_highlighted_in_its_paragraph(page: Page) -> None:
    ask(page, PROSE_QUESTION)
    page.locator("[class*=st-key-source-0-1] button").click()
    expect(page.locator(".source mark")).to_have_text("74公里")
    expect(page.locator(".source mark")).to_be_in_viewport()
    page.locator(".st-key-close_source button").click()
    expect(page.locator(".source")).to_have_count(0)


def test_a_working_sign_shows_at_once_even_while_models_load(page: Page) -> None:
    """The line closes in the browser itself, whatever the server is busy with."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(QUESTION)
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


def test_a_refusal_offers_a_button_that_is_answered(page: Page) -> None:
    ask(page, UNANSWERABLE)
    expect(page.locator(".jushi-refused")).to_be_visible()
    page.locator("[class*=st-key-suggestion-0-] button").first.click()
    expect(page.locator(".card .value b").first).to_be_visible()


def test_a_script_in_a_report_or_a_question_is_shown_and_does_not_run(page: Page) -> None:
    ask(page, EVIL)
    expect(page.locator(".jushi-question")).to_have_text(EVIL)
    ask(page, PROSE_QUESTION)
    page.locator("button.citation").last.click()
    expect(page.locator(".source")).to_contain_text("全年疏浚航道")
    page.locator(".st-key-conversations button").first.click()
    expect(page.locator(".st-key-open-0 button")).to_be_visible()
    assert page.evaluate("window.broken") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_reload_keeps_the_conversation_and_another_browser_never_sees_it(
    page: Page, browser: Browser, address: str
) -> None:
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".card .value b")).to_have_text("4620")
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(page.url)
    expect(other.locator(".stAlert")).to_contain_text("没有找到这个地址里的对话")
    expect(other.locator(".st-key-example-0 button")).to_be_visible()
    other.locator(".st-key-conversations button").first.click()
    expect(other.get_by_text("还没有对话")).to_be_visible()
    other.context.close()


def test_two_windows_on_one_conversation_show_what_both_asked(page: Page, address: str) -> None:
    ask(page, QUESTION)
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.locator(".card .value b")).to_have_text("4620")
    ask(second, PROSE_QUESTION)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(UNANSWERABLE)
    box.press("Enter")
    expect(page.locator(".jushi-question")).to_have_text([QUESTION, PROSE_QUESTION, UNANSWERABLE])
    second.close()


def test_a_conversation_is_renamed_reopened_and_deleted(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".st-key-start_over button").click()
    expect(page.locator(".st-key-example-0 button")).to_be_visible()
    page.locator(".st-key-conversations button").first.click()
    page.locator(".st-key-rename-0 button").click()
    page.get_by_label("新名称").fill("充电桩")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-open-0 button")).to_have_text("充电桩")
    page.locator(".st-key-open-0 button").click()
    expect(page.locator(".card .value b")).to_have_text("4620")
    page.locator(".st-key-conversations button").first.click()
    page.locator(".st-key-delete-0 button").click()
    expect(page.get_by_text("还没有对话")).to_be_visible()


def test_figure_and_source_are_copied_over_plain_http(visit: Page, plain_address: str) -> None:
    open_chat(visit, plain_address)
    assert visit.evaluate("window.isSecureContext") is False
    ask(visit, QUESTION)
    visit.locator(".copy.one").click()
    expect(visit.locator(".copy.one")).to_have_text("已复制")
    pasted = _select_and_paste(visit)
    assert pasted.startswith("全年新建充电桩数量：4620个")
    assert "来源：《2021年度云港市交通运输局部门整体支出绩效自评报告》" in pasted


def test_a_conversation_leaves_as_a_word_document(page: Page, tmp_path: Path) -> None:
    ask(page, QUESTION)
    page.locator(".st-key-export button").first.click()
    with page.expect_download() as waiting:
        page.locator(".st-key-export-docx button").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    document = Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "4620个[1]" in text
    assert "[1] 《2021年度云港市交通运输局部门整体支出绩效自评报告》" in text
    assert "4620个" in [cell.text for cell in document.tables[0].rows[1].cells]


def test_a_phone_shows_everything_without_sideways_scroll(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert has_no_sideways_scroll(page)
    ask(page, QUESTION)
    page.locator("button.citation").first.click()
    expect(page.locator(".source mark").first).to_be_in_viewport()
    assert has_no_sideways_scroll(page)
    ask(page, UNANSWERABLE)
    assert has_no_sideways_scroll(page)
    page.locator(".st-key-conversations button").first.click()
    expect(page.locator(".st-key-open-0 button")).to_be_visible()
    assert has_no_sideways_scroll(page)


def test_a_server_that_stops_is_a_sentence_and_when_it_is_back_nothing_is_lost(
    visit: Page, browser_place: Place, tmp_path: Path
) -> None:
    """The conversation, and the words that were typed and not sent; the page finds the server again by itself."""
    shutil.copytree(browser_place.folder, tmp_path / "store")
    environment = {**os.environ, "JUSHI_STORE": str(tmp_path / "store")}
    box = visit.get_by_test_id("stChatInputTextArea")
    with serving(environment) as address:
        open_chat(visit, address)
        ask(visit, QUESTION)
        box.fill("还没有发出的话")
    app = visit.locator(".stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    assert "连接断了" in app.evaluate("app => getComputedStyle(app, '::before').content")
    expect(visit.locator(".card .value b")).to_have_text("4620")
    expect(visit.get_by_role("dialog")).to_contain_text("与服务器的连接断了")
    expect(visit.get_by_role("dialog")).to_contain_text("已有的问答不会丢")
    with serving(environment, port=urlparse(address).port or 0):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        assert app.evaluate("app => getComputedStyle(app, '::before').content") == "none"
        expect(visit.locator(".card .value b")).to_have_text("4620")
        assert box.input_value() == "还没有发出的话"
        ask(visit, PROSE_QUESTION)
        expect(visit.locator(".jushi-question")).to_have_text([QUESTION, PROSE_QUESTION])


def test_an_error_is_a_chinese_sentence(visit: Page, tmp_path: Path) -> None:
    with serving({**os.environ, "JUSHI_STORE": str(tmp_path / "nowhere")}) as address:
        visit.goto(address)
        error = visit.locator(".stAlert")
        expect(error).to_contain_text("索引")
        assert "Traceback" not in visit.content()
        assert "Error" not in error.inner_text()
