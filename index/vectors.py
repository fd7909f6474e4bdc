"""The vector store: Chroma behind langchain-chroma, with cosine similarity and our own embeddings.

The one file that knows Chroma. Its telemetry is off, and no embedding function of its own is ever asked.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.types import Where
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from corpus.errors import StoreError
from index.arrays import Matrix, Vector
from index.chroma_server import server_client
from index.passages import PASSAGES, SearchEntry

# Graphs are built this widely, and searched so widely that among a thousand entries the neighbours are the true ones,
# and among ten thousand all but two in a thousand: two builds of the same reports find the same.
BREADTH, SEARCHED = 256, 1024
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": BREADTH, "ef_search": SEARCHED}
# Chroma takes at most some 5,000 rows in one call.
BATCH = 4096
# reports named in one condition
NAMES = 256
# Between attempts to reach a server: one that is killed is back within about two seconds.
PAUSES_SECONDS = (0.1, 0.3, 0.6, 1.0)
log = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    key: str
    similarity: float  # cosine, at most 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Vectors in memory, of length 1."""

    keys: tuple[str, ...]
    vectors: Matrix

    def nearest(self, vector: Sequence[float], n: int) -> tuple[Near, ...]:
        """The `n` closest to a query's vector, best first."""
        asked = np.asarray(vector, dtype=np.float32)
        similarities = self.vectors @ (asked / (np.linalg.norm(asked) or 1.0)) if self.keys else asked[:0]
        best = np.argsort(-similarities, kind="stable")[:n]
        return tuple(Near(key=self.keys[at], similarity=float(similarities[at])) for at in best.tolist())


class Vectors:
    """One collection of vectors, in a folder or on a Chroma server (`url`).

    It is made where it is missing, unless it is one that is `finished`: Chroma has lost that, and says so.
    """

    def __init__(
        self, folder: Path, embeddings: Embeddings, *, url: str = "", collection: str = PASSAGES,
        finished: bool = False,
    ) -> None:  # fmt: skip
        self._client = _asked(lambda: _client(folder, url))
        if not finished:
            _asked(lambda: _made(self._client, collection, embeddings))
        # asked directly: langchain-chroma reads every text found, which takes longer than finding it
        self._collection = _asked(lambda: self._client.get_collection(collection))
        self._count = _asked(self._collection.count)

    @property
    def count(self) -> int:
        """How many entries there were when it was opened."""
        return self._count

    def add(self, entries: Sequence[SearchEntry], vectors: Matrix) -> None:
        """Stores entries with their vectors, a row each; one that is there already is put in its place again.

        Their texts are not stored: they stand in the ledger, and Chroma's index of texts takes a third of the time.
        """
        for i in range(0, len(entries), BATCH):
            batch = entries[i : i + BATCH]
            about = [
                {"report": entry.report, "section": entry.section, "text_checksum": entry.text_checksum}
                for entry in batch
            ]
            self._put([entry.key for entry in batch], vectors[i : i + BATCH], about)

    def known(self, entries: Sequence[SearchEntry]) -> dict[str, Vector]:
        """Vectors by text checksum of those entries that are stored under the same key with the same text."""
        wanted = {entry.key: entry.text_checksum for entry in entries}
        known: dict[str, Vector] = {}
        for i in range(0, len(entries), BATCH):
            keys = [entry.key for entry in entries[i : i + BATCH]]
            rows = _asked(partial(self._collection.get, ids=keys, include=["embeddings", "metadatas"]))
            vectors = np.asarray(rows["embeddings"], dtype=np.float32)
            checksums = [str(metadata["text_checksum"]) for metadata in rows["metadatas"] or []]
            found = zip(rows["ids"], checksums, vectors, strict=True)
            known |= {checksum: vector for key, checksum, vector in found if wanted[key] == checksum}
        return known

    def drop(self, reports: Sequence[str]) -> None:
        """Takes out all vectors of these reports."""
        for i in range(0, len(reports), NAMES):
            named = cast("Where", {"report": {"$in": list(reports[i : i + NAMES])}})
            _asked(partial(self._collection.delete, where=named))

    def take_over(self, other: "Vectors", without: Set[str]) -> None:
        """Copies another collection but for these reports, a batch at a time."""
        for offset in range(0, other._count, BATCH):
            rows = _asked(
                partial(other._collection.get, include=["embeddings", "metadatas"], limit=BATCH, offset=offset)
            )
            about = [dict(row) for row in rows["metadatas"] or []]
            kept = [n for n, row in enumerate(about) if row["report"] not in without]
            vectors = np.asarray(rows["embeddings"], dtype=np.float32)
            self._put([rows["ids"][n] for n in kept], vectors[kept], [about[n] for n in kept])

    def _put(self, keys: list[str], vectors: Matrix, about: Sequence[Mapping[str, Any]]) -> None:
        if keys:
            _asked(lambda: self._collection.upsert(ids=keys, embeddings=vectors, metadatas=[*about]))

    def nearest(self, vector: Sequence[float], n: int, where: Mapping[str, object] | None = None) -> tuple[Near, ...]:
        """The `n` entries closest to a query's vector, best first; only those whose metadata `where` admits."""
        if not self._count:
            return ()
        found = _asked(
            lambda: self._collection.query(
                query_embeddings=np.array([vector], dtype=np.float32),
                n_results=min(n, self._count),
                where=cast("Where | None", where),
                include=["distances"],
            )
        )
        # a server writes a distance in the fewest digits that name it among float32
        distances = [float(np.float32(distance)) for distance in (found["distances"] or [[]])[0]]
        near = zip(distances, found["ids"][0], strict=True)
        return tuple(Near(key=key, similarity=1.0 - distance) for distance, key in sorted(near))

    def held(self, keys: Sequence[str]) -> "Held":
        """The vectors of these keys, in the order of the keys; a key that is not stored is left out.

        By keys, for Chroma finds entries by their metadata the slower the more it holds.
        """
        vectors_of: dict[str, Vector] = {}
        for i in range(0, len(keys), BATCH):
            rows = _asked(partial(self._collection.get, ids=[*keys[i : i + BATCH]], include=["embeddings"]))
            vectors_of |= zip(rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), strict=True)
        there = tuple(sorted(vectors_of))
        vectors = np.stack([vectors_of[key] for key in there]) if there else np.zeros((1, 0), dtype=np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return Held(keys=there, vectors=vectors)

    def close(self) -> None:
        """Frees the files; the object cannot be used after."""
        self._client.close()


def _made(client: Client, collection: str, embeddings: Embeddings) -> Chroma:
    return Chroma(
        client=client,
        collection_name=collection,
        embedding_function=embeddings,
        collection_configuration={"hnsw": HNSW},
    )


def drop_collection(url: str, collection: str) -> None:
    """Deletes a collection on a server, if it is there."""
    client = _asked(lambda: _client(Path(), url))
    if collection in _names(client):
        _asked(lambda: client.delete_collection(collection))


def _names(client: Client) -> set[str]:
    """The names of all collections on a server, which may be more than one answer holds."""
    count = _asked(client.count_collections)
    return {
        found.name
        for offset in range(0, count, BATCH)
        for found in _asked(partial(client.list_collections, limit=BATCH, offset=offset))
    }


def _client(folder: Path, url: str) -> Client:
    settings = Settings(anonymized_telemetry=False)
    if url:
        return server_client(url, settings)
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def _asked(question: Callable[[], Result]) -> Result:
    """What the vector store answers; a server that is not there is asked again for a while.

    Raises:
        StoreError: it refuses, or the server does not answer.
    """
    for pause in (*PAUSES_SECONDS, None):
        try:
            return question()
        except ChromaError as error:
            message = f"向量库读写不了（{error}）。请重建索引：python -m index build。"
            raise StoreError(message) from error
        except httpx.TransportError as error:
            if pause is None or isinstance(error, httpx.TimeoutException):
                advice = "请稍后再试；若一直如此，请管理员检查 Chroma 服务和 JUSHI_CHROMA_URL。"
                raise StoreError(f"Chroma 服务器没有响应（{error}）。{advice}") from error
            log.info("the Chroma server does not answer yet", exc_info=error)
            time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")
