"""Reports bound together in one file: a yearbook of bulletins, the same report of four years.

    …十二、资源和环境 … 某市统计局 / 2024年3月 / 2023年是… / 一、综合 …   -> a volume about 2023, issued in 2024
A volume begins where the chapters count from one again and a title or a date stands on a line of its own before
them. What it is about is the year its title names, else the year its first sentence opens with; where neither says,
nothing in it is dated by its report.
"""

import re
from collections.abc import Sequence

from corpus.blocks import Block
from corpus.model import Volume
from corpus.numbering import find_mark
from corpus.outline import Outline
from corpus.vocabulary import vocabulary

_FEWEST_CHAPTERS = 3
_MOST_FRONT_BLOCKS = 12
_LONGEST_LINE = 60
_DATE_LINE = re.compile(r"[（(]?((?:19|20)\d{2})\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?[）)]?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_OPENS_WITH_YEAR = re.compile(r"((?:19|20)\d{2})\s*年(?:度|末|底)?[，,是我全各]")
_SENTENCE = re.compile(r"[。；！？]")


def find_volumes(blocks: Sequence[Block], outline: Outline, text: str) -> tuple[Volume, ...]:
    """The volumes behind the first one, in order; none in an ordinary report."""
    chapters = [index for index in sorted(outline.headings) if _is_chapter(outline, index)]
    numbers = [_number(blocks[index], text) for index in chapters]
    volumes = []
    run = 0
    for at, (index, number) in enumerate(zip(chapters, numbers, strict=True)):
        if number == 1 and run >= _FEWEST_CHAPTERS:
            first = max(chapters[at - 1] + 1, index - _MOST_FRONT_BLOCKS)
            volume = _volume(blocks[first:index], text)
            volumes += [volume] if volume else []
            run = 0
        run += number is not None
    return tuple(volumes)


def _is_chapter(outline: Outline, index: int) -> bool:
    section = outline.section_of[index]
    return section is not None and section.level == 1


def _number(block: Block, text: str) -> int | None:
    mark = find_mark(block.content(text).text)
    return mark.number if mark and mark.heads else None


def _volume(front: Sequence[Block], text: str) -> Volume | None:
    """The volume whose title, byline and preface stand among the blocks before its first chapter."""
    printed = [block.content(text).text if block.kind in ("text", "heading") else "" for block in front]
    short = [
        at for at, line in enumerate(printed) if line and len(line) <= _LONGEST_LINE and not _SENTENCE.search(line)
    ]
    dated = [at for at in short if _DATE_LINE.fullmatch(printed[at])]
    titled = [
        at
        for at in short
        if printed[at].endswith(vocabulary().title_ends) and len(set(_YEAR.findall(printed[at]))) == 1
    ]
    if not dated and not titled:
        return None
    begins = last = max([*dated, *titled[:1]])
    while begins - 1 in short:
        begins -= 1
    issued = int(_DATE_LINE.fullmatch(printed[dated[-1]])[1]) if dated else None  # type: ignore[index]
    return Volume(
        start=front[begins].start,
        data_year=_data_year([printed[at] for at in titled], printed[last + 1 :], issued),
        issued_year=issued,
    )


def _data_year(titles: Sequence[str], preface: Sequence[str], issued: int | None) -> int | None:
    """The year the title names, or the first sentence behind the byline opens with and the date allows."""
    for title in titles:
        return int(_YEAR.findall(title)[0])
    opening = next((line for line in preface if line), "")
    year = _OPENS_WITH_YEAR.match(opening)
    if year is None or (issued is not None and int(year[1]) not in (issued, issued - 1)):
        return None
    return int(year[1])
