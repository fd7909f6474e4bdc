"""The numbers of a run as rows of text, for the terminal, Markdown and HTML alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.comparison import RunComparison
from evals.metrics import MEASURES, Group, ReportsGroup, Share
from evals.retrieval import BUDGET, CUTS, RetrievalResult, RetrievalTiming
from evals.titles import ALL, CATEGORY_TITLES, RESULT_TITLES, SPLIT_TITLES, WRONG_TITLES

BRIEF = {"correct", "figure_exact", "wrong_figure", "false_refusal", "refusal_recall"}


@dataclass(frozen=True, kw_only=True, slots=True)
class TextTable:
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def measures_table(groups: Sequence[Group], split: str) -> TextTable:
    """One split's measures, a row a category."""
    chosen = [group for group in groups if group.split == split]
    return TextTable(
        title=SPLIT_TITLES[split],
        header=("类别", "题数", *(measure.title for measure in MEASURES)),
        rows=tuple(
            (CATEGORY_TITLES[group.category], str(group.cases), *(shown(group.shares[one.name]) for one in MEASURES))
            for group in chosen
        ),
    )


def brief_table(groups: Sequence[Group], split: str) -> TextTable:
    """What a developer reads first: one split by category, few measures."""
    table = measures_table(groups, split)
    chosen = [0, 1, *(number for number, one in enumerate(MEASURES, 2) if one.name in BRIEF)]
    return TextTable(
        title=table.title,
        header=tuple(table.header[column] for column in chosen),
        rows=tuple(tuple(row[column] for column in chosen) for row in table.rows),
    )


def reports_table(groups: Sequence[ReportsGroup]) -> TextTable:
    """The same by the reports the cases were asked over."""
    measures = [measure for measure in MEASURES if measure.name in BRIEF]
    return TextTable(
        title="按报告",
        header=("报告", "", "题数", *(measure.title for measure in measures)),
        rows=tuple(
            (
                "、".join(one.reports) if len(one.reports) == 1 else f"{len(one.reports)} 份报告一起",
                SPLIT_TITLES[one.group.split],
                str(one.group.cases),
                *(shown(one.group.shares[measure.name]) for measure in measures),
            )
            for one in groups
        ),
    )


def intervals_table(groups: Sequence[Group]) -> TextTable:
    """Every measure over all categories, by split, with its interval."""
    chosen = [group for group in groups if group.category == ALL]
    return TextTable(
        title="置信区间（95%）",
        header=("指标", *(SPLIT_TITLES[group.split] for group in chosen)),
        rows=tuple(
            (measure.title, *(with_interval(group.shares[measure.name]) for group in chosen)) for measure in MEASURES
        ),
    )


def wrong_reasons_table(groups: Sequence[Group]) -> TextTable:
    """Why figures are wrong, by split; a case may have several reasons."""
    chosen = [group for group in groups if group.category == ALL]
    return TextTable(
        title="错误数字的原因",
        header=("原因", *(SPLIT_TITLES[group.split] for group in chosen)),
        rows=tuple(
            (title, *(str(group.wrong_reasons.get(reason, 0)) for group in chosen))
            for reason, title in WRONG_TITLES.items()
        ),
    )


def retrieval_tables(results: Sequence[RetrievalResult]) -> tuple[TextTable, ...]:
    """One table a split."""
    splits = dict.fromkeys(result.split for result in results)
    return tuple(_retrieval_table(split, [one for one in results if one.split == split]) for split in splits)


def _retrieval_table(split: str, results: Sequence[RetrievalResult]) -> TextTable:
    """Ways of searching side by side: the first is the product's, the others are baselines."""
    return TextTable(
        title=f"检索对比：{SPLIT_TITLES[split]}（每条依据一次）",
        header=("方法", *(f"召回@{cut}" for cut in CUTS), f"{BUDGET} 字内召回", "MRR@10", "前五条字数"),
        rows=tuple(
            (
                one.title,
                *(with_interval(one.recall[str(cut)]) for cut in CUTS),
                with_interval(one.within),
                f"{one.mrr}",
                f"{one.characters}",
            )
            for one in results
        ),
    )


def retrieval_times_table(timings: Sequence[RetrievalTiming]) -> TextTable:
    return TextTable(
        title="检索用时（第一种的打开时间含加载向量模型，其后各种共用它）",
        header=("方法", "打开", "p50", "p95"),
        rows=tuple(
            (one.title, milliseconds(one.opening), milliseconds(one.p50), milliseconds(one.p95)) for one in timings
        ),
    )


def milliseconds(seconds: float | None) -> str:
    return "未测" if seconds is None else f"{seconds * 1000:.1f} 毫秒"


def comparison_table(comparison: RunComparison) -> TextTable:
    """Wins, ties and losses of the second run, by criterion and category."""
    return TextTable(
        title=f"{comparison.before} → {comparison.after}（共有 {comparison.shared} 题）",
        header=("标准", "类别", "变好", "不变", "变差", "McNemar p", "差（95% 区间，成对自助法）"),
        rows=tuple(
            (
                one.criterion,
                CATEGORY_TITLES[one.category],
                str(one.wins),
                str(one.ties),
                str(one.losses),
                f"{one.p:.4f}",
                f"{one.difference:+.1%}（{one.low:+.1%} 到 {one.high:+.1%}）",
            )
            for one in comparison.counts
        ),
    )


def changed_answers(comparison: RunComparison) -> str:
    """The answers that changed, in full: losses first, then wins."""
    order = {"loss": 0, "win": 1, "tie": 2}
    blocks = [
        f"■ {one.id}（{RESULT_TITLES[one.result]}）{one.question}\n标准：{one.gold}\n前：{one.before}\n后：{one.after}"
        for one in sorted(comparison.changed, key=lambda one: order[one.result])
    ]
    hidden = comparison.changed_count - len(comparison.changed)
    note = f"，其中 {hidden} 道属于测试集，不显示" if hidden else ""
    return "\n\n".join((f"回答变了的题：{comparison.changed_count} 道{note}。", *blocks))


def shown(share: Share) -> str:
    return "－" if share.share is None else f"{share.hits}/{share.total}"


def with_interval(share: Share) -> str:
    if share.share is None or share.low is None or share.high is None:
        return "－"
    return f"{share.share:.1%}（{share.low:.1%}–{share.high:.1%}，{share.hits}/{share.total}）"


def plain(table: TextTable) -> str:
    """The table for a terminal, its columns aligned by display width."""
    lines = (table.header, *table.rows)
    widths = [max(_width(line[column]) for line in lines) for column in range(len(table.header))]
    body = (
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
    return "\n".join((f"【{table.title}】", *body))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns a terminal uses: Chinese characters take two."""
    return sum(2 if ord(char) >= 0x1100 else 1 for char in text)
