"""How far a run is: a bar on a terminal, lines elsewhere; and what a developer reads first of its numbers."""

import sys

import pytest

from evals.cases import Case, LoadedCase
from evals.judging import CaseError, Outcome, Verdict, judge
from evals.metrics import groups, groups_by_reports
from evals.progress import LINE_EVERY, IndexStages, follow
from evals.tables import brief_table, plain, reports_table

CASES = [
    LoadedCase(
        case=Case(id=f"c{number}", question="问", category="table" if number % 2 else "unanswerable", answer=""),
        split="tuning" if number < 30 else "test", report="a.txt", reports=("a.txt",),
    )
    for number in range(2 * LINE_EVERY + 1)
]  # fmt: skip


def verdicts() -> list[Verdict]:
    failed = Outcome(error=CaseError(kind="crash", message="坏了"))
    return [judge(one, failed, {"a.txt": ""}) for one in CASES]


def test_elsewhere_than_on_a_terminal_a_line_tells_every_so_many_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(follow("提问", CASES)) == CASES
    total = len(CASES)
    assert capsys.readouterr().err.splitlines() == [
        f"提问：{LINE_EVERY}/{total} 题", f"提问：{2 * LINE_EVERY}/{total} 题", f"提问：{total}/{total} 题",
    ]  # fmt: skip


def test_a_line_is_told_once_its_case_is_done_and_not_before(capsys: pytest.CaptureFixture[str]) -> None:
    taken = follow("提问", CASES[:1])
    next(taken)
    assert capsys.readouterr().err == ""
    assert list(taken) == []
    assert capsys.readouterr().err == "提问：1/1 题\n"


def test_on_a_terminal_there_is_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(follow("提问", CASES)) == CASES
    told = capsys.readouterr().err
    assert "提问: 100%" in told and "\r" in told and f"/{len(CASES)}" in told


def test_each_stage_of_a_build_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    stages = IndexStages()
    for stage, done in (("读取报告", 0), ("读取报告", 1), ("计算向量", 0), ("计算向量", 64), ("读取报告", 0)):
        stages(stage, done, 128 if stage == "计算向量" else 2)
    assert capsys.readouterr().err.splitlines() == [
        "准备评测用的索引：读取报告（2）", "准备评测用的索引：计算向量（128）", "准备评测用的索引：读取报告（2）",
    ]  # fmt: skip


def test_the_short_table_has_a_row_per_category_and_the_measures_one_reads_first() -> None:
    table = brief_table(groups(verdicts()), "tuning")
    assert table.header == ("类别", "题数", "回答正确", "数据项全对", "错误数字", "拒答召回率", "误拒")
    assert [row[:2] for row in table.rows] == [("全部", "30"), ("表格", "15"), ("无答案", "15")]
    assert table.rows[0][2:] == ("0/30", "－", "0/30", "0/15", "0/15")
    assert max(map(len, plain(table).splitlines())) < 80


def test_the_numbers_are_told_by_the_reports_cases_were_asked_over() -> None:
    asked = verdicts()
    table = reports_table(groups_by_reports((("a.txt",) if place < 40 else ("a.txt", "b.txt"), one)
                                            for place, one in enumerate(asked)))  # fmt: skip
    assert [row[:3] for row in table.rows] == [
        ("a.txt", "全部", "40"), ("a.txt", "调试集", "30"), ("a.txt", "测试集", "10"),
        ("2 份报告一起", "全部", "61"), ("2 份报告一起", "测试集", "61"),
    ]  # fmt: skip
