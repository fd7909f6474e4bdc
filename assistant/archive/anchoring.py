"""Do the sources of a kept answer still stand where they stood? Checked by the text's checksum, then by quotation.

A report put in again with another paragraph in front: the quotation is found further down, the citation moves.
A report gone, or its sentence changed: the citation is stale and says so. Pure.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from assistant.answer import Answer, Citation
from assistant.archive.exchange import Exchange


class Texts(Protocol):
    """The texts of the reports in service."""

    def text(self, report: str) -> str | None: ...
    def pages(self, report: str) -> tuple[int, ...]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchored:
    """An answer whose citations re-cut, but for the stale ones: citation ids with the reason."""

    answer: Answer
    stale: Mapping[int, str] = field(default_factory=dict)


def checksums_of(answer: Answer, texts: Texts) -> dict[str, str]:
    """The sha256 of the text of each report an answer cites."""
    found = {citation.report: texts.text(citation.report) for citation in answer.citations}
    return {report: checksum(text) for report, text in found.items() if text is not None}


def anchored(exchange: Exchange, texts: Texts) -> Anchored:
    """The exchange's answer over the reports as they are now; the exchange must have one."""
    answer = exchange.answer
    if answer is None:
        raise ValueError("an exchange without an answer has no sources")
    stale: dict[int, str] = {}
    citations = []
    for citation in answer.citations:
        text = texts.text(citation.report)
        moved = citation
        if text is None:
            stale[citation.id] = "这份报告已经移除，引文是作答时的原文。"
        elif checksum(text) != exchange.checksums.get(citation.report):
            found = _again(citation, text, texts.pages(citation.report))
            moved = found or citation
            if found is None:
                stale[citation.id] = "报告已经改动，现在的文本里找不到这段引文；这里显示的是作答时的原文。"
        citations.append(moved)
    return Anchored(answer=answer.model_copy(update={"citations": tuple(citations)}), stale=stale)


@lru_cache(maxsize=64)
def checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _again(citation: Citation, text: str, pages: tuple[int, ...]) -> Citation | None:
    """The citation at the occurrence of its quotation that is nearest to where it stood."""
    places: list[int] = []
    at = text.find(citation.quote)
    while citation.quote and at >= 0:
        places.append(at)
        at = text.find(citation.quote, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - citation.start))
    end = start + len(citation.quote)
    page = bisect_right(pages, start) if pages else None
    line = text.count("\n", 0, start) + 1
    return citation.model_copy(update={"start": start, "end": end, "line": line, "page": page})
