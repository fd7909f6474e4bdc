"""Lines joined into blocks: paragraphs whole again where a page broke them, tables, headings.

A page break shows as blank lines in the middle of a sentence:
    "…会同有关部门拟订专项资金的管\\n\\n理和监督办法，会同…"
The line before does not end a sentence and the one after starts nothing new, so they are one block.
Titles, bylines and headings do not end a sentence either: only running prose is continued. What the
words mean is unknown here; the evidence is punctuation, numbering, indent and line width.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.aligned import aligned_as_rows
from corpus.lines import Line, layout, read_lines
from corpus.model import Mapped
from corpus.numbering import Mark, find_mark
from corpus.repair import join, repair
from corpus.wrapping import is_full, wrap_width

BlockKind = Literal["text", "heading", "item", "table"]

_CLOSERS = " \t\u3000*_”’」』）)》〉】\"'"
_ENDS = "。！？；：!?;:…"
_CLAUSE_ENDS = "，、"
_PROSE = re.compile(r"[，。；？！]")
_SHORTEST_PROSE = 12
_LONGEST_HEADING = 60
_LONGEST_LOOK_BACK = 2000
# A paragraph that opens with one or two characters and a full stop, and goes on, is the end of a
# broken sentence; one that says "无。" and no more is whole.
_TAIL_FIRST = re.compile(r"[^\s，。；：？！\d（(“]{1,2}[。；]\s*\S")
_NUMBER_BEGUN = re.compile(r"\d[.．,]\Z")
_SENTENCE_THEN_MORE = re.compile(r"。[*”’）)\s]*[^*”’）)\s]")
_OPENERS = {"（": "）", "“": "”", "《": "》", "【": "】"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph, heading, list item or table; `lines` are its source lines, furniture left out."""

    kind: BlockKind
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    def content(self, text: str) -> Mapped:
        return join(tuple(repair(text, start, end) for start, end in self._stretches(text)))

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Source ranges with nothing foreign in them: a page number inside a paragraph parts two."""
        start, end = self.lines[0].start, self.lines[0].end
        for line in self.lines[1:]:
            if text[end : line.start].strip():
                yield start, end
                start = line.start
            end = line.end
        yield start, end


def read_blocks(text: str, headings: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """The blocks of a report in reading order. `headings`: start of a line -> its level, where the file tells it."""
    lines = [line for line in read_lines(text, headings) if line.kind != "furniture"]
    lines = aligned_as_rows(text, _tables_settled(text, lines))
    return tuple(_joined(text, lines))


def _tables_settled(text: str, lines: list[Line]) -> list[Line]:
    """Tabs make a table only where two lines with them meet; a lone one is an indent or a gap."""
    settled: list[Line] = []
    for index, line in enumerate(lines):
        beside = [other.kind for other in (*settled[-1:], *lines[index + 1 : index + 2])]
        is_lone = line.kind == "row" and "row" not in beside
        if is_lone or (line.kind == "row" and _is_indented_text(text, line, settled)):
            settled.append(_as_text(text, line))
        elif line.kind == "text" and _continues_cell(text, lines, index, settled):
            settled.append(Line(kind="row", start=line.start, end=line.end, after_blank=line.after_blank))
        else:
            settled.append(line)
    return settled


def _is_indented_text(text: str, line: Line, before: list[Line]) -> bool:
    cells = [cell for cell in text[line.start : line.end].split("\t") if cell.strip()]
    if before and before[-1].kind == "row":
        return False
    mark = find_mark(cells[0].strip()) if cells else None
    is_only_a_mark = mark is not None and mark.length == len(cells[0].strip())
    return len(cells) <= 1 or (len(cells) == 2 and is_only_a_mark)


def _as_text(text: str, line: Line) -> Line:
    printed = text[line.start : line.end]
    start = line.start + len(printed) - len(printed.lstrip())
    end = line.start + len(printed.rstrip())
    return Line(kind="text", start=start, end=end, after_blank=line.after_blank, indented=line.indented)


def _continues_cell(text: str, lines: list[Line], index: int, before: list[Line]) -> bool:
    """A line without tabs between two rows, after a page break: the rest of the last cell."""
    line = lines[index]
    if not (line.after_blank and before and before[-1].kind == "row"):
        return False
    if index + 1 == len(lines) or lines[index + 1].kind != "row" or lines[index + 1].after_blank:
        return False
    printed = text[line.start : line.end]
    row = text[before[-1].start : before[-1].end]
    return not (is_closed(row) or row.endswith("\t") or find_mark(printed) or layout().starts.match(printed))


def is_closed(printed: str) -> bool:
    """Whether the text ends a sentence or clause: nothing has to follow."""
    bare = printed.rstrip(_CLOSERS)
    return not bare or bare[-1] in _ENDS


def _joined(text: str, lines: list[Line]) -> Iterator[Block]:
    marks = [find_mark(text[line.start : line.end].lstrip("*")) if line.kind == "text" else None for line in lines]
    bodied = _between_bodied_siblings(text, lines, marks)
    width = wrap_width([text[line.start : line.end] for line in lines if line.kind == "text"])
    group: list[Line] = []
    for index, line in enumerate(lines):
        if group and not _belongs(text, group, line, marks[index], is_cut=index - 1 in bodied, width=width):
            yield _block(group)
            group = []
        group.append(line)
    if group:
        yield _block(group)


def _block(group: list[Line]) -> Block:
    kind: BlockKind = "table" if group[0].kind in ("row", "pipe") else group[0].kind  # type: ignore[assignment]
    return Block(kind=kind, lines=tuple(group))


def _belongs(text: str, group: list[Line], line: Line, mark: Mark | None, *, is_cut: bool, width: int | None) -> bool:
    last = group[-1]
    if line.kind in ("row", "pipe") or last.kind in ("row", "pipe"):
        return line.kind == last.kind
    if line.kind != "text" or last.kind == "heading":
        return False
    after = text[line.start : line.end]
    before = text[max(group[0].start, last.end - _LONGEST_LOOK_BACK) : last.end]
    is_new = mark or layout().starts.match(after) or layout().captions.fullmatch(after)
    if is_new or (line.indented and before[-1] not in _CLAUSE_ENDS):
        return False
    return not is_closed(before) and (
        _is_broken_prose(before, after, is_cut=is_cut) or is_full(text[last.start : last.end], width)
    )


def _is_broken_prose(before: str, after: str, *, is_cut: bool) -> bool:
    """Whether `before`, which ends no sentence, reads on in `after`."""
    if not _PROSE.search(after):
        return False
    if before[-1] in _CLAUSE_ENDS or _is_unbalanced(before) or ("，" in before and _TAIL_FIRST.match(after)):
        return True
    if _NUMBER_BEGUN.search(before) and after[0].isdigit():
        return True
    if layout().captions.fullmatch(before) or len(before) < _SHORTEST_PROSE:
        return False
    if find_mark(before.lstrip("*")):
        return is_cut or len(before) > _LONGEST_HEADING or _SENTENCE_THEN_MORE.search(before) is not None
    return _PROSE.search(before) is not None


def _is_unbalanced(printed: str) -> bool:
    return any(printed.count(opener) > printed.count(closer) for opener, closer in _OPENERS.items())


def _between_bodied_siblings(text: str, lines: list[Line], marks: list[Mark | None]) -> set[int]:
    """Marked lines without a body whose neighbours in the numbering carry theirs on the line.

    （2）品牌行动。深化… / （3）聚才行动，答好人才强市必答 / （4）保障行动。全市…
    The one in the middle was cut by a page; among headings of their own line nothing is missing.
    """
    last_seen: dict[str, int] = {}
    follower: dict[int, int] = {}
    forerunner: dict[int, int] = {}
    for index, mark in enumerate(marks):
        if mark is None:
            continue
        before = last_seen.get(mark.style)
        if before is not None and marks[before] is not None and _number(marks[before]) + 1 == mark.number:
            forerunner[index], follower[before] = before, index
        last_seen[mark.style] = index
    cut = set()
    for index in forerunner.keys() | follower.keys():
        siblings = [table[index] for table in (forerunner, follower) if index in table]
        if all(_SENTENCE_THEN_MORE.search(text, lines[at].start, lines[at].end) for at in siblings):
            cut.add(index)
    return cut


def _number(mark: Mark | None) -> int:
    return mark.number if mark else 0
