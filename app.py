"""The page's entry for Streamlit: configure, open, draw. Everything else is in assistant/web/."""

from pathlib import Path

import streamlit as st

from assistant.web import faults, frame

WEB = Path(frame.__file__).parent


def main() -> None:
    st.set_page_config(page_title="据实", page_icon=WEB / "icon.svg")
    st.html(WEB / "page.css")
    with faults.shown():
        frame.draw()


main()
