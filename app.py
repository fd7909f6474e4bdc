"""The page's entry for Streamlit: configure, open, draw. Everything else is in assistant/web/.

The server imports this file for `app`; every run of a page executes it for `main`.
"""

import time
from pathlib import Path

import streamlit as st

from assistant.web import faults, frame
from assistant.web.routes import routes

WEB = Path(frame.__file__).parent
SHEETS = ("page.css", "pages.css")
DRESSING_SECONDS = 0.3

if __name__ != "__main__":
    app = st.App(__file__, routes=routes())


def main() -> None:
    st.set_page_config(page_title="据实", page_icon=WEB / "icon.svg", layout="wide")
    for sheet in SHEETS:
        st.html(WEB / sheet)
    _let_the_sheets_arrive()
    with faults.shown():
        frame.draw()


def _let_the_sheets_arrive() -> None:
    """Once a session: the browser applies a sheet later than what is sent with it, and all would move."""
    if "dressed" not in st.session_state:
        st.session_state["dressed"] = True
        time.sleep(DRESSING_SECONDS)


if __name__ == "__main__":
    main()
