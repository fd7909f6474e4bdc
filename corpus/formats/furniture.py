"""Running heads, feet and page numbers: what stands at the same place of many pages, told by place and repetition.

Words play no part: a line is dropped when the pages' edges show it again and again, or when a number there
counts the pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.formats.page_items import Item, TextLine

_EDGE_ZONE = 0.12  # of the page's height, above and below
_DEEPEST = 3  # lines from the edge inwards
_STEP_POINTS = 6.0
_MOSTLY = 0.5
_DIGITS = re.compile(r"\d+")
_LONGEST_COUNTER = 24


def without_furniture(pages: Sequence[list[Item]], heights: Sequence[float]) -> list[list[Item]]:
    """The pages' items without what repeats at their upper and lower edges."""
    edges = [_at_edge(items, height) for items, height in zip(pages, heights, strict=True)]
    repeated = _repeated(edges) | _counting(edges)
    return [[item for item in items if id(item) not in repeated] for items in pages]


def _at_edge(items: Sequence[Item], height: float) -> list[tuple[str, TextLine]]:
    """The outermost lines of a page, each with the edge it stands at."""
    found = []
    for edge, ordered in (("top", items), ("bottom", items[::-1])):
        for item in ordered[:_DEEPEST]:
            distance = item.y if edge == "top" else height - item.y
            if not isinstance(item, TextLine) or distance > _EDGE_ZONE * height:
                break
            found.append((f"{edge}{round(distance / _STEP_POINTS)}", item))
    return found


def _repeated(edges: Sequence[list[tuple[str, TextLine]]]) -> set[int]:
    """Lines that most pages, or most odd or even pages, have at one place, digits apart."""
    found: set[int] = set()
    for pages in (edges, edges[::2], edges[1::2]):
        places: dict[str, list[TextLine]] = defaultdict(list)
        for page in pages:
            for text, lines in _by_text(page).items():
                places[text].extend(lines)
        for lines in places.values():
            count = len({line.page for line in lines})
            if count >= 2 and count >= _MOSTLY * len(pages) and _stand_together(lines):
                found.update(id(line) for line in lines)
    return found


def _by_text(page: Sequence[tuple[str, TextLine]]) -> dict[str, list[TextLine]]:
    texts: dict[str, list[TextLine]] = defaultdict(list)
    for place, line in page:
        texts[place[0] + _DIGITS.sub("#", "".join(line.text.split()))].append(line)
    return texts


def _stand_together(lines: Sequence[TextLine]) -> bool:
    heights = sorted(line.y for line in lines)
    middle = heights[len(heights) // 2]
    return sum(abs(height - middle) <= _STEP_POINTS for height in heights) >= _MOSTLY * len(heights)


def _counting(edges: Sequence[list[tuple[str, TextLine]]]) -> set[int]:
    """Short lines whose number grows by one from page to page."""
    offsets: dict[tuple[str, int], list[TextLine]] = defaultdict(list)
    for page in edges:
        for place, line in page:
            numbers = _DIGITS.findall(line.text)
            if 0 < len(numbers) <= 2 and len(line.text) <= _LONGEST_COUNTER and len(numbers[0]) <= 4:
                offsets[place[0], int(numbers[0]) - line.page].append(line)
    found: set[int] = set()
    for lines in offsets.values():
        shapes = Counter(_DIGITS.sub("#", "".join(line.text.split())) for line in lines)
        shape, count = shapes.most_common(1)[0]
        if count >= 2:
            found.update(id(line) for line in lines if _DIGITS.sub("#", "".join(line.text.split())) == shape)
    return found
