"""Chinese for what Streamlit says in English: labels of its controls, its dialogs, its messages.

The table is chinese.tsv; the browser's half (chinese.js) follows the page as it changes. Drawn once on every page.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_TABLE = Path(__file__).with_suffix(".tsv")


def draw() -> None:
    """Hands the table to the browser; nothing is seen of it."""
    _component()(key="chinese", data={"words": [list(row) for row in words()]}, height=1)


@lru_cache(maxsize=1)
def words() -> tuple[tuple[str, ...], ...]:
    """Rows of selector, attribute or "text", pattern of the whole text, Chinese."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component("jushi_chinese", html="<span hidden></span>", js=script)
