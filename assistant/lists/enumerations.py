"""The enumerations of a report: what is listed, in order, and the words that introduce it.

    二、存在的问题 / 主要是：一是甲不足；二是乙不够。      lead "主要是：", items "甲不足" "乙不够"
    （二）各项任务 > 1. 甲任务 … 2. 乙任务 …             lead "（二）各项任务", items are the headings
    其中： / - 甲0.3万个，… / - 乙1.2万个，…              lead "其中：", items are the lines

Marks are followed over paragraphs: （1） in a lead-in's own line, （2） to （9） in lines of their own. Items
keep their whole text; how much of it is told is decided where the answer is composed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.narrative.text import Block, parted
from corpus.chinese_numerals import parse_numeral
from corpus.model import Section
from corpus.numbering import find_mark

Kind = Literal["headings", "marks", "lines", "semicolons"]

_HAN = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_AT_START = r"(?:^|(?<=[。；;：:！，、\s]))"
_MARKS = re.compile(
    rf"{_AT_START}(?:(?P<is>{_HAN})是(?!否|不是)|第(?P<th>{_HAN})[，,、]|[（(]\s*(?P<round>\d{{1,2}})\s*[）)]"
    rf"|[（(](?P<han>{_HAN})[）)]|(?P<circled>[{_CIRCLED}])|(?P<first>首先|其次|再次|最后)[，,])"
)
_LINE_MARK = re.compile(r"^(?:(?P<point>\d{1,2})\s*[.．、](?!\d)|(?P<chapter>" + _HAN + r")、|——)")
_ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_LEADS_ON = ("：", ":")
# Words before the parts of a section that speak of those parts; other text there has a subject of its own.
_LEADS_TO_PARTS = re.compile(r"[：:]$|以下|如下|下列|方面|[几\d一二三四五六七八九十]+[个大项]|重点抓好")
_SHORTEST_ITEM = 2
_SHORT_LEAD = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """`text` is repaired and without its mark; `start` and `end` are source offsets of text and mark."""

    text: str
    start: int
    end: int
    section: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Enumeration:
    report: str
    kind: Kind
    lead: str  # the words right before the first item; "" where a heading alone introduces it
    lead_span: tuple[int, int] | None
    section: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(slots=True)
class _Run:
    """Marks of one style with consecutive numbers, while they are followed; places are (block, index)."""

    style: str
    section: tuple[str, ...]
    marks: list[tuple[int, int, int]] = field(default_factory=list)  # block, start of mark, end of mark
    numbers: list[int] = field(default_factory=list)


def find_enumerations(report: str, blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Enumeration, ...]:
    """Every enumeration of two items or more, in reading order of their first items."""
    prose = [block for block in blocks if not block.is_row]
    found = [*_of_headings(report, prose, sections), *_of_marks(report, prose), *_of_lines(report, prose)]
    found += _of_semicolons(report, prose)
    return tuple(sorted(found, key=lambda each: (each.items[0].start, -each.items[-1].end)))


def _of_headings(report: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Enumeration]:
    above = [Section(id="", title="", level=0, path=(), start=0, end=0, body_end=0), *sections]
    for parent in above:
        children = [
            each for each in sections if each.level == parent.level + 1 and each.path[: parent.level] == parent.path
        ]
        if len(children) < 2:
            continue
        opening = [
            block for block in blocks if block.section == parent.path and block.content.offsets[0] < children[0].start
        ]
        lead = (
            opening[-1]
            if opening and parent.path and _LEADS_TO_PARTS.search(_last_sentence(opening[-1].text))
            else None
        )
        yield Enumeration(
            report=report, kind="headings", lead=_last_sentence(lead.text) if lead else "",
            lead_span=_span_of_end(lead) if lead else None, section=parent.path,
            items=tuple(
                Item(text=_without_mark(child.title), start=child.start, end=child.end, section=child.path)
                for child in children
            ),
        )  # fmt: skip


def _without_mark(title: str) -> str:
    mark = find_mark(title)
    return title[mark.length :].strip() if mark else title


def _last_sentence(text: str) -> str:
    """The sentence that leads on, with the one before where it is as short as 其中：."""
    *_, last = re.split(r"(?<=[。！？])", text.rstrip("。"))
    before = text[: text.rfind(last)].rstrip()
    if len(last) >= _SHORT_LEAD or not before:
        return last or text
    *_, above = re.split(r"(?<=[。！？])", before.rstrip("。"))
    return text[text.rfind(above) :] if above else last


def _span_of_end(block: Block) -> tuple[int, int]:
    last = _last_sentence(block.text)
    low = block.text.rfind(last)
    return block.content.span(low, low + len(last))


# --- marks inside and at the start of paragraphs ---------------------------------------------------


def _of_marks(report: str, blocks: Sequence[Block]) -> Iterator[Enumeration]:
    finished: list[_Run] = []
    open_runs: dict[str, _Run] = {}
    for order, block in enumerate(blocks):
        for style, number, low, high in _marks(block.text):
            run = open_runs.get(style)
            goes_on = run is not None and run.section == block.section and number == run.numbers[-1] + 1
            if not goes_on:
                if number != 1 and style != "dash":
                    continue
                run = _Run(style, block.section)
                open_runs[style] = run
                finished.append(run)
            if run is not None:
                run.marks.append((order, low, high))
                run.numbers.append(number)
    for run in finished:
        if len(run.marks) > 1:
            yield _enumeration_of_run(report, run, blocks)


def _marks(text: str) -> list[tuple[str, int, int, int]]:
    """Style, number, start and end of each mark; a dash counts on from whatever came before."""
    found = []
    line = _LINE_MARK.match(text)
    if line:
        style = line.lastgroup or "dash"
        number = int(line[style]) if style == "point" else int(parse_numeral(line[style])) if line.lastgroup else 1
        if style != "dash":
            found.append((style, number, line.start(), line.end()))
    for match in _MARKS.finditer(text):
        style = match.lastgroup or ""
        printed = match[style]
        if style == "first":
            number = _ORDER_WORDS[printed]
        elif style == "circled":
            number = _CIRCLED.index(printed) + 1
        else:
            number = int(printed) if printed.isdigit() else int(parse_numeral(printed))
        found.append((style, number, match.start(), match.end()))
    return found


def _enumeration_of_run(report: str, run: _Run, blocks: Sequence[Block]) -> Enumeration:
    items = []
    for position, (order, _, high) in enumerate(run.marks):
        following = run.marks[position + 1] if position + 1 < len(run.marks) else None
        block = blocks[order]
        end = following[1] if following and following[0] == order else len(block.text)
        items.append(_item(block, high, end, mark_from=run.marks[position][1]))
    order, low, _ = run.marks[0]
    lead, span = _lead_before(blocks, order, low)
    return Enumeration(
        report=report, kind="marks", lead=lead, lead_span=span, section=run.section, items=tuple(items)
    )  # fmt: skip


def _item(block: Block, low: int, high: int, *, mark_from: int) -> Item:
    text = block.text[low:high].strip()
    start, end = block.content.span(mark_from, mark_from + len(block.text[mark_from:high].rstrip()))
    return Item(text=text, start=start, end=end, section=block.section)


def _lead_before(blocks: Sequence[Block], order: int, low: int) -> tuple[str, tuple[int, int] | None]:
    """The words before the first item: of its own paragraph, else the paragraph before where that leads on."""
    block = blocks[order]
    before = block.text[:low].rstrip()
    if before:
        lead = _last_sentence(before)
        at = before.rfind(lead)
        return lead, block.content.span(at, at + len(lead))
    above = blocks[order - 1] if order else None
    if above is not None and above.section == block.section and above.text.endswith((*_LEADS_ON, "。")):
        return _last_sentence(above.text), _span_of_end(above)
    return "", None


# --- lines under a lead-in ------------------------------------------------------------------------


def _of_lines(report: str, blocks: Sequence[Block]) -> Iterator[Enumeration]:
    """Bulleted lines, lines opened by a dash, and lines that end in semicolons under a lead-in with a colon."""
    run: list[Block] = []
    for order, block in enumerate([*blocks, None]):
        if block is not None and run and block.section == run[0].section and _is_line(block) == _is_line(run[0]):
            run.append(block)
            continue
        if len(run) > 1:
            yield _enumeration_of_lines(report, run, blocks, order - len(run))
        run = [block] if block is not None and _is_line(block) else []


def _is_line(block: Block) -> str:
    if block.is_line_item:
        return "bullet"
    if block.text.startswith("——"):
        return "dash"
    return "part" if block.text.endswith(("；", ";")) and not _marks(block.text) else ""


def _enumeration_of_lines(report: str, run: Sequence[Block], blocks: Sequence[Block], first: int) -> Enumeration:
    lead, span = _lead_before(blocks, first, 0)
    last = first + len(run)
    members = list(run)
    # 甲；/ 乙；/ 丙。: the last line ends the sentence.
    ends = blocks[last] if last < len(blocks) else None
    if _is_line(run[0]) == "part" and ends is not None and ends.section == run[0].section and "：" not in ends.text:
        members.append(ends)
    items = [_item(block, 2 * block.text.startswith("——"), len(block.text), mark_from=0) for block in members]
    return Enumeration(
        report=report, kind="lines", lead=lead, lead_span=span, section=run[0].section, items=tuple(items)
    )  # fmt: skip


# --- parts of a sentence behind a colon -----------------------------------------------------------


def _of_semicolons(report: str, blocks: Sequence[Block]) -> Iterator[Enumeration]:
    for block in blocks:
        for match in re.finditer(r"[^。！？；：]{2,60}[：:](?=[^。！？]*；)", block.text):
            stop = re.compile(r"[。！？]").search(block.text, match.end())
            end = stop.end() if stop else len(block.text)
            ranges = parted(block.text, match.end(), end)
            if len(ranges) < 2 or _marks(block.text[match.end() : end]):
                continue
            items = tuple(_item(block, low, high, mark_from=low) for low, high in ranges)
            if all(len(each.text) > _SHORTEST_ITEM for each in items):
                yield Enumeration(
                    report=report, kind="semicolons", lead=match[0].strip(), section=block.section, items=items,
                    lead_span=block.content.span(match.start(), match.end()),
                )  # fmt: skip


def whole(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items without the mark of their end."""
    return tuple(replace(item, text=item.text.rstrip("；;。，、")) for item in items)
