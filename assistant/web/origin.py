"""From where a visitor comes, through as many reverse proxies as the settings trust."""

import streamlit as st

from corpus.settings import settings


def address() -> str:
    """The visitor's address; "" on the server's own machine.

    Each proxy adds whom it was asked by at the end of X-Forwarded-For: of these only as many are believed as there
    are trusted proxies, for anybody can write what stands before.
    """
    own = str(st.context.ip_address or "")
    trusted = settings().trusted_proxies
    told = [part.strip() for part in (st.context.headers.get("X-Forwarded-For") or "").split(",") if part.strip()]
    return told[-trusted] if trusted and len(told) >= trusted else own
