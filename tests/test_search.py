"""Search: what is found, from which of its three sources, and what a hit says about its place."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import QuestionError
from corpus.settings import PROJECT
from index.build import build
from index.fusion import FusionWeights, Similarities, candidates, fuse
from index.place import Place
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
        assert hit.text == bundled_store.source_text(hit.report)[hit.start : hit.end]
        assert 0 < len(hit.text) <= MAX_CHARACTERS
        assert bundled_store.passage(hit.report, hit.passage_id).text == hit.repaired


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_search_gives_the_same_hits_best_first(bundled_store: Store, query: str):
    hits = bundled_store.searcher().search(query, 20)
    assert hits == bundled_store.searcher().search(query, 20)
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
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


@pytest.mark.parametrize("blank", ["", "  ", "\u3000\n"])
def test_a_blank_query_is_refused(bundled_store: Store, blank: str):
    with pytest.raises(QuestionError, match="空"):
        bundled_store.searcher().search(blank)


@pytest.mark.parametrize("odd", ["？！", "zzzzqqqq", "😀", "a" * 3000])
def test_a_query_that_shares_no_term_is_still_answered(bundled_store: Store, odd: str):
    assert len(bundled_store.searcher().search(odd, 3)) == 3


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


def test_a_candidate_that_the_vector_store_did_not_return_is_no_closer_than_its_last():
    weights = FusionWeights(candidates=2, dense=1.0, words=0.0, characters=0.0)
    similarities = Similarities(
        dense=np.array([0.9, 0.7, np.nan, np.nan]),
        words=np.array([0.0, 0.0, 3.0, 0.0]),
        characters=np.array([0.0, 0.0, 2.0, 0.0]),
    )
    chosen = candidates(similarities, np.arange(4), 2)
    assert chosen.tolist() == [0, 1, 2]
    fused = fuse(similarities, chosen, weights)
    assert fused[0] > fused[1] == fused[2]


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
