"""Warnings for what an answer takes from scanned pages that were not surely read."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.draft import Draft
from assistant.library import Library
from corpus.model import Figure


def with_doubts(draft: Draft, library: Library) -> Draft:
    """The draft with a warning for each doubtful figure that it tells, calculates with or quotes in its text."""
    if draft.status != "answered" or not (draft.figures or draft.citations):
        return draft
    warnings = [doubt(figure) for figure in _used(draft, library) if figure.doubtful]
    return replace(draft, warnings=(*draft.warnings, *dict.fromkeys(warnings)))


def doubt(figure: Figure) -> str:
    return f"“{figure.name}”{''.join(figure.printed.split())}系扫描识别，待核对原件。"


def _used(draft: Draft, library: Library) -> Iterator[Figure]:
    inputs = draft.computation.inputs if draft.computation else ()
    for identifier in (*(figure.id for figure in draft.figures), *inputs):
        if identifier is not None and identifier in library.figures:
            yield library.figures[identifier]
    for citation in draft.citations:
        for figure in library.doubtful_of(citation.report):
            is_quoted = citation.start <= figure.start < citation.end
            if is_quoted and figure.printed in draft.text:
                yield figure
