"""Whether a report is hard-wrapped, as text taken from a PDF is, and at which width.

    "2024年，我局认真贯彻落实党中央决策部署，坚持稳中\\n求进工作总基调，全力推进…"
Most lines then stop at the same place without ending a sentence. Where every line is a paragraph
of its own, widths scatter and there is no such place.
"""

_ENDS = "。！？；：!?;:…”）)"
_WIDEST_COLUMNS = 200
_FEWEST_LINES = 10
_SAME_WIDTH = 0.9


def columns(line: str) -> int:
    """Printed width: a Chinese character or mark takes two columns, a half-width one takes one."""
    return len(line) + sum(char >= "\u2000" for char in line)


def wrap_width(lines: list[str]) -> int | None:
    """Columns in a full line; None when the report is not hard-wrapped."""
    unfinished = sorted(columns(line) for line in lines if len(line) > 1 and line[-1] not in _ENDS)
    if len(unfinished) < max(_FEWEST_LINES, 0.3 * len(lines)):
        return None
    width = unfinished[int(0.9 * (len(unfinished) - 1))]
    full = sum(width * _SAME_WIDTH <= other <= width / _SAME_WIDTH for other in unfinished)
    return width if width <= _WIDEST_COLUMNS and full >= 0.5 * len(unfinished) else None


def is_full(line: str, width: int | None) -> bool:
    """Whether a line of a report wrapped at `width` reaches the right margin."""
    return width is not None and columns(line[-width:]) >= _SAME_WIDTH * width
