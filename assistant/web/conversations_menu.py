"""The visitor's conversations: reopened, renamed, deleted, and the one shown taken away as a file."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.archive.archive import ArchiveError
from assistant.archive.exchange import TITLE_CHARACTERS, Summary
from assistant.views.source_view import Sources
from assistant.web import identity, keeping, session, watching
from assistant.web.excel_file import as_excel
from assistant.web.exporting import Conversation, conversation
from assistant.web.markdown_file import as_markdown
from assistant.web.markup import plain
from assistant.web.word_file import as_word

_MENU = "conversations"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: tuple[tuple[str, str, str, Callable[[Conversation], bytes]], ...] = (
    ("Word 文档", "docx", _WORD, as_word),
    ("Excel 表格", "xlsx", _EXCEL, as_excel),
    ("Markdown 文本", "md", "text/markdown", as_markdown),
)


def draw(sources: Sources) -> None:
    with st.container(key="menu", horizontal=True, horizontal_alignment="right", gap="small", width="content"):
        st.button(
            "新对话", key="start_over", type="tertiary", icon=":material/add:",
            on_click=keeping.start_over, disabled=not session.exchanges(),
        )  # fmt: skip
        with st.popover("对话记录", key=_MENU, type="tertiary", icon=":material/history:", on_change="rerun") as menu:
            if menu.open:
                _draw_list()
        if session.exchanges():
            with st.popover(
                "导出", key="export", type="tertiary", icon=":material/download:", on_change="rerun"
            ) as box:
                if box.open:
                    _draw_exports(sources)


def _draw_list() -> None:
    try:
        held = keeping.conversations()
    except ArchiveError as error:
        st.error(plain(str(error)))
        return
    if not held:
        seen = "只有您的账户看得到" if identity.is_on() else "只有这个浏览器看得到"
        st.caption(f"还没有对话。提问之后，对话会存在这里，{seen}。")
    for number, summary in enumerate(held):
        _draw_line(number, summary)


def _draw_line(number: int, summary: Summary) -> None:
    if st.session_state.get("renaming") == summary.key:
        _draw_renaming(number, summary)
        return
    with st.container(key=f"kept-{number}", horizontal=True, gap="small", vertical_alignment="center"):
        here = summary.key == session.conversation()
        st.button(
            plain(summary.title), key=f"open-{number}", type="tertiary", width="stretch", wrap=True,
            disabled=here, on_click=_open, args=(summary.key,),
        )  # fmt: skip
        st.button("改名", key=f"rename-{number}", type="tertiary", on_click=_rename, args=(summary.key,))
        st.button("删除", key=f"delete-{number}", type="tertiary", on_click=_delete, args=(summary.key,))


def _draw_renaming(number: int, summary: Summary) -> None:
    with st.form(key=f"renaming-{number}", border=False):
        title = st.text_input("新名称", value=summary.title, max_chars=TITLE_CHARACTERS, key=f"title-{number}")
        if st.form_submit_button("改名"):
            try:
                keeping.rename(summary.key, title)
            except ArchiveError as error:
                st.error(plain(str(error)))
                return
            st.session_state.pop("renaming")
            st.rerun()


def _open(key: str) -> None:
    st.session_state[_MENU] = False
    keeping.open_kept(key)


def _rename(key: str) -> None:
    st.session_state["renaming"] = key


def _delete(key: str) -> None:
    try:
        keeping.delete(key)
    except ArchiveError as error:
        session.say(str(error))


def _draw_exports(sources: Sources) -> None:
    content = conversation(session.exchanges(), sources)
    for label, suffix, mime, make in _FORMATS:
        st.download_button(
            label, data=watching.exported(suffix, partial(make, content)),
            file_name=f"{content.file_name}.{suffix}", mime=mime, key=f"export-{suffix}", type="tertiary",
            on_click="ignore",
        )  # fmt: skip
