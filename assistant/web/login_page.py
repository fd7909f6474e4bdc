"""登录: name and password of a local account, or the way to the office's identity provider."""

import streamlit as st

from assistant.people.account import PeopleError
from assistant.people.login import LockedError
from assistant.people.passwords import LONGEST
from assistant.web import identity, session_cookie
from assistant.web.markup import plain
from assistant.web.origin import address
from corpus.settings import settings

_LONGEST_NAME = 64


def draw() -> None:
    """In the place of every page, as long as nobody is logged in."""
    with st.container(key="login", gap="small"):
        st.html('<h1 class="jushi-page-title">登录</h1>')
        if settings().login == "oidc":
            _draw_provider()
        else:
            _draw_form()


def _draw_provider() -> None:
    if st.user.is_logged_in:
        st.warning("这次登录已过期，或账户已停用。请重新登录；仍不行请联系管理员。")
        st.button("退出", key="leave", on_click=st.logout)
    st.button("用单位的统一身份登录", key="provider", type="primary", on_click=st.login)


def _draw_form() -> None:
    if identity.signed_out():
        session_cookie.draw("")
    with st.form("login_form", border=True):
        name = st.text_input("账户名", key="login_name", autocomplete="username", max_chars=_LONGEST_NAME)
        password = st.text_input(
            "密码", type="password", key="login_password", autocomplete="current-password", max_chars=LONGEST
        )
        if not st.form_submit_button("登录", type="primary"):
            return
    try:
        token = identity.people().login.sign_in(name, password, address())
    except LockedError as error:
        _refused(name, "locked", error)
    except PeopleError as error:
        _refused(name, "login_refused", error)
    else:
        identity.people().audit.record(name.strip().casefold(), "login", address=address())
        identity.take(token)
        st.rerun()


def _refused(name: str, event: str, error: PeopleError) -> None:
    """The name is kept only if it is an account's: people type passwords into the wrong field."""
    people = identity.people()
    account = people.accounts.find(name)
    people.audit.record_if_possible(
        account.name if account else "", "locked" if event == "locked" else "login_refused", address=address()
    )
    st.error(plain(str(error)))
