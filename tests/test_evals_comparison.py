"""Two runs side by side, and ways of searching side by side."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from evals import __main__ as command
from evals.baselines import retrievers
from evals.cases import SPLITS, Case, LoadedCase
from evals.comparison import compare_runs, read_run
from evals.grounds import Ground
from evals.intervals import difference_interval
from evals.places import covers
from evals.ranking import recall_at, reciprocal_ranks
from evals.retrieval import RetrieverKind, Span, measure_retrieval
from evals.significance import mcnemar
from index.store import Store

ANSWER = {"question": "问", "standalone_question": "问", "status": "answered", "route": "none", "answer": "答"}


def finished(folder: Path, passed: Sequence[bool], texts: Sequence[str], hidden: int = 0) -> Path:
    """A run's folder with these results; the first `hidden` cases are of the test split."""
    folder.mkdir()
    outcomes = {}
    rows = []
    for number, (good, text) in enumerate(zip(passed, texts, strict=True)):
        split = "test" if number < hidden else "tuning"
        outcomes[f"c{number}"] = {
            "category": "figure", "split": split, "status": "answered", "passed": good, "correct": good,
            "wrong": not good, "answer_digest": text,
        }  # fmt: skip
        if split == "tuning":
            rows.append({"id": f"c{number}", "question": f"第{number}问", "gold": "标准", "passed": good,
                         "answer": {**ANSWER, "answer": text}, "error": None})  # fmt: skip
    (folder / "outcomes.json").write_text(json.dumps(outcomes), encoding="utf-8")
    (folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_wins_ties_and_losses_are_counted_case_by_case(tmp_path: Path) -> None:
    before = finished(tmp_path / "前", [True, True, False, False, False], ["a", "b", "c", "d", "e"])
    after = finished(tmp_path / "后", [True, False, True, True, False], ["a", "B", "C", "D", "e"])
    comparison = compare_runs(read_run(before), read_run(after))
    overall = comparison.counts[0]
    assert (overall.criterion, overall.category) == ("通过", "all")
    assert (overall.wins, overall.ties, overall.losses) == (2, 2, 1)
    assert overall.p == 1.0
    assert [(one.id, one.result) for one in comparison.changed] == [("c1", "loss"), ("c2", "win"), ("c3", "win")]
    assert "b" in comparison.changed[0].before
    assert "B" in comparison.changed[0].after


def test_the_difference_of_two_runs_has_a_paired_interval_by_category(tmp_path: Path) -> None:
    """Drawn pair by pair: the interval is that of the differences, narrower than of two runs of other cases."""
    good = [number % 2 == 0 for number in range(100)]
    better = [one or number < 10 for number, one in enumerate(good)]
    texts = [str(number) for number in range(100)]
    before, after = finished(tmp_path / "前", good, texts), finished(tmp_path / "后", better, texts)
    comparison = compare_runs(read_run(before), read_run(after))
    for counts in comparison.counts[:2]:
        assert counts.difference == 0.05
        assert 0.0 < counts.low < 0.05 < counts.high <= 0.1
        assert counts.wins == 5
    assert {counts.category for counts in comparison.counts} == {"all", "figure"}
    assert compare_runs(read_run(before), read_run(after)) == comparison, "the seed is fixed"


def test_an_interval_of_a_difference_follows_the_pairs_not_the_shares() -> None:
    always, never = [True, False] * 20, [False, True] * 20
    assert difference_interval(always, always) == (0.0, 0.0)
    low, high = difference_interval(always, never)
    assert low < -0.2 and high > 0.2, "equal shares, but every case changed"
    assert difference_interval([False], [True]) == (1.0, 1.0)


def test_runs_without_a_case_in_common_are_compared_without_numbers(tmp_path: Path) -> None:
    one = read_run(finished(tmp_path / "一", [True], ["a"]))
    other = read_run(finished(tmp_path / "二", [], []))
    assert compare_runs(one, other).counts == ()


def test_a_run_against_itself_is_all_ties(tmp_path: Path) -> None:
    one = read_run(finished(tmp_path / "一", [True, False], ["a", "b"]))
    comparison = compare_runs(one, one)
    assert comparison.changed_count == 0
    assert {(counts.wins, counts.losses, counts.p) for counts in comparison.counts} == {(0, 0, 1.0)}


def test_hidden_cases_are_counted_but_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = finished(tmp_path / "前", [True, True], ["a", "b"], hidden=1)
    after = finished(tmp_path / "后", [False, True], ["A", "B"], hidden=1)
    assert command.main(["compare", str(before), str(after)]) == 0
    out = capsys.readouterr().out
    assert "回答变了的题：2 道，其中 1 道属于测试集" in out
    assert "第1问" in out
    assert "第0问" not in out


def test_cases_of_one_run_only_are_named_not_counted(tmp_path: Path) -> None:
    before = read_run(finished(tmp_path / "前", [True, True], ["a", "b"]))
    after = read_run(finished(tmp_path / "后", [True, True, False], ["a", "b", "c"]))
    comparison = compare_runs(before, after)
    assert (comparison.shared, comparison.only_before, comparison.only_after) == (2, (), ("c2",))


@pytest.mark.parametrize(("wins", "losses", "p"), [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 0.001953), (1, 9, 0.021484)])
def test_mcnemar_is_the_exact_binomial(wins: int, losses: int, p: float) -> None:
    assert mcnemar(wins, losses) == pytest.approx(p, abs=1e-6)


def test_recall_and_reciprocal_rank_follow_the_rank() -> None:
    ranks = {"b#0": 1, "a#0": 3, "c#0": None, "a#1": 10}
    assert recall_at(ranks, 1, 10) == [True, False, False, False]
    assert recall_at(ranks, 3, 10) == [True, True, False, False]
    assert reciprocal_ranks(ranks, 10) == pytest.approx([1.0, 1 / 3, 0.0, 0.1])


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((0, 3), False),
        ((3, 7), True),
        ((0, 5), True),
        ((0, 4), False),
        ((6, 10), False),
        ((4, 5), True),
        ((0, 10), True),
    ],
)
def test_a_stretch_covers_evidence_by_half(span: tuple[int, int], found: bool) -> None:
    assert covers(span, "就业人数", "城镇新就业人数是多少呢") is found  # at 3-7


class Fixed:
    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans

    def search(self, query: str, k: int) -> Sequence[Span]:
        return self.spans[:k]


def grounds(texts: dict[str, str]) -> dict[tuple[str, ...], Ground]:
    """One index of these reports, which no way of searching here looks into."""
    return {tuple(texts): Ground(folder=Path(), store=cast(Store, None), texts=texts)}


def test_retrieval_is_measured_per_piece_of_evidence() -> None:
    texts = {"a.txt": "甲甲甲甲乙乙乙乙丙丙丙丙"}
    case = Case(id="c", question="问", category="list", answer="", evidence=("甲甲甲甲", "丙丙丙丙", "乙乙乙乙"))
    loaded = LoadedCase(case=case, split="tuning", report="a.txt", reports=("a.txt",))
    hits = [
        Span(report="b.txt", start=0, end=4),
        Span(report="a.txt", start=0, end=4),
        Span(report="a.txt", start=8, end=12),
    ]
    (result,), timing = measure_retrieval(
        RetrieverKind(name="x", title="定", open=lambda _: Fixed(hits)), [loaded], grounds(texts)
    )
    assert {cut: one.hits for cut, one in result.recall.items()} == {"1": 0, "3": 2, "5": 2}
    assert result.mrr == pytest.approx((1 / 2 + 1 / 3) / 3, abs=1e-4)
    assert result.characters == 12
    assert result.within.hits == 2
    assert timing.opening >= 0


def test_evidence_of_a_case_about_no_report_in_particular_is_found_in_any() -> None:
    texts = {"a.txt": "甲甲甲甲", "b.txt": "乙乙乙乙", "c.txt": "乙乙乙乙"}
    case = Case(id="c", question="问", category="list", answer="", evidence=("乙乙乙乙",))
    loaded = LoadedCase(case=case, split="tuning", report=None, reports=tuple(texts))
    for report, found in (("a.txt", 0), ("b.txt", 1), ("c.txt", 1)):
        hit = [Span(report=report, start=0, end=4)]
        kind = RetrieverKind(name="x", title="定", open=lambda _, hit=hit: Fixed(hit))
        assert measure_retrieval(kind, [loaded], grounds(texts))[0][0].within.hits == found, report


def test_a_long_hit_spends_the_budget_of_characters() -> None:
    texts = {"a.txt": "甲" * 900 + "乙" * 200}
    case = Case(id="c", question="问", category="list", answer="", evidence=("乙" * 200,))
    loaded = LoadedCase(case=case, split="tuning", report="a.txt", reports=("a.txt",))
    hits = [Span(report="a.txt", start=0, end=900), Span(report="a.txt", start=900, end=1100)]
    for spans, found in ((hits, 0), (hits[1:], 1)):
        kind = RetrieverKind(name="x", title="定", open=lambda _, spans=spans: Fixed(spans))
        assert measure_retrieval(kind, [loaded], grounds(texts))[0][0].within.hits == found


def test_retrieval_is_told_apart_by_split() -> None:
    texts = {"a.txt": "甲甲乙乙"}
    case = Case(id="c", question="问", category="list", answer="", evidence=("甲甲",))
    loaded = [
        LoadedCase(case=case.model_copy(update={"id": split}), split=split, report="a.txt", reports=("a.txt",))
        for split in SPLITS
    ]
    kind = RetrieverKind(name="x", title="定", open=lambda _: Fixed([Span(report="a.txt", start=0, end=2)]))
    assert [(one.split, one.within.total) for one in measure_retrieval(kind, loaded, grounds(texts))[0]] == [
        ("all", 2), ("tuning", 1), ("test", 1),
    ]  # fmt: skip


def test_every_baseline_finds_something_in_the_bundled_report(bundled_store: Store) -> None:
    text = bundled_store.source_text("gz-hrss-2022.txt")
    for kind in retrievers():
        spans = kind.open(bundled_store).search("城镇新增就业人数", 5)
        assert len(spans) == 5, kind.name
        assert any("新增就业" in text[span.start : span.end] for span in spans), kind.name
