"""Search: what is found, from which of its three sources, and what a hit says about its place."""

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import QuestionError
from corpus.repair import repair
from corpus.sentences import split_sentences
from corpus.settings import PROJECT
from index.build import build
from index.embedding import shared_embeddings
from index.filters import Filters
from index.fusion import best, filled, scale_of
from index.generations import current_generation
from index.keywords import Keywords
from index.passages import FIGURES
from index.place import KEYWORDS, Place
from index.retriever import PassageRetriever
from index.store import Store
from index.terms import WordTerms, character_terms
from index.vectors import Vectors

QUERIES = ["城镇新增就业", "工伤保险费率下调为企业减负多少", "博士后工作站", "欠薪案件", "预算执行"]
MAX_CHARACTERS = 260


@pytest.mark.parametrize("query", QUERIES)
def test_a_hit_quotes_the_source_text_at_its_place(bundled_store: Store, query: str):
    hits = bundled_store.searcher().search(query, 10)
    assert len(hits) == 10
    for hit in hits:
        source = bundled_store.source_text(hit.report)
        assert hit.text == source[hit.start : hit.end]
        assert 0 < len(hit.text) <= MAX_CHARACTERS
        passage = bundled_store.passage(hit.report, hit.passage_id)
        assert max(passage.start, hit.start) < min(passage.end, hit.end)
        # a row torn by a page is read in another order than it is printed in
        assert not Counter("".join(hit.repaired.split())) - Counter(repair(source, hit.start, hit.end).text)


@pytest.mark.parametrize("query", QUERIES)
def test_a_hit_is_of_whole_sentences_under_one_heading(bundled_store: Store, query: str):
    for hit in bundled_store.searcher().search(query, 10):
        touched = [
            passage
            for passage in bundled_store.passages(hit.report)
            if passage.start < hit.end and hit.start < passage.end
        ]
        assert {passage.section_path for passage in touched} == {hit.section_path}
        source = bundled_store.source_text(hit.report)
        edges = {hit.start, hit.end}
        sentences = [
            content.span(*span)
            for passage in touched
            for content in [repair(source, passage.start, passage.end)]
            for span in split_sentences(content)
        ]
        assert not any(start < edge < end for start, end in sentences for edge in edges)


@pytest.mark.parametrize("query", QUERIES)
def test_hits_do_not_overlap(bundled_store: Store, query: str):
    spans = sorted((hit.start, hit.end) for hit in bundled_store.searcher().search(query, 30))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_search_gives_the_same_hits_and_fewer_are_the_first_of_them(bundled_store: Store, query: str):
    hits = bundled_store.searcher().search(query, 20)
    assert hits == bundled_store.searcher().search(query, 20)
    assert hits[:5] == bundled_store.searcher().search(query, 5)


def test_emptying_the_answer_of_the_vector_store_changes_the_hits(bundled_store: Store, monkeypatch):
    searcher = bundled_store.searcher()
    before = [searcher.search(query, 10) for query in QUERIES]
    assert all(hit.dense_similarity is not None for hits in before for hit in hits[:1])
    monkeypatch.setattr(Vectors, "nearest", lambda *_: ())
    after = [searcher.search(query, 10) for query in QUERIES]
    assert all(hit.dense_similarity is None for hits in after for hit in hits)
    assert [[hit.passage_id for hit in hits] for hits in before] != [[hit.passage_id for hit in hits] for hits in after]


def test_a_paraphrase_without_a_shared_word_is_found_by_the_vectors(tmp_path: Path, small_report: Path):
    place = Place(folder=tmp_path / "store")
    build(place, [small_report])
    best = Store.at(place).searcher().search("穷人能领到的补助金", 1)[0]
    assert "低保金" in best.text


def test_a_search_keeps_to_the_reports_it_is_given(tmp_path: Path, small_report: Path):
    place = Place(folder=tmp_path / "store")
    other = tmp_path / "foshan-2021.txt"
    other.write_text("2021年度佛山市民政局工作报告\n\n全市火化率为97.1%。\n", encoding="utf-8")
    build(place, [small_report, other])
    searcher = Store.at(place).searcher()
    assert {hit.report for hit in searcher.search("火化率")} == {small_report.name, other.name}
    assert {hit.report for hit in searcher.search("火化率", reports={other.name})} == {other.name}
    assert searcher.search("火化率", reports=()) == ()


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two bureaus; of one of them two years."""
    folder = tmp_path_factory.mktemp("reports")
    for place, bureau, year, rate in (
        ("佛山市", "民政局", 2020, "97.1%"),
        ("佛山市", "民政局", 2021, "97.9%"),
        ("中山市", "财政局", 2021, "91.3%"),
    ):
        (folder / f"{place}{bureau}-{year}.txt").write_text(
            f"{year}年度{place}{bureau}工作报告\n\n一、殡葬管理\n\n全市火化率为{rate}。\n\n"
            f"二、救助\n\n救助站的火化率登记另行公布。\n",
            encoding="utf-8",
        )
    place = Place(folder=tmp_path_factory.mktemp("store"))
    assert build(place, [folder]).failures == ()
    return Store.at(place)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"issuer": "财政局"}, {"中山市财政局-2021.txt"}),
        ({"year": 2021}, {"佛山市民政局-2021.txt", "中山市财政局-2021.txt"}),
        ({"issuer": "佛山市民政局", "year": 2020}, {"佛山市民政局-2020.txt"}),
        ({"reports": {"佛山市民政局-2020.txt"}, "year": 2021}, set()),
    ],
)
def test_a_search_keeps_to_issuer_and_year(two_years: Store, filters: dict[str, Any], expected: set[str]):
    hits = two_years.searcher().search("火化率", 10, filters=Filters(**filters))
    assert {hit.report for hit in hits} == expected


def test_a_search_keeps_to_a_section(two_years: Store):
    hits = two_years.searcher().search("火化率是多少", 10, filters=Filters(section="救助"))
    assert {hit.section_path for hit in hits} == {("二、救助",)}
    assert len(hits) == 3


def test_the_retriever_keeps_to_its_filters(two_years: Store):
    retriever = PassageRetriever(searcher=two_years.searcher(), k=9, issuer="民政局", year=2021, section="殡葬")
    documents = retriever.invoke("火化率")
    assert [document.page_content for document in documents] == ["全市火化率为97.9%。"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"佛山市民政局-2020.txt", "佛山市民政局-2021.txt", "中山市财政局-2021.txt"}),
        ({"reports": ("中山市财政局-2021.txt",)}, {"中山市财政局-2021.txt"}),
        ({"issuer": "财政局"}, {"中山市财政局-2021.txt"}),
        ({"year": 2020}, {"佛山市民政局-2020.txt"}),
    ],
)
def test_each_filter_of_the_retriever_is_kept_to(two_years: Store, filters: dict[str, Any], expected: set[str]):
    documents = PassageRetriever(searcher=two_years.searcher(), k=9, **filters).invoke("火化率")
    assert {document.metadata["report"] for document in documents} == expected
    section = PassageRetriever(searcher=two_years.searcher(), k=9, section="救助", **filters).invoke("火化率")
    assert {document.metadata["report"] for document in section} == expected
    assert {tuple(document.metadata["section_path"]) for document in section} == {("二、救助",)}


def test_traditional_characters_are_searched_as_simplified_ones(two_years: Store):
    searcher = two_years.searcher()
    assert searcher.search("佛山市殯葬管理的火化率登記") == searcher.search("佛山市殡葬管理的火化率登记")


@pytest.mark.parametrize("blank", ["", "  ", "\u3000\n"])
def test_a_blank_query_is_refused(bundled_store: Store, blank: str):
    with pytest.raises(QuestionError, match="空"):
        bundled_store.searcher().search(blank)


@pytest.mark.parametrize("odd", ["？！", "zzzzqqqq", "😀", "a" * 3000])
def test_a_query_that_shares_no_term_is_still_answered(bundled_store: Store, odd: str):
    assert len(bundled_store.searcher().search(odd, 3)) == 3


def test_the_documents_of_the_retriever_have_names_of_their_own(bundled_store: Store):
    documents = PassageRetriever(searcher=bundled_store.searcher(), k=20).invoke(QUERIES[0])
    assert len({document.id for document in documents}) == len(documents) > 10


def test_the_retriever_gives_the_hits_as_documents(bundled_store: Store):
    searcher = bundled_store.searcher()
    hits = searcher.search(QUERIES[0], 3)
    documents = PassageRetriever(searcher=searcher, k=3).invoke(QUERIES[0])
    assert [document.page_content for document in documents] == [hit.repaired for hit in hits]
    assert [(document.metadata["start"], document.metadata["quote"]) for document in documents] == [
        (hit.start, hit.text) for hit in hits
    ]


def test_a_name_from_the_reports_is_one_term_beside_its_words():
    assert "城镇新增就业人数" not in WordTerms()("全年城镇新增就业人数")
    terms = WordTerms(["城镇新增就业人数"])("全年城镇新增就业人数")
    assert {"城镇新增就业人数", "城镇", "新增", "就业", "人数"} <= set(terms)


def test_character_terms_do_not_reach_over_punctuation():
    assert character_terms("就业，失业") == ["就", "业", "失", "业", "就业", "失业"]
    assert character_terms("９９％") == ["9", "9", "99"]


def test_what_the_vector_store_did_not_return_is_no_closer_than_its_last():
    assert filled(np.array([0.9, np.nan, 0.7])).tolist() == [0.9, 0.7, 0.7]
    assert filled(np.array([np.nan, np.nan])).tolist() == [0.0, 0.0]


def test_the_best_are_the_first_of_equal_ones_and_never_without_any_similarity():
    values = np.array([0.0, 2.0, 1.0, 2.0, 1.0, 1.0])
    assert best(values, np.arange(6), 3).tolist() == [1, 2, 3]
    assert best(values, np.array([0, 4, 5]), 3).tolist() == [4, 5]


def test_a_feature_that_does_not_vary_weighs_nothing():
    values = np.array([[1.0, 5.0], [3.0, 5.0]])
    assert scale_of(values)(values).tolist() == [[-1.0, 0.0], [1.0, 0.0]]


def test_opening_a_store_and_reading_figures_brings_no_model_and_no_search_engine(bundled_place: Place):
    script = (
        "import sys; from pathlib import Path; from index.store import Store\n"
        "store = Store.open(Path(sys.argv[1])); assert store.figures() and store.indicators()\n"
        "store.source_text(store.reports()[0].report)\n"
        "heavy = {'torch', 'transformers', 'chromadb', 'langchain_core', 'jieba', 'bm25s', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, str(bundled_place.folder)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert run.stderr == ""


def test_searching_says_nothing_of_its_own(bundled_place: Place):
    command = [sys.executable, "-m", "index", "search", "城镇新增就业", "-k", "1", "--store", str(bundled_place.folder)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert re.match(r"1\. \[\d+\.\d\d\] ", run.stdout)


@pytest.mark.parametrize("query", QUERIES)
def test_the_figures_near_a_question_are_those_that_chroma_finds(
    bundled_store: Store, bundled_place: Place, query: str
):
    generation = current_generation(bundled_place.folder)
    assert generation is not None
    embeddings = shared_embeddings("")
    vectors = bundled_place.vectors(generation, embeddings, FIGURES)
    near: dict[str, float] = {}
    for words in {query, Keywords(generation / KEYWORDS).reworded(query)}:
        for one in vectors.nearest(embeddings.embed_query(words), 256, {"report": "gz-hrss-2022.txt"}):
            near[one.key] = max(one.similarity, near.get(one.key, 0.0))
    found = bundled_store.searcher().figure_similarities(query, "gz-hrss-2022.txt")
    assert len(near) > 200
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert found == pytest.approx(near, abs=1e-5)
    assert bundled_store.searcher().figure_similarities(query, "no-such-report.txt") == {}
