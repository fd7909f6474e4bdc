"""The optional cross-encoder: a real one, tiny, made here; what it puts first comes first."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from corpus.errors import ModelError
from corpus.settings import settings
from index import search
from index.place import Place
from index.reranking import JUDGED, Reranker, open_reranker
from index.store import Store

QUERY = "城镇新增就业人数"


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BertModel of one layer over single characters, with weights drawn from a seed."""
    folder = tmp_path_factory.mktemp("model")
    characters = sorted(set("城镇新增就业人数失保险绩效目标完成率，。一二三四五六七八九十0123456789"))
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]))
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), model_max_length=512).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=5 + len(characters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    assert json.loads((folder / "config.json").read_text())["num_hidden_layers"] == 1
    return folder


@pytest.fixture
def reranked(
    bundled_place: Place, bundled_store: Store, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The bundled index searched with the tiny model; the store all tests share is opened without it first."""
    bundled_store.searcher()
    monkeypatch.setenv("JUSHI_RERANKER", str(tiny_model))
    settings.cache_clear()
    yield Store.at(bundled_place)
    monkeypatch.undo()
    settings.cache_clear()


def test_hits_come_in_the_order_of_the_cross_encoder(reranked: Store, bundled_store: Store, tiny_model: Path):
    hits = reranked.searcher().search(QUERY, 5)
    plain = bundled_store.searcher().search(QUERY, 5)
    assert [hit.start for hit in hits] != [hit.start for hit in plain]
    model = CrossEncoder(str(tiny_model), device="cpu")
    opinion = model.predict([(QUERY, f"{hit.context}\n{hit.repaired}") for hit in hits[:1]])
    assert hits[0].similarity == pytest.approx(float(opinion[0]), abs=1e-4)
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)


def test_it_judges_the_best_windows_only_and_the_others_stay_below():
    reranker = Reranker("unused")
    reranker._judge = lambda pairs: [float(-len(text)) for _, text in pairs]  # type: ignore[method-assign]
    windows = [(number, number) for number in range(JUDGED + 5)]

    def fused(first, last):
        return -first.astype(float)

    rated = reranker.over(QUERY, windows, fused, lambda first, last: "字" * (100 - first))
    first, last = np.array(windows).T
    values = rated(first, last)
    assert values[:JUDGED].tolist() == [-100.0 + number for number in range(JUDGED)]
    assert max(values[JUDGED:]) < min(values[:JUDGED])


def test_no_setting_is_no_cross_encoder(bundled_store: Store):
    assert open_reranker("") is None
    assert bundled_store.searcher()._reranker is None
    assert search.settings().reranker == ""


def test_a_cross_encoder_that_cannot_be_opened_is_told_with_its_setting(bundled_place, tmp_path, monkeypatch):
    monkeypatch.setenv("JUSHI_RERANKER", str(tmp_path / "none"))
    settings.cache_clear()
    try:
        with pytest.raises(ModelError, match="JUSHI_RERANKER"):
            Store.at(bundled_place).searcher().search(QUERY)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
