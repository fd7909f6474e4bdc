"""One finding with its places side by side, each in its sentence, each a way into the report."""

from html import escape

import streamlit as st

from assistant.views.report_findings import Compared, Side
from assistant.web import frame
from assistant.web.markup import text_block

_MOST_SIDES = 6


def draw(report: str, compared: Compared, key: str) -> None:
    with st.container(border=True, key=f"finding-{key}", gap="small"):
        st.html(text_block(compared.finding.message, f"jushi-finding jushi-finding-{compared.finding.verdict}"))
        sides = compared.sides[:_MOST_SIDES]
        with st.container(key=f"sides-{key}"):
            for number, side in enumerate(sides):
                with st.container(key=f"side-{key}-{number}", gap=None):
                    st.html(_side(side))
                    at = {"report": report, "at": f"{side.start}-{side.end}"}
                    st.page_link(frame.link("report"), label="在原文中查看", query_params=at)
        if len(compared.sides) > _MOST_SIDES:
            st.html(text_block(f"另有 {len(compared.sides) - _MOST_SIDES} 处。", "jushi-note"))


def _side(side: Side) -> str:
    page = f"第 {side.page} 页，" if side.page is not None else ""
    where = " › ".join((*side.section, f"{page}第 {side.line} 行"))
    end = side.at + side.length
    return (
        f'<div class="jushi-side"><div class="jushi-note">{escape(where)}</div>'
        f"<div>{escape(side.text[: side.at])}<mark>{escape(side.text[side.at : end])}</mark>{escape(side.text[end:])}"
        "</div></div>"
    )
