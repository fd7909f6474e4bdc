"""What a report is: title, issuer, place, years and kind, from its name and first page.

    "2023年度苏州市财政局部门整体支出绩效自评报告"
      -> issuer 苏州市财政局, place 苏州市, data_year 2023, issued_year 2024, review
What is not printed, or follows from no stated convention, is None. The words, places and
conventions are in `data/metadata.toml` and `data/places.toml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import get_args

from corpus.blocks import Block
from corpus.errors import ReportError
from corpus.model import Metadata
from corpus.numbering import find_mark
from corpus.repair import repair
from corpus.source import Source
from corpus.vocabulary import Kind, KindOfReport, Vocabulary, vocabulary

_FIRST_BLOCKS = 8
_FIRST_PAGE_CHARACTERS = 1500
_LONGEST_TITLE = 60
_NO_TITLE = re.compile(r"[。；？！：:]|^[—\-（(【]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*年\s*\d{1,2}\s*月|[-./]\d{1,2}[-./]\d{1,2})")
_DATE_LINE = re.compile(r"[^，。；\n]{0,50}")
_FIELDS: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "issuer": (str, type(None)),
    "place": (str, type(None)),
    "data_year": (int, type(None)),
    "issued_year": (int, type(None)),
    "document_kind": (str,),
}
_PROVENANCE = ("checksum", "source")  # what a sidecar records beside the fields; never an override


def find_title(blocks: Sequence[Block], text: str) -> tuple[frozenset[int], str]:
    """The blocks that print the report's title, and the title they make; none and "" where unsure."""
    ends = vocabulary().title_ends
    parts: list[tuple[int, str]] = []
    for index, block in enumerate(blocks[:_FIRST_BLOCKS]):
        printed = block.content(text).text if block.end - block.start <= 2 * _LONGEST_TITLE else ""
        if block.kind == "heading" and block.lines[0].depth == 1 and not parts:
            is_only = sum(other.kind == "heading" and other.lines[0].depth == 1 for other in blocks) == 1
            names_it = printed.endswith(ends) and not find_mark(printed)
            return (frozenset({index}), printed) if is_only or names_it else (frozenset(), "")
        if block.kind != "text" or len(printed) > _LONGEST_TITLE or _NO_TITLE.search(printed) or find_mark(printed):
            parts = []
            continue
        parts.append((index, printed))
        if printed.endswith(ends):
            return _whole_title(parts)
    return frozenset(), ""


def _whole_title(parts: list[tuple[int, str]]) -> tuple[frozenset[int], str]:
    """A title printed over two lines names its body or year on the first: "某市财政局" / "2023年部门决算"."""
    words = vocabulary()
    taken = parts[-1:]
    for index, printed in reversed(parts[:-1]):
        if not (words.place_in(printed) or words.body_in(printed) or _YEAR.match(printed)):
            break
        taken.insert(0, (index, printed))
    return frozenset(index for index, _ in taken), "".join(printed for _, printed in taken)


def detect_metadata(
    source: Source, blocks: Sequence[Block], title: str, overrides: Mapping[str, object] | None = None
) -> Metadata:
    """Metadata of `source`, whose printed title is `title`; `overrides` win.

    Raises:
        ReportError: an override is unknown or of the wrong type.
    """
    words = vocabulary()
    title = title or PurePath(source.name).stem
    byline = _byline(blocks, source.text)
    kind = words.find_kind(title)
    place = words.place_in(title) or next(filter(None, map(words.place_in, byline)), None)
    data_year = _data_year(source, title)
    issued_year = _issued_year(source.text, kind, data_year)
    if data_year is None and kind and kind.issuer and kind.issued_after_years == 0:
        data_year = issued_year  # 政府工作报告, dated below its title
    detected = Metadata(
        report=source.name,
        title=title,
        issuer=_issuer(words, title, byline, kind, place),
        place=place,
        data_year=data_year,
        issued_year=issued_year,
        checksum=source.checksum,
        document_kind=kind.kind if kind else "other",
    )
    return _overridden(detected, overrides or {})


def _byline(blocks: Sequence[Block], text: str) -> list[str]:
    """The short lines around the title, before the first sentence."""
    lines: list[str] = []
    for block in blocks[:_FIRST_BLOCKS]:
        for line in block.lines:
            content = repair(text, line.start, min(line.end, line.start + 2 * _LONGEST_TITLE)).text
            if block.kind == "table" or len(content) > _LONGEST_TITLE or "。" in content or find_mark(content):
                return lines
            lines.append(content)
    return lines


def _issuer(
    words: Vocabulary, title: str, byline: Sequence[str], kind: KindOfReport | None, place: str | None
) -> str | None:
    unnumbered = _YEAR.sub("", title).lstrip("年度 ")
    if (named := words.body_in(unnumbered)) and words.place_in(named):
        return named
    if kind and kind.issuer and place and (unnumbered.startswith(place) or unnumbered in kind.words):
        return place + kind.issuer
    if told := next(filter(None, map(words.labelled_body.fullmatch, byline)), None):
        return told.group(1)
    bodies = (re.split(r"\s+", line) for line in byline)  # issued together: 某市统计局  某市调查队
    return next((named[0] for named in bodies if all(words.body_in(name) == name for name in named)), None)


def _data_year(source: Source, title: str) -> int | None:
    """The year the title names; else one that the file's name and the first page agree on."""
    years = {int(year) for year in _YEAR.findall(title)}
    if not years:
        first_page = source.text[:_FIRST_PAGE_CHARACTERS]
        printed = {int(year) for year in _YEAR.findall(first_page)}
        years = {int(year) for year in _YEAR.findall(source.name)} & printed
    return years.pop() if len(years) == 1 else None


def _issued_year(text: str, kind: KindOfReport | None, data_year: int | None) -> int | None:
    """The year of a date that stands on a line of its own on the first page, else by convention."""
    dated = {
        int(date.group(1))
        for line in text[:_FIRST_PAGE_CHARACTERS].splitlines()
        if _DATE_LINE.fullmatch(line.strip()) and (date := _DATE.search(line))
    }
    if len(dated) == 1:
        return dated.pop()
    if kind is None or kind.issued_after_years is None or data_year is None:
        return None
    return data_year + kind.issued_after_years


def _overridden(detected: Metadata, overrides: Mapping[str, object]) -> Metadata:
    changes: dict[str, object] = {}
    for name, value in overrides.items():
        if name in _PROVENANCE:
            continue
        if name not in _FIELDS:
            raise ReportError(f"报告“{detected.report}”的说明里有不认识的项“{name}”。可用的项：{'、'.join(_FIELDS)}。")
        kinds = get_args(Kind)
        if not isinstance(value, _FIELDS[name]) or (name == "document_kind" and value not in kinds):
            limit = "、".join(kinds) if name == "document_kind" else "年份是整数，其余是文字"
            raise ReportError(f"报告“{detected.report}”的“{name}”不能是 {value!r}（{limit}）。请改正后再试。")
        changes[name] = value
    return replace(detected, **changes)  # type: ignore[arg-type]  # names and types were checked above
