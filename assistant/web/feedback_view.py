"""What readers thought of answers, as cases to download: those held to be right run as they are."""

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.evaluations.feedback_cases import FeedbackCase, as_lines, feedback_cases
from assistant.web import keeping, watching
from assistant.web.markup import text_block
from assistant.web.runs_view import table

_RATINGS = {"up": "有用", "down": "有误"}
_MOST_LISTED = 200


def draw() -> None:
    cases = feedback_cases(keeping.archive().rated())
    if not cases:
        st.info("还没有读者评价过回答。")
        return
    ready, to_fill = [case for case in cases if case.is_complete], [case for case in cases if not case.is_complete]
    st.html(
        text_block(
            f"评为有用的 {len(ready)} 条，可直接用作用例；评为有误的 {len(to_fill)} 条，要先填标准答案。", "jushi-note"
        )
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "下载可直接用的用例", _file(ready), file_name="feedback.tuning.jsonl", disabled=not ready,
            key="ready_cases", mime="application/x-ndjson", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "下载待填的用例", _file(to_fill), file_name="feedback-to-fill.jsonl", disabled=not to_fill,
            key="cases_to_fill", mime="application/x-ndjson", on_click="ignore",
        )  # fmt: skip
    rows = [(_RATINGS.get(case.rating, case.rating), case.question, case.answer, case.reason) for case in cases]
    st.html(table(("评价", "问题", "回答", "理由"), rows[:_MOST_LISTED]))


def _file(cases: Sequence[FeedbackCase]) -> Callable[[], bytes]:
    return watching.exported("feedback", lambda: as_lines(cases).encode())
