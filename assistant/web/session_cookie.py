"""The browser's half of a session: the token goes to `routes.SESSION` once, and comes back as a cookie."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.web.routes import SESSION

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def draw(token: str) -> None:
    """Hands a session to the browser; "" takes the one it has away. Nothing is seen of it."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    route = f"/{base}{SESSION}" if base else SESSION
    _component()(key="session_cookie", data={"token": token, "route": route}, height=1)


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component("jushi_session_cookie", html="<span hidden></span>", js=script)
