"""How much of a numbered block is a heading: all of it, its first sentence, its bold part, nothing.

    "（一）部门概况"                                   all
    "（一）狠抓项目建设，取得明显成效。围绕…"          "（一）狠抓项目建设，取得明显成效。"
    "（1）**人才政策更具吸引力**印发…"                 "（1）**人才政策更具吸引力**"
    "（5）负责预测预警，拟订应对预案；保持…总体平衡。"  nothing: an item of a list
Whether a candidate is taken is decided over all its siblings, in `outline`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.model import Mapped
from corpus.numbering import Mark, find_mark

_LONGEST = 60
_SENTENCE_END = re.compile(r"[。！？][”’」』）)]*")
_BOLD_AHEAD = re.compile(r"\*\*(?P<phrase>[^*\n]{1,120})\*\*[。：:]?")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_STATES_A_FIGURE = re.compile(r"\d(?!\d*(?:[年月日号届]|[-—–－]\d))")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A block with a numbering mark. `phrase_end` counts repaired characters; 0 where none is a heading."""

    block: int  # its place among the blocks
    mark: Mark
    content: Mapped
    phrase_end: int
    is_alone: bool  # nothing follows the phrase on its line
    is_sentence: bool  # the phrase ends in a full stop

    @property
    def qualifies(self) -> bool:
        return self.phrase_end > 0


def find_candidate(index: int, block: Block, text: str) -> Candidate | None:
    """The candidate in a block of text; None without a numbering mark."""
    opening = text[block.start : block.start + _LONGEST].lstrip("* ")
    if block.kind != "text" or find_mark(opening) is None:
        return None
    content = block.content(text)
    mark = find_mark(content.text)
    if mark is None:
        return None
    phrase_end = _phrase_end(content, mark, text[block.start : block.end], block.start)
    rest = content.text[phrase_end:].strip()
    return Candidate(
        block=index,
        mark=mark,
        content=content,
        phrase_end=phrase_end,
        is_alone=not rest,
        is_sentence=content.text[:phrase_end].endswith("。"),
    )


def _phrase_end(content: Mapped, mark: Mark, raw: str, start: int) -> int:
    text = content.text
    bold = _bold_end(content, raw, start)
    stop = _SENTENCE_END.search(text, mark.length)
    end = bold or (stop.end() if stop else len(text))
    phrase = text[mark.length : end]
    if not phrase.strip() or len(phrase) > _LONGEST or "；" in phrase or phrase[-1] in "，、；;！？":
        return 0
    # A heading may name a year or quote a number; one that states a figure is content.
    if phrase.endswith("。") and _STATES_A_FIGURE.search(_QUOTED.sub("", phrase)):
        return 0
    return end


def _bold_end(content: Mapped, raw: str, start: int) -> int:
    """Where the bold part that begins at or right behind the mark ends, in repaired characters."""
    lead = raw.find("**")
    bold = _BOLD_AHEAD.match(raw, lead) if lead >= 0 else None
    if bold is None:
        return 0
    before = bisect_left(content.offsets, start + bold.start())
    end = bisect_left(content.offsets, start + bold.end())
    mark = find_mark(content.text)
    is_ahead = mark is not None and before <= mark.length < end
    return end if is_ahead else 0
