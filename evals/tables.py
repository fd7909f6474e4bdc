"""The numbers of a run as rows of text, for the terminal, Markdown and HTML alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics import ALL, MEASURES, Group, Share

CATEGORY_TITLES = {
    ALL: "全部", "figure": "数据", "table": "表格", "list": "列举", "compute": "计算", "conflict": "冲突",
    "narrative": "叙述", "followup": "追问", "unanswerable": "无答案",
}  # fmt: skip
SPLIT_TITLES = {ALL: "全部", "tuning": "调试集", "test": "测试集"}


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
