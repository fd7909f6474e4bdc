"""Many reports in one store: those that could answer are found by their words, names and years, and no others read."""

from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.choice import Choice, choose_reports, named_reports
from assistant.figures.counted_weights import CountedWeights
from assistant.figures.coverage import PairWeights, pairs_of, weigh
from assistant.holdings import Holdings
from assistant.library import Library
from assistant.putting_forward import MOST_ASKED, put_forward
from assistant.questions.question import read_question
from corpus.model import Metadata
from index import pair_counts, word_lists
from index.canonical import canonical, forms, normalise
from index.pair_counts import PairCounting, PairCounts, open_pair_counts, write_pair_counts
from index.store import Store
from tests.compute_reports import store_of

_COUNT = 15
_TEXTS = {
    "a.txt": ["东山市水利局年度报告", "全年新建泵站12座，退休金按时发放。", "新建泵站的经费已经落实。"],
    "b.txt": ["西河市林业局年度报告", "全年植树3万株。"],
    "c.txt": ["南湖市水利局年度报告", "巡查河道40次，新建泵站2座。"],
}


def _counted(texts: dict[str, list[str]], before: PairCounts | None = None) -> PairCounts:
    counting = PairCounting(before)
    for report, own in texts.items():
        counting.add(report, own)
    return counting.counts()


def _same(one: PairCounts, other: PairCounts) -> bool:
    arrays = ("codes", "sums", "starts", "owners", "counts", "texts")
    return one.reports == other.reports and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )


def _weights(texts: list[str]) -> PairWeights:
    return PairWeights(pairs_of(canonical(normalise(text))) for text in texts)


def _agree(counts: PairCounts, texts: list[str]) -> bool:
    counted, plain = CountedWeights(counts), _weights(texts)
    pairs = {pair for own in _TEXTS.values() for text in own for pair in pairs_of(canonical(normalise(text)))}
    return all(counted.of(pair) == plain.of(pair) and (pair in counted) == (pair in plain) for pair in pairs)


def test_words_weigh_by_the_kept_counts_as_by_the_texts_themselves():
    assert _agree(_counted(_TEXTS), [text for own in _TEXTS.values() for text in own])


def test_hidden_reports_weigh_nothing_and_have_no_words():
    limited = _counted(_TEXTS).within({"a.txt"})
    assert _agree(limited, _TEXTS["a.txt"])
    assert limited.holding("泵站").tolist() == [0]
    assert limited.holding("植树").size == 0


def test_counts_put_in_order_by_parts_are_the_same(monkeypatch: pytest.MonkeyPatch):
    whole = _counted(_TEXTS)
    monkeypatch.setattr(pair_counts, "_AT_ONCE", 7)
    assert _same(_counted(_TEXTS), whole)


def test_a_report_counted_before_is_taken_over_and_a_changed_one_counted_anew():
    changed = {**_TEXTS, "b.txt": ["西河市林业局年度报告", "全年植树5万株，护林员120人。"]}
    assert _same(_counted(changed, before=_counted(_TEXTS)), _counted(changed))


def test_counts_are_kept_on_the_disk_and_another_lexicon_needs_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_pair_counts(tmp_path, _counted(_TEXTS))
    opened = open_pair_counts(tmp_path)
    assert opened is not None
    assert _same(opened, _counted(_TEXTS))
    forms.cache_clear()
    monkeypatch.setattr(word_lists, "lexicon", lambda: ())
    try:
        assert open_pair_counts(tmp_path) is None
    finally:
        monkeypatch.undo()
        forms.cache_clear()


def _metadata(number: int, *, issuer: str = "", year: int = 2020) -> Metadata:
    body = issuer or f"{'东西南北'[number % 4]}{'山河湖岭'[number // 4 % 4]}市{'水林农渔'[number // 16 % 4]}业局"
    return Metadata(
        report=f"r{number:03}.txt", title=f"{year}年度{body}工作报告", issuer=body, place=body[:3], data_year=year,
        issued_year=None, checksum="",
    )  # fmt: skip


def test_only_the_reports_a_question_names_are_chosen_among_many():
    held = Holdings(_metadata(number, year=2010 + number // 64) for number in range(192))
    named = choose_reports(read_question("2011年东山市水业局新建泵站几座"), held)
    assert [held[report].title for report in named.reports] == ["2011年度东山市水业局工作报告"]
    assert named.named
    of_issuer = named_reports("南湖市林业局的泵站", held)
    assert {each.issuer for each in of_issuer} == {"南湖市林业局"}
    assert [each.data_year for each in of_issuer] == [2012, 2011, 2010]
    assert len(choose_reports(read_question("新建泵站几座"), held).reports) == 192


def test_the_reports_with_the_words_come_first_whatever_their_year():
    texts = {f"r{number:03}.txt": ["年度报告", "全年植树3万株。"] for number in range(60)}
    texts["r031.txt"] = ["年度报告", "新建泵站12座。"]
    held = Holdings(_metadata(number, year=2000 + number % 20) for number in range(60))
    counts = _counted(texts)
    everything = Choice(reports=held.newest_names, named=False)
    numbers = {report: number for number, report in enumerate(counts.reports)}
    found = put_forward(everything, weigh("新建泵站", CountedWeights(counts)), counts, numbers, held.issuer)
    assert "r031.txt" in found.reports
    assert len(found.reports) == MOST_ASKED
    assert list(found.reports) == [each for each in held.newest_names if each in found.reports]


def test_one_issuer_does_not_keep_the_others_out():
    held = Holdings(
        [*(_metadata(n, issuer="东山市水业局", year=2001 + n) for n in range(20)), _metadata(21, issuer="西河市林业局")]
    )
    counts = _counted({report: ["新建泵站12座。"] for report in held})
    numbers = {report: number for number, report in enumerate(counts.reports)}
    everything = Choice(reports=held.newest_names, named=False)
    found = put_forward(everything, weigh("新建泵站", CountedWeights(counts)), counts, numbers, held.issuer)
    assert {held[report].issuer for report in found.reports} == {"东山市水业局", "西河市林业局"}


def _report(number: int) -> str:
    own = "新建候鸟观测塔37座。" if number == 3 else f"新建泵站{10 + number}座。"
    place = f"{'东西南北中'[number % 5]}{'山河湖'[number // 5]}市"
    return f"# {2005 + number}年度{place}水务局工作报告\n\n## 一、完成情况\n\n全年{own}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    texts = {f"many_{number:02}": _report(number) for number in range(_COUNT)}
    return store_of(tmp_path_factory.mktemp("many"), **texts)


def test_what_only_an_old_report_says_is_found_in_it(store: Store):
    answer = Assistant(Library(store), max_question_characters=500).answer("新建候鸟观测塔多少座？")
    assert answer.status == "answered"
    assert answer.figures[0].base_value == "37"


def test_what_many_issuers_say_is_asked_back(store: Store):
    assert Assistant(Library(store), max_question_characters=500).answer("新建泵站多少座？").status == "clarify"


def test_a_question_reads_no_more_reports_than_are_put_forward(store: Store):
    assistant = Assistant(Library(store), max_question_characters=500)
    assert assistant.answer("博物馆的讲解员有多少人？").status == "refused"
    assert assistant.library.entries._of.cache_info().currsize <= MOST_ASKED < _COUNT


def test_a_number_is_found_in_whichever_report_states_it(store: Store):
    answer = Assistant(Library(store), max_question_characters=500).answer("37是什么数？")
    assert [figure.base_value for figure in answer.figures] == ["37"]
