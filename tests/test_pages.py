"""The pages beside the chat as Streamlit draws them, over an index of composed reports."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from browser_reports import EVIL, write_reports
from finished_runs import write_run
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from assistant.archive.archive import Archive, database_of
from assistant.archive.exchange import Exchange
from assistant.assistant import Assistant
from assistant.keeping import admission
from corpus.errors import StoreError
from corpus.model import Figure
from corpus.settings import settings
from index.build import build, remove
from index.place import Place
from index.store import Store

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("pages")
    place = Place(folder=folder / "store")
    assert build(place, write_reports(folder / "reports")).failures == ()
    return place


@pytest.fixture
def store(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv("JUSHI_STORE", str(place.folder))
    settings.cache_clear()
    st.cache_resource.clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()
    st.cache_resource.clear()


def _open(path: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60)
    page._page_hash = calc_hash(path)
    for name, value in query.items():
        page.query_params[name] = value
    return _run(page)


def _run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def _drawn(page: AppTest, component: str) -> dict[str, Any]:
    shown = [element.proto for element in page.get("bidi_component")]
    found: dict[str, Any] = json.loads(
        next(proto.json for proto in shown if proto.component_name == f"jushi_{component}")
    )
    return found


def _html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def _errors(page: AppTest) -> list[str]:
    return [element.value for element in page.error]


@pytest.mark.usefixtures("store")
def test_indicators_lists_every_figure_and_filters_as_one_types(place: Place) -> None:
    page = _open("indicators")
    figures = Store.at(place).figures()
    assert [row["id"] for row in _drawn(page, "ledger_table")["rows"]] == [figure.id for figure in figures]
    page.text_input(key="filter").set_value("充电桩 目标")
    rows = _drawn(_run(page), "ledger_table")["rows"]
    assert rows
    assert all("充电桩" in row["cells"][0] and "目标" in row["cells"][2] for row in rows)
    page.text_input(key="filter").set_value("火星")
    assert "没有符合的数据项" in _run(page).info[0].value


@pytest.mark.usefixtures("store")
def test_a_link_opens_a_figure_with_its_sentence(place: Place) -> None:
    figure = next(one for one in Store.at(place).figures() if one.printed == "74公里")
    page = _open("indicators", indicator=figure.id)
    pieces = _drawn(page, "quotation")["pieces"]
    assert [piece["text"] for piece in pieces if piece["kind"] == "highlight"] == ["74公里"]
    page.button(key="close_figure").click()
    assert "indicator" not in _run(page).query_params


@pytest.mark.usefixtures("store")
def test_a_link_to_one_report_shows_its_figures_alone() -> None:
    rows = _drawn(_open("indicators", report="yungang-2020.txt"), "ledger_table")["rows"]
    assert rows
    assert all(row["id"].startswith("yungang-2020.txt") for row in rows)


@pytest.mark.usefixtures("store")
def test_a_link_to_a_figure_that_is_gone_says_so() -> None:
    page = _open("indicators", indicator="nowhere.txt@7")
    assert "不在现有的报告中" in page.warning[0].value
    assert _drawn(page, "ledger_table")["rows"]


@pytest.fixture
def doubted(store: pytest.MonkeyPatch) -> None:
    """One figure of the index was not surely read."""
    read = Store.figures

    def figures(self: Store, report: str | None = None) -> tuple[Figure, ...]:
        return tuple(replace(one, doubtful=one.printed == "74公里") for one in read(self, report))

    store.setattr(Store, "figures", figures)


@pytest.mark.usefixtures("doubted")
def test_a_doubtful_figure_says_so_wherever_it_is_shown(place: Place) -> None:
    figure = next(one for one in Store.at(place).figures() if one.doubtful)
    indicators = _open("indicators", indicator=figure.id)
    values = [row["cells"][1] for row in _drawn(indicators, "ledger_table")["rows"]]
    assert [value for value in values if "待核" in value] == ["74公里（待核）"]
    assert "jushi-doubt" in _html(indicators)
    assert "待核对原件" in _drawn(indicators, "figures")["copy"]["text"]
    at = f"{figure.start}-{figure.end}"
    blocks = _drawn(_open("report", report=figure.report, at=at), "report_view")["blocks"]
    assert [piece[0] for block in blocks for piece in block["line"] if piece[2] == "wanted doubtful"] == ["74公里"]
    assert "待核：要对照原件的地方（1）" in [box.label for box in _open("reports", report=figure.report).expander]
    chat = _open("ask")
    chat.chat_input[0].set_value("2021年疏浚航道多少公里？")
    card = _drawn(_run(chat), "figures")["cards"][0]
    assert card["doubt"] == "扫描识别，待核对原件"
    assert card["doubt"] in card["copy"]


@pytest.mark.usefixtures("store")
def test_targets_stand_beside_results() -> None:
    html = _html(_open("indicators", report="yungang-2021.txt"))
    assert "目标 4000个" in html
    assert "115.5%（计算） √ 达到" in html


@pytest.mark.usefixtures("store")
def test_the_report_is_shown_as_text_at_the_place_of_the_link(place: Place) -> None:
    text = Store.at(place).source_text("yungang-2021.txt")
    at = text.index("新开公交")
    data = _drawn(_open("report", report="yungang-2021.txt", at=f"{at}-{at + 4}"), "report_view")
    pieces = [piece for block in data["blocks"] for piece in block["line"]]
    assert [piece[0] for piece in pieces if piece[2] == "wanted"] == ["新开公交"]
    assert data["outline"][0][0] == "一、基本情况"
    assert any(block["kind"] == "table" and block["header"] for block in data["blocks"])


@pytest.mark.parametrize("at", ["", "x", "5-", "9-3", "99999999", "-1"])
@pytest.mark.usefixtures("store")
def test_a_place_that_is_none_opens_the_report_at_its_beginning(at: str) -> None:
    data = _drawn(_open("report", report="yungang-2021.txt", at=at), "report_view")
    assert not [piece for block in data["blocks"] for piece in block["line"] if piece[2] == "wanted"]


@pytest.mark.usefixtures("store")
def test_a_report_that_is_gone_is_said_and_another_is_shown() -> None:
    page = _open("report", report="nowhere.txt")
    assert "已不在索引中" in page.warning[0].value
    assert _drawn(page, "report_view")["blocks"]


def test_a_report_removed_under_an_open_page_is_said_and_another_is_shown(
    place: Place, store: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What lay open of it, its text with a figure, makes way; the other pages of the session go on."""
    shutil.copytree(place.folder, tmp_path / "store")
    own = Place(folder=tmp_path / "store")
    store.setenv("JUSHI_STORE", str(own.folder))
    settings.cache_clear()
    figure = next(one for one in Store.at(own).figures() if one.printed == "74公里")
    text, table = _open("report", report=figure.report), _open("indicators", indicator=figure.id)
    text.session_state["read_figure"] = figure.id
    assert _drawn(_run(text), "quotation")
    remove(own, figure.report)
    assert "已不在索引中" in _run(text).warning[0].value
    assert "".join(piece[0] for piece in _drawn(text, "report_view")["blocks"][0]["line"]).startswith("2020年度")
    assert "不在现有的报告中" in _run(table).warning[0].value
    assert {row["id"].split("@")[0] for row in _drawn(table, "ledger_table")["rows"]} == {"yungang-2020.txt"}


@pytest.mark.usefixtures("store")
def test_an_index_that_does_not_open_leaves_the_one_before_it_in_service(
    place: Place, store: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Assistant:
        raise StoreError("索引不完整。")

    page = _open("indicators")
    store.setattr(Store, "is_current", lambda self: False)
    store.setattr(Assistant, "open", broken)
    assert _drawn(_run(page), "ledger_table")["rows"]
    assert not _errors(page)


@pytest.mark.usefixtures("store")
def test_findings_are_shown_side_by_side() -> None:
    page = _open("checking", report="yungang-2021.txt")
    assert "jushi-side" in _html(page)
    assert not _errors(page)


@pytest.mark.usefixtures("store")
def test_a_pasted_draft_is_checked_figure_by_figure() -> None:
    page = _open("checking")
    page.text_area(key="draft").set_value(f"2021年，疏浚航道74公里，新开公交线路8条。{EVIL}")
    page.button(key="check_draft").click()
    html = _html(_run(page))
    assert 'class="jushi-agrees">74公里' in html
    assert 'class="jushi-differs">8条' in html
    assert "<script>window" not in html
    assert "1. 74公里　一致" in _drawn(page, "figures")["copy"]["text"]


@pytest.mark.usefixtures("store")
def test_an_empty_draft_is_asked_for() -> None:
    page = _open("checking")
    page.button(key="check_draft").click()
    assert "还没有草稿" in _run(page).warning[0].value


@pytest.mark.usefixtures("store")
def test_what_was_recognised_of_a_report_is_told() -> None:
    html = _html(_open("reports", report="yungang-2021.txt"))
    for told in ("数据项", "未归类", "待核", "一、基本情况", "云港市交通运输局"):
        assert told in html


@pytest.mark.usefixtures("store")
def test_at_the_machine_itself_no_password_is_asked() -> None:
    page = _open("reports")
    assert [button.key for button in page.button if button.key == "rebuild"] == ["rebuild"]


@pytest.fixture
def elsewhere(store: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The server bound to every address of the machine."""
    before = st.get_option("server.address")
    store.setattr(admission, "FAILURE_SECONDS", 0.0)
    store.setattr("assistant.web.report_changes.st.get_option", lambda name: "0.0.0.0")
    assert before != "0.0.0.0"
    return store


def test_elsewhere_nothing_can_be_changed_without_the_password(elsewhere: pytest.MonkeyPatch) -> None:
    elsewhere.setenv("JUSHI_ADMIN_PASSWORD", "口令")
    settings.cache_clear()
    page = _open("reports")
    assert not [button for button in page.button if button.key == "rebuild"]
    page.text_input(key="admin_password").set_value("猜的")
    _submit(page)
    assert _errors(page) == ["密码不对。"]
    page.text_input(key="admin_password").set_value("口令")
    _submit(page)
    assert [button for button in page.button if button.key == "rebuild"]


def _submit(page: AppTest) -> None:
    next(button for button in page.button if button.label == "进入管理").click()
    _run(page)


@pytest.mark.usefixtures("elsewhere")
def test_elsewhere_without_a_password_set_the_page_only_shows() -> None:
    page = _open("reports")
    assert "JUSHI_ADMIN_PASSWORD" in page.info[0].value
    assert not page.text_input
    assert not [button for button in page.button if button.key == "rebuild"]
    assert not [tab for tab in _open("evaluation").tabs if tab.label in {"开始评测", "读者评价"}]


@pytest.mark.usefixtures("store")
def test_removing_is_asked_about_once_more() -> None:
    page = _open("reports", report="yungang-2021.txt")
    page.button(key="remove").click()
    _run(page)
    assert "确定删除" in page.warning[0].value
    page.button(key="keep").click()
    assert not _run(page).warning


@pytest.mark.usefixtures("store")
def test_a_year_that_is_none_is_refused() -> None:
    page = _open("reports", report="yungang-2021.txt")
    page.text_input(key="data_year-yungang-2021.txt").set_value("去年")
    next(button for button in page.button if button.label == "保存更正").click()
    assert "数据年份应是" in _errors(_run(page))[0]


def test_the_newest_run_is_shown_with_what_failed(place: Place, store: pytest.MonkeyPatch) -> None:
    store.setattr("assistant.web.evaluation_page.PROJECT", place.folder / "nowhere")
    write_run(place.folder / "runs" / "old", finished="2021-05-01T10:00:00", right=0)
    write_run(place.folder / "runs" / "new", finished="2021-05-02T10:00:00", right=1)
    (place.folder / "runs" / "broken").mkdir()
    page = _open("evaluation")
    assert page.selectbox(key="run").options[0].startswith("2021-05-02 10:00　港航.jsonl，正确 1/2")
    html = _html(page)
    assert "1/2（50%）" in html
    assert "缺“74公里”" in html
    assert "<script>window" not in html


def test_feedback_becomes_cases(place: Place, store: pytest.MonkeyPatch) -> None:
    archive = Archive(database_of(place.folder))
    answer = Assistant.open(settings()).answer("2021年疏浚航道多少公里？")
    archive.add("owner", "talk", [Exchange(question="2021年疏浚航道多少公里？", answer=answer, key="k1")])
    archive.rate("owner", "talk", "k1", "up", "正好")
    archive.close()
    page = _open("evaluation")
    assert not _errors(page)
    assert "评为有用的 1 条" in _html(page)
