"""报告: what the index holds and what was recognised of each report; adding, correcting and removing reports."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from assistant.library import Library
from assistant.views.recognised import Recognised, Stretch, recognised
from assistant.web import faults, frame, identity, job_view, layout, report_changes, visibility
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from corpus.model import Metadata

_MOST_LISTED = 100


def draw(opened: Opened) -> None:
    layout.begin("报告", "索引里有哪些报告，从每份里认出了什么；加入、更正和删除报告。")
    library = opened.assistant.library
    held = list(library.reports.values())
    if not identity.is_on() or identity.may("change_reports"):
        _draw_job()  # it names reports
    may_change = report_changes.draw_admission()
    if may_change and not _is_busy():
        report_changes.draw_adding(held)
    if not held:
        st.info("索引里还没有报告。")
        return
    if st.session_state.get("added_report") in library.reports:
        st.query_params["report"] = st.session_state.pop("added_report")
    report = layout.choose_report(library, key="held_report")
    _draw_report(library, library.reports[report], may_change=may_change and not _is_busy())


def _is_busy() -> bool:
    state = report_changes.jobs().state()
    return state is not None and state.is_running


def _draw_job() -> None:
    jobs = report_changes.jobs()
    if refused := st.session_state.pop("refused_job", None):
        st.warning(plain(f"“{refused}”没有开始：另一项更新正在进行，请等它结束再试。"))
    state = jobs.state()
    if state is None:
        return
    if state.is_running:
        job_view.draw_running(jobs.state, jobs.stop, "index")
        return
    failures = job_view.failures_of(state.result)
    if state.code == 0:
        st.success(plain(f"{state.title}：完成。"), icon=":material/check:")
    elif failures:
        st.error(plain(f"{state.title}：有 {len(failures)} 份没有收入，其余照常。"))
        for failure in failures[:_MOST_LISTED]:
            st.error(plain(failure))
    else:
        st.error(plain(f"{state.title}：{job_view.fault_of(state)}"))
    st.button("知道了", key="dismiss_job", on_click=jobs.clear, type="tertiary")


def _draw_report(library: Library, metadata: Metadata, *, may_change: bool) -> None:
    st.html(text_block(f"《{metadata.title}》", "jushi-panel-report"))
    st.html(text_block(_described(metadata), "jushi-note"))
    names = ["识别结果", "报告信息", "重建与删除"] if may_change else ["识别结果"]
    names += ["谁可以看"] if may_change and identity.is_on() else []
    tabs = st.tabs(names)
    with tabs[0]:
        _draw_recognised(_recognised(library, metadata.report), metadata.report)
    if may_change:
        with tabs[1]:
            report_changes.draw_correcting(metadata)
        with tabs[2]:
            report_changes.draw_upkeep(metadata)
    if len(names) > 3:
        with tabs[3], faults.shown():
            visibility.draw(metadata)


@lru_cache(maxsize=8)
def _recognised(library: Library, report: str) -> Recognised:
    return recognised(library, report)


def _described(metadata: Metadata) -> str:
    known = (
        ("文件", metadata.report), ("发文机关", metadata.issuer), ("地区", metadata.place),
        ("数据年份", metadata.data_year), ("发文年份", metadata.issued_year),
    )  # fmt: skip
    return "　".join(f"{label}：{value if value is not None else '未识别'}" for label, value in known)


def _draw_recognised(found: Recognised, report: str) -> None:
    st.html(_facts(found))
    with st.container(horizontal=True, gap="small"):
        st.page_link(frame.link("report"), label="读原文", query_params={"report": report})
        st.page_link(frame.link("indicators"), label="看数据项", query_params={"report": report})
    _draw_stretches("待核：要对照原件的地方", found.doubtful, report, "没有。")
    _draw_stretches("没有归类的数字", found.unaccounted, report, "没有：每个数字都归为数据项、日期、名称或结构。")
    with st.expander(f"目录（{len(found.sections)} 节）"):
        st.html(_outline(found))
    with st.expander(f"表格（{len(found.tables)} 张）"):
        st.html(_tables(found))


def _facts(found: Recognised) -> str:
    counted = [
        ("字数", found.characters), ("页数", found.pages), ("章节", len(found.sections)), ("表格", len(found.tables)),
        ("数据项", found.figures), ("指标", found.indicators), ("数字", found.numerals),
        ("未归类", len(found.unaccounted)), ("待核", len(found.doubtful)),
    ]  # fmt: skip
    cells = "".join(
        f"<div><b>{number:,}</b><span>{name}</span></div>" for name, number in counted if number is not None
    )
    return f'<div class="jushi-facts">{cells}</div>'


def _draw_stretches(title: str, stretches: Sequence[Stretch], report: str, none: str) -> None:
    with st.expander(f"{title}（{len(stretches)}）"):
        if not stretches:
            st.html(text_block(none, "jushi-note"))
        for stretch in stretches[:_MOST_LISTED]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(_stretch(stretch), width="stretch")
                at = {"report": report, "at": f"{stretch.start}-{stretch.end}"}
                st.page_link(frame.link("report"), label="原文", query_params=at)
        if len(stretches) > _MOST_LISTED:
            st.html(text_block(f"还有 {len(stretches) - _MOST_LISTED} 处，未列出。", "jushi-note"))


def _stretch(stretch: Stretch) -> str:
    text, at, end = stretch.text, stretch.at, stretch.at + stretch.length
    page = f"第 {stretch.page} 页，" if stretch.page is not None else ""
    return (
        f'<div class="jushi-stretch"><span class="jushi-where">{page}第 {stretch.line} 行</span>'
        f"{escape(text[:at])}<mark>{escape(text[at:end])}</mark>{escape(text[end:])}</div>"
    )


def _outline(found: Recognised) -> str:
    rows = "".join(
        f'<div style="padding-left:{min(section.level, 6) - 1}em">{escape(section.title)}</div>'
        for section in found.sections
    )
    return f'<div class="jushi-outline">{rows or "没有认出标题。"}</div>'


def _tables(found: Recognised) -> str:
    rows = "".join(
        f"<tr><td>{escape(table.lead_in or '（没有标题）')}</td>"
        f"<td>{escape('　'.join(filter(None, table.header)))}</td>"
        f"<td class='jushi-number'>{len(table.rows)}</td></tr>"
        for table in found.tables
    )
    head = "<tr><th>标题或上文</th><th>列</th><th>行数</th></tr>"
    return f'<div class="jushi-table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
