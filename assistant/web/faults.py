"""The page's edge: whatever goes wrong becomes one Chinese sentence, never a traceback.

A `JushiError` speaks for itself. Anything else is a bug: the user gets a number, the log gets the number
with the traceback.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.web.markup import plain
from corpus.errors import JushiError

log = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """What to tell the user about `error`; logs the traceback of a bug under the number it gives."""
    if isinstance(error, JushiError):
        return str(error)
    incident = secrets.token_hex(4)
    log.error("incident %s", incident, exc_info=error)
    return f"这一步没有成功，原因已记入日志（事故编号 {incident}）。请重试；若仍不成功，请把编号告诉管理员。"


@contextmanager
def shown() -> Iterator[None]:
    """Runs a part of the page; what it raises is shown in its place."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the page's edge
        st.error(plain(sentence(error)))
