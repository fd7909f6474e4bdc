"""The places a question names: provinces, prefectures and districts of China, without their suffix."""

import re
from functools import lru_cache

from corpus.vocabulary import vocabulary

_DISTRICT = re.compile(r"([\u4e00-\u9fff]{2})(?:区|县)(?![域级属内里划])")
# Characters that stand before 区 or 县 in other words than names: 社区, 各区, 哪个区.
_NOT_OF_NAMES = frozenset(
    "几哪个些这那的和与在到每东西南北中内外某各市全该本社地园校城辖分片新特景山农牧林郊老库灾疫小大发业游范治域"
)


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    return re.compile("|".join(name for name in vocabulary().place_names if len(name) > 1))


def places_in(text: str) -> tuple[str, ...]:
    """The places a text names: provinces, prefectures and districts, without their suffix."""
    named = _place_names().findall(text)
    districts = [name for name in _DISTRICT.findall(text) if not set(name) & _NOT_OF_NAMES]
    return tuple(dict.fromkeys([*named, *districts]))
