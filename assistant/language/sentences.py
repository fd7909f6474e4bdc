"""A reply in pieces, cut into sentences as they are complete; thoughts some models print before are left out.

<think>…</think>2022年，{F1}[1]。此外…   ->   "2022年，{F1}[1]。"   then   "此外…"
"""

import re

_END = re.compile(r"(?:[。！？；!?]+[”’」』）)]*(?:\s*\[\d{1,3}\])*|\n+)(?=[^。！？；!?”’」』）)\[\s])")
_WORD = re.compile(r"\w")
_THOUGHT = re.compile(r"<think>.*?</think>\s*", re.DOTALL)
_FENCE = re.compile(r"^\s*(?:```\w*\s*|【回答】\s*|回答[：:]\s*)")


class Sentences:
    """Feed it the pieces; each sentence comes out when what follows shows that it has ended."""

    def __init__(self) -> None:
        self._text = ""
        self._begun = False

    def feed(self, piece: str) -> list[str]:
        self._text = _THOUGHT.sub("", self._text + piece)
        if "<think>" in self._text or (not self._begun and "<think>".startswith(self._text.strip())):
            return []
        found: list[str] = []
        while match := _END.search(self._text):
            found.append(self._first(self._text[: match.end()]))
            self._text = self._text[match.end() :]
        return [sentence for sentence in found if _WORD.search(sentence)]

    def rest(self) -> list[str]:
        """What stands behind the last sentence that ended, once the reply is whole."""
        left = "" if "<think>" in self._text else self._first(self._text)
        self._text = ""
        return [left] if _WORD.search(left) else []

    def _first(self, text: str) -> str:
        if not self._begun:
            text = _FENCE.sub("", text)
        self._begun = self._begun or bool(text.strip())
        return text.rstrip("`") if text.strip("` \n") else ""


def sentences_of(text: str) -> list[str]:
    """The sentences of a whole text."""
    cut = Sentences()
    return [*cut.feed(text), *cut.rest()]
