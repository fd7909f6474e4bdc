"""Units, windows and their features: where they are cut, how terms are counted, what a set of hits covers."""

import re
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Document
from index.answer_kinds import answer_kinds
from index.features import Closeness, Query, Windows, feature_names
from index.fusion import load_fusion_weights
from index.keywords import WeightedTerms
from index.occurrences import occurrences, text_of
from index.selection import select
from index.units import Units, UnitsWriter, units_of
from tests.reports import bundled, composed

REPORT = (
    "2021年度某市统计公报\n\n一、农业\n\n粮食产量12.5万吨。其中稻谷7万吨；小麦3万吨。全年雨水充足。\n\n"
    "蔬菜产量30万吨。\n\n二、工业\n\n" + "规模以上企业稳步增长，效益持续提升，结构继续优化。" * 12 + "\n\n"
    "指标\t单位\t数值\n原煤\t万吨\t13.61\n发电量\t亿千瓦时\t42\n"
)


def _units(folder: Path, *documents: Document) -> Units:
    writer = UnitsWriter(folder)
    for document in documents:
        writer.add(list(units_of(document.passages, document.text, passage=0, block=0)), len(document.passages))
    writer.save()
    return Units(folder)


def _read(units: Units, first: int, last: int) -> str:
    return units.characters(first, last).tobytes().decode("utf-32-le")


def test_a_unit_is_a_sentence_or_a_table_row(tmp_path: Path):
    units = _units(tmp_path, composed(REPORT))
    read = [_read(units, number, number) for number in range(len(units))]
    assert "粮食产量12.5万吨。" in read
    assert "其中稻谷7万吨;小麦3万吨。" in read
    assert [text for text, row in zip(read, units.row, strict=True) if row] == ["原煤 万吨 13.61", "发电量 亿千瓦时 42"]


def test_windows_of_any_report_keep_to_one_heading_and_length(tmp_path: Path):
    document = bundled()
    units = _units(tmp_path, composed(REPORT), document)
    passages = composed(REPORT).passages + document.passages
    for first in range(len(units)):
        last = int(units.last[first])
        touched = {passages[int(units.passage[number])].section_path for number in range(first, last + 1)}
        assert len(touched) == 1
        assert len(set(units.report[first : last + 1].tolist())) == 1
        assert units.end[last] - units.start[first] <= 260
        assert last + 1 == len(units) or not units.fit(first, last + 1) or first > last


def test_every_unit_stands_in_a_window_and_no_window_in_another(tmp_path: Path):
    units = _units(tmp_path, bundled())
    windows = [(int(first), int(units.last[first])) for first in np.flatnonzero(units.begins)]
    assert {number for first, last in windows for number in range(first, last + 1)} == set(range(len(units)))
    assert not any(
        other != window and other[0] <= window[0] and window[1] <= other[1] for window in windows for other in windows
    )


def test_terms_are_counted_within_units_and_not_across(tmp_path: Path):
    units = _units(tmp_path, composed("全市就业。业务就业就业。𠮷野家新增就业岗位。\n"))
    text = text_of(units, [0, 1, 2])
    assert text.string == "全市就业。\n业务就业就业。\n𠮷野家新增就业岗位。\n"
    terms = ["就业", "业", "。业", "新增就业", "𠮷", "务就"]
    assert occurrences(text, terms).tolist() == [
        [1, 1, 0, 0, 0, 0],
        [2, 3, 0, 0, 0, 1],
        [1, 1, 0, 1, 1, 0],
    ]
    assert text.matching(re.compile("增")).tolist() == [False, False, True]


def test_counting_agrees_with_python_on_a_whole_report(tmp_path: Path):
    units = _units(tmp_path, bundled())
    numbers = list(range(len(units)))
    terms = ["就", "就业", "绩效", "效", "参保人数", "2"]
    counted = occurrences(text_of(units, numbers), terms)
    for number in numbers:
        text = _read(units, number, number)
        assert counted[number].tolist() == [len(re.findall(f"(?={term})", text)) for term in terms]


@pytest.mark.parametrize(
    ("question", "kind", "given", "not_given"),
    [
        ("哪一年通车？", "time", "1998年建成通车", "全线贯通"),
        ("增加了多少", "number", "增加30人", "有所增加"),
        ("为什么下降", "reason", "由于价格走低", "同比下降"),
    ],
)
def test_what_a_question_asks_for_is_told_from_texts_that_give_it(question, kind, given, not_given):
    found = next(each for each in answer_kinds() if each.name == kind)
    assert found.asked.search(question)
    assert found.given.search(given)
    assert not found.given.search(not_given)


def _windows(units: Units, terms: dict[str, float], asked: str = "") -> Windows:
    first = np.flatnonzero(units.begins)
    weighted = WeightedTerms(terms=tuple(terms), weights=np.array(list(terms.values())))
    return Windows(
        units,
        lambda passage: "",
        Query(asked=asked, characters=weighted, words=WeightedTerms(terms=(), weights=np.zeros(0))),
        Closeness(units=np.zeros(len(units)), passages=np.zeros(int(units.passage.max()) + 1)),
        (first, units.last[first]),
    )


def test_a_window_that_holds_more_of_the_question_has_larger_features(tmp_path: Path):
    units = _units(tmp_path, composed(REPORT))
    windows = _windows(units, {"粮食": 2.0, "产量": 1.0})
    first = np.flatnonzero(units.begins)
    features = windows.features(first, units.last[first])
    for name in ("characters", "sentence", "coverage", "coverage_in_context"):
        best = int(features[:, feature_names().index(name)].argmax())
        assert "粮食产量" in _read(units, int(first[best]), int(units.last[first[best]]))


def test_a_kind_of_answer_counts_only_where_it_is_asked_for(tmp_path: Path):
    units = _units(tmp_path, composed(REPORT))
    first = np.flatnonzero(units.begins)
    column = feature_names().index("number")
    assert not _windows(units, {"产量": 1.0}, "产量好吗").features(first, units.last[first])[:, column].any()
    asked = _windows(units, {"产量": 1.0}, "产量多少").features(first, units.last[first])[:, column]
    assert set(asked.tolist()) == {1.0, -1.0}


def test_a_feature_is_the_same_whether_its_window_is_rated_alone_or_among_others(tmp_path: Path):
    units = _units(tmp_path, bundled())
    windows = _windows(units, {"就业": 2.0, "绩效": 1.0}, "多少")
    first = np.flatnonzero(units.begins)
    together = windows.features(first, units.last[first])
    alone = np.concatenate(
        [windows.features(first[i : i + 1], units.last[first][i : i + 1]) for i in range(len(first))]
    )
    assert np.array_equal(together, alone)


def test_the_weights_name_features_that_exist():
    weights = load_fusion_weights()
    assert set(weights.windows) <= set(feature_names())
    assert set(weights.passages) <= {"sentences", "passages", "words", "characters"}


def test_what_stands_beside_a_chosen_window_comes_back_without_what_was_shown(tmp_path: Path):
    text = "甲" * 99 + "。" + "乙" * 99 + "。" + "丙" * 99 + "。" + "丁" * 99 + "。\n"
    units = _units(tmp_path, composed(text))
    # the middle window is best, then what is left of the others
    candidates = [(0, 1), (1, 2), (2, 3)]

    def rate(first, last):
        return np.array([3.0 if (a, b) == (1, 2) else 1.0 + a / 10 for a, b in zip(first, last, strict=True)])

    chosen = select(candidates, rate, units, np.arange(4), 5)
    assert [window for window, _ in chosen] == [(1, 2), (3, 3), (0, 0)]
    assert [window for window, _ in select(candidates, rate, units, np.arange(4), 1)] == [(1, 2)]


def test_what_stands_beside_a_hit_is_worth_a_little_more(tmp_path: Path):
    units = _units(tmp_path, composed("甲" * 199 + "。" + "乙" * 199 + "。" + "丙" * 199 + "。" + "丁" * 199 + "。\n"))
    value = {0: 9.0, 1: 1.0, 2: 3.0, 3: 1.5}

    def rate(first, last):
        return np.array([value[number] for number in first.tolist()])

    def order(beside: float) -> list[int]:
        return [first for (first, _), _ in select([(n, n) for n in range(4)], rate, units, np.arange(4), 4, beside)]

    assert order(0.0) == [0, 2, 3, 1]
    assert order(2.5)[:2] == [0, 1]


def test_nothing_outside_the_given_units_is_shown(tmp_path: Path):
    units = _units(tmp_path, composed("一句。二句。三句。四句。\n"))
    chosen = select([(1, 2)], lambda first, last: np.zeros(len(first)), units, np.array([1, 2]), 5)
    assert [window for window, _ in chosen] == [(1, 2)]
