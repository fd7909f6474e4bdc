"""The results of runs: numbers by category, the cases that failed, and two runs side by side."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from assistant.evaluations.comparing import Changed, RunComparison, compare
from assistant.evaluations.run_files import (
    Failure,
    FinishedRun,
    category_rows,
    failures,
    refused_lines,
    splits_of,
)
from assistant.evaluations.words import word, words
from assistant.web.markup import plain, text_block

_AT_ONCE = 30
_NONE_YET = "还没有评测结果。到“开始评测”选一个用例文件，或在命令行运行 python -m evals run。"


def draw_run(runs: Sequence[FinishedRun]) -> None:
    """One run: its numbers and what failed."""
    if not runs:
        st.info(_NONE_YET)
        return
    run = _choose("哪一次", runs, key="run", index=0)
    splits = splits_of(run)
    split = splits[0] if len(splits) <= 2 else st.segmented_control(
        "范围", splits, default=splits[0], required=True, format_func=lambda name: word("splits", name),
        key="run_split", label_visibility="collapsed",
    )  # fmt: skip
    st.html(table(("类别", "题数", *words()["measures"].values()), category_rows(run, split or splits[0])))
    _draw_failures(failures(run))
    if refused := refused_lines(run):
        with st.expander(f"不能用的用例（{len(refused)} 行）"):
            st.html(table(("文件", "行", "原因"), [(line.file, str(line.line), line.message) for line in refused]))


def draw_comparison(runs: Sequence[FinishedRun]) -> None:
    """Two runs: which cases got better or worse, and what changed in words."""
    if len(runs) < 2:
        st.info("要有两次结果才能比较。")
        return
    before = _choose("先前的", runs, key="run_before", index=1)
    after = _choose("后来的", runs, key="run_after", index=0)
    if before.name == after.name:
        st.html(text_block("选两次不同的结果。", "jushi-note"))
        return
    if st.button("比较", key="compare_runs"):
        st.session_state["compared_runs"] = (before.folder, after.folder)
    if st.session_state.get("compared_runs") == (before.folder, after.folder):
        _draw_compared(_compared(before.folder, after.folder))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Text cells as a table that scrolls within itself."""
    head = "".join(f"<th>{escape(title)}</th>" for title in header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        '<div class="jushi-table" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _choose(label: str, runs: Sequence[FinishedRun], *, key: str, index: int) -> FinishedRun:
    folders = {run.folder: run for run in runs}
    folder = st.selectbox(label, list(folders), index=index, key=key, format_func=lambda path: folders[path].title())
    return folders[folder]


def _draw_failures(failed: Sequence[Failure]) -> None:
    st.html(f'<h2 class="jushi-subtitle">没有通过的题（{len(failed)}）</h2>')
    if not failed:
        st.html(text_block("没有可以列出的：都通过了，或属于不公开的测试集。", "jushi-note"))
        return
    present = ["", *dict.fromkeys(each.category for each in failed)]
    chosen = st.segmented_control(
        "类别", present, default="", required=True, key="failed_category", label_visibility="collapsed",
        format_func=lambda name: word("categories", name) if name else "全部",
    )  # fmt: skip
    shown = [each for each in failed if chosen in ("", each.category)]
    most = st.session_state.get("shown_failures", _AT_ONCE)
    for each in shown[:most]:
        with st.expander(plain(f"{each.question}　——　{'；'.join(each.why)}")):
            st.html(_failure(each))
    if len(shown) > most:
        st.button(f"再显示 {_AT_ONCE} 题", key="more_failures", on_click=_show, args=(most + _AT_ONCE,))


def _failure(failed: Failure) -> str:
    must = "；".join(" 或 ".join(variants) for variants in failed.gold.must)
    given = f"{word('statuses', failed.status) if failed.status else '没有回答'}：{failed.answer or ''}"
    rows = (
        ("编号", f"{failed.id}（{word('categories', failed.category)}）"),
        ("应得", f"{word('statuses', failed.expected)}：{failed.gold.answer}"),
        ("必含", must),
        ("实得", given),
        ("原因", "；".join(failed.why)),
    )
    cells = "".join(f"<tr><th>{label}</th><td>{escape(text)}</td></tr>" for label, text in rows if text)
    return f'<div class="jushi-table jushi-facing"><table><tbody>{cells}</tbody></table></div>'


@st.cache_data(show_spinner="正在比较……", max_entries=8)
def _compared(before: Path, after: Path) -> RunComparison:
    return compare(before, after)


def _draw_compared(compared: RunComparison) -> None:
    only = len(compared.only_before), len(compared.only_after)
    st.html(
        text_block(f"共有的题 {compared.shared} 道；只在先前的 {only[0]} 道，只在后来的 {only[1]} 道。", "jushi-note")
    )
    header = ("标准", "类别", "变好", "不变", "变差", "偶然的可能（p）")
    rows = []
    for each in compared.counts:
        counted = (str(each.wins), str(each.ties), str(each.losses), f"{each.p:.3f}")
        rows.append((each.criterion, word("categories", each.category), *counted))
    st.html(table(header, rows))
    hidden = compared.changed_count - len(compared.changed)
    told = f"，其中 {hidden} 道属于不公开的测试集" if hidden else ""
    st.html(text_block(f"回答变了的题 {compared.changed_count} 道{told}。", "jushi-note"))
    order = {"loss": 0, "win": 1, "tie": 2}
    for changed in sorted(compared.changed, key=lambda one: order.get(one.result, 3))[: 2 * _AT_ONCE]:
        with st.expander(plain(f"{word('results', changed.result)}　{changed.question}")):
            st.html(_changed(changed))


def _changed(changed: Changed) -> str:
    rows = (("标准答案", changed.gold), ("先前", changed.before), ("后来", changed.after))
    cells = "".join(f"<tr><th>{label}</th><td>{escape(text)}</td></tr>" for label, text in rows)
    return f'<div class="jushi-table jushi-facing"><table><tbody>{cells}</tbody></table></div>'


def _show(most: int) -> None:
    st.session_state["shown_failures"] = most
