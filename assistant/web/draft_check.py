"""核稿: a draft pasted or uploaded; each figure marked, with what the report says; the result to copy or download."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from assistant.checking.alignment import Verdict
from assistant.checking.draft import CheckedFigure, Checker
from assistant.keeping.drafts import PASTED, SUFFIXES, draft_of
from assistant.library import Library
from assistant.views.checked_draft import (
    COLUMNS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    count,
    counted,
    draft_pieces,
    result_rows,
    result_text,
)
from assistant.web import faults, figures, frame, watching
from assistant.web.markup import text_block
from assistant.web.word_file import checked_as_word
from assistant.web.words import place
from corpus.settings import settings
from corpus.workbook import sheet_workbook

_MOST_CHARACTERS = 200_000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A draft's text with its checked figures."""

    text: str
    checked: tuple[CheckedFigure, ...]


def draw(library: Library) -> None:
    titles = {name: metadata.title for name, metadata in library.reports.items()}
    pasted = st.text_area(
        "草稿文字", key="draft", height=180, max_chars=_MOST_CHARACTERS, placeholder="把要核对的段落粘贴到这里"
    )  # fmt: skip
    file = st.file_uploader(f"或上传草稿（{'、'.join(suffix[1:] for suffix in SUFFIXES)}）", key="draft_file")
    options = ["", *titles]
    against = "" if len(titles) == 1 else st.selectbox(
        "与哪份报告核对", options, format_func=lambda name: titles.get(name, "全部报告"), key="draft_against"
    )  # fmt: skip
    given = (file.name, file.getvalue()) if file else (PASTED, pasted.encode())
    if st.button("核对草稿", type="primary", key="check_draft"):
        st.session_state.pop("checked_draft", None)
        if not given[1].strip():
            st.warning("还没有草稿。请粘贴文字，或上传文件。")
        else:
            with faults.shown():
                st.session_state["checked_draft"] = _checked(library, given[0], given[1], against or None)
    result: Result | None = st.session_state.get("checked_draft")
    if result is not None:
        _draw_result(result, titles)


def _checked(library: Library, name: str, data: bytes, report: str | None) -> Result:
    watching.before_question()
    watching.record("draft", report=report, characters=len(data))
    draft = draft_of(name, data, settings().max_report_bytes)
    return Result(text=draft.document.text, checked=Checker(library).check(draft, report))


def _draw_result(result: Result, titles: dict[str, str]) -> None:
    checked = result.checked
    if not checked:
        st.info("草稿里没有可以核对的数。")
        return
    st.html(_counts(checked))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        figures.draw_copy("复制核对结果", result_text(checked, titles), "copy_checked")
        st.download_button(
            "下载 Word", watching.exported("draft-docx", lambda: _as_word(result, titles)), key="checked_docx",
            file_name="核稿结果.docx", mime=_DOCX, on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "下载 Excel", key="checked_xlsx",
            data=watching.exported("draft-xlsx", lambda: sheet_workbook("核稿", COLUMNS, result_rows(checked, titles))),
            file_name="核稿结果.xlsx", mime=_XLSX, on_click="ignore",
        )  # fmt: skip
    st.html(_marked(result))
    chosen = st.segmented_control(
        "只看", ["", *VERDICT_WORDS], default="", required=True, key="draft_verdict", label_visibility="collapsed",
        format_func=lambda verdict: VERDICT_WORDS.get(verdict, "全部"),
    )  # fmt: skip
    for number, figure in enumerate(checked, 1):
        if chosen in ("", figure.verdict):
            _draw_figure(number, figure, titles)


def _as_word(result: Result, titles: dict[str, str]) -> bytes:
    pieces = draft_pieces(result.text, result.checked)
    return checked_as_word(pieces, counted(result.checked), COLUMNS, result_rows(result.checked, titles))


def _draw_figure(number: int, figure: CheckedFigure, titles: dict[str, str]) -> None:
    with st.container(border=True, key=f"checked-{number}", gap="small"):
        st.html(
            f'<div class="jushi-checked"><b>{number}</b> <span class="jushi-{figure.verdict}">'
            f"{VERDICT_MARKS[figure.verdict]} {VERDICT_WORDS[figure.verdict]}</span> "
            f"<span>{escape(''.join(figure.printed.split()))}</span></div>"
        )
        st.html(text_block(figure.reason, "jushi-said"))
        for citation in figure.citations:
            told = f"[{citation.id}] 《{titles.get(citation.report, citation.report)}》"
            where = " › ".join((told, *citation.section, place(citation)))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(text_block(where, "jushi-note"), width="stretch")
                at = {"report": citation.report, "at": f"{citation.start}-{citation.end}"}
                st.page_link(frame.link("report"), label="原文", query_params=at)


def _counts(checked: Sequence[CheckedFigure]) -> str:
    parts = "".join(_counted(verdict, count(checked, verdict)) for verdict in VERDICT_WORDS)
    return f'<div class="jushi-counts">共 {len(checked)} 个数{parts}</div>'


def _counted(verdict: Verdict, number: int) -> str:
    return f'<span class="jushi-{verdict}">{VERDICT_MARKS[verdict]} {VERDICT_WORDS[verdict]} {number}</span>'


def _marked(result: Result) -> str:
    """The draft as it was given, each figure with its number and mark."""
    parts = [
        escape(piece.text)
        if piece.verdict is None
        else f'<span class="jushi-{piece.verdict}">{escape(piece.text)}'
        f"<sup>{VERDICT_MARKS[piece.verdict]}{piece.number}</sup></span>"
        for piece in draft_pieces(result.text, result.checked)
    ]
    return f'<div class="jushi-draft">{"".join(parts)}</div>'
