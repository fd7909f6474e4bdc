"""What the pages beside the chat have in common: their heading, the choice of a report."""

import streamlit as st

from assistant.library import Library
from assistant.web.markup import text_block


def begin(title: str, note: str) -> None:
    """The top of a wide page; both texts are ours."""
    with st.container(key="wide", gap=None):
        st.html(f'<h1 class="jushi-page-title">{title}</h1>')
        st.html(text_block(note, "jushi-note"))


def choose_report(library: Library, key: str, *, all_of_them: bool = False) -> str:
    """The report that the address names or the user chose, else the first, or "" for all; kept in the address."""
    names = list(library.reports)
    asked = st.query_params.get("report", "")
    if asked and asked not in names:
        st.warning("链接里的报告已不在索引中，下面是现有的报告。")
        st.query_params.pop("report")
    if len(names) <= 1:
        return "" if all_of_them or not names else names[0]
    if asked in names:
        st.session_state[key] = asked
    options = ["", *names] if all_of_them else names
    titles = {"": "全部", **{name: library.reports[name].title for name in names}}
    chosen: str = st.selectbox("报告", options, key=key, format_func=titles.__getitem__, on_change=_forget_place)
    if chosen and asked != chosen:
        st.query_params["report"] = chosen
    return chosen


def _forget_place() -> None:
    for name in ("report", "at"):
        st.query_params.pop(name, None)
