"""The frame around every page: which pages there are, and the bar that leads to them.

A page is a module of this folder with `draw(opened: Opened) -> None`; it is imported when it is first shown,
and a page whose module does not exist has no entry. Links carry query parameters: /indicators?indicator=….
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import streamlit as st

from assistant.people.account import Account, Right
from assistant.web import account_page, chinese, faults, identity, login_page, opener, session_cookie, upkeep


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    module: str
    title: str
    path: str  # of the address
    right: Right | None = None  # which an account needs for it, where people log in


ENTRIES = (
    Entry(module="chat_page", title="问答", path="ask"),
    Entry(module="indicators_page", title="指标", path="indicators"),
    Entry(module="report_page", title="原文", path="report"),
    Entry(module="checking_page", title="核对", path="checking"),
    Entry(module="reports_page", title="报告", path="reports"),
    Entry(module="evaluation_page", title="评测", path="evaluation", right="evaluate"),
)
# Where people log in, besides.
OF_PEOPLE = (
    Entry(module="people_page", title="用户", path="people", right="administer"),
    Entry(module="account_page", title="账户", path="account"),
)


def draw() -> None:
    """The bar, and the page the address names; the first page is shown where it names none."""
    upkeep.daily()
    account = identity.account()
    entries = [entry for entry in (*ENTRIES, *OF_PEOPLE) if _is_open(entry, account)]
    pages = [_page(entry) for entry in entries]
    shown = st.navigation(pages, position="hidden")
    if identity.is_on() and account is None:
        _draw_bar([])
        chinese.draw()
        login_page.draw()
        return
    if account is not None:
        identity.settle(account)
        if identity.is_local():
            session_cookie.draw(identity.token())
    _draw_bar(pages)
    chinese.draw()
    if account is not None and account.must_change:
        account_page.draw_password(account)
    else:
        shown.run()


def exists(path: str) -> bool:
    """Whether there is a page of that address."""
    return any(entry.path == path and _is_open(entry, identity.account()) for entry in (*ENTRIES, *OF_PEOPLE))


def link(path: str) -> st.Page:
    """The page of that address, for `st.page_link` and `st.switch_page`; KeyError where there is none."""
    return _page({entry.path: entry for entry in (*ENTRIES, *OF_PEOPLE)}[path])


def _is_open(entry: Entry, account: Account | None) -> bool:
    """Whether there is such a page for this account; without logins all but those about people."""
    if find_spec(f"{__package__}.{entry.module}") is None:
        return False
    if not identity.is_on():
        return entry not in OF_PEOPLE
    return entry.right is None or (account is not None and account.may(entry.right))


def _page(entry: Entry) -> st.Page:
    return st.Page(_drawer(entry), title=entry.title, url_path=entry.path, default=entry is ENTRIES[0])


def _drawer(entry: Entry) -> Callable[[], None]:
    drawer = partial(_draw_page, entry.module)
    drawer.__name__ = entry.path  # type: ignore[attr-defined] # Streamlit asks a page for its name
    return drawer


def _draw_page(module: str) -> None:
    with faults.shown():
        importlib.import_module(f"{__package__}.{module}").draw(opener.opened())


def _draw_bar(pages: list[st.Page]) -> None:
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<div class="jushi-title">据实</div>', width="content")
        with st.container(key="links", horizontal=True, gap=None, width="content"):
            for page in pages:
                st.page_link(page, label=page.title)
