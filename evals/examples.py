"""Examples to learn from: the cases of some files over an index that holds their reports."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.figures.entries import make_entries
from corpus.errors import InputFileError
from evals.cases import LoadedCase, load_cases
from evals.product import read_reports
from evals.training import Example, example
from index.store import Store


def examples_of(store: Store, files: Iterable[Path], report: str | None) -> tuple[Example, ...]:
    """Every case with a figure or to be refused, beside the rows of its report; `report` is for cases naming none.

    Raises:
        InputFileError: no case can be used.
    """
    texts = read_reports(store).texts
    known = {report: texts[report]} if report in texts else texts
    loaded: list[LoadedCase] = []
    for file in files:
        own = load_cases([file], texts).cases
        loaded += own if all(one.report for one in own) and own else load_cases([file], known).cases
    usable = [one for one in loaded if one.report and _teaches(one)]
    if not usable:
        raise InputFileError("没有可以学习的用例：需要带 figure 的数据题或无答案的题，且索引里有它们的报告。")
    return tuple(_examples(store, usable))


def _teaches(one: LoadedCase) -> bool:
    case = one.case
    return case.category != "conflict" and (case.figure is not None or case.expected_status == "refused")


def _examples(store: Store, usable: Sequence[LoadedCase]) -> Iterable[Example]:
    metadata = {each.report: each for each in store.reports()}
    searcher = store.searcher()
    for report in sorted({one.report for one in usable if one.report}):
        passages = {report: store.passages(report)}
        entries = make_entries(store.figures(report), store.indicators(report), [metadata[report]], passages)
        for one in usable:
            if one.report == report:
                near = searcher.figure_similarities(one.case.question, report)
                yield example(one.case, report, entries, near)
