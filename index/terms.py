"""Cuts Chinese text into terms for keyword search: words by jieba, and single characters with their pairs.

jieba is opened at first use (its dictionary takes half a second) and says nothing. The reports' own names
of indicators are added to its dictionary, so that a name is a term besides the words it is made of.
"""

import importlib
import logging
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from jieba import Tokenizer

_WORD = re.compile(r"\w+(?:\.\w+)*")
_GAP = re.compile(r"[^\w]+")
_opening = Lock()


def normalise(text: str) -> str:
    """One form for traditional and simplified, full- and half-width, upper and lower case."""
    return unicodedata.normalize("NFKC", simplified(text)).lower()


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, all else as it is."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def character_terms(text: str) -> list[str]:
    """Characters and pairs of neighbours: 城镇新增 -> 城 镇 新 增 城镇 镇新 新增."""
    stretches = _GAP.split(normalise(text))
    singles = [character for stretch in stretches for character in stretch]
    pairs = [stretch[i : i + 2] for stretch in stretches for i in range(len(stretch) - 1)]
    return singles + pairs


class WordTerms:
    """jieba's search mode with additional words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = tuple(sorted({normalise(word) for word in words if word.strip()}))

    def __call__(self, text: str) -> list[str]:
        with _opening:
            tokenizer = _open(self.words)
        return [term for term in tokenizer.cut_for_search(normalise(text)) if _WORD.fullmatch(term)]


@lru_cache(maxsize=2)  # the index in service and the one being built; a dictionary takes some 60 MB
def _open(words: tuple[str, ...]) -> "Tokenizer":
    """jieba with more words, each as frequent as the dictionary itself suggests, whatever other words are added.

    A word so added changes the cut of those texts only in which it stands, which an index that grows relies on.
    """
    plain = _plain()
    tokenizer: Tokenizer = importlib.import_module("jieba").Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(plain.FREQ), plain.total, True
    for word in words:
        tokenizer.add_word(word, plain.suggest_freq(word))
    tokenizer.total = plain.total
    return tokenizer


@lru_cache(maxsize=1)
def _plain() -> "Tokenizer":
    library = importlib.import_module("jieba")
    library.setLogLevel(logging.CRITICAL)
    tokenizer: Tokenizer = library.Tokenizer()
    tokenizer.initialize()
    return tokenizer
