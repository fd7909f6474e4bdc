"""Characters on a baseline read as text: spaces where the print leaves them, digits never torn.

A space that the file holds is kept where it can be seen. One that it does not hold is read from the gap, which
Latin words need and Chinese ones do not. What is printed twice to look bold is read once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.ink import Glyph
from corpus.formats.wrapped_text import joined

_SAME_LINE = 0.45  # of the size: how far baselines of one line may lie apart (mixed fonts, raised signs)
_VISIBLE_SPACE = 0.12
_WORD_GAP = 0.22
_DIGIT_GAP = 0.4
_SET_APART = 1.0
_DOUBLE_STRIKE = 0.3
_LATIN = re.compile(r"[!-~]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one baseline from left to right, without space characters."""

    glyphs: tuple[Glyph, ...]
    spaced: frozenset[int]  # glyphs that a printed space stands before

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs[-3:])

    @property
    def y(self) -> float:
        return sorted(glyph.y for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def size(self) -> float:
        return sorted(glyph.size for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def text(self) -> str:
        return "".join(self._characters())

    def _characters(self) -> Iterator[str]:
        for at, glyph in enumerate(self.glyphs):
            if at and needs_space(self.glyphs[at - 1], glyph, is_printed=at in self.spaced):
                yield " "
            yield glyph.text

    def cut(self, gap: float) -> list["Run"]:
        """The stretches that lie at least `gap` times the size apart."""
        cuts = [0, *(at for at in range(1, len(self.glyphs)) if self._gap(at) >= gap), len(self.glyphs)]
        return [self.part(start, end) for start, end in pairwise(cuts)]

    def part(self, start: int, end: int) -> "Run":
        return Run(self.glyphs[start:end], frozenset(at - start for at in self.spaced if start < at < end))

    def _gap(self, at: int) -> float:
        before, after = self.glyphs[at - 1], self.glyphs[at]
        return (after.x0 - before.x1) / max(before.size, after.size)


def needs_space(before: Glyph, after: Glyph, *, is_printed: bool) -> bool:
    gap = (after.x0 - before.x1) / max(before.size, after.size)
    if gap < _VISIBLE_SPACE:
        return False
    if is_printed or gap >= _SET_APART:
        return True
    if not (_LATIN.match(before.text) and _LATIN.match(after.text)):
        return False
    in_number = before.text.isdigit() or after.text.isdigit()
    return gap >= (_DIGIT_GAP if in_number else _WORD_GAP)


def read_runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """The lines of print among `glyphs`, from the top down."""
    lines: list[list[Glyph]] = []
    recent: list[tuple[float, list[Glyph]]] = []  # baseline of the last lines
    for glyph in sorted(glyphs, key=lambda one: one.y):
        for at in range(len(recent) - 1, max(-1, len(recent) - 4), -1):
            baseline, line = recent[at]
            if abs(glyph.y - baseline) <= _SAME_LINE * min(glyph.size, line[0].size * 1.5):
                line.append(glyph)
                break
        else:
            lines.append([glyph])
            recent.append((glyph.y, lines[-1]))
    return [run for line in lines if (run := _run(line)) is not None]


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The lines of a cell as one text."""
    text = ""
    for run in read_runs(glyphs):
        text = joined(text, run.text)
    return text


def _run(line: Sequence[Glyph]) -> Run | None:
    kept: list[Glyph] = []
    spaced: set[int] = set()
    is_after_space = False
    for glyph in sorted(line, key=lambda one: one.x0):
        if glyph.text == " ":
            is_after_space = True
            continue
        if kept and _is_double_strike(kept, glyph):
            continue
        if is_after_space and kept:
            spaced.add(len(kept))
        is_after_space = False
        kept.append(glyph)
    return Run(tuple(kept), frozenset(spaced)) if kept else None


def _is_double_strike(kept: Sequence[Glyph], glyph: Glyph) -> bool:
    return any(
        other.text == glyph.text and abs(other.x0 - glyph.x0) < _DOUBLE_STRIKE * (other.x1 - other.x0)
        for other in kept[-2:]
    )
