"""What a page break did to a table row: cut it, repeated the header, swallowed the first column.

    参加培训    指标解释：参加培训的人数；预    已完成，12.3万人。
    (blank)
                    人数    期实现值：12 万。                            <- the rest of the row above
The evidence is generic: number of cells, empty cells, punctuation that is missing, beginnings that
other cells of the column share, and whether the joined reading occurs elsewhere in the report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import is_closed
from corpus.model import Mapped
from corpus.numbering import find_mark

EMPTY = Mapped(text="", offsets=())

_PROSE = re.compile(r"[，。；：]")
_NUMERIC = re.compile(r"[-+±]?[\d,.，]+\s*\S{0,3}|[-—…/]+")
_CANNOT_BEGIN = "，。、；：）”’》】%"
_OPEN_ENDS = "，、（“《-—"
_COUNTED_LABEL = re.compile(r"\D{0,4}\d{1,2}\s*[-—.、．:：]")
_IDLE = re.compile(r"[ \u3000*]+")
_BEGINNING = 2
_TAIL = 3
_LONGEST_END = 200
_ENDS = "。！？"
_CLOSERS = " ”’」』）)》】"


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What else the report says: `text` without spaces, to look a joined reading up in."""

    text: str

    @classmethod
    def of(cls, text: str) -> "Surroundings":
        return cls(text=_IDLE.sub("", text))

    def hold(self, before: str, after: str) -> bool:
        """Whether the end of `before` and the start of `after` stand together somewhere."""
        tail, head = _IDLE.sub("", before)[-_TAIL:], _IDLE.sub("", after)[:_TAIL]
        return min(len(tail), len(head)) > 1 and not tail.isdigit() and not head.isdigit() and tail + head in self.text


@dataclass(kw_only=True, slots=True)
class RowsAbove:
    """What the rows read so far tell about the next one; each row is looked at once."""

    width: int
    count: int = 0
    last: list[str] = field(default_factory=list)  # the ends of the last row's cells
    beginnings: list[set[str]] = field(default_factory=list)  # per column
    always_filled: list[bool] = field(default_factory=list)  # per column

    def __post_init__(self) -> None:
        self.beginnings = [set() for _ in range(self.width)]
        self.always_filled = [True] * self.width

    def add(self, cells: Sequence[Mapped]) -> None:
        self.count += 1
        self.last = [cell.text[-_LONGEST_END:] for cell in cells]
        for at, cell in enumerate(cells):
            self.beginnings[at].add(cell.text[:_BEGINNING])
            self.always_filled[at] = self.always_filled[at] and bool(cell.text)

    def extend(self, cells: Sequence[Mapped]) -> None:
        """The last row goes on in `cells`."""
        self.last = [(end + cell.text)[-_LONGEST_END:] for end, cell in zip(self.last, cells, strict=True)]

    def begin_like(self, cell: Mapped, column: int) -> bool:
        """Whether another cell of the column begins with the same words."""
        beginning = cell.text[:_BEGINNING]
        is_worded = len(beginning) == _BEGINNING and not _NUMERIC.match(beginning)
        return is_worded and beginning in self.beginnings[column]

    @property
    def spans(self) -> bool:
        """Whether the first column seems to hold labels that span rows."""
        return not self.always_filled[0] or (self.count == 1 and bool(self.last[0]))


def align(cells: Sequence[Mapped], above: RowsAbove) -> list[Mapped]:
    """`cells` in their columns: a short row lost cells in front (a spanning label) or at its end."""
    missing = above.width - len(cells)
    if len(cells) == 1:  # a line without a separator ends the last cell
        return [*[EMPTY] * missing, *cells]
    if not cells[0].text:  # the front is there, though empty
        return [*cells, *[EMPTY] * missing]
    likeness = {
        shift: sum(above.begin_like(cell, at + shift) for at, cell in enumerate(cells)) for shift in range(missing + 1)
    }
    best = max(likeness.values())
    fitting = [shift for shift in likeness if likeness[shift] == best]
    shift = fitting[-1] if best == 0 and above.spans else fitting[0]
    return [*[EMPTY] * shift, *cells, *[EMPTY] * (missing - shift)]


def continues(row: Sequence[Mapped], above: RowsAbove, report: Surroundings) -> bool:
    """Whether `row`, first after a break, is the rest of the last row above."""
    joints = [(end, cell.text) for end, cell in zip(above.last, row, strict=True) if end and cell.text]
    if not joints or any(_are_numbers(before, after) for before, after in joints):
        return False
    # A cell that begins as its column's cells do is whole: "指标解释：…" under "指标解释：…".
    if any(above.begin_like(cell, at) for at, cell in enumerate(row) if len(cell.text) > _TAIL):
        return False
    if _lacks_name(row, above):
        return True
    if any(before.rstrip(_CLOSERS)[-1:] in _ENDS for before, _ in joints) or (row[0].text and is_closed(joints[0][0])):
        return False
    return any(_is_torn(before, after) or report.hold(before, after) for before, after in joints)


def _lacks_name(row: Sequence[Mapped], above: RowsAbove) -> bool:
    """Whether cells that every row so far has are empty in this one: its name, or all but one.

    The first cell may be empty under a spanning label; so may the second, in a complete row, while
    only one row tells what is usual.
    """
    filled = [at for at, cell in enumerate(row) if cell.text]
    first = filled[0]
    if len(filled) == 1 and first > 0 and not _NUMERIC.fullmatch(row[first].text):
        return all(above.always_filled[1:])
    is_complete = all(cell.text for cell in row[first:]) and first < len(row) - 1
    return first > 1 and all(above.always_filled[1:first]) and (above.count > 1 or not is_complete)


def _are_numbers(before: str, after: str) -> bool:
    return _NUMERIC.fullmatch(before) is not None and _NUMERIC.fullmatch(after) is not None


def _is_torn(before: str, after: str) -> bool:
    if after[0] in _CANNOT_BEGIN or before[-1] in _OPEN_ENDS:
        return True
    return _PROSE.search(before) is not None and _NUMERIC.fullmatch(after) is None


def label_goes_on(label: str, printed: str, *, spans: bool, report: Surroundings) -> bool:
    """Whether `printed`, in the label column after a break, is the rest of the label in force."""
    if not label or not printed or is_closed(label):
        return False
    if label[-1] in _OPEN_ENDS or printed[0] in _CANNOT_BEGIN or report.hold(label, printed):
        return True
    return spans and _is_counted(label) and not _is_counted(printed)


def _is_counted(label: str) -> bool:
    return _COUNTED_LABEL.match(label) is not None or find_mark(label) is not None
