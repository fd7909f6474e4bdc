"""Refuses what cannot be read as a question, before anything is looked up."""

import re
import unicodedata

from corpus.errors import QuestionError

_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]")


def check_question(question: str, max_characters: int) -> None:
    """Passes silently, or says what is wrong.

    Raises:
        QuestionError: empty, too long, control characters, or neither letters nor digits.
    """
    if not question.strip():
        raise QuestionError("问题是空的。请输入要问的内容。")
    if len(question) > max_characters:
        raise QuestionError(f"问题有 {len(question)} 个字，超过上限 {max_characters}。请分成几个短问题。")
    control = {c for c in question if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t"}
    if control:
        codes = "、".join(sorted(f"U+{ord(c):04X}" for c in control))
        raise QuestionError(f"问题里有不可见的控制字符（{codes}）。请删去后重新输入。")
    if not _WORD.search(unicodedata.normalize("NFKC", question)):
        raise QuestionError("问题里只有标点，没有文字。请输入要问的内容。")
