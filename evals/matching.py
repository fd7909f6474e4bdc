"""Whether an answer says what it must and nothing it must not: the matching rule of the evaluation cases.

    answer  "2022年新增就业１８．６万人[1]。"   variant "18.6万"   -> occurs
    answer  "1,118.6万人"                        variant "18.6万"   -> does not: a digit touches it

Marks [n] dropped, thousands separators removed, NFKC, lower case, white space removed except between two
digits; a digit at either end of a variant touches no further digit and no decimal point with a digit.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_MARK = re.compile(r"\[\d+\]")
# a half- or full-width comma between one to three digits and exactly three
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3})((?:[,，]\d{3})+)(?!\d)")
_SPACE = re.compile(r"(?<=\d)(\s+)(?=\d)|\s+")


def normalise(text: str) -> str:
    """The text as it is matched."""
    without_marks = _MARK.sub("", text)
    whole = _THOUSANDS.sub(lambda match: match[1] + re.sub("[,，]", "", match[2]), without_marks)
    return _SPACE.sub(r"\1", unicodedata.normalize("NFKC", whole).lower())


def occurs(variant: str, normalised: str) -> bool:
    """Whether a variant stands in a normalised text, not as a part of another number."""
    wanted = normalise(variant)
    before = r"(?<!\d)(?<!\d\.)" if wanted[:1].isdecimal() else ""
    after = r"(?!\d)(?!\.\d)" if wanted[-1:].isdecimal() else ""
    return re.search(before + re.escape(wanted) + after, normalised) is not None


def missing(must: Sequence[Sequence[str]], answer: str) -> tuple[tuple[str, ...], ...]:
    """The groups of variants of which the answer holds none."""
    text = normalise(answer)
    return tuple(tuple(group) for group in must if not any(occurs(variant, text) for variant in group))


def forbidden(must_not: Iterable[str], answer: str) -> tuple[str, ...]:
    """The variants the answer holds and must not."""
    text = normalise(answer)
    return tuple(variant for variant in must_not if occurs(variant, text))
