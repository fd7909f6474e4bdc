"""The opening point of an index: what it holds, read-only.

Opening reads two small files. Figures and source texts come from the ledger; the searcher, which brings
the model, Chroma and jieba with it, is opened when it is first asked for.
"""

import importlib
import logging
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import StoreError
from corpus.model import Document, Figure, Indicator, Metadata, Passage, Section
from corpus.reading import read_document
from corpus.settings import settings
from corpus.source import Source
from index.ledger import Ledger
from index.manifest import Fit, Manifest, fit, read_manifest
from index.model_name import model_name
from index.place import KEYWORDS, Place
from index.sources import CORRECTABLE

if TYPE_CHECKING:
    from index.pair_counts import PairCounts
    from index.search import Searcher

log = logging.getLogger(__name__)

ADVICE = "请运行：make build（或 python -m index build）"


class Store:
    """One generation of an index. It stays readable while a newer one is built and swapped in."""

    def __init__(self, place: Place, generation: Path, ledger: Ledger) -> None:
        self._place = place
        self._generation = generation
        self._ledger = ledger
        self._lock = Lock()
        self._searcher: Searcher | None = None
        self._pair_counts: PairCounts | None = None

    @classmethod
    def open(cls, folder: Path, *, embedding_model: str = "", database_url: str = "", chroma_url: str = "") -> "Store":
        """The index in `folder`.

        Raises:
            StoreError: there is none, or it is damaged, of another format, or out of date.
        """
        return cls.at(
            Place(folder=folder, embedding_model=embedding_model, database_url=database_url, chroma_url=chroma_url)
        )

    @classmethod
    def at(cls, place: Place) -> "Store":
        """The index at a place; raises as `open`."""
        generation = place.current()
        state = fit(generation, model=model_name(place.embedding_model))
        if state is not Fit.FITS or generation is None:
            raise StoreError(f"{state.value}（{place.folder}）。{ADVICE}。")
        return cls(place, generation, place.ledger(generation, read_only=True))

    def is_current(self) -> bool:
        """Whether no newer generation has taken this one's place, as far as can be known now."""
        try:
            return self._place.generations().is_current(self._generation)
        except StoreError:  # a database that does not answer: what is in memory goes on answering
            log.warning("whether there is a newer index cannot be asked", exc_info=True)
            return True

    @property
    def generation(self) -> str:
        """The number of its generation: one more with each build."""
        return self._generation.name

    def manifest(self) -> Manifest:
        return read_manifest(self._generation)

    def reports(self) -> tuple[Metadata, ...]:
        return self._ledger.reports()

    def source_text(self, report: str) -> str:
        """The text into which the report's offsets point.

        Raises:
            ReportError: the index holds no report of that name.
        """
        return self._ledger.source_text(report)

    def pages(self, report: str) -> tuple[int, ...]:
        """Offsets at which the report's pages start; empty where its format has none."""
        return self._ledger.pages(report)

    def document(self, report: str) -> Document:
        """The report read anew from the source text the store keeps, with its metadata as it is held.

        Raises:
            ReportError: the index holds no report of that name.
        """
        source = self._ledger.source(report)
        held = {row.report: row for row in self.reports()}[report]
        return read_document(
            Source(
                name=report, text=source.text, checksum=held.checksum,
                pages=source.pages, doubtful=source.doubtful, headings=source.headings,
            ),
            {name: getattr(held, name) for name in CORRECTABLE},
            max_table_columns=settings().max_table_columns,
        )  # fmt: skip

    def sections(self, report: str) -> tuple[Section, ...]:
        return self._ledger.sections(report)

    def passages(self, report: str) -> tuple[Passage, ...]:
        return self._ledger.passages(report)

    def passage(self, report: str, passage_id: str) -> Passage:
        """One passage; KeyError where there is none of that id."""
        found = {passage.id: passage for passage in self.passages(report)}
        return found[passage_id]

    def figures(self, report: str | None = None) -> tuple[Figure, ...]:
        return self._ledger.figures(report)

    def figures_stating(self, values: Sequence[Decimal]) -> tuple[Figure, ...]:
        """The rows of all reports with one of these values, as printed or in their base unit, in the ledger's order."""
        return self._ledger.figures_stating(values)

    def doubtful_figures(self) -> tuple[Figure, ...]:
        """The rows of all reports that were read from scanned pages and not surely."""
        return self._ledger.doubtful_figures()

    def indicators(self, report: str | None = None) -> tuple[Indicator, ...]:
        return self._ledger.indicators(report)

    def pair_counts(self) -> "PairCounts":
        """How often each character pair stands in which report; counted anew where the index has it not as it is."""
        with self._lock:
            if self._pair_counts is None:
                module = importlib.import_module("index.pair_counts")
                opened = module.open_pair_counts(self._generation / KEYWORDS)
                self._pair_counts = opened if opened is not None else module.count_pairs(self._ledger)
            return self._pair_counts

    def searcher(self) -> "Searcher":
        """Searches this index; the first call opens models and search engines, later ones return the same."""
        with self._lock:
            if self._searcher is None:
                module = importlib.import_module("index.search")
                self._searcher = module.open_searcher(self._place, self._generation, self._ledger)
            return self._searcher
