"""What a ledger row states, in words: its stretch of the sentence, and a line for searching by meaning."""

import re

from corpus.model import Figure
from corpus.quantities import scan

_STRETCH_END = re.compile(r"[。；！？]")
_CLAUSE_END = re.compile(r"[。；！？，,、](?!\d{3})")
_RUN_UP_END = re.compile(r"[。；！？，,：:](?!\d{3})")
_MAX_STATEMENT = 160


def stretch(figure: Figure) -> str:
    """The part of a figure's sentence between full stops and semicolons that states it."""
    at = _position(figure)
    start = max((match.end() for match in _STRETCH_END.finditer(figure.sentence, 0, at)), default=0)
    stop = _STRETCH_END.search(figure.sentence, at)
    return figure.sentence[start : stop.start() if stop else len(figure.sentence)]


def clause(figure: Figure) -> str:
    """The part of a figure's sentence between commas that states it."""
    at = _position(figure)
    start = max((match.end() for match in _CLAUSE_END.finditer(figure.sentence, 0, at)), default=0)
    stop = _CLAUSE_END.search(figure.sentence, at)
    return figure.sentence[start : stop.start() if stop else len(figure.sentence)]


def run_up(figure: Figure) -> str:
    """What a figure's sentence says before it from the last comma on, earlier items of its list included."""
    at = _position(figure)
    start = max((match.end() for match in _RUN_UP_END.finditer(figure.sentence, 0, at)), default=0)
    return figure.sentence[start:at]


def statement(figure: Figure) -> str:
    """Indicator, name and stretch in one line: what is embedded for the figure."""
    return f"{figure.indicator or ''} {figure.name}。{stretch(figure)}".strip()[:_MAX_STATEMENT]


def _position(figure: Figure) -> int:
    at = figure.sentence.find(re.sub(r"\s", "", figure.printed))
    if at >= 0:
        return at
    for numeral in scan(figure.sentence):
        if numeral.quantity is not None and str(numeral.quantity.value) == figure.value:
            return numeral.start
    return 0
