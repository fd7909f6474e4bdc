"""Characters that are in doubt, in a disguise that lays them out as what they are and gives them away afterwards.

    disguised("6") -> "𝟔"      revealed("12.𝟔万元") -> ("12.6万元", ((3, 4),))
A reader of pages puts characters into lines, cells and paragraphs and knows nothing of doubt. Digits become
digits of another block of Unicode (they stay digits), all others move to a plane that no text uses.
"""

import re

_DIGITS = 0x1D7CE
_PLANE = 0xF0000
_LAST = 0xFFFD
_DISGUISED = re.compile(f"[{chr(_DIGITS)}-{chr(_DIGITS + 9)}{chr(_PLANE)}-{chr(_PLANE + _LAST)}]")


def disguised(char: str) -> str:
    if char.isascii() and char.isdigit():
        return chr(_DIGITS + int(char))
    return chr(_PLANE + ord(char)) if ord(char) <= _LAST else char


def revealed(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text as it reads, and the stretches (start, end) that are in doubt, in order."""
    stretches: list[tuple[int, int]] = []
    for found in _DISGUISED.finditer(text):
        at = found.start()
        if stretches and stretches[-1][1] == at:
            stretches[-1] = (stretches[-1][0], at + 1)
        else:
            stretches.append((at, at + 1))
    return _DISGUISED.sub(lambda found: _plain(found.group()), text), tuple(stretches)


def _plain(char: str) -> str:
    code = ord(char)
    return chr(code - _PLANE) if code >= _PLANE else str(code - _DIGITS)
