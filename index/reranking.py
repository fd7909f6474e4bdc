"""An optional second opinion: a cross-encoder that reads query and window together (`JUSHI_RERANKER`).

Any model of sentence-transformers' CrossEncoder: a name on a hub, or a folder. It judges the windows that the
fusion puts first and is slower by far: a few windows a second on a processor.
"""

import importlib
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from index.fusion import Positions, Values
from index.selection import Rate, Window

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# windows the model reads for one query
JUDGED = 24


class Reranker:
    """A cross-encoder, loaded at first use; several threads may share it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._model: CrossEncoder | None = None

    def over(self, query: str, windows: Sequence[Window], rate: Rate, reading: Callable[[int, int], str]) -> Rate:
        """A rating by the model: of the windows `rate` puts first, above all others, which keep their order.

        Raises:
            ModelError: the model cannot be found or opened.
        """
        first, last = np.array(windows, dtype=np.int64).T
        fused = rate(first, last)
        order = np.argsort(-fused, kind="stable")[:JUDGED]
        judged = [windows[place] for place in order.tolist()]
        values = self._judge([(query, reading(*window)) for window in judged])
        opinions = dict(zip(judged, values, strict=True))
        # windows the model did not read stay below those it did
        below = min(values) - max(0.0, float(fused.max())) - 1.0

        def rated(first: Positions, last: Positions) -> Values:
            others = rate(first, last)
            pairs = zip(first.tolist(), last.tolist(), others.tolist(), strict=True)
            return np.array([opinions.get((begin, end), below + other) for begin, end, other in pairs])

        return rated

    def _judge(self, pairs: list[tuple[str, str]]) -> list[float]:
        with self._lock:
            if self._model is None:
                self._model = _open(self._name)
            model = self._model
        return [float(value) for value in model.predict(pairs, show_progress_bar=False)]


@lru_cache(maxsize=2)
def _shared(name: str) -> Reranker:
    return Reranker(name)


def open_reranker(name: str) -> Reranker | None:
    """The cross-encoder of that name, one per process; None for an empty name."""
    return _shared(name) if name else None


def _open(name: str) -> "CrossEncoder":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    library = importlib.import_module("sentence_transformers")
    try:
        model: CrossEncoder = library.CrossEncoder(name, device="cpu", num_labels=1)
    except (OSError, ValueError) as error:
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = f"打不开重排模型“{name}”（{first_line}）。请检查 JUSHI_RERANKER 和网络，或留空不用。"
        raise ModelError(message) from error
    return model
