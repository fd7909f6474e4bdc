"""指标: every figure of the ledger in a table that is filtered and sorted, targets beside results, downloads.

/indicators?indicator=a.txt@1236 opens that figure; /indicators?report=a.txt shows one report's figures.
"""

from collections.abc import Sequence
from functools import lru_cache, partial

import streamlit as st

from assistant.library import Library
from assistant.views.attainment import attainments
from assistant.views.filtering import RowFilter
from assistant.views.ledger_rows import Column, LedgerRow, indicators_of, ledger_rows, sort_rows
from assistant.web import figure_panel, layout, watching
from assistant.web.attainment_chart import chart
from assistant.web.ledger_table import Sorting, draw_table
from assistant.web.markup import text_block
from assistant.web.opener import Opened
from assistant.web.words import ROLE_WORDS
from corpus.export import as_csv, figure_record
from corpus.workbook import as_workbook

_SHOWN_AT_ONCE = 500
_HEIGHTS = (("tall", 24), ("middle", 9), ("low", 0))  # by rows; the sheet keeps that much place free
_ALL = ""


def draw(opened: Opened) -> None:
    layout.begin("指标", "账本里的每个数据项：筛选、排序、点开看出处。")
    library = opened.assistant.library
    rows = _chosen(library)
    figure = library.figures.get(st.query_params.get("indicator", ""))
    if "indicator" in st.query_params and figure is None:
        st.warning("链接里的数据项不在现有的报告中，可能报告已更新或删除。")
    table, panel = (st.container(), None) if figure is None else st.columns([3, 2], gap="medium")
    if panel is not None and figure is not None:
        with panel:
            figure_panel.draw(library, figure, close=_close, to="report")
    with table:
        _draw_table(rows, figure.id if figure else None)
        _draw_downloads(library, rows)
    _draw_chart(library, rows)


def _chosen(library: Library) -> list[LedgerRow]:
    """The rows that pass the filter box and the choices beside it."""
    typed = st.text_input(
        "筛选", key="filter", live=True, type="search", label_visibility="collapsed", autocomplete="off",
        placeholder="筛选名称、任务、角色、期间、口径或原句，如：退休金 目标",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", key="choices"):
        report = layout.choose_report(library, key="report", all_of_them=True)
        role = st.selectbox("角色", [_ALL, *_roles(library)], key="role", format_func=_role_word)
        tasks = list(dict.fromkeys(row.task for row in _rows(library) if report in (_ALL, row.figure.report)))
        task = st.selectbox("任务或章节", [_ALL, *filter(None, tasks)], key="task", format_func=_or_all)
    found = [
        row
        for row in _filter(library).matching(typed or "")
        if report in (_ALL, row.figure.report) and role in (_ALL, row.figure.role) and task in (_ALL, row.task)
    ]
    sorting = _sorting()
    return sort_rows(found, sorting.column, descending=sorting.descending)


def _draw_table(rows: Sequence[LedgerRow], opened: str | None) -> None:
    most = st.session_state.get("shown_rows", _SHOWN_AT_ONCE)
    note = f"{len(rows)} 条" if len(rows) <= most else f"{len(rows)} 条，显示前 {most} 条"
    st.html(text_block(note, "jushi-note jushi-count"))
    if not rows:
        st.info("没有符合的数据项。请换个词，或少用几个词。")
        return
    sorting = _sorting()
    view = f"{sorting} {len(rows)} {rows[0].id}"
    height = next(name for name, fewest in _HEIGHTS if len(rows) >= fewest)
    with st.container(key=f"ledger-{height}"):
        draw_table(
            rows[:most], "ledger_table", view=view, sorting=sorting, opened=opened, open_row=_open, sort_by=_sort_by
        )
    if len(rows) > most:
        st.button(f"再显示 {_SHOWN_AT_ONCE} 条", key="more_rows", on_click=partial(_show, most + _SHOWN_AT_ONCE))


def _draw_downloads(library: Library, rows: Sequence[LedgerRow]) -> None:
    figures = [row.figure for row in rows]
    indicators = indicators_of(rows, library)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "下载 CSV",
            watching.exported("csv", lambda: as_csv([figure_record(each) for each in figures], "figures").encode()),
            file_name="数据项.csv", mime="text/csv", key="csv", on_click="ignore", disabled=not rows,
        )  # fmt: skip
        st.download_button(
            "下载 Excel", watching.exported("xlsx", lambda: as_workbook(figures, indicators)), key="xlsx",
            file_name="数据项与指标.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", on_click="ignore",
            disabled=not rows,
        )  # fmt: skip


def _draw_chart(library: Library, rows: Sequence[LedgerRow]) -> None:
    compared = attainments(indicators_of(rows, library), library)
    if compared:
        st.html('<h2 class="jushi-subtitle">目标值与实际值</h2>')
        st.html(chart(compared))


@lru_cache(maxsize=1)
def _rows(library: Library) -> tuple[LedgerRow, ...]:
    return ledger_rows(library)


@lru_cache(maxsize=1)
def _filter(library: Library) -> RowFilter:
    return RowFilter(_rows(library), {name: metadata.title for name, metadata in library.reports.items()})


def _roles(library: Library) -> list[str]:
    present = {row.figure.role for row in _rows(library)}
    return [role for role in ROLE_WORDS if role in present]


def _role_word(role: str) -> str:
    return ROLE_WORDS.get(role, "全部")


def _or_all(text: str) -> str:
    return text or "全部"


def _sorting() -> Sorting:
    sorting: Sorting = st.session_state.get("sorting", Sorting())
    return sorting


def _sort_by(column: Column) -> None:
    st.session_state["sorting"] = _sorting().clicked(column)


def _show(most: int) -> None:
    st.session_state["shown_rows"] = most


def _open(figure: str) -> None:
    st.query_params["indicator"] = figure


def _close() -> None:
    st.query_params.pop("indicator", None)
