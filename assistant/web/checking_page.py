"""核对: what agrees and what differs inside a report, and 核稿: a draft held against the reports, figure by figure.

/checking?report=a.txt opens that report's findings.
"""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from assistant.library import Library
from assistant.views.report_findings import Compared, report_findings
from assistant.web import draft_check, findings_view, layout
from assistant.web.markup import text_block
from assistant.web.opener import Opened
from corpus.findings import Check, Verdict

_VERDICTS: dict[Verdict, str] = {"differs": "不一致", "open": "无法判断", "agrees": "一致"}
_CHECKS: dict[Check, str] = {
    "rate": "完成率（所载与计算）", "parts": "总数与各部分", "items": "所述项数与所列", "claim": "结论与指标",
    "repeat": "同一数量多处出现",
}  # fmt: skip
_AT_ONCE = 30


def draw(opened: Opened) -> None:
    layout.begin("核对", "报告自己前后是否一致；草稿里的数与报告是否一致。")
    library = opened.assistant.library
    if not library.reports:
        st.info("现在没有报告。请到“报告”页加入一份。")
        return
    inside, draft = st.tabs(["报告自查", "核稿"])
    with inside:
        report = layout.choose_report(library, key="checked_report")
        _draw_findings(report, _findings(library, report))
    with draft:
        draft_check.draw(library)


@lru_cache(maxsize=4)
def _findings(library: Library, report: str) -> tuple[Compared, ...]:
    return report_findings(library, report)


def _draw_findings(report: str, compared: Sequence[Compared]) -> None:
    if not compared:
        st.info("这份报告里没有可以互相核对的数：没有重复出现、能合计或写了完成率的。")
        return
    counts = {verdict: sum(each.finding.verdict == verdict for each in compared) for verdict in _VERDICTS}
    shown = st.segmented_control(
        "结论", list(_VERDICTS), default=next(verdict for verdict in _VERDICTS if counts[verdict]), required=True,
        format_func=lambda verdict: f"{_VERDICTS[verdict]} {counts[verdict]}", key=f"verdict-{report}",
        label_visibility="collapsed",
    )  # fmt: skip
    chosen = [each for each in compared if each.finding.verdict == shown]
    most = st.session_state.get("shown_findings", _AT_ONCE)
    if not chosen:
        st.html(text_block("没有。", "jushi-note"))
    kind = None
    for number, each in enumerate(chosen[:most]):
        if each.finding.check != kind:
            kind = each.finding.check
            st.html(f'<h2 class="jushi-subtitle">{_CHECKS[kind]}</h2>')
        findings_view.draw(report, each, f"{shown}-{number}")
    if len(chosen) > most:
        st.button(f"再显示 {_AT_ONCE} 处", key="more_findings", on_click=_show, args=(most + _AT_ONCE,))


def _show(most: int) -> None:
    st.session_state["shown_findings"] = most
