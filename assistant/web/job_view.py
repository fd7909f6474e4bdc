"""How far a long job is, looked at again every second; when it ends, the whole page is drawn anew."""

from collections.abc import Callable, Mapping

import streamlit as st

from assistant.keeping.job import JobState, Stage
from assistant.web.markup import plain, text_block

_FAULT = "这一步没有成功，原因已记入服务器的日志。请重试；若仍不成功，请告诉管理员。"


def draw_running(state: Callable[[], JobState | None], stop: Callable[[], None], key: str) -> None:
    """The stages of a running job and a button that ends it."""

    @st.fragment(run_every="1s")
    def progress() -> None:
        now = state()
        if now is None or not now.is_running:
            st.rerun()
        with st.container(border=True, key=f"job-{key}"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.html(text_block(f"{now.title}……", "jushi-working"), width="stretch")
                st.button("停止", key=f"stop-{key}", on_click=stop, type="tertiary")
            for stage in now.stages:
                st.progress(_share(stage), text=plain(f"{stage.name}：{stage.done}/{stage.total}"))
            if all(stage.done >= stage.total for stage in now.stages):
                st.html(text_block("正在启用……" if now.stages else "已收到，正在准备……", "jushi-note"))

    progress()


def fault_of(state: JobState) -> str:
    """Why a job that ended badly did: its own Chinese sentence where it said one."""
    said = state.said[-1] if state.said else ""
    is_ours = any("\u4e00" <= character <= "\u9fff" for character in said)
    if state.code is not None and state.code < 0:
        return "已停止，索引没有改变。"
    return said if is_ours else _FAULT


def failures_of(result: Mapping[str, object]) -> list[str]:
    """The reports a build could not take in, each with its reason."""
    failures = result.get("failures")
    rows = failures if isinstance(failures, list) else []
    return [str(row["message"]) for row in rows if isinstance(row, dict) and "message" in row]


def _share(stage: Stage) -> float:
    return min(stage.done / stage.total, 1.0) if stage.total else 1.0
