"""Where an index lives and what it is made with: the store's folder, the model, and servers in place of files.

Opens the parts of one generation. On a shared database or Chroma server every generation has names of its
own, made from the store's folder and the generation's number. Vectors bring Chroma with them and are
therefore imported only when asked for.
"""

import hashlib
import importlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.settings import settings
from index.ledger import Ledger, sqlite_url
from index.passages import COLLECTIONS, PASSAGES

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from index.vectors import Vectors

VECTORS = "chroma"
KEYWORDS = "keywords"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    folder: Path
    embedding_model: str = ""  # empty: the bundled weights
    database_url: str = ""  # empty: SQLite in the generation's folder
    chroma_url: str = ""  # empty: Chroma in the generation's folder

    def ledger(self, generation: Path, *, read_only: bool) -> Ledger:
        if self.database_url:
            return Ledger(self.database_url, prefix=self._shared_name(generation))
        return Ledger(sqlite_url(generation, read_only=read_only))

    def vectors(self, generation: Path, embeddings: "Embeddings", collection: str = PASSAGES) -> "Vectors":
        module = importlib.import_module("index.vectors")
        collection = self._shared_name(generation) + collection if self.chroma_url else collection
        opened: Vectors = module.Vectors(generation / VECTORS, embeddings, url=self.chroma_url, collection=collection)
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
        store = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:8]
        return f"jushi_{store}_{generation.name}_"


def configured_place(folder: Path | None = None) -> Place:
    """The place the settings name, or the same in another folder."""
    chosen = settings()
    return Place(
        folder=folder or chosen.store,
        embedding_model=chosen.embedding_model,
        database_url=chosen.database_url,
        chroma_url=chosen.chroma_url,
    )
