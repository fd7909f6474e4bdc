"""Lines of one paragraph or cell put together again: Chinese without a space, Latin words with one."""

import re

_LETTER = re.compile(r"[A-Za-z]")


def joined(before: str, after: str) -> str:
    """`after` continues `before` on the next line. A number broken by the line's end is whole again."""
    if not before or not after:
        return before + after
    left, right = before[-1], after[0]
    is_word = (_LETTER.match(left) and right.isascii() and right.isalnum()) or (
        _LETTER.match(right) and left.isascii() and left.isalnum()
    )
    return f"{before} {after}" if is_word else before + after
