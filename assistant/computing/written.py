"""Counts of our own in Chinese numerals: the digits of an answer are those of its figures."""

_ONES = "零一二三四五六七八九"


def written(number: int) -> str:
    """12 -> 十二; from a hundred on in words of their own."""
    if number >= 100:
        return "百余"
    tens, rest = divmod(number, 10)
    if number < 10:
        return _ONES[number]
    return ("" if tens == 1 else _ONES[tens]) + "十" + (_ONES[rest] if rest else "")


def counted(number: int) -> str:
    """The same before a counter: 两项, not 二项."""
    return "两" if number == 2 else written(number)
