"""Words as questions and reports are compared: one form for what was typed or printed, one term for one thing.

normalise("養老保險２０２２　參保人數")  -> "养老保险2022参保人数"
canonical("退休金")                   -> "养老金"       by the general lexicon (`data/lexicon.tsv`)
pairs_of("养老金")                    -> {"养老", "老金"}
"""

import re
import unicodedata
from functools import lru_cache
from sys import intern

from index import word_lists
from index.spotting import Spotter, spotter
from index.terms import simplified

_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_SPACE_BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff，。；：、？！（）])\s+|\s+(?=[\u4e00-\u9fff，。；：、？！（）])")


def normalise(text: str) -> str:
    """`text` as it is matched: simplified, half width, lower case, no stray spaces; what is quoted never is."""
    plain = unicodedata.normalize("NFKC", simplified(_MARKUP.sub(" ", text)))
    if not plain.isprintable():
        plain = "".join(character for character in plain if character.isprintable() or character.isspace())
    plain = _SPACE_BESIDE_HAN.sub("", plain.strip())
    return re.sub(r"\s+", " ", plain).lower()


@lru_cache(maxsize=1)
def forms() -> dict[str, str]:
    """The official term of each form the lexicon has, itself among them."""
    terms = word_lists.lexicon()
    official_of = {term.official.lower(): term.official.lower() for term in terms}
    for term in terms:
        for form in term.forms:
            official_of.setdefault(form.lower(), term.official.lower())
    return official_of


@lru_cache(maxsize=1)
def _spotter() -> Spotter:
    return spotter(forms())


def forms_in(text: str) -> tuple[str, ...]:
    """The official terms of the forms in lower-case text, in their order; at each place the longest form."""
    known = forms()
    return tuple(known[word] for _, _, word in _spotter().spotted(text))


def canonical(text: str) -> str:
    """`text` with every known form replaced by its official term; the longest form wins."""
    text, known, pieces, end = text.lower(), forms(), [], 0
    for start, after, word in _spotter().spotted(text):
        pieces += [text[end:start], known[word]]
        end = after
    return "".join([*pieces, text[end:]])


def pairs_of(text: str) -> frozenset[str]:
    """Adjacent character pairs of a text, none across a space; each pair is one object however many texts have it."""
    return frozenset(intern(text[i : i + 2]) for i in range(len(text) - 1) if " " not in text[i : i + 2])
