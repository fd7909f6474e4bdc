"""Where an index lives and what it is made with: the store's folder, the model, and servers in place of files.

Opens the parts of one generation. On a shared database or Chroma server every generation has names of its
own, made from the index's mark and the generation's number: `jushi_5f0c2a91_3_figures`. Vectors bring Chroma with
them and are therefore imported only when asked for.
"""

import hashlib
import importlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import StoreError
from corpus.settings import settings
from index.database import database_of, open_database
from index.generations import FolderGenerations, Generations
from index.ledger import Ledger, sqlite_url
from index.manifest import FILE as MANIFEST
from index.manifest import ManifestError, read_manifest
from index.passages import COLLECTIONS, PASSAGES

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from index.vectors import Vectors

VECTORS = "chroma"
KEYWORDS = "keywords"
# What a store's folder is called on shared servers, where it is not the one that all machines use.
NAME_FILE = "shared_name"
MAIN = "main"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    folder: Path
    embedding_model: str = ""  # empty: the bundled weights
    database_url: str = ""  # empty: SQLite in the generation's folder
    chroma_url: str = ""  # empty: Chroma in the generation's folder

    def generations(self) -> Generations:
        """The generations of the index: in the folder, or in the shared database with copies of files in the folder."""
        if not self.database_url:
            return FolderGenerations(store=self.folder)
        module = importlib.import_module("index.shared_generations")
        on_server = frozenset({VECTORS}) if self.chroma_url else frozenset()
        shared: Generations = module.shared_generations(self.folder, self.database_url, self._name(), on_server)
        return shared

    def current(self) -> Path | None:
        """The folder of the generation in service; None in a new store."""
        return self.generations().current()

    def set_apart(self, name: str) -> None:
        """Gives the index of this folder a name of its own on shared servers, beside the one that all machines use."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / NAME_FILE).write_text(name, encoding="utf-8")

    def ledger(self, generation: Path, *, read_only: bool) -> Ledger:
        if self.database_url:
            database = open_database(database_of(self.folder, self.database_url))
            return Ledger(database, prefix=self._shared_name(generation))
        return Ledger(sqlite_url(generation, read_only=read_only))

    def vectors(self, generation: Path, embeddings: "Embeddings", collection: str = PASSAGES) -> "Vectors":
        """One collection of a generation; made where the generation is still being built.

        Raises:
            StoreError: Chroma does not answer, or has lost what a finished generation had.
        """
        module = importlib.import_module("index.vectors")
        finished = (generation / MANIFEST).is_file()
        name = self._shared_name(generation) + collection if self.chroma_url else collection
        opened: Vectors = module.Vectors(
            generation / VECTORS, embeddings, url=self.chroma_url, collection=name, finished=finished
        )
        if finished and collection == PASSAGES and opened.count != (expected := _passages(generation)):
            message = (
                f"向量库里有 {opened.count} 个段落，应有 {expected} 个。请重建索引：python -m index build --anew。"
            )
            raise StoreError(message)
        return opened

    def remove(self, generation: Path) -> None:
        """Deletes a generation, on the servers too."""
        if self.database_url:
            self.ledger(generation, read_only=False).drop()
        if self.chroma_url:
            module = importlib.import_module("index.vectors")
            for collection in COLLECTIONS:
                module.drop_collection(self.chroma_url, self._shared_name(generation) + collection)
        shutil.rmtree(generation, ignore_errors=True)

    def _shared_name(self, generation: Path) -> str:
        own = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:8]
        mark = generation.parent.name if self.database_url else own
        return f"jushi_{mark}_{generation.name}_"

    def _name(self) -> str:
        apart = self.folder / NAME_FILE
        return apart.read_text(encoding="utf-8").strip() if apart.is_file() else MAIN


def _passages(generation: Path) -> int:
    try:
        return read_manifest(generation).passages
    except ManifestError as error:
        raise StoreError(f"索引的清单已损坏（{generation}）。请重建索引：python -m index build。") from error


def configured_place(folder: Path | None = None) -> Place:
    """The place the settings name, or the same in another folder."""
    chosen = settings()
    return Place(
        folder=folder or chosen.store,
        embedding_model=chosen.embedding_model,
        database_url=chosen.database_url,
        chroma_url=chosen.chroma_url,
    )
