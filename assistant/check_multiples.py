"""Numbers said without a numeral that the ledger reads: 翻番, 一半, 过半, as rows like those of the ledger.

新能源产业产值翻了一番   -> growth 100 %, printed 翻了一番
"""

import re
from collections.abc import Iterator

from assistant.check_words import Multiple, check_words
from corpus.model import Figure, Mapped
from corpus.sentences import split_sentences
from corpus.trimming import tidy, trim
from corpus.wording import wording

_CLAUSE = re.compile(r"[，。；：！？,;]")
_QUALIFIER = re.compile(r"(?:将近|接近|超过|近|超|约)$")


def said_multiples(
    report: str, content: Mapped, *, section: tuple[str, ...] = (), period: str | None = None
) -> Iterator[Figure]:
    """Rows for the multiples said in one paragraph; `content` maps to the report's source text."""
    for start, end in split_sentences(content):
        sentence = content.slice(start, end)
        for multiple in check_words().multiples:
            for match in multiple.pattern.finditer(sentence.text):
                if match[0]:
                    yield _figure(report, sentence, match.span(), multiple, section, period)


def _figure(
    report: str,
    sentence: Mapped,
    span: tuple[int, int],
    multiple: Multiple,
    section: tuple[str, ...],
    period: str | None,
) -> Figure:
    first, last = sentence.span(0, len(sentence.text))
    start, end = sentence.span(*span)
    before = sentence.text[: span[0]]
    qualifier = _QUALIFIER.search(before)
    word = {"near": "近", ">": "超过"}.get(multiple.bound) or (qualifier[0] if qualifier else None)
    name = tidy(trim(_QUALIFIER.sub("", _CLAUSE.split(before)[-1]), wording()))
    return Figure(
        id=f"{report}@{start}", report=report, name=name + ("增长" if multiple.role == "growth" else "占比"),
        section=section, role="growth" if multiple.role == "growth" else "share", value=multiple.value, unit="%",
        base_value=multiple.value, base_unit="%", printed=sentence.text[span[0] : span[1]], qualifier=word,
        period=period, start=start, end=end, sentence=sentence.text, sentence_start=first, sentence_end=last,
    )  # fmt: skip
