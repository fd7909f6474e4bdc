"""Whose conversations these are, without a log-in: a random key that this browser keeps and shows with each visit.

The key travels as a cookie of this site; the server stores its hash only. The browser's half (visitor.js) keeps
a key it already has, so that two first visits at once end with one.
"""

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.archive.archive import owner_of
from assistant.web import identity

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

COOKIE = "jushi_visitor"
_KEY_BYTES = 32
_KEY = re.compile(r"[\w-]{43}", re.ASCII)


def owner() -> str:
    """What stands for this visitor on the server: the account, where people log in, else the browser's key.

    Raises:
        PeopleError: nobody is logged in who should be.
    """
    return owner_of(f"account:{identity.required().key}" if identity.is_on() else _key())


def draw_keeper() -> None:
    """Hands the key to the browser; nothing is seen of it. An account needs none."""
    if identity.is_on():
        return

    def held() -> None:
        key = str(st.session_state["keeper"]["held"])
        if _KEY.fullmatch(key):
            st.session_state["visitor"] = key

    _component()(key="keeper", data={"key": _key(), "cookie": COOKIE}, height=1, on_held_change=held)


def _key() -> str:
    if "visitor" not in st.session_state:
        shown = st.context.cookies.to_dict().get(COOKIE, "")
        st.session_state["visitor"] = shown if _KEY.fullmatch(shown) else secrets.token_urlsafe(_KEY_BYTES)
    key: str = st.session_state["visitor"]
    return key


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component("jushi_visitor", html="<span hidden></span>", js=script)
