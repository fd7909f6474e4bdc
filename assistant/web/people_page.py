"""用户: accounts, who sees what, and the audit log, for administrators."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.people.account import EVERYONE, ROLE_NAMES, ROLES, Account
from assistant.people.audit import EVENT_NAMES, EVENTS, Entry
from assistant.people.passwords import LONGEST
from assistant.people.people import People
from assistant.web import faults, identity, layout, watching
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from assistant.web.runs_view import table

_MOST_ENTRIES = 200
_DETAILS = {
    "address": "地址", "status": "结果", "route": "路径", "reports": "报告", "bureaus": "部门", "of": "账户",
    "role": "角色", "disabled": "停用", "password": "改了密码", "new": "新建", "unlocked": "解锁", "removed": "删除",
    "what": "格式", "question": "问题", "answer": "回答", "report": "报告", "characters": "字数", "files": "文件",
    "split": "范围", "corrections": "更正", "conversations": "对话", "entries": "审计记录", "grants": "可见范围",
}  # fmt: skip
_HEADER = ("账户", "角色", "部门", "状态")


def draw(opened: Opened) -> None:
    layout.begin("用户", "账户、角色和部门；每份报告给谁看；审计记录。")
    people = identity.people()
    accounts, reports, log = st.tabs(["账户", "可见范围", "审计记录"])
    with accounts, faults.shown():
        _draw_accounts(people)
    with reports, faults.shown():
        _draw_reports(people, opened)
    with log, faults.shown():
        _draw_log(people)


def _draw_accounts(people: People) -> None:
    held = people.accounts.all()
    st.html(table(_HEADER, [_line(account) for account in held]))
    names = {account.name: account for account in held}
    chosen = st.selectbox("改哪个账户", list(names), key="account")
    if chosen:
        _draw_account(people, names[chosen])
    if identity.is_local():
        _draw_new(people)


def _draw_account(people: People, account: Account) -> None:
    known = sorted({*people.grants.bureaus(), *account.bureaus} - {EVERYONE})
    with st.form(f"account-{account.name}", border=True):
        role = st.selectbox(
            "角色", ROLES, index=ROLES.index(account.role), format_func=ROLE_NAMES.__getitem__,
            key=f"role-{account.name}",
        )  # fmt: skip
        bureaus = st.multiselect(
            "部门", known, default=list(account.bureaus), accept_new_options=True, key=f"bureaus-{account.name}",
            placeholder="选择部门，或输入新的",
        )  # fmt: skip
        disabled = st.checkbox("停用这个账户（立即退出登录）", value=account.disabled, key=f"disabled-{account.name}")
        password = (
            _password("新密码（留空不改；下次登录时要本人再改）", f"reset-{account.name}") if account.is_local else ""
        )
        if st.form_submit_button("保存"):
            with faults.shown():
                _save(people, account, role=role, bureaus=bureaus, disabled=disabled, password=password)
                st.rerun()
    st.button("解除登录锁定", key="unlock", on_click=partial(_unlock, people, account.name))


def _save(
    people: People, account: Account, *, role: str, bureaus: Sequence[str], disabled: bool, password: str
) -> None:
    watching.record(
        "account", of=account.name, role=role, bureaus=list(bureaus), disabled=disabled, password=bool(password)
    )
    if role != account.role:
        people.accounts.set_role(account.name, next(each for each in ROLES if each == role))
    if set(bureaus) != set(account.bureaus):
        people.accounts.set_bureaus(account.name, bureaus)
    if disabled != account.disabled:
        people.accounts.set_disabled(account.name, disabled)
    if password:
        people.accounts.set_password(account.name, password, must_change=True)


def _draw_new(people: People) -> None:
    with st.expander("新建账户"), st.form("new_account", border=False, clear_on_submit=False):
        name = st.text_input("账户名", key="new_name", autocomplete="off")
        role = st.selectbox("角色", ROLES, format_func=ROLE_NAMES.__getitem__, key="new_role")
        known = people.grants.bureaus()
        bureaus = st.multiselect(
            "部门", known, accept_new_options=True, key="new_bureaus", placeholder="选择部门，或输入新的"
        )
        password = _password("初始密码（第一次登录时要本人改）", "new_account_password")
        if st.form_submit_button("新建", type="primary"):
            with faults.shown():
                watching.record("account", of=name.strip().casefold(), role=role, bureaus=list(bureaus), new=True)
                people.accounts.add(name, password, role=role, bureaus=bureaus)
                st.rerun()


def _draw_reports(people: People, opened: Opened) -> None:
    held = opened.assistant.library.reports
    bureaus = people.grants.bureaus()
    options = [EVERYONE, *bureaus]
    chosen = st.selectbox(
        "部门", options, key="granted_bureau", format_func=lambda name: "所有登录的人" if name == EVERYONE else name
    )
    granted = people.grants.to(chosen)
    rows = [(metadata.title, name) for name, metadata in held.items() if name in granted]
    st.html(text_block(f"能看 {len(rows)} 份报告。每份报告给谁看，在“报告”页里改。", "jushi-note"))
    st.html(table(("标题", "文件"), rows))


def _draw_log(people: People) -> None:
    events = st.multiselect("只看", EVENTS, format_func=EVENT_NAMES.__getitem__, key="log_events", placeholder="全部")
    entries = people.audit.entries(most=_MOST_ENTRIES, events=events)
    st.html(text_block(f"最近 {len(entries)} 条；全部记录用 python -m assistant accounts audit 取出。", "jushi-note"))
    st.html(table(("时间", "账户", "事件", "内容"), [_entry(entry) for entry in entries]))


def _line(account: Account) -> tuple[str, ...]:
    state = "停用" if account.disabled else ("待改密码" if account.must_change else "正常")
    return account.name, ROLE_NAMES[account.role], "、".join(account.bureaus), state


def _entry(entry: Entry) -> tuple[str, ...]:
    at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    detail = "；".join(f"{_DETAILS.get(name, name)}：{_value(value)}" for name, value in entry.detail.items() if value)
    return at, entry.account or "—", EVENT_NAMES.get(entry.event, entry.event), detail


def _value(value: object) -> str:
    if value is True:
        return "是"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _unlock(people: People, name: str) -> None:
    if identity.may("administer"):
        watching.record("account", of=name, unlocked=True)
        people.login.unlock(name)
        st.toast(plain(f"“{name}”可以登录了。"))


def _password(label: str, key: str) -> str:
    return st.text_input(label, type="password", key=key, autocomplete="new-password", max_chars=LONGEST)
