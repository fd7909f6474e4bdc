"""Numbers of automatic numbering written as Word writes them: chineseCounting 12 -> 十二, upperRoman 4 -> IV."""

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9_999


def written(number: int, style: str) -> str:
    """`number` in the format that numbering.xml calls `style`; digits where the format is unknown."""
    write = _FORMATS.get(style)
    return write(number) if write and 0 < number <= _MOST else str(number)


def _counted(digits: str, places: str) -> Callable[[int], str]:
    """Counting words: 12 -> 十二, 101 -> 一百零一."""

    def write(number: int) -> str:
        text = ""
        for place, digit in enumerate(reversed(str(number))):
            mark = places[place - 1] if place and digit != "0" else ""
            if digit != "0" or (text and not text.startswith(digits[0])):
                text = digits[int(digit)] + mark + text
        is_short = digits == _HAN and text.startswith(digits[1] + places[0])  # 十二, but 壹拾贰
        return text[1:] if is_short else text

    return write


def _one_by_one(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    """Signs in turn; digits when they run out."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """a … z, aa, bb … as Word counts."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + at) for at in range(count))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _one_by_one("０１２３４５６７８９"),
    "decimalFullWidth2": _one_by_one("０１２３４５６７８９"),
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _cycle(_run("①", 20)),
    "decimalEnclosedCircleChinese": _cycle(_run("①", 20)),
    "decimalEnclosedParen": _cycle(_run("⑴", 20)),
    "decimalEnclosedFullstop": _cycle(_run("⒈", 20)),
    "ideographEnclosedCircle": _cycle(_run("㊀", 10)),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "chineseCounting": _counted(_HAN, "十百千"),
    "chineseCountingThousand": _counted(_HAN, "十百千"),
    "taiwaneseCounting": _counted(_HAN, "十百千"),
    "taiwaneseCountingThousand": _counted(_HAN, "十百千"),
    "japaneseCounting": _counted(_HAN, "十百千"),
    "chineseLegalSimplified": _counted(_FORMAL, "拾佰仟"),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographDigital": _one_by_one("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _one_by_one("〇一二三四五六七八九"),
    "taiwaneseDigital": _one_by_one("○一二三四五六七八九"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda _: "",
}
