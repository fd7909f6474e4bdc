"""Query expansion: official words for everyday ones, only those the reports use, at less weight than asked-for ones."""

from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.expansion import expansion
from index.keywords import EXPANDED, Keywords
from index.keywords_writer import KeywordsWriter
from index.place import Place
from index.store import Store
from index.terms import character_terms
from index.word_lists import lexicon, synonyms

TEXTS = {
    "a": "全省地区生产总值812.4亿元,增长3.1%。",
    "b": "社会消费品零售总额301.7亿元。",
    "c": "发放老年人高龄津贴。",
    "d": "2019年新建公园六座。",
}


def _write(folder: Path, texts: dict[str, str]) -> None:
    writer = KeywordsWriter(folder, {})
    writer.add(texts)
    writer.save()


@pytest.fixture
def keywords(tmp_path: Path) -> Keywords:
    _write(tmp_path / "keywords", TEXTS)
    return Keywords(tmp_path / "keywords")


@pytest.mark.parametrize(
    ("query", "word"),
    [("GDP有多少", "地区生产总值"), ("ＧＤＰ有多少", "地区生产总值"), ("社零多少", "社会消费品零售总额")],
)
def test_an_everyday_word_brings_the_official_ones(query: str, word: str):
    assert word in expansion(query, lambda _: True)


def test_words_that_no_passage_uses_and_words_the_query_has_are_not_added():
    assert expansion("GDP有多少", lambda word: word == "地区生产总值") == ("地区生产总值",)
    assert "地区生产总值" not in expansion("GDP即地区生产总值", lambda _: True)
    assert expansion("公园有几座", lambda _: False) == ()


def test_a_year_of_two_digits_is_written_out():
    assert expansion("19年公园", lambda _: False) == ("2019年",)
    assert expansion("85年公园", lambda _: False) == ("1985年",)
    assert expansion("2019年公园", lambda _: False) == ()


def test_what_a_query_says_in_everyday_words_is_found_by_keywords_alone(keywords: Keywords):
    found = keywords.similarities("GDP")
    assert found.words.argmax() == found.characters.argmax() == 0
    assert found.words[0] > 0
    assert keywords.similarities("19年").words.argmax() == 3


def test_an_added_word_weighs_less_than_one_asked_for(keywords: Keywords):
    brought = " ".join(expansion("gdp", lambda word: word in "地区生产总值"))
    asked, added = keywords.similarities(brought), keywords.similarities("gdp")
    assert 0 < added.characters[0] < asked.characters[0]
    assert added.characters[0] == pytest.approx(EXPANDED * asked.characters[0])
    assert added.words[0] == pytest.approx(EXPANDED * asked.words[0])
    own, more = keywords.characters(brought), keywords.characters("gdp")
    assert dict(zip(more.terms, more.weights, strict=True)) == pytest.approx(
        dict(zip(own.terms, EXPANDED * own.weights, strict=True))
    )


def test_a_query_without_everyday_words_weighs_as_it_is(keywords: Keywords):
    found = keywords.characters("公园六座")
    assert found.terms == tuple(dict.fromkeys(character_terms("公园六座")))
    assert np.all(found.weights == found.weights[0])


def test_no_passage_is_expanded_for_an_empty_index(tmp_path: Path):
    _write(tmp_path / "keywords", {})
    assert Keywords(tmp_path / "keywords").similarities("gdp").words.size == 0


def test_a_report_is_found_by_what_people_call_its_figures(tmp_path: Path):
    report = tmp_path / "bulletin.txt"
    lines = [
        "2019年某县统计公报", "", "全县地区生产总值81.4亿元。", "", "工业经济运行平稳，企业经济效益持续好转。", "",
        "居民经济负担减轻，经济结构优化。", "", "森林覆盖率41%。", "", "公路通车里程813公里。",
    ]  # fmt: skip
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    place = Place(folder=tmp_path / "store")
    build(place, [report])
    assert "81.4亿元" in Store.at(place).searcher().search("经济总量", 1)[0].text


def test_the_lists_hold_pairs_and_no_word_is_its_own_synonym():
    assert len(synonyms()) > 1000
    assert len(lexicon()) > 100
    assert all(one.everyday and one.official and one.everyday not in one.official for one in synonyms())
    assert all(term.official for term in lexicon())
