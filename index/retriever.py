"""The search as a LangChain retriever, for chains that other people build on this index."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.filters import Filters
from index.search import Hit, Searcher


class PassageRetriever(BaseRetriever):
    """Finds passages as LangChain documents, best first; the filters are those of `index.filters`.

    `page_content` is the repaired text; `metadata` gives the place in the source text and the quote.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 5
    reports: tuple[str, ...] | None = None
    issuer: str | None = None
    year: int | None = None
    section: str | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        filters = Filters(reports=self.reports, issuer=self.issuer, year=self.year, section=self.section)
        return [_document(hit) for hit in self.searcher.search(query, self.k, filters=filters)]


def _document(hit: Hit) -> Document:
    return Document(
        id=f"{hit.report}@{hit.start}-{hit.end}",
        page_content=hit.repaired,
        metadata={
            "report": hit.report,
            "section_path": list(hit.section_path),
            "start": hit.start,
            "end": hit.end,
            "quote": hit.text,
            "similarity": hit.similarity,
        },
    )
