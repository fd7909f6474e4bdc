"""评测: runs over files of cases, their results by category and what failed, two runs compared, feedback as cases."""

import shutil
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.evaluations.run_files import ALL, FinishedRun, finished_runs
from assistant.keeping.job import Jobs
from assistant.keeping.uploads import Upload, put_aside, safe_name
from assistant.web import faults, feedback_view, job_view, layout, report_changes, runs_view, watching
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from corpus.errors import InputFileError
from corpus.settings import PROJECT, settings

CASES = PROJECT / "evals" / "cases"
_SPLITS = {ALL: "全部用例", "tuning": "只跑调试集", "test": "只跑测试集"}


def draw(opened: Opened) -> None:
    layout.begin("评测", "用有标准答案的问题检查回答；比较两次结果；把读者的评价变成用例。")
    may_run = report_changes.draw_admission("evaluate")
    _draw_job()
    runs = [run for folder in _run_folders() for run in finished_runs(folder)]
    runs.sort(key=lambda run: run.timings.finished_at, reverse=True)
    names = ["结果", "比较两次结果", *(["开始评测", "读者评价"] if may_run else [])]
    tabs = dict(zip(names, st.tabs(names), strict=True))
    with tabs["结果"], faults.shown():
        runs_view.draw_run(runs)
    with tabs["比较两次结果"], faults.shown():
        runs_view.draw_comparison(runs)
    if may_run:
        with tabs["开始评测"], faults.shown():
            _draw_start(runs)
        with tabs["读者评价"], faults.shown():
            feedback_view.draw()


@st.cache_resource(show_spinner=False)
def _jobs() -> Jobs:
    """The evaluation of this server; it runs beside changes of the index."""
    return Jobs()


def _own_folder() -> Path:
    """Where the runs started here are written: beside the index, which can be written."""
    return settings().store.resolve() / "runs"


def _run_folders() -> Sequence[Path]:
    return (_own_folder(), PROJECT / "runs")


def _draw_job() -> None:
    jobs = _jobs()
    state = jobs.state()
    if state is None:
        return
    if state.is_running:
        job_view.draw_running(jobs.state, jobs.stop, "evaluation")
        return
    if state.result:
        st.success(plain(f"{state.title}：跑完了，结果在下面。"), icon=":material/check:")
    elif state.code is not None and state.code < 0:
        st.info("评测已停止，没有留下结果。")
    else:
        st.error(plain(f"{state.title}：{job_view.fault_of(state)}"))
    st.button("知道了", key="dismiss_evaluation", on_click=jobs.clear, type="tertiary")


def _draw_start(runs: Sequence[FinishedRun]) -> None:
    files = sorted(CASES.glob("*.jsonl"))
    chosen = st.multiselect(
        "用例文件", files, format_func=lambda path: path.name, placeholder="选择用例文件", key="cases"
    )
    uploaded = st.file_uploader("或上传用例文件（jsonl，每行一个用例）", accept_multiple_files=True, key="case_upload")
    split = st.selectbox("范围", list(_SPLITS), format_func=_SPLITS.__getitem__, key="split")
    here = st.checkbox(
        "都在现在的索引里问（不勾则按用例写明的报告，各建各的索引）", key="in_this_index"
    )  # fmt: skip
    nothing = not chosen and not uploaded
    state = _jobs().state()
    if st.button("开始", type="primary", key="start_run", disabled=nothing or (state is not None and state.is_running)):
        uploads = [_case_file(file.name, file.getvalue()) for file in uploaded or ()]
        _start(chosen, uploads, split, in_this_index=here)
        st.rerun()
    if nothing:
        st.html(text_block("先选一个用例文件，或上传自己的。", "jushi-note"))


def _case_file(name: str, data: bytes) -> Upload:
    safe = safe_name(name)
    if not safe.endswith(".jsonl"):
        raise InputFileError(
            f"“{safe}”不是用例文件：应是 .jsonl，每行一个用例。表格请先用 python -m evals import 转换。"
        )
    return Upload(name=safe, data=data)


def _start(files: Sequence[Path], uploads: Sequence[Upload], split: str, *, in_this_index: bool) -> None:
    store = settings().store.resolve()
    folder = put_aside(uploads, store) if uploads else None
    cases = [*files, *(folder / upload.name for upload in uploads if folder)]
    out = _own_folder() / time.strftime("%Y%m%d-%H%M%S")
    command = ["evals", "run", "--lines", "--no-baselines", "--cases", *map(str, cases), "--out", str(out)]
    command += ["--split", split] if split != ALL else []
    command += ["--store", str(store)] if in_this_index else []
    watching.record("evaluation", files=[path.name for path in cases], split=split)
    _jobs().start(f"评测 {'、'.join(path.name for path in cases)}", command, after=partial(_clean, folder))


def _clean(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
