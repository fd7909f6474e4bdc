"""原文: a report with its outline, search, tables, and each figure as a way to its ledger row.

/report?report=a.txt&at=1236-1241 opens the report at these characters of its source text and highlights them.
"""

import re
from functools import lru_cache

import streamlit as st

from assistant.library import Library
from assistant.views.report_text import Block, Span, outline, report_text
from assistant.web import figure_panel, layout
from assistant.web.opener import Opened
from assistant.web.report_view import draw_report
from corpus.model import Document

_AT = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def draw(opened: Opened) -> None:
    layout.begin("原文", "报告全文：有下划点的数字可以点开，看账本里怎样记它。")
    library = opened.assistant.library
    if not library.reports:
        st.info("现在没有报告。请到“报告”页加入一份。")
        return
    report = layout.choose_report(library, key="read_report")
    wanted = _wanted(st.query_params.get("at", ""))
    figure = library.figures.get(st.session_state.get("read_figure", ""))
    if figure is not None and figure.report != report:
        figure = None
    document, blocks = _read(library, report, wanted)
    text, panel = (st.container(), None) if figure is None else st.columns([5, 2], gap="medium")
    if panel is not None and figure is not None:
        with panel:
            figure_panel.draw(library, figure, close=_close, to="indicators")
    with text:
        version = f"{report} {document.metadata.checksum} {wanted} {len(blocks)}"
        draw_report(
            blocks, outline(document.sections, blocks), "report_view", version=version,
            opened=figure.id if figure else None, open_figure=_open,
        )  # fmt: skip


@lru_cache(maxsize=4)
def _read(library: Library, report: str, wanted: Span | None) -> tuple[Document, tuple[Block, ...]]:
    document = library.store.document(report)
    return document, report_text(document, library.store.figures(report), wanted)


def _wanted(at: str) -> Span | None:
    """The stretch that `at` names: "1236-1241", or the one character "1236"; None for anything else."""
    named = _AT.fullmatch(at)
    if named is None:
        return None
    start = int(named[1])
    end = int(named[2] or start + 1)
    return (start, end) if end > start else None


def _open(figure: str) -> None:
    st.session_state["read_figure"] = figure


def _close() -> None:
    st.session_state.pop("read_figure", None)
