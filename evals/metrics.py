"""Verdicts counted: shares with their confidence intervals, by category and split.

Every measure is a table row: what it is called, whom it applies to, what counts. A crash or a timeout is
neither right nor wrong: it is counted apart, and as not correct.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.cases import CATEGORIES, SPLITS
from evals.intervals import share_interval
from evals.judging import Verdict
from evals.titles import ALL


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """`applies` may be None from `counts`: then the case is not asked."""

    name: str
    title: str  # Chinese
    better: str  # "high" or "low"
    counts: Callable[[Verdict], bool | None]


def _when(condition: bool, value: bool) -> bool | None:
    return value if condition else None


MEASURES: tuple[Measure, ...] = (
    Measure(name="correct", title="回答正确", better="high", counts=lambda one: one.correct),
    Measure(name="figure_exact", title="数据项全对", better="high", counts=lambda one: one.figure_exact),
    Measure(name="value_exact", title="数值单位对", better="high", counts=lambda one: one.value_exact),
    Measure(name="wrong_figure", title="错误数字", better="low", counts=lambda one: bool(one.wrong)),
    Measure(
        name="refusal_precision", title="拒答准确率", better="high",
        counts=lambda one: _when(one.status == "refused", one.expected == "refused"),
    ),
    Measure(
        name="refusal_recall", title="拒答召回率", better="high",
        counts=lambda one: _when(one.expected == "refused", one.status == "refused"),
    ),
    Measure(
        name="false_refusal", title="误拒", better="low",
        counts=lambda one: _when(one.expected == "answered", one.status in {"refused", "clarify"}),
    ),
    Measure(name="clarify", title="反问", better="low", counts=lambda one: one.status == "clarify"),
    Measure(name="citations_sound", title="出处无误", better="high", counts=lambda one: one.citations_sound),
    Measure(name="evidence_covered", title="依据覆盖", better="high", counts=lambda one: one.evidence_covered),
    Measure(
        name="citation_correct", title="引用正确", better="high",
        counts=lambda one: None if one.citations_sound is None
        else one.citations_sound and one.evidence_covered is not False,
    ),
    Measure(name="flooded", title="堆砌数字", better="low", counts=lambda one: one.flooded),
    Measure(name="error", title="出错", better="low", counts=lambda one: one.error is not None),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """`hits` of `total` cases, with the 95 % bootstrap interval of the share; all None where total is 0."""

    hits: int
    total: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The measures over one group of cases; `split` and `category` may be "all"."""

    split: str
    category: str
    cases: int
    shares: dict[str, Share]
    wrong_reasons: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsGroup:
    """The measures over the cases asked over these reports."""

    reports: tuple[str, ...]
    group: Group


def groups(verdicts: Sequence[Verdict]) -> tuple[Group, ...]:
    """All cases, each split, and each category of all and of each split; empty groups are left out."""
    found = []
    for split in (ALL, *SPLITS):
        for category in (ALL, *CATEGORIES):
            chosen = [one for one in verdicts if split in {ALL, one.split} and category in {ALL, one.category}]
            if chosen:
                found.append(_group(split, category, chosen))
    return tuple(found)


def groups_by_reports(verdicts: Iterable[tuple[tuple[str, ...], Verdict]]) -> tuple[ReportsGroup, ...]:
    """The measures over the cases asked over each set of reports, and over each split of them."""
    by_reports: dict[tuple[str, ...], list[Verdict]] = {}
    for reports, verdict in verdicts:
        by_reports.setdefault(reports, []).append(verdict)
    return tuple(
        ReportsGroup(reports=reports, group=group)
        for reports, asked in by_reports.items()
        for group in groups(asked)
        if group.category == ALL
    )


def _group(split: str, category: str, verdicts: Sequence[Verdict]) -> Group:
    return Group(
        split=split,
        category=category,
        cases=len(verdicts),
        shares={measure.name: share_of(measure.counts(one) for one in verdicts) for measure in MEASURES},
        wrong_reasons=dict(sorted(Counter(reason for one in verdicts for reason in one.wrong).items())),
    )


def share_of(facts: Iterable[bool | None]) -> Share:
    """The share of those that are true among those that are not None."""
    asked = tuple(fact for fact in facts if fact is not None)
    if not asked:
        return Share(hits=0, total=0, share=None, low=None, high=None)
    low, high = _interval(sum(asked), len(asked))
    return Share(hits=sum(asked), total=len(asked), share=round(sum(asked) / len(asked), 4), low=low, high=high)


@lru_cache(maxsize=4096)
def _interval(hits: int, total: int) -> tuple[float, float]:
    return share_interval([True] * hits + [False] * (total - hits))
