"""An index that changes under running pages, or breaks: what lay open makes way with a sentence, nothing is lost."""

import shutil
from pathlib import Path

import pytest
from drawn_pages import drawn, errors_of, open_page, run_again

from assistant.assistant import Assistant
from corpus.errors import StoreError
from corpus.settings import settings
from index.build import build, remove
from index.place import Place
from index.store import Store

pytest_plugins = ["drawn_pages"]


def test_an_index_rebuilt_under_the_page_is_taken_up_and_a_lost_source_is_said(
    composed_store: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = Place(folder=tmp_path / "store")
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, length in ((before, 74), (after, 81)):
        folder.mkdir()
        text = f"2021年度云港市交通运输局工作总结\n\n一、航道\n\n全年疏浚航道{length}公里。\n"
        (folder / "yungang.txt").write_text(text, encoding="utf-8")
    build(place, [before])
    composed_store.setenv("JUSHI_STORE", str(place.folder))
    settings.cache_clear()
    page = open_page("ask")
    page.chat_input[0].set_value("全年疏浚航道多少公里？").run()
    build(place, [after], update=True)
    page.chat_input[0].set_value("全年疏浚航道是多少公里？").run()
    assert any("找不到这段引文" in warning.value for warning in page.warning)
    answers = [exchange.answer.answer for exchange in page.session_state["exchanges"]]
    assert "74公里" in answers[0]
    assert "81公里" in answers[1]
    page.button(key="source-0-1").click().run()
    assert "".join(piece["text"] for piece in drawn(page, "source")["pieces"]) == "全年疏浚航道74公里。"


def test_a_report_removed_under_an_open_page_is_said_and_another_is_shown(
    composed_place: Place, composed_store: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What lay open of it, its text with a figure, makes way; the other pages of the session go on."""
    shutil.copytree(composed_place.folder, tmp_path / "store")
    own = Place(folder=tmp_path / "store")
    composed_store.setenv("JUSHI_STORE", str(own.folder))
    settings.cache_clear()
    figure = next(one for one in Store.at(own).figures() if one.printed == "74公里")
    text, table = open_page("report", report=figure.report), open_page("indicators", indicator=figure.id)
    text.session_state["read_figure"] = figure.id
    assert drawn(run_again(text), "quotation")
    remove(own, figure.report)
    assert "已不在索引中" in run_again(text).warning[0].value
    assert "".join(piece[0] for piece in drawn(text, "report_view")["blocks"][0]["line"]).startswith("2020年度")
    assert "不在现有的报告中" in run_again(table).warning[0].value
    assert {row["id"].split("@")[0] for row in drawn(table, "ledger_table")["rows"]} == {"yungang-2020.txt"}


@pytest.mark.usefixtures("composed_store")
def test_an_index_that_does_not_open_leaves_the_one_before_it_in_service(
    composed_place: Place, composed_store: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Assistant:
        raise StoreError("索引不完整。")

    page = open_page("indicators")
    composed_store.setattr(Store, "is_current", lambda self: False)
    composed_store.setattr(Assistant, "open", broken)
    assert drawn(run_again(page), "ledger_table")["rows"]
    assert not errors_of(page)
