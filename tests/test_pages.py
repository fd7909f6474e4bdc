"""The pages beside the chat as Streamlit draws them, over an index of composed reports."""

from dataclasses import replace

import pytest
import streamlit as st
from browser_reports import EVIL
from drawn_pages import drawn, errors_of, html_of, open_page, run_again
from finished_runs import write_run
from streamlit.testing.v1 import AppTest

from assistant.archive.archive import Archive, database_of
from assistant.archive.exchange import Exchange
from assistant.assistant import Assistant
from assistant.keeping import admission
from corpus.model import Figure
from corpus.settings import settings
from index.place import Place
from index.store import Store

pytest_plugins = ["drawn_pages"]


@pytest.mark.usefixtures("composed_store")
def test_indicators_lists_every_figure_and_filters_as_one_types(composed_place: Place) -> None:
    page = open_page("indicators")
    figures = Store.at(composed_place).figures()
    assert [row["id"] for row in drawn(page, "ledger_table")["rows"]] == [figure.id for figure in figures]
    page.text_input(key="filter").set_value("充电桩 目标")
    rows = drawn(run_again(page), "ledger_table")["rows"]
    assert rows
    assert all("充电桩" in row["cells"][0] and "目标" in row["cells"][2] for row in rows)
    page.text_input(key="filter").set_value("火星")
    assert "没有符合的数据项" in run_again(page).info[0].value


@pytest.mark.usefixtures("composed_store")
def test_a_link_opens_a_figure_with_its_sentence(composed_place: Place) -> None:
    figure = next(one for one in Store.at(composed_place).figures() if one.printed == "74公里")
    page = open_page("indicators", indicator=figure.id)
    pieces = drawn(page, "quotation")["pieces"]
    assert [piece["text"] for piece in pieces if piece["kind"] == "highlight"] == ["74公里"]
    page.button(key="close_figure").click()
    assert "indicator" not in run_again(page).query_params


@pytest.mark.usefixtures("composed_store")
def test_a_link_to_one_report_shows_its_figures_alone() -> None:
    rows = drawn(open_page("indicators", report="yungang-2020.txt"), "ledger_table")["rows"]
    assert rows
    assert all(row["id"].startswith("yungang-2020.txt") for row in rows)


@pytest.mark.usefixtures("composed_store")
def test_a_link_to_a_figure_that_is_gone_says_so() -> None:
    page = open_page("indicators", indicator="nowhere.txt@7")
    assert "不在现有的报告中" in page.warning[0].value
    assert drawn(page, "ledger_table")["rows"]


@pytest.fixture
def doubted(composed_store: pytest.MonkeyPatch) -> None:
    """One figure of the index was not surely read."""
    read = Store.figures

    def figures(self: Store, report: str | None = None) -> tuple[Figure, ...]:
        return tuple(replace(one, doubtful=one.printed == "74公里") for one in read(self, report))

    composed_store.setattr(Store, "figures", figures)


@pytest.mark.usefixtures("doubted")
def test_a_doubtful_figure_says_so_wherever_it_is_shown(composed_place: Place) -> None:
    figure = next(one for one in Store.at(composed_place).figures() if one.doubtful)
    indicators = open_page("indicators", indicator=figure.id)
    values = [row["cells"][1] for row in drawn(indicators, "ledger_table")["rows"]]
    assert [value for value in values if "待核" in value] == ["74公里（待核）"]
    assert "jushi-doubt" in html_of(indicators)
    assert "待核对原件" in drawn(indicators, "figures")["copy"]["text"]
    at = f"{figure.start}-{figure.end}"
    blocks = drawn(open_page("report", report=figure.report, at=at), "report_view")["blocks"]
    assert [piece[0] for block in blocks for piece in block["line"] if piece[2] == "wanted doubtful"] == ["74公里"]
    assert "待核：要对照原件的地方（1）" in [box.label for box in open_page("reports", report=figure.report).expander]
    chat = open_page("ask")
    chat.chat_input[0].set_value("2021年疏浚航道多少公里？")
    card = drawn(run_again(chat), "figures")["cards"][0]
    assert card["doubt"] == "扫描识别，待核对原件"
    assert card["doubt"] in card["copy"]


@pytest.mark.usefixtures("composed_store")
def test_targets_stand_beside_results() -> None:
    html = html_of(open_page("indicators", report="yungang-2021.txt"))
    assert "目标 4000个" in html
    assert "115.5%（计算） √ 达到" in html


@pytest.mark.usefixtures("composed_store")
def test_the_report_is_shown_as_text_at_the_place_of_the_link(composed_place: Place) -> None:
    text = Store.at(composed_place).source_text("yungang-2021.txt")
    at = text.index("新开公交")
    data = drawn(open_page("report", report="yungang-2021.txt", at=f"{at}-{at + 4}"), "report_view")
    pieces = [piece for block in data["blocks"] for piece in block["line"]]
    assert [piece[0] for piece in pieces if piece[2] == "wanted"] == ["新开公交"]
    assert data["outline"][0][0] == "一、基本情况"
    assert any(block["kind"] == "table" and block["header"] for block in data["blocks"])


@pytest.mark.parametrize("at", ["", "x", "5-", "9-3", "99999999", "-1"])
@pytest.mark.usefixtures("composed_store")
def test_a_place_that_is_none_opens_the_report_at_its_beginning(at: str) -> None:
    data = drawn(open_page("report", report="yungang-2021.txt", at=at), "report_view")
    assert not [piece for block in data["blocks"] for piece in block["line"] if piece[2] == "wanted"]


@pytest.mark.usefixtures("composed_store")
def test_a_report_that_is_gone_is_said_and_another_is_shown() -> None:
    page = open_page("report", report="nowhere.txt")
    assert "已不在索引中" in page.warning[0].value
    assert drawn(page, "report_view")["blocks"]


@pytest.mark.usefixtures("composed_store")
def test_findings_are_shown_side_by_side() -> None:
    page = open_page("checking", report="yungang-2021.txt")
    assert "jushi-side" in html_of(page)
    assert not errors_of(page)


@pytest.mark.usefixtures("composed_store")
def test_a_pasted_draft_is_checked_figure_by_figure() -> None:
    page = open_page("checking")
    page.text_area(key="draft").set_value(f"2021年，疏浚航道74公里，新开公交线路8条。{EVIL}")
    page.button(key="check_draft").click()
    html = html_of(run_again(page))
    assert 'class="jushi-agrees">74公里' in html
    assert 'class="jushi-differs">8条' in html
    assert "<script>window" not in html
    assert "1. 74公里　一致" in drawn(page, "figures")["copy"]["text"]


@pytest.mark.usefixtures("composed_store")
def test_an_empty_draft_is_asked_for() -> None:
    page = open_page("checking")
    page.button(key="check_draft").click()
    assert "还没有草稿" in run_again(page).warning[0].value


@pytest.mark.usefixtures("composed_store")
def test_what_was_recognised_of_a_report_is_told() -> None:
    html = html_of(open_page("reports", report="yungang-2021.txt"))
    for told in ("数据项", "未归类", "待核", "一、基本情况", "云港市交通运输局"):
        assert told in html


@pytest.mark.usefixtures("composed_store")
def test_at_the_machine_itself_no_password_is_asked() -> None:
    page = open_page("reports")
    assert [button.key for button in page.button if button.key == "rebuild"] == ["rebuild"]


@pytest.fixture
def elsewhere(composed_store: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The server bound to every address of the machine."""
    before = st.get_option("server.address")
    composed_store.setattr(admission, "FAILURE_SECONDS", 0.0)
    composed_store.setattr("assistant.web.report_changes.st.get_option", lambda name: "0.0.0.0")
    assert before != "0.0.0.0"
    return composed_store


def test_elsewhere_nothing_can_be_changed_without_the_password(elsewhere: pytest.MonkeyPatch) -> None:
    elsewhere.setenv("JUSHI_ADMIN_PASSWORD", "口令")
    settings.cache_clear()
    page = open_page("reports")
    assert not [button for button in page.button if button.key == "rebuild"]
    page.text_input(key="admin_password").set_value("猜的")
    _submit(page)
    assert errors_of(page) == ["密码不对。"]
    page.text_input(key="admin_password").set_value("口令")
    _submit(page)
    assert [button for button in page.button if button.key == "rebuild"]


def _submit(page: AppTest) -> None:
    next(button for button in page.button if button.label == "进入管理").click()
    run_again(page)


@pytest.mark.usefixtures("elsewhere")
def test_elsewhere_without_a_password_set_the_page_only_shows() -> None:
    page = open_page("reports")
    assert "JUSHI_ADMIN_PASSWORD" in page.info[0].value
    assert not page.text_input
    assert not [button for button in page.button if button.key == "rebuild"]
    assert not [tab for tab in open_page("evaluation").tabs if tab.label in {"开始评测", "读者评价"}]


@pytest.mark.usefixtures("composed_store")
def test_removing_is_asked_about_once_more() -> None:
    page = open_page("reports", report="yungang-2021.txt")
    page.button(key="remove").click()
    run_again(page)
    assert "确定删除" in page.warning[0].value
    page.button(key="keep").click()
    assert not run_again(page).warning


@pytest.mark.usefixtures("composed_store")
def test_a_year_that_is_none_is_refused() -> None:
    page = open_page("reports", report="yungang-2021.txt")
    page.text_input(key="data_year-yungang-2021.txt").set_value("去年")
    next(button for button in page.button if button.label == "保存更正").click()
    assert "数据年份应是" in errors_of(run_again(page))[0]


def test_the_newest_run_is_shown_with_what_failed(composed_place: Place, composed_store: pytest.MonkeyPatch) -> None:
    composed_store.setattr("assistant.web.evaluation_page.PROJECT", composed_place.folder / "nowhere")
    write_run(composed_place.folder / "runs" / "old", finished="2021-05-01T10:00:00", right=0)
    write_run(composed_place.folder / "runs" / "new", finished="2021-05-02T10:00:00", right=1)
    (composed_place.folder / "runs" / "broken").mkdir()
    page = open_page("evaluation")
    assert page.selectbox(key="run").options[0].startswith("2021-05-02 10:00　港航.jsonl，正确 1/2")
    html = html_of(page)
    assert "1/2（50%）" in html
    assert "缺“74公里”" in html
    assert "<script>window" not in html


def test_feedback_becomes_cases(composed_place: Place, composed_store: pytest.MonkeyPatch) -> None:
    archive = Archive(database_of(composed_place.folder))
    answer = Assistant.open(settings()).answer("2021年疏浚航道多少公里？")
    archive.add("owner", "talk", [Exchange(question="2021年疏浚航道多少公里？", answer=answer, key="k1")])
    archive.rate("owner", "talk", "k1", "up", "正好")
    archive.close()
    page = open_page("evaluation")
    assert not errors_of(page)
    assert "评为有用的 1 条" in html_of(page)
