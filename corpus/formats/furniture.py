"""Running heads, feet and page numbers: what stands at the same place of many pages, told by place and repetition.

Words play no part: a line is dropped when the pages' edges show it again and again, or when a number there
counts the pages.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from corpus.formats.page_items import Item, TextLine

_EDGE_ZONE = 0.12  # of the page's height, above and below
_DEEPEST = 3  # lines from the edge inwards
_STEP_POINTS = 6.0
_MOSTLY = 0.5
_DIGITS = re.compile(r"\d+")
_LONGEST_COUNTER = 8  # signs around the number
_SENTENCE_END = re.compile(r"[。；，]$")


def without_furniture(pages: Sequence[list[Item]], heights: Sequence[float]) -> list[list[Item]]:
    """The pages' items without what repeats at their upper and lower edges."""
    edges = [_at_edge(items, height) for items, height in zip(pages, heights, strict=True)]
    dropped = _outermost(edges, _repeated(edges) | _counting(edges))
    return [[item for item in items if id(item) not in dropped] for items in pages]


def _outermost(edges: Sequence[list[tuple[str, TextLine]]], repeated: set[int]) -> set[int]:
    """Of the repeated lines those with nothing but such lines between them and the edge: no unit below a title."""
    kept: set[int] = set()
    for page in edges:
        for edge in ("top", "bottom"):
            lines = [line for place, line in page if place == edge]
            kept.update(id(line) for line in takewhile(lambda line: id(line) in repeated, lines))
    return kept


def _at_edge(items: Sequence[Item], height: float) -> list[tuple[str, TextLine]]:
    """The outermost lines of a page, each with the edge it stands at."""
    found = []
    downwards = sorted(items, key=lambda item: item.y)
    for edge, ordered in (("top", downwards), ("bottom", downwards[::-1])):
        for item in ordered[:_DEEPEST]:
            distance = item.y if edge == "top" else height - item.y
            if not isinstance(item, TextLine) or distance > _EDGE_ZONE * height:
                break
            found.append((edge, item))
    return found


def _repeated(edges: Sequence[list[tuple[str, TextLine]]]) -> set[int]:
    """Lines that most pages, or most odd or even pages, have at one place."""
    found: set[int] = set()
    for pages in (edges, edges[::2], edges[1::2]):
        places: dict[str, list[TextLine]] = defaultdict(list)
        for page in pages:
            for edge, line in page:
                places[edge + "".join(line.text.split())].append(line)
        for lines in places.values():
            count = len({line.page for line in lines})
            if count >= 2 and count >= _MOSTLY * len(pages) and _stand_together(lines):
                found.update(id(line) for line in lines)
    return found


def _stand_together(lines: Sequence[TextLine]) -> bool:
    heights = sorted(line.y for line in lines)
    middle = heights[len(heights) // 2]
    return sum(abs(height - middle) <= _STEP_POINTS for height in heights) >= _MOSTLY * len(heights)


def _counting(edges: Sequence[list[tuple[str, TextLine]]]) -> set[int]:
    """Lines whose number grows by one from page to page, and that say hardly more or the same each time."""
    counted: dict[tuple[str, int, str], list[TextLine]] = defaultdict(list)
    for page in edges:
        for edge, line in page:
            words = "".join(line.text.split())
            numbers = _DIGITS.findall(words)
            if 0 < len(numbers) <= 2 and len(numbers[0]) <= 4 and not _SENTENCE_END.search(words):
                counted[edge, int(numbers[0]) - line.page, _DIGITS.sub("#", words)].append(line)
    found: set[int] = set()
    for (_, _, shape), lines in counted.items():
        is_short = len(shape.replace("#", "")) <= _LONGEST_COUNTER
        if len(lines) >= 2 and (is_short or len(lines) >= _MOSTLY * len(edges)):
            found.update(id(line) for line in lines)
    return found
