"""Who may see a report, chosen by editors: nobody but those who see all, some bureaus, or everyone who logs in."""

from collections.abc import Sequence

import streamlit as st

from assistant.keeping.uploads import Upload
from assistant.people.account import EVERYONE
from assistant.web import identity, watching
from assistant.web.markup import text_block
from corpus.model import Metadata

_EVERYONE = "所有登录的人"
_NOTE = "不选就只有编辑、评测员和管理员看得到。可以选现有的部门，也可以输入新的部门名。"


def draw_choice(key: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The bureaus chosen."""
    known = [EVERYONE, *sorted({*identity.people().grants.bureaus(), *chosen} - {EVERYONE})]
    picked = st.multiselect(
        "谁可以看", known, default=list(chosen), key=key, format_func=_word, accept_new_options=True,
        placeholder="选择部门，或输入新的", help=None,
    )  # fmt: skip
    st.html(text_block(_NOTE, "jushi-note"))
    return tuple(picked)


def draw(metadata: Metadata) -> None:
    """A held report's bureaus, to be changed."""
    held = identity.people().grants.of(metadata.report)
    chosen = draw_choice(f"seen-by-{metadata.report}", held)
    if st.button("保存", key="save_visibility", disabled=set(chosen) == set(held)):
        watching.record("grant", reports=[metadata.report], bureaus=list(chosen))
        identity.people().grants.set([metadata.report], chosen)
        st.rerun()


def set_for_new(uploads: Sequence[Upload], bureaus: Sequence[str]) -> None:
    """New reports get the bureaus chosen and nothing of a report that had their name once."""
    if identity.is_on():
        identity.people().grants.set([upload.name for upload in uploads], bureaus)


def forget(report: str) -> None:
    if identity.is_on():
        identity.people().grants.forget([report])


def _word(bureau: str) -> str:
    return _EVERYONE if bureau == EVERYONE else bureau
