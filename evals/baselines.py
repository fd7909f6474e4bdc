"""Ways of searching to hold the product's against: keywords alone, embeddings alone, the usual pipeline.

The usual pipeline is what a user would otherwise build: LangChain's recursive splitter (500 characters, 50 of
overlap) over the raw text, Chroma with its defaults, the same embedding model.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import bm25s
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.settings import settings
from evals.retrieval import Retriever, RetrieverKind, Span
from index.embedding import shared_embeddings
from index.search import Searcher
from index.store import Store
from index.terms import WordTerms

CHUNK_CHARACTERS = 500
CHUNK_OVERLAP = 50


def retrievers() -> tuple[RetrieverKind, ...]:
    """The product's search first, then what it is held against."""
    return (
        RetrieverKind(name="product", title="本产品检索", open=_product),
        RetrieverKind(name="bm25", title="jieba BM25", open=_keywords),
        RetrieverKind(name="embeddings", title="只用向量", open=_embeddings),
        RetrieverKind(name="usual", title="通行做法（切块 500/50 + Chroma）", open=_usual),
    )


@dataclass(frozen=True, slots=True)
class ProductSearch:
    searcher: Searcher

    def search(self, query: str, k: int) -> Sequence[Span]:
        return [Span(report=hit.report, start=hit.start, end=hit.end) for hit in self.searcher.search(query, k)]


@dataclass(frozen=True, slots=True)
class KeywordSearch:
    """BM25 over jieba's words, without the product's dictionary, context or fusion."""

    index: bm25s.BM25
    terms: WordTerms
    spans: Sequence[Span]

    def search(self, query: str, k: int) -> Sequence[Span]:
        found, _ = self.index.retrieve([self.terms(query)], k=min(k, len(self.spans)), show_progress=False)
        return [self.spans[int(position)] for position in found[0]]


@dataclass(frozen=True, slots=True)
class ChromaSearch:
    """Nearest neighbours in Chroma by the embedding model alone."""

    chroma: Chroma

    def search(self, query: str, k: int) -> Sequence[Span]:
        found = self.chroma.similarity_search(query, k=k)
        return [Span(**{key: one.metadata[key] for key in ("report", "start", "end")}) for one in found]


def _product(store: Store) -> Retriever:
    searcher = store.searcher()
    searcher.warm()
    return ProductSearch(searcher)


def _keywords(store: Store) -> Retriever:
    terms = WordTerms()
    passages = [(metadata.report, one) for metadata in store.reports() for one in store.passages(metadata.report)]
    index = bm25s.BM25()
    index.index([terms(one.text) for _, one in passages], show_progress=False)
    return KeywordSearch(index, terms, [Span(report=name, start=one.start, end=one.end) for name, one in passages])


def _embeddings(store: Store) -> Retriever:
    passages = [(metadata.report, one) for metadata in store.reports() for one in store.passages(metadata.report)]
    return _chroma(
        [one.text for _, one in passages],
        [{"report": name, "start": one.start, "end": one.end} for name, one in passages],
    )


def _usual(store: Store) -> Retriever:
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    chunks = [
        (metadata.report, chunk.page_content, int(chunk.metadata["start_index"]))
        for metadata in store.reports()
        for chunk in splitter.create_documents([store.source_text(metadata.report)])
    ]
    return _chroma(
        [text for _, text, _ in chunks],
        [{"report": name, "start": start, "end": start + len(text)} for name, text, start in chunks],
    )


def _chroma(texts: list[str], places: list[dict[str, Any]]) -> Retriever:
    embeddings: Embeddings = shared_embeddings(settings().embedding_model)
    silent = importlib.import_module("chromadb.config").Settings(anonymized_telemetry=False)
    chroma = Chroma(collection_name=f"baseline-{uuid4().hex}", embedding_function=embeddings, client_settings=silent)
    chroma.add_texts(texts, metadatas=places)
    return ChromaSearch(chroma)
