"""Chinese numerals to exact decimals: 三千二百 -> 3200, 七百零六万 -> 7060000, 九十八点五 -> 98.5."""

from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

# A numeral starts with a digit or 十 (百 only as the denominator in 百分之); 点 joins decimals.
NUMERAL = (
    r"(?:百(?=分之)|[一二三四五六七八九两十](?:[零〇一二三四五六七八九两十百千万亿]*)(?:点[零〇一二三四五六七八九]+)?)"
)


def parse_numeral(printed: str) -> Decimal:
    """Value of a Chinese numeral.

    Raises:
        ValueError: a character that is no Chinese numeral.
    """
    whole, _, decimals = printed.partition("点")
    value = Decimal(_integer(whole))
    if decimals:
        value += Decimal("0." + "".join(str(_DIGITS[character]) for character in decimals))
    return value


def _integer(printed: str) -> int:
    if len(printed) > 1 and all(character in _DIGITS for character in printed):
        return int("".join(str(_DIGITS[character]) for character in printed))  # 二〇二二
    total, section, digit = 0, 0, 0
    for index, character in enumerate(printed):
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            leading = index == 0 or printed[index - 1] in _MYRIADS or printed[index - 1] in "零〇"
            section += (digit or (1 if leading or digit == 0 else 0)) * _PLACES[character]
            digit = 0
        elif character in _MYRIADS:
            scale = _MYRIADS[character]
            if total > scale and section + digit:  # 三亿零五百万: 万 is of 五百 alone
                total += (section + digit) * scale
            else:
                total = (total + section + digit or 1) * scale
            section, digit = 0, 0
        else:
            raise ValueError(f"not a Chinese numeral: {printed!r}")
    return total + section + digit
