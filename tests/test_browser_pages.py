"""The pages beside the chat in a real browser: indicators to their source, reports added and removed, drafts checked.

The server is bound to every address of the machine, so that changing reports asks for the password.
"""

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_fixtures import ask
from browser_reports import EVIL
from docx import Document as WordDocument
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from printed_reports import as_pdf

from assistant.web.serving import serving
from corpus.reading import read_document
from corpus.source import Source
from index.place import Place

pytest_plugins = ["browser_notice", "browser_fixtures"]

PASSWORD = "云港-口令"
PRINTED = "2021年度望海区水务局工作总结\n\n一、供水保障\n\n全区改造供水管网38.6公里，新建水厂3座。\n"
WRITTEN = "全市改造危旧校舍27栋，新增学位5230个。"


@pytest.fixture(scope="module")
def own_address(browser: Browser, browser_place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over an index of its own, which these tests change."""
    store = tmp_path_factory.mktemp("pages") / "store"
    shutil.copytree(browser_place.folder, store)
    environment = {
        **os.environ,
        "JUSHI_STORE": str(store),
        "JUSHI_ADMIN_PASSWORD": PASSWORD,
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
    }
    with serving(environment) as running:
        yield running


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A text with a script in it, a Word document and a PDF."""
    folder = tmp_path_factory.mktemp("uploads")
    text = f"2021年度青溪县林业局工作总结\n\n一、造林\n\n全县完成造林面积4860亩。{EVIL}\n"
    (folder / "qingxi.txt").write_text(text, encoding="utf-8")
    word = WordDocument()
    word.add_heading("2021年度云港市教育局工作总结", level=1)
    word.add_paragraph(WRITTEN)
    word.save(str(folder / "jiaoyu.docx"))
    document = read_document(Source(name="shuiwu.txt", text=PRINTED, checksum="0"))
    (folder / "shuiwu.pdf").write_bytes(as_pdf(document))
    return sorted(folder.iterdir())


def _upload(page: Page, files: list[Path]) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(path) for path in files])


def _admit(page: Page, address: str) -> None:
    page.goto(f"{address}/reports")
    page.locator(".st-key-admin_password input").fill(PASSWORD)
    page.get_by_role("button", name="进入管理").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()


def test_indicators_are_filtered_and_a_figure_leads_to_its_source(visit: Page, own_address: str) -> None:
    visit.goto(f"{own_address}/indicators")
    rows = visit.locator(".ledger tbody tr")
    expect(rows.first).to_be_visible()
    everything = rows.count()
    visit.locator(".st-key-filter input").press_sequentially("疏浚 2021年")
    expect(visit.locator(".jushi-count")).not_to_have_text(f"{everything} 条")
    dredged = rows.filter(has_text="74公里")
    expect(dredged).to_have_count(1)
    expect(rows.filter(has_text="4620个")).to_have_count(0)
    dredged.press("Enter")
    expect(visit.locator(".st-key-figure-panel mark")).to_have_text("74公里")
    assert "indicator=yungang-2021.txt" in visit.url
    visit.get_by_text("在原文中查看").click()
    expect(visit.locator(".text .wanted")).to_have_text("74公里")
    expect(visit.locator(".text .wanted")).to_be_in_viewport()
    visit.locator(".text .figure", has_text="4620个").click()
    expect(visit.locator(".st-key-figure-panel")).to_contain_text("充电桩")
    visit.get_by_text("在指标表中查看").click()
    expect(visit.locator(".ledger tr[aria-selected=true]")).to_contain_text("4620个")


def test_the_table_is_sorted_and_downloaded(visit: Page, own_address: str) -> None:
    visit.goto(f"{own_address}/indicators")
    head = visit.locator(".ledger th", has_text="名称")
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = visit.locator(".ledger tbody td:first-child").all_inner_texts()
    assert names == sorted(names)
    with visit.expect_download() as download:
        visit.locator(".st-key-xlsx button").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert [sheet.title for sheet in book] == ["数据项", "指标"]
    assert book["数据项"].max_row == len(names) + 1


def test_a_report_is_searched(visit: Page, own_address: str) -> None:
    visit.goto(f"{own_address}/report?report=yungang-2021.txt")
    expect(visit.locator(".text h3").first).to_have_text("一、基本情况")
    visit.locator(".search input").fill("充电桩")
    expect(visit.locator(".search output")).to_contain_text("1/")
    visit.get_by_role("button", name="下一处").click()
    expect(visit.locator(".search output")).to_contain_text("2/")
    visit.locator("nav button", has_text="三、存在问题").click()
    expect(visit.locator(".text h3", has_text="三、存在问题")).to_be_in_viewport()


def test_a_pasted_paragraph_is_checked_and_its_result_downloaded(visit: Page, own_address: str) -> None:
    visit.goto(f"{own_address}/checking")
    visit.get_by_role("tab", name="核稿").click()
    visit.locator(".st-key-draft textarea").fill(f"2021年，疏浚航道74公里，新开公交线路8条。{EVIL}")
    visit.locator(".st-key-check_draft button").click()
    expect(visit.locator(".jushi-draft .jushi-agrees").first).to_contain_text("74公里")
    expect(visit.locator(".jushi-draft .jushi-differs")).to_contain_text("8条")
    expect(visit.locator(".st-key-checked-2")).to_contain_text("9条")
    with visit.expect_download() as download:
        visit.locator(".st-key-checked_xlsx button").click()
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert [cell.value for cell in sheet["C"]][:3] == ["结论", "一致", "不一致"]
    with visit.expect_download() as download:
        visit.locator(".st-key-checked_docx button").click()
    written = WordDocument(download.value.path())
    assert "疏浚航道74公里√1，新开公交线路8条×2。" in "".join(paragraph.text for paragraph in written.paragraphs)
    assert [cell.text for cell in written.tables[0].columns[2].cells][:3] == ["结论", "一致", "不一致"]
    assert visit.evaluate("window.broken") is None


def test_a_pdf_is_checked_as_a_draft(visit: Page, own_address: str) -> None:
    draft = as_pdf(
        read_document(Source(name="draft.txt", text="2021年，疏浚航道74公里，新开公交线路8条。", checksum="0"))
    )
    visit.goto(f"{own_address}/checking")
    visit.get_by_role("tab", name="核稿").click()
    given = {"name": "草稿.pdf", "mimeType": "application/pdf", "buffer": draft}
    visit.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([given])
    expect(visit.get_by_test_id("stFileChipName")).to_be_visible()
    visit.locator(".st-key-check_draft button").click()
    expect(visit.locator(".jushi-draft .jushi-differs")).to_contain_text("8条")


def test_reports_are_added_behind_the_password_asked_about_and_removed(
    visit: Page, own_address: str, files: list[Path], tmp_path: Path
) -> None:
    """One text, one Word document and one PDF at once; an open chat goes on over the new index."""
    visit.goto(f"{own_address}/reports")
    expect(visit.get_by_test_id("stFileUploaderDropzone")).to_have_count(0)
    visit.locator(".st-key-admin_password input").fill("猜的")
    visit.get_by_role("button", name="进入管理").click()
    expect(visit.locator(".stAlert", has_text="密码不对")).to_be_visible()
    _admit(visit, own_address)
    _upload(visit, [*files, _written(tmp_path / "notes.log", "17")])
    expect(visit.locator(".stAlert", has_text="不能读")).to_be_visible()
    chat = visit.context.new_page()
    chat.goto(own_address)
    expect(chat.locator(".st-key-example-0 button")).to_be_visible()
    visit.get_by_role("button", name="加入索引（3 份）").click()
    expect(visit.locator(".jushi-working")).to_be_visible()
    expect(visit.locator(".stAlert", has_text="完成")).to_be_visible(timeout=120_000)
    expect(visit.locator(".jushi-facts")).to_contain_text("数据项")
    for question, told in (
        ("青溪县造林面积多少亩？", "4860亩"),
        ("云港市教育局改造危旧校舍多少栋？", "27栋"),
        ("望海区改造供水管网多少公里？", "38.6公里"),
    ):
        ask(chat, question)
        expect(chat.locator(".passage.answer").last).to_contain_text(told)
    _other_bytes_are_asked_about(visit, tmp_path)
    _removed(visit, own_address)
    assert visit.evaluate("window.broken") is None


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _other_bytes_are_asked_about(page: Page, folder: Path) -> None:
    _upload(page, [_written(folder / "qingxi.txt", "2021年度青溪县林业局工作总结\n\n全县完成造林面积5000亩。\n")])
    expect(page.locator("[class*=st-key-taken-]")).to_contain_text("内容不同")
    expect(page.get_by_role("button", name="加入索引（0 份）")).to_be_disabled()


def _removed(page: Page, address: str) -> None:
    page.goto(f"{address}/reports?report=qingxi.txt")
    page.locator(".st-key-admin_password input").fill(PASSWORD)
    page.get_by_role("button", name="进入管理").click()
    page.get_by_role("tab", name="重建与删除").click()
    page.locator(".st-key-remove button").click()
    page.locator(".st-key-remove_really button").click()
    expect(page.locator(".stAlert", has_text=re.compile("删除.*：完成。"))).to_be_visible(timeout=120_000)
    page.goto(f"{address}/report?report=qingxi.txt")
    expect(page.locator(".stAlert", has_text="已不在索引中")).to_be_visible()
