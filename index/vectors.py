"""The vector store: Chroma behind langchain-chroma, with cosine similarity and our own embeddings.

The one file that knows Chroma. Its telemetry is off, and no embedding function of its own is ever asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.types import Where
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from corpus.errors import StoreError
from index.embedding import Vector
from index.passages import PASSAGES, SearchEntry

# Nearest neighbours are searched this widely, so that among a few thousand passages they are the true ones.
BREADTH = 256
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": BREADTH, "ef_search": BREADTH}
# Chroma takes at most some 5,000 rows in one call.
BATCH = 4096
Matrix = npt.NDArray[np.float32]


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
    """One collection of vectors, in a folder or on a Chroma server (`url`)."""

    def __init__(self, folder: Path, embeddings: Embeddings, *, url: str = "", collection: str = PASSAGES) -> None:
        with _reported():
            self._client = _client(folder, url)
            self._chroma = Chroma(
                client=self._client,
                collection_name=collection,
                embedding_function=embeddings,
                collection_configuration={"hnsw": HNSW},
            )
            # asked directly: langchain-chroma reads every text found, which takes longer than finding it
            self._collection = self._client.get_collection(collection)
            self._count = self._collection.count()

    def add(self, entries: Sequence[SearchEntry]) -> None:
        """Embeds and stores entries."""
        for i in range(0, len(entries), BATCH):
            batch = entries[i : i + BATCH]
            with _reported():
                self._chroma.add_texts(
                    [entry.text for entry in batch],
                    metadatas=[
                        {"report": entry.report, "section": entry.section, "text_checksum": entry.text_checksum}
                        for entry in batch
                    ],
                    ids=[entry.key for entry in batch],
                )

    def nearest(self, vector: Sequence[float], n: int, where: Mapping[str, object] | None = None) -> tuple[Near, ...]:
        """The `n` entries closest to a query's vector, best first; only those whose metadata `where` admits."""
        if not self._count:
            return ()
        with _reported():
            found = self._collection.query(
                query_embeddings=np.array([vector], dtype=np.float32),
                n_results=min(n, self._count),
                where=cast("Where | None", where),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return tuple(
            Near(key=key, similarity=1.0 - distance)
            for key, distance in zip(found["ids"][0], distances[0], strict=True)
        )

    def of_report(self, report: str) -> "Held":
        """All vectors of one report."""
        with _reported():
            rows = self._collection.get(where={"report": report}, include=["embeddings"])
        keys = tuple(rows["ids"])
        vectors = np.asarray(rows["embeddings"] if keys else [[]], dtype=np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return Held(keys=keys, vectors=vectors)

    def known(self) -> dict[str, Vector]:
        """Every stored vector by its text's checksum, for the next build to use again."""
        known: dict[str, Vector] = {}
        for offset in range(0, self._count, BATCH):
            with _reported():
                rows = self._collection.get(include=["embeddings", "metadatas"], limit=BATCH, offset=offset)
            vectors = np.asarray(rows["embeddings"], dtype=np.float32)
            checksums = [str(metadata["text_checksum"]) for metadata in rows["metadatas"] or []]
            known |= zip(checksums, vectors, strict=True)
        return known

    def close(self) -> None:
        """Frees the files; the object cannot be used after."""
        self._client.close()


def drop_collection(url: str, collection: str) -> None:
    """Deletes a collection on a server, if it is there."""
    client = _client(Path(), url)
    if collection in {found.name for found in client.list_collections()}:
        client.delete_collection(collection)


def _client(folder: Path, url: str) -> Client:
    settings = Settings(anonymized_telemetry=False)
    if not url:
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
    address = urlsplit(url)
    try:
        server = chromadb.HttpClient(
            host=address.hostname or url, port=address.port or 8000, ssl=address.scheme == "https", settings=settings
        )
    except ValueError as error:  # Chroma's word for a server that does not answer
        message = f"连不上 Chroma 服务器 {url}（{error}）。请检查 JUSHI_CHROMA_URL，或留空使用内嵌的。"
        raise StoreError(message) from error
    return cast("Client", server)


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        message = f"向量库读写不了（{error}）。请重建索引：python -m index build。"
        raise StoreError(message) from error
