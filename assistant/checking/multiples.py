"""Numbers said without a numeral that the ledger reads: 翻番, 一半, 过半, as rows like those of the ledger.

新能源产业产值翻了一番   -> growth 100 %, printed 翻了一番
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checking.words import Multiple, check_words
from corpus.model import Figure
from corpus.rows import Place
from corpus.sentences import split_sentences
from corpus.trimming import tidy, trim
from corpus.wording import wording

_CLAUSE = re.compile(r"[，。；：！？,;]")
_QUALIFIER = re.compile(r"(?:将近|接近|超过|近|超|约)$")


def said_multiples(place: Place) -> Iterator[Figure]:
    """Rows for the multiples said in one paragraph, which is the `content` of `place`."""
    for start, end in split_sentences(place.content):
        sentence = replace(place, content=place.content.slice(start, end))
        for multiple in check_words().multiples:
            for match in multiple.pattern.finditer(sentence.content.text):
                if match[0]:
                    yield _figure(sentence, match.span(), multiple)


def _figure(place: Place, span: tuple[int, int], multiple: Multiple) -> Figure:
    sentence = place.content
    first, last = sentence.span(0, len(sentence.text))
    start, end = sentence.span(*span)
    before = sentence.text[: span[0]]
    qualifier = _QUALIFIER.search(before)
    word = {"near": "近", ">": "超过"}.get(multiple.bound) or (qualifier[0] if qualifier else None)
    name = tidy(trim(_QUALIFIER.sub("", _CLAUSE.split(before)[-1]), wording()))
    growth = multiple.role == "growth"
    return Figure(
        id=f"{place.report}@{start}", report=place.report, name=name + ("增长" if growth else "占比"),
        section=place.section, role="growth" if growth else "share", value=multiple.value, unit="%",
        base_value=multiple.value, base_unit="%", printed=place.source[start:end], qualifier=word,
        period=place.period, start=start, end=end, sentence=sentence.text, sentence_start=first, sentence_end=last,
    )  # fmt: skip
