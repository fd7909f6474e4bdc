"""Leaves out of a vocabulary the pieces of scripts that a Chinese report does not hold.

multilingual-e5-small knows 250,002 pieces of a hundred languages; Chinese, Latin letters without accents,
digits and marks need some of them. Unigram takes the likeliest cut of a text into pieces (Kudo 2018), and a
piece with a foreign character is in no cut of a text without one, so such text is cut, and embedded, as
before; only a foreign character itself becomes <unk>. It saves a fifth of a process's memory.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.packed_weights import Vocabulary
from index.tokenizer import SPECIAL

# ASCII, Latin-1 signs, Greek, punctuation to technical signs and dingbats, CJK marks and Hanzi, full-width forms.
_KEPT = re.compile(
    "[▁ -~\u00a0-\u00bf\u00d7\u00f7\u0370-\u03ff\u2010-\u27bf\u3000-\u303f\u3220-\u33ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff]+"
)


def kept_pieces(words: Vocabulary) -> tuple[int, ...]:
    """Ids of the pieces to keep, in order; special ones always."""
    return tuple(number for number, piece in enumerate(words.pieces) if piece in SPECIAL or _KEPT.fullmatch(piece))


def only(words: Vocabulary, kept: Sequence[int]) -> Vocabulary:
    """The vocabulary of these pieces alone, numbered anew in their order."""
    new = {old: number for number, old in enumerate(kept)}
    return replace(
        words,
        pieces=tuple(words.pieces[old] for old in kept),
        log_probabilities=tuple(words.log_probabilities[old] for old in kept),
        begin=new[words.begin],
        end=new[words.end],
        padding=new[words.padding],
        unknown=new[words.unknown],
    )
