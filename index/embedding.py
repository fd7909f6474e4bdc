"""Turns text into vectors with sentence-transformers, behind LangChain's `Embeddings`.

Without a model name the bundled multilingual-e5-small is used and nothing is looked up outside this
machine; any other name is handed to sentence-transformers, which uses that model's own prompts.
The model is loaded at first use: importing the library takes some seconds and half a gigabyte.
"""

import importlib
import os
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from langchain_core.embeddings import Embeddings

from corpus.errors import ModelError
from index.model_name import model_name
from index.weights import prepare_bundled_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.packed_weights import Array

BATCH = 32

# Processors that calculate bfloat16 themselves; on others it is slower than float32.
BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})
CPU_FLAGS = Path("/proc/cpuinfo")


class SentenceEmbeddings(Embeddings):
    """Normalised vectors of queries and passages; several threads may share one instance."""

    def __init__(self, setting: str = "") -> None:
        self.name = model_name(setting)
        self._setting = setting
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    def warm(self) -> None:
        """Loads the model if it is not loaded yet.

        Raises:
            ModelError: the model cannot be prepared, found or opened.
        """
        self._loaded()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        model = self._loaded()
        _work_in_one_thread()
        return _normalised(model.encode_document(texts, batch_size=BATCH, show_progress_bar=False))

    def embed_query(self, text: str) -> list[float]:
        model = self._loaded()
        _work_in_one_thread()
        return _normalised(model.encode_query([text], show_progress_bar=False))[0]

    def _loaded(self) -> "SentenceTransformer":
        with self._lock:
            if self._model is None:
                self._model = _open(self._setting)
            return self._model


@lru_cache(maxsize=2)
def shared_embeddings(setting: str) -> SentenceEmbeddings:
    """One instance per model and process: a new index, or a rebuild, uses the model already loaded."""
    return SentenceEmbeddings(setting)


def _work_in_one_thread() -> None:
    """A vector's last digits depend on how many threads share the work: so every machine and way gives the same.

    For one short text sharing costs more than it saves; many texts are shared out among processes instead.
    """
    importlib.import_module("torch").set_num_threads(1)


def _normalised(vectors: "Array") -> list[list[float]]:
    # here and not in the model: normalised in bfloat16, lengths differ from 1 by up to 0.3 %
    lengths = (vectors**2).sum(axis=1, keepdims=True) ** 0.5
    return cast("list[list[float]]", (vectors / lengths).tolist())


def _open(setting: str) -> "SentenceTransformer":
    source = setting or str(prepare_bundled_model())
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # threads that wait by spinning cost a shared machine dearly: three times the speed there, none lost alone
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if not setting:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    library = importlib.import_module("sentence_transformers")
    dtype = "bfloat16" if _calculates_bfloat16() else "float32"
    try:
        model = library.SentenceTransformer(source, device="cpu", model_kwargs={"dtype": dtype})
    except (OSError, ValueError) as error:
        raise ModelError(_advice(setting, source, error)) from error
    return cast("SentenceTransformer", model)


def _advice(setting: str, source: str, error: Exception) -> str:
    first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
    if setting:
        return f"打不开向量模型“{setting}”（{first_line}）。请检查 JUSHI_EMBEDDING_MODEL 和网络，或留空使用自带模型。"
    return f"自带的向量模型打不开（{first_line}）。请删除文件夹 {source} 后再运行，会自动重新准备。"


def _calculates_bfloat16() -> bool:
    if not CPU_FLAGS.is_file():
        return False
    flags = next((line for line in CPU_FLAGS.read_text().splitlines() if line.startswith("flags")), "")
    return not BFLOAT16_FLAGS.isdisjoint(flags.split())
