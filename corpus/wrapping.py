"""Whether a report is hard-wrapped, as text taken from a PDF is, and at which width.

    "2024年，我局认真贯彻落实党中央决策部署，坚持稳中\\n求进工作总基调，全力推进…"
Most lines then stop at the same place without ending a sentence. Where every line is a paragraph
of its own, widths scatter and there is no such place.
"""

_ENDS = "。！？；：!?;:…”）)"
_WIDEST = 120
_FEWEST_LINES = 10
_SAME_WIDTH = 0.9


def wrap_width(lines: list[str]) -> int | None:
    """Characters in a full line; None when the report is not hard-wrapped."""
    open_widths = sorted(len(line) for line in lines if len(line) > 1 and line[-1] not in _ENDS)
    if len(open_widths) < max(_FEWEST_LINES, 0.3 * len(lines)):
        return None
    width = open_widths[int(0.9 * (len(open_widths) - 1))]
    full = sum(width * _SAME_WIDTH <= other <= width / _SAME_WIDTH for other in open_widths)
    return width if width <= _WIDEST and full >= 0.5 * len(open_widths) else None
