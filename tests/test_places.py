"""Citations carry the page they stand on, where the format has pages."""

from pathlib import Path
from typing import cast

import pytest

from assistant.display import place
from assistant.library import Library
from assistant.places import Citations

TEXT = "一、综合\n全年12项。\n二、农业\n产量34吨。\n"


class _Read:
    """What `Citations` reads of a library, over one text."""

    def __init__(self, pages: tuple[int, ...]) -> None:
        self._pages = pages

    def source_text(self, report: str) -> str:
        return TEXT

    def pages(self, report: str) -> tuple[int, ...]:
        return self._pages


@pytest.mark.parametrize(
    ("pages", "page", "shown"), [((0, 12), 2, "第2页第4行"), ((0, 12, 17), 3, "第3页第4行"), ((), None, "第4行")]
)
def test_a_citation_has_the_page_its_first_character_stands_on(
    pages: tuple[int, ...], page: int | None, shown: str
) -> None:
    citations = Citations(cast(Library, _Read(pages)))
    start = TEXT.index("产量")
    citations.of_span(Path("a.pdf").name, start, start + 6, ("二、农业",))
    (citation,) = citations.all()
    assert (citation.page, citation.line, citation.quote) == (page, 4, "产量34吨。")
    assert place(citation) == shown
