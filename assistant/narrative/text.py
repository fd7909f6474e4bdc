"""A report as it is told: paragraphs, their sentences, and the stretches between full stops and semicolons.

    "（1）…行动。全市…居首位。一是深化“甲”工程。培训1.2万人；评选90人。"
      -> stretches "培训1.2万人" … with the words around them: headings, "一是深化“甲”工程", what stands before

A stretch is the smallest thing that is quoted as an answer. Nothing here knows a question.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.figures.coverage import pairs_of
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Mapped, Passage
from corpus.repair import join, repair
from corpus.sentences import split_sentences

_OPENING, _CLOSING = "（(《“「『[【", "）)》”」』]】"
_LINE_MARK = re.compile(r"^[\s*]*(?:[-•·●▪◆■]|\*(?!\*))[\s*]*$")
# A first sentence as short as this is the heading of what follows in its paragraph.
_LONGEST_TOPIC = 34
_ORDINAL_TOPIC = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,2}，|——)")
_HEADINGS = 2
_QUOTES = re.compile("[“”‘’\"'《》「」『』]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph or a table's row, repaired. `id` is the paragraph's place: "2.2.3-p4"."""

    report: str
    id: str
    order: int
    section: tuple[str, ...]
    content: Mapped
    is_row: bool
    is_line_item: bool  # the report prints a bullet in front

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """What stands between two full stops or semicolons; `low` and `high` are places in its block's text."""

    block: Block
    order: int  # among the stretches of the report
    sentence: int  # which sentence of the block
    low: int
    high: int
    text: str
    topic: str  # the heading-like sentence it stands under, "" without one
    own: frozenset[str]
    around: frozenset[str]  # pairs of headings, topic and what stands before it in its sentence

    @property
    def span(self) -> tuple[int, int]:
        """Source offsets."""
        return self.block.content.span(self.low, self.high)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What stands under one heading, or under a heading-like sentence that opens a part of a paragraph."""

    title: str
    section: tuple[str, ...]
    stretches: tuple[Stretch, ...]  # the heading-like sentence too


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One report's blocks and stretches, with the stretches by the pairs they hold."""

    report: str
    blocks: tuple[Block, ...]
    stretches: tuple[Stretch, ...]
    groups: tuple[Group, ...]
    holding: Mapping[str, frozenset[int]]  # by pairs of a stretch's own words
    near: Mapping[str, frozenset[int]]  # by pairs of the words around it


def read_told(report: str, text: str, passages: Sequence[Passage]) -> Told:
    """The blocks and stretches of a report; `passages` are in reading order and cover it."""
    blocks = tuple(_blocks(report, text, passages))
    stretches: list[Stretch] = []
    for block in blocks:
        stretches += _stretches(block, len(stretches))
    holding: dict[str, set[int]] = defaultdict(set)
    near: dict[str, set[int]] = defaultdict(set)
    for each in stretches:
        for pair in each.own:
            holding[pair].add(each.order)
        for pair in each.around:
            near[pair].add(each.order)
    return Told(
        report=report, blocks=blocks, stretches=tuple(stretches), groups=_groups(stretches),
        holding={pair: frozenset(orders) for pair, orders in holding.items()},
        near={pair: frozenset(orders) for pair, orders in near.items()},
    )  # fmt: skip


def _blocks(report: str, text: str, passages: Sequence[Passage]) -> list[Block]:
    grouped = groupby(passages, key=lambda passage: passage.id.rpartition("-")[0])
    found = []
    for order, (name, members) in enumerate(grouped):
        parts = list(members)
        content = join(tuple(repair(text, part.start, part.end) for part in parts))
        before = text[text.rfind("\n", 0, parts[0].start) + 1 : parts[0].start]
        block = Block(
            report=report, id=name, order=order, section=parts[0].section_path, content=content,
            is_row=bool(re.search(r"-r\d+$", name)), is_line_item=bool(before and _LINE_MARK.match(before)),
        )  # fmt: skip
        if content.text.strip():
            found.append(block)
    return found


def _stretches(block: Block, first: int) -> list[Stretch]:
    found: list[Stretch] = []
    headings = pairs_of(official(" ".join(block.section[-_HEADINGS:])))
    topic, topic_pairs, fresh = "", frozenset[str](), False
    for number, (start, end) in enumerate(split_sentences(block.content)):
        sentence = block.text[start:end]
        fresh = _is_topic(sentence, number) and (not fresh or bool(_ORDINAL_TOPIC.match(sentence)))
        if fresh:
            topic, topic_pairs = sentence, pairs_of(official(sentence))
        before = frozenset[str]()
        for low, high in parted(block.text, start, end):
            text = block.text[low:high]
            own = pairs_of(official(text))
            found.append(
                Stretch(
                    block=block, order=first + len(found), sentence=number, low=low, high=high, text=text,
                    topic="" if topic == sentence else topic, own=own, around=headings | topic_pairs | before,
                )
            )  # fmt: skip
            before = before | own
    return found


def _groups(stretches: Sequence[Stretch]) -> tuple[Group, ...]:
    """Sections with text of their own, and the parts of paragraphs that a heading-like sentence opens."""
    prose = [each for each in stretches if not each.block.is_row]
    found = []
    for section, members in groupby(prose, key=lambda each: each.block.section):
        if section:
            found.append(Group(title=section[-1], section=section, stretches=tuple(members)))
    for first, stretch in enumerate(prose):
        under = []
        for each in prose[first + 1 :]:
            if each.block is not stretch.block or each.topic != stretch.text:
                break
            under.append(each)
        if under:
            found.append(Group(title=stretch.text, section=stretch.block.section, stretches=(stretch, *under)))
    return tuple(found)


def official(text: str) -> str:
    """Text as it is matched: in official terms, without quotation marks, which part a name from its noun."""
    return _QUOTES.sub("", canonical(normalise(text)))


def _is_topic(sentence: str, number: int) -> bool:
    short = len(sentence) <= _LONGEST_TOPIC and sentence.endswith("。")
    return short and (number == 0 or bool(_ORDINAL_TOPIC.match(sentence)) or "，" not in sentence)


def parted(text: str, start: int, end: int, marks: str = "；;") -> list[tuple[int, int]]:
    """Ranges between the given marks outside brackets and quotation marks, without white space around them."""
    ranges, depth, low = [], 0, start
    for at in range(start, end):
        if text[at] in _OPENING:
            depth += 1
        elif text[at] in _CLOSING:
            depth = max(0, depth - 1)
        elif text[at] in marks and depth == 0:
            ranges.append((low, at + 1))
            low = at + 1
    ranges.append((low, end))
    return [trimmed for each in ranges if (trimmed := _stripped(text, *each))[0] < trimmed[1]]


def _stripped(text: str, low: int, high: int) -> tuple[int, int]:
    piece = text[low:high]
    return low + len(piece) - len(piece.lstrip()), high - (len(piece) - len(piece.rstrip()))
