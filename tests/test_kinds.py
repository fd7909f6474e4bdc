"""What kind of number rows are: worked out once a sort of row, and the same as row by row."""

import json

import pytest

from assistant.figures.kinds import Kinds, contradicts_in_kind
from assistant.figures.matching import kind_features
from assistant.library import Library
from assistant.questions.question import Question, read_question
from corpus.settings import PROJECT
from index.store import Store
from tests.compute_reports import store_of
from tests.reports import BUNDLED

CASES = PROJECT / "evals" / "cases" / f"{BUNDLED.name.removesuffix('.txt')}.tuning.jsonl"
# Every row is held against one question in so many.
_EACH = 4


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    lines = CASES.read_text(encoding="utf-8").splitlines()[::_EACH]
    return [read_question(json.loads(line)["question"]) for line in lines]


def _report(year: int) -> str:
    return (
        f"# {year}年度云溪县粮食局工作报告\n\n## 一、粮食收购\n\n"
        f"{year}年，全县收购粮食31.7万吨，比上年增长4.2%，人均1.3吨；2019年收购28.1万吨。计划改造面粉厂14家。\n"
    )


def test_features_kept_by_sort_are_those_of_each_row(asked: list[Question], bundled_store: Store):
    entries = Library(bundled_store).entries
    for question in asked:
        kinds = Kinds(question, entries)
        for entry in entries.entries:
            features = kind_features(question, entry, entries)
            assert kinds.features(entry) == features
            assert kinds.fitting(entry) == (None if contradicts_in_kind(features) else features)


def test_rows_of_one_sort_in_reports_of_other_years_are_told_apart(tmp_path_factory: pytest.TempPathFactory):
    store = store_of(tmp_path_factory.mktemp("grain"), one=_report(2020), other=_report(2022))
    entries = Library(store).entries
    for text in ("收购粮食多少万吨", "2020年收购粮食多少", "去年收购粮食多少吨", "粮食收购增长了百分之几"):
        question = read_question(text)
        kinds = Kinds(question, entries)
        for entry in (*entries.entries, *reversed(entries.entries)):
            assert kinds.features(entry) == kind_features(question, entry, entries)
