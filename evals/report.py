"""A run as pages: a self-contained HTML page, the same numbers in Markdown. Everything shown is escaped."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answer import AnswerFigure
from evals.cases import SPLITS, Case
from evals.metrics import MEASURES
from evals.rows import reasons
from evals.run_folder import Numbers, Run, failures
from evals.runner import Asked
from evals.tables import (
    TextTable,
    brief_table,
    intervals_table,
    measures_table,
    milliseconds,
    reports_table,
    retrieval_tables,
    retrieval_times_table,
    with_interval,
    wrong_reasons_table,
)
from evals.titles import ALL, CATEGORY_TITLES, STATUS_TITLES

TEMPLATES = Path(__file__).parent / "templates"
TITLE = "据实评测报告"
SPEAKERS = {"user": "用户", "assistant": "据实"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One measure over all cases, in percent."""

    title: str
    better: str
    percent: float
    low: float
    high: float
    label: str


def html_report(run: Run) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    failed = failures(run)
    return environment.get_template("report.html").render(
        title=TITLE,
        facts=facts(run.numbers),
        bars=_bars(run.numbers),
        tables=run_tables(run.numbers),
        refused=[str(line) for line in run.refused],
        failures=[_failure(one) for one in failed],
        hidden=len(run.asked) - len(run.visible()),
    )


def markdown_report(run: Run) -> str:
    failed = failures(run)
    parts = [_markdown_numbers(TITLE, run.numbers)]
    if run.refused:
        parts.append(f"## 不能用的用例（{len(run.refused)} 行）")
        parts.append("\n".join(f"- {_one_line(str(line))}" for line in run.refused))
    parts.append(f"## 没有通过的题（{len(failed)} 道）")
    parts.extend(_markdown_failure(one) for one in failed)
    return "\n\n".join(parts) + "\n"


def kept_markdown(version: str, numbers: Numbers) -> str:
    """The numbers of a released version."""
    return _markdown_numbers(f"{TITLE}：{_one_line(version)}", numbers) + "\n"


def brief_tables(numbers: Numbers) -> tuple[TextTable, ...]:
    """For the terminal: every split by category, and by report."""
    return (
        *(brief_table(numbers.groups, split) for split in _splits(numbers)),
        *((reports_table(numbers.by_reports),) if len(numbers.provenance.indexes) > 1 else ()),
        *retrieval_tables(numbers.retrieval),
    )


def run_tables(numbers: Numbers) -> tuple[TextTable, ...]:
    return (
        *(measures_table(numbers.groups, split) for split in _splits(numbers)),
        reports_table(numbers.by_reports),
        intervals_table(numbers.groups),
        wrong_reasons_table(numbers.groups),
        *retrieval_tables(numbers.retrieval),
        *((retrieval_times_table(numbers.timings.retrieval),) if numbers.retrieval else ()),
    )


def _splits(numbers: Numbers) -> tuple[str, ...]:
    """The splits present, after all cases together where there are several."""
    present = tuple(split for split in SPLITS if any(group.split == split for group in numbers.groups))
    return (ALL, *present) if len(present) > 1 else present


def facts(numbers: Numbers) -> tuple[tuple[str, str], ...]:
    """What ran, for the head of a page."""
    known, timings = numbers.provenance, numbers.timings
    changed = f"（另有 {known.changed_files} 个文件未提交）" if known.changed_files else ""
    return (
        ("版本", f"{known.commit or '未知'}{changed}"),
        ("报告", "、".join(f"{name}（{checksum[:12]}）" for name, checksum in known.reports.items())),
        *(
            (
                f"{one.cases} 题问的索引",
                f"{'、'.join(one.reports)}，{one.passages} 个段落，格式 {one.format}，向量模型 {one.embedding_model}",
            )
            for one in known.indexes
        ),
        ("题数", f"{numbers.cases}，不能用的行 {numbers.refused_lines}"),
        ("完成时间", timings.finished_at),
        (
            "每题用时",
            f"p50 {milliseconds(timings.p50)}，p95 {milliseconds(timings.p95)}，p99 {milliseconds(timings.p99)}",
        ),
        ("冷启动", f"{milliseconds(timings.cold_start)}，第一题 {milliseconds(timings.first_answer)}"),
    )


def _bars(numbers: Numbers) -> list[Bar]:
    overall = next((group for group in numbers.groups if group.split == group.category == ALL), None)
    bars = []
    for measure in MEASURES if overall else ():
        share = overall.shares[measure.name] if overall else None
        if share is not None and share.share is not None:
            percent, low, high = (round(100 * (part or 0.0), 1) for part in (share.share, share.low, share.high))
            bars.append(Bar(title=measure.title, better=measure.better, percent=percent, low=low, high=high,
                            label=with_interval(share)))  # fmt: skip
    return bars


def _failure(one: Asked) -> dict[str, object]:
    case, answer, error = one.loaded.case, one.outcome.answer, one.outcome.error
    return {
        "id": case.id,
        "category": CATEGORY_TITLES[case.category],
        "question": case.question,
        "history": [{"speaker": SPEAKERS[turn.role], "content": turn.content} for turn in case.history],
        "why": "；".join(reasons(one.verdict)),
        "status": STATUS_TITLES[answer.status if answer else None],
        "answer": answer.answer if answer else "",
        "figure": _figure(answer.figures[0]) if answer and answer.figures else "",
        "gold": case.answer,
        "gold_figure": _gold_figure(case),
        "evidence": case.evidence,
        "citations": answer.citations if answer else (),
        "error": f"{error.message}\n{error.traceback}".strip() if error else "",
    }


def _figure(figure: AnswerFigure) -> str:
    parts = (figure.name, figure.printed, figure.role, figure.period, figure.scope)
    return " · ".join(part for part in parts if part)


def _gold_figure(case: Case) -> str:
    gold = case.figure
    if gold is None:
        return ""
    return " · ".join(part for part in (gold.value + (gold.unit or ""), gold.role, gold.period, gold.scope) if part)


def _markdown_numbers(title: str, numbers: Numbers) -> str:
    parts = [f"# {title}", "\n".join(f"- {name}：{_one_line(value)}" for name, value in facts(numbers))]
    return "\n\n".join((*parts, *(_markdown_table(table) for table in run_tables(numbers))))


def _markdown_failure(one: Asked) -> str:
    case, answer = one.loaded.case, one.outcome.answer
    cited = "；".join(f"第 {citation.line} 行“{citation.quote}”" for citation in answer.citations) if answer else ""
    return "\n".join(
        (
            f"### {_one_line(case.id)}（{CATEGORY_TITLES[case.category]}）{_one_line(case.question)}",
            f"- 原因：{_one_line('；'.join(reasons(one.verdict)))}",
            f"- 回答：{_one_line(answer.answer) if answer else '无'}",
            f"- 标准答案：{_one_line(case.answer)}",
            f"- 出处：{_one_line(cited) or '无'}",
        )
    )


def _markdown_table(table: TextTable) -> str:
    lines = (table.header, tuple("---" for _ in table.header), *table.rows)
    body = "\n".join("| " + " | ".join(_one_line(cell) for cell in line) + " |" for line in lines)
    return f"## {table.title}\n\n{body}"


def _one_line(text: str) -> str:
    """Text on one line with what Markdown and HTML would act on made harmless."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    for mark in "\\`*_[]|#":
        flat = flat.replace(mark, "\\" + mark)
    return flat
