"""Which characters of a strip are in doubt: numbers that were not surely read, not read alike twice, or ill formed.

    12.7S%   1,21万元   6.700户   99.52%6   3.4忆元      each holds a sign that was misread
Only numbers and what directly follows them are judged. Nothing is corrected.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from corpus.formats.recogniser import Picture, Reading

NUMBER = re.compile(r"\d(?:[\d,，.．·:：]*\d)?[%％‰]?")
_WELL_FORMED = re.compile(r"(?:[1-9]\d{0,2}(?:[,，]\d{3})+|0|[1-9]\d*)(?:[.．]\d+)?[%％‰]?")
_ORDINAL = re.compile(r"0\d{1,2}|\d{1,2}[:：]\d{2}|\d+(?:[.．]\d{1,2}){2,3}")  # 08月, 10:30, 2.1.3
_THOUSANDS_BY_POINT = re.compile(r"[1-9]\d{0,2}[.．]\d{3}[%％]?|\d+[.．]\d{4,}[%％]?")
_LOOKS_LIKE_DIGIT = re.compile(r"[OoQlI|SBZ]")
_NO_UNIT = re.compile(r"[忆乙方兀]")  # what 亿, 万 and 元 are taken for
_STOPS = "，。；：、）,;:) "  # often in doubt themselves, and no part of a number
_SIGN = re.compile(r"[%％‰\d]")
_UNIT_CHARACTERS = 3
_ROOM = 0.12  # of the height, added all around for the second look


def second_look(strip: Picture) -> Picture:
    """The strip at another scale: what is clear reads the same."""
    room = max(2, round(_ROOM * strip.shape[0]))
    return np.pad(strip, room, constant_values=int(np.median(strip)))


def has_number(reading: Reading) -> bool:
    return any(char.isdigit() for char in reading.text)


def doubtful_characters(reading: Reading, again: Reading, least: float, torn: Collection[int]) -> frozenset[int]:
    """Numbers that hold a character less sure than `least`, or have not the form of one.

    `again` is the second look; `torn` are characters behind which something stands that was not read.
    """
    known = Counter(found.group() for found in NUMBER.finditer(again.text))
    doubtful: set[int] = set()
    for found in NUMBER.finditer(reading.text):
        start, end = found.span()
        unsure = any(confidence < least for confidence in reading.confidences[start:end])
        is_torn = any(start - 1 <= at < end for at in torn)
        unit = set(_doubtful_unit(reading, end, least))
        if end in unit or unsure or is_torn or not known[found.group()] or not _is_clear(reading.text, start, end):
            doubtful.update(range(start, end))
        doubtful.update(unit)
    return frozenset(doubtful)


def numbers_of(reading: Reading) -> frozenset[int]:
    """All characters of its numbers."""
    return frozenset(at for found in NUMBER.finditer(reading.text) for at in range(*found.span()))


def _is_clear(text: str, start: int, end: int) -> bool:
    """Whether the number has the form of one, and no sign beside it that a digit may have been taken for."""
    number = text[start:end]
    if not (_WELL_FORMED.fullmatch(number) or _ORDINAL.fullmatch(number)) or _THOUSANDS_BY_POINT.fullmatch(number):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if any(_LOOKS_LIKE_DIGIT.match(sign) for sign in (before, after)):
        return False
    if before and _SIGN.match(before):  # 99.52%6: the percent sign read twice
        return False
    return not (number[-1] in "%％‰" and after and _SIGN.match(after))


def _doubtful_unit(reading: Reading, start: int, least: float) -> Iterator[int]:
    """What follows a number: a unit, or a sign such as %, which is easily taken for something else."""
    for at in range(start, min(start + _UNIT_CHARACTERS, len(reading.text))):
        char = reading.text[at]
        if char in _STOPS:
            return
        if reading.confidences[at] < least or (at == start and _NO_UNIT.match(char)):
            yield at
        if not char.isalnum():
            return
