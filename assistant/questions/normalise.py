"""What was typed, in one form: simplified characters, half-width digits, lower-case Latin, no stray spaces.

養老保險２０２２　參保人數  ->  养老保险2022参保人数
"""

import re
import unicodedata
from functools import lru_cache
from typing import Protocol, cast

import opencc

_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_SPACE_BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff，。；：、？！（）])\s+|\s+(?=[\u4e00-\u9fff，。；：、？！（）])")
_KEPT = str.maketrans({"，": "，", "。": "。", "；": "；", "：": "：", "？": "？", "！": "！", "（": "（", "）": "）"})


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _to_simplified() -> _Converter:
    return cast(_Converter, opencc.OpenCC("t2s"))


def normalise(text: str) -> str:
    """`text` as it is matched and searched; what is quoted is never normalised."""
    plain = unicodedata.normalize("NFKC", _to_simplified().convert(_MARKUP.sub(" ", text)))
    plain = "".join(character for character in plain if character.isprintable() or character.isspace())
    plain = _SPACE_BESIDE_HAN.sub("", plain.strip())
    return re.sub(r"\s+", " ", plain).lower()
