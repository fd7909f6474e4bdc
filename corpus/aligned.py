"""Tables whose columns are parted by runs of spaces, as text taken from a pdf or a terminal has them.

  支出类别            全年预算数     执行率
  基本支出              9,860.00     99.52%
  合  计              248,600.00     96.18%

Two Chinese words need a wider gap between them than a word and a number do: 合  计 is one cell.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.lines import Line

GAP = re.compile(r"[ \u3000]{3,}|[ \u3000]{2,}(?=[-−+]?[\d(（¥￥])|(?<=[\d%％)）])[ \u3000]{2,}")
_NUMERIC = re.compile(r"[-−+]?[\d.,，]+\s*[%％]?|[-—–]+")
_FEWEST_LINES = 3
_FEWEST_COLUMNS = 3


def aligned_as_rows(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines; three and more of as many cells each, numbers in all but the first, are marked as rows."""
    settled: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if run and (line.after_blank or len(_cells(text, line)) != len(_cells(text, run[0]))):
            settled += _settled(text, run)
            run = []
        if line.kind == "text" and len(_cells(text, line)) >= _FEWEST_COLUMNS:
            run.append(line)
        else:
            settled += [*_settled(text, run), line]
            run = []
    return [*settled, *_settled(text, run)]


def _settled(text: str, run: Sequence[Line]) -> list[Line]:
    numeric = [any(_NUMERIC.fullmatch(cell) for cell in _cells(text, line)) for line in run]
    is_table = len(run) >= _FEWEST_LINES and not numeric[0] and all(numeric[1:])
    return [replace(line, kind="row") for line in run] if is_table else list(run)


def _cells(text: str, line: Line) -> list[str]:
    return GAP.split(text[line.start : line.end]) if line.kind == "text" else []
