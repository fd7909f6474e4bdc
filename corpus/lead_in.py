"""The words that introduce a table: its caption and unit note, else the sentence before it.

"**表2：工业经济类型结构变化情况**"      "（单位：万元）"      "各项指标的完成情况如下："
"""

from collections.abc import Sequence

from corpus.lines import layout
from corpus.model import Mapped
from corpus.sentences import split_sentences

_MOST_CAPTIONS = 4
_LONGEST_CAPTION = 30


def find_lead_in(above: Sequence[Mapped]) -> tuple[str, int]:
    """The lead-in, and how many of the last paragraphs `above` are caption and nothing else."""
    captions: list[str] = []
    names = layout()
    for content in reversed(above[-_MOST_CAPTIONS:]):
        is_unit = names.units.fullmatch(content.text) is not None
        if not (is_unit or names.captions.fullmatch(content.text) or _stands_below_unit(above, captions, content)):
            break
        captions.insert(0, content.text)
    has_name = any(names.units.fullmatch(caption) is None for caption in captions)
    sentence = "" if has_name else _last_sentence(above[: len(above) - len(captions)])
    return " ".join(filter(None, [sentence, *captions])), len(captions)


def _stands_below_unit(above: Sequence[Mapped], captions: Sequence[str], content: Mapped) -> bool:
    """Whether short words right above the table name it, with the unit note over them."""
    at = len(above) - 1 - len(captions)
    is_short = len(content.text) <= _LONGEST_CAPTION and content.text[-1:] not in "。；！？"
    return is_short and not captions and at > 0 and layout().units.fullmatch(above[at - 1].text) is not None


def _last_sentence(above: Sequence[Mapped]) -> str:
    if not above:
        return ""
    start, end = split_sentences(above[-1])[-1]
    return above[-1].text[start:end]
