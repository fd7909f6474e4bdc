"""Changing the reports from the page: adding files, correcting what was detected, building anew, taking away.

Each change runs as `python -m index …` in a process of its own; the index in service stays until it is whole.
"""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.keeping.admission import Admission
from assistant.keeping.job import Jobs
from assistant.keeping.uploads import Upload, checked_upload, put_aside, renamed
from assistant.operations import observing
from assistant.people.account import PeopleError, Right
from assistant.web import faults, identity, visibility, watching
from assistant.web.markup import plain
from corpus.errors import ReportError
from corpus.model import Metadata
from corpus.settings import settings
from corpus.source import SUFFIXES

_KINDS = "、".join(suffix.lstrip(".") for suffix in SUFFIXES)
_CHOICES = {"replace": "用新文件替换", "both": "两份都留（新文件改名）", "skip": "不加入这个文件"}
_FIELDS = {"title": "标题", "issuer": "发文机关", "place": "地区", "data_year": "数据年份", "issued_year": "发文年份"}


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The job of this server, the same for every window."""
    return Jobs()


def admission() -> Admission:
    # behind a proxy everybody seems to sit at this machine
    address = None if settings().trusted_proxies else st.get_option("server.address")
    return Admission(address=address, password=settings().admin_password)


def draw_admission(right: Right = "change_reports") -> bool:
    """Whether this window may change reports; asks for the password where one is needed.

    Where people log in, it is their account's right that counts.
    """
    if identity.is_on():
        return identity.may(right)
    guard = admission()
    if guard.state == "open" or (guard.state == "password" and st.session_state.get("admitted")):
        return True
    if guard.state == "closed":
        st.info(
            "页面对其他机器开放而没有设管理密码，所以这里只能看，不能改。"
            "要在页面上增删报告，请设置 JUSHI_ADMIN_PASSWORD 后重新打开页面。"
        )
        return False
    with st.form("admission", border=True):
        typed = st.text_input("管理密码", type="password", key="admin_password", help=None)
        if st.form_submit_button("进入管理"):
            st.session_state["admitted"] = guard.admits(typed)
            if st.session_state["admitted"]:
                st.rerun()
            st.error("密码不对。")
    return False


def draw_adding(held: Sequence[Metadata]) -> None:
    """Files chosen, checked one by one; those whose name is taken are asked about."""
    number = st.session_state.get("upload_round", 0)
    given = st.file_uploader(
        f"加入报告（可以一次选多份：{_KINDS}）", accept_multiple_files=True, key=f"uploads-{number}",
        max_upload_size=max(2 * settings().max_report_bytes // 1_000_000, 1),  # above it the browser refuses
    )  # fmt: skip
    adding: list[Upload] = []
    replacing: list[Upload] = []
    for order, file in enumerate(given or ()):
        try:
            upload = checked_upload(file.name, file.getvalue(), settings().max_report_bytes)
            chosen = _settled(upload, held, order)
        except ReportError as error:
            st.error(plain(str(error)))
            continue
        if chosen is None:
            continue
        if any(chosen.name == other.name for other in (*adding, *replacing)):
            st.error(plain(f"选了两份同名的文件“{chosen.name}”，只加入第一份。请给另一份改名再上传。"))
            continue
        (replacing if chosen.standing(held) == "other" else adding).append(chosen)
    chosen_files = [*adding, *replacing]
    seen_by = visibility.draw_choice("seen_by") if given and identity.is_on() else ()
    if given and st.button(f"加入索引（{len(chosen_files)} 份）", key="add", type="primary", disabled=not chosen_files):
        with faults.shown():
            watching.record("upload", reports=[upload.name for upload in chosen_files], bureaus=list(seen_by))
            visibility.set_for_new(adding, seen_by)
            _add(chosen_files, replaces=bool(replacing))


def _settled(upload: Upload, held: Sequence[Metadata], order: int) -> Upload | None:
    """The upload as it is to be added, or None; asks where another file of that name is held."""
    standing = upload.standing(held)
    if standing == "same":
        st.info(plain(f"“{upload.name}”已经在索引里，内容相同，不用再加。"))
        return None
    if standing == "new":
        return upload
    label = plain(f"索引里已有同名的“{upload.name}”，内容不同。怎么办？")
    choice = st.radio(label, list(_CHOICES), index=None, format_func=_CHOICES.__getitem__, key=f"taken-{order}")
    if choice == "both":
        return renamed(upload, {metadata.report for metadata in held})
    return upload if choice == "replace" else None


def _add(uploads: Sequence[Upload], *, replaces: bool) -> None:
    """Starts the build of these files; held ones of the same name give way only where that was asked for."""
    store = settings().store.resolve()
    folder = put_aside(uploads, store)
    paths = [str(folder / upload.name) for upload in uploads]
    title = f"加入《{uploads[0].name}》" + (f"等 {len(uploads)} 份" if len(uploads) > 1 else "")
    update = ["--update"] if replaces else []
    _start(title, ["build", *update, "--reports", *paths], folder=folder)
    st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1
    st.session_state["added_report"] = uploads[0].name
    st.rerun()


def draw_correcting(metadata: Metadata) -> None:
    """What was detected about a report, to be corrected; a field left empty is detected again."""
    with st.form(f"metadata-{metadata.report}", border=False):
        typed = {
            name: st.text_input(label, value=_shown(getattr(metadata, name)), key=f"{name}-{metadata.report}")
            for name, label in _FIELDS.items()
        }
        st.caption("清空一项则恢复自动识别。更正以后一直保留，重建也不会丢。")
        if not st.form_submit_button("保存更正"):
            return
    changed = {name: text.strip() for name, text in typed.items() if text.strip() != _shown(getattr(metadata, name))}
    wrong = [_FIELDS[name] for name, text in changed.items() if name.endswith("_year") and not _is_year(text)]
    if wrong:
        st.error(f"{'、'.join(wrong)}应是 1900 到 2100 之间的四位年份，或留空。")
    elif not changed:
        st.info("没有改动。")
    else:
        corrections = [f"{name}={text}" for name, text in changed.items()]
        watching.record("correct", reports=[metadata.report], corrections=corrections)
        _start(f"更正《{metadata.title}》的信息", ["correct", metadata.report, "--set", *corrections])
        st.rerun()


def draw_upkeep(metadata: Metadata) -> None:
    """Building anew and taking away, the latter asked about once more."""
    asked = st.session_state.get("removing") == metadata.report
    with st.container(horizontal=True, gap="small"):
        st.button("重建索引", key="rebuild", on_click=_rebuild, help="用现在的程序把全部报告重读一遍")
        if not asked:
            st.button("删除这份报告", key="remove", on_click=partial(_ask_removal, metadata.report))
    if asked:
        st.warning(plain(f"确定删除《{metadata.title}》（{metadata.report}）吗？它的数据项、原文都不再可查。"))
        with st.container(horizontal=True, gap="small"):
            st.button("确定删除", key="remove_really", type="primary", on_click=partial(_remove, metadata))
            st.button("不删", key="keep", on_click=partial(_ask_removal, None))


def _rebuild() -> None:
    with faults.shown():
        _check_right()
        watching.record("rebuild")
        _start("重建索引", ["build", "--anew"])


def _ask_removal(report: str | None) -> None:
    st.session_state["removing"] = report


def _remove(metadata: Metadata) -> None:
    st.session_state["removing"] = None
    with faults.shown():
        _check_right()
        watching.record("remove", reports=[metadata.report])
        visibility.forget(metadata.report)
        _start(f"删除《{metadata.title}》", ["remove", metadata.report])


def _start(title: str, command: list[str], *, folder: Path | None = None) -> None:
    """Starts `python -m index COMMAND` over the store of the settings; `folder` is removed at its end."""
    store = ["--store", str(settings().store.resolve()), "--json"]

    def clean() -> None:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    if not jobs().start(title, ["index", *command, *store], after=clean, ended=observing.built):
        st.session_state["refused_job"] = title


def _check_right() -> None:
    """A click is carried out before the page is drawn anew: a role may have been taken away in between."""
    if identity.is_on() and not identity.may("change_reports"):
        raise PeopleError("您的账户不能改报告。")


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _is_year(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2100)
