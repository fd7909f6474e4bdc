"""The places a question names: provinces, prefectures and districts of China, without their suffix."""

import re
from functools import lru_cache

from corpus.vocabulary import vocabulary

_DISTRICT = re.compile(r"([\u4e00-\u9fff]{2})(?:区|县)(?![域级属内里划])")
# What stands before 区 or 县 in words that are no names: the character right before it (社区, 园区, 各区),
# or a particle in front (的…区).
_NOT_BEFORE = frozenset(
    "社地园校辖分片特景农牧林郊市各全本老库灾疫小大发业游范治验税能济新湾个几哪些两一二三四五六七八九十每该这那多"
)
_NOT_FIRST = frozenset("的和与在到是各每某全几哪个些这那里中从")
# Words whose last character begins the name of a place.
_WORDS_BEFORE = frozenset({"参保", "社保", "医保", "投保", "续保", "低保", "居保", "环保", "担保", "劳保"})
# A question is held against every row.
_TEXTS_KEPT = 256
_CITY_CENTRES = frozenset({"心城", "主城", "老城", "全城", "困山", "远山", "偏山", "革命"})


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    return re.compile("|".join(name for name in vocabulary().place_names if len(name) > 1))


@lru_cache(maxsize=_TEXTS_KEPT)
def places_in(text: str) -> tuple[str, ...]:
    """The places a text names: provinces, prefectures and districts, without their suffix."""
    named = [found[0] for found in _place_names().finditer(text) if not _across_words(text, found)]
    districts = [name for name in _DISTRICT.findall(text) if _may_be_name(name)]
    return tuple(dict.fromkeys([*named, *districts]))


def _across_words(text: str, found: re.Match[str]) -> bool:
    """Whether a name is made of the ends of two words: 参保|定的目标 is not 保定."""
    return text[max(0, found.start() - 1) : found.start() + 1] in _WORDS_BEFORE


def _may_be_name(pair: str) -> bool:
    return pair[1] not in _NOT_BEFORE and pair[0] not in _NOT_FIRST and pair not in _CITY_CENTRES
