"""账户: whose account this is, a new password, logging out."""

import streamlit as st

from assistant.people.account import EVERYONE, ROLE_NAMES, Account, PeopleError
from assistant.people.passwords import LONGEST, SHORTEST
from assistant.web import identity, layout, watching
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from assistant.web.origin import address


def draw(opened: Opened) -> None:
    account = identity.required()
    layout.begin("账户", "您的账户和能看的报告。")
    bureaus = "、".join(bureau for bureau in account.bureaus if bureau != EVERYONE) or "（没有）"
    seen = "全部报告" if account.may("see_all") else f"{len(opened.assistant.library.reports)} 份报告"
    said = f"账户：{account.name}　角色：{ROLE_NAMES[account.role]}　部门：{bureaus}　可以看：{seen}"
    st.html(text_block(said, "jushi-note"))
    st.button("退出登录", key="sign_out", on_click=identity.sign_out)
    if account.is_local:
        st.html('<h2 class="jushi-subtitle">改密码</h2>')
        _draw_form(account)


def draw_password(account: Account) -> None:
    """In the place of every page, until a password that somebody else has set is changed."""
    layout.begin("设置新密码", "现在的密码是管理员给的，请先换成自己的。")
    _draw_form(account)
    st.button("退出登录", key="sign_out", on_click=identity.sign_out)


def _draw_form(account: Account) -> None:
    rule = f"{SHORTEST} 到 {LONGEST} 个字符，任何文字都可以；常见的、重复的、含账户名的不行。"
    with st.form("password_form", border=True):
        old = _field("现在的密码", "old_password", "current-password")
        new = _field("新密码", "new_password", "new-password")
        again = _field("再输一遍新密码", "new_password_again", "new-password")
        st.html(text_block(rule, "jushi-note"))
        if not st.form_submit_button("改密码", type="primary"):
            return
    if new != again:
        st.error("两次输入的新密码不一样。")
        return
    try:
        fresh = identity.people().login.change_password(account, old, new, address())
    except PeopleError as error:
        st.error(plain(str(error)))
        return
    identity.take(fresh)
    watching.record("password")
    st.rerun()


def _field(label: str, key: str, autocomplete: str) -> str:
    return st.text_input(label, type="password", key=key, autocomplete=autocomplete, max_chars=LONGEST)
