"""Superscript on one line: m² and 10⁴ stay as they are, a small number behind a word marks a note: 总产值[1]."""

import re

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_NUMBER = re.compile(r"\d{1,2}")


def raised(printed: str, before: str) -> str:
    """What stands for the superscript text `printed` behind the character `before` ("" at the start)."""
    if not _NOTE_NUMBER.fullmatch(printed):
        return printed
    return printed.translate(_SUPERSCRIPT) if before.isascii() and before.isalnum() else f"[{printed}]"
