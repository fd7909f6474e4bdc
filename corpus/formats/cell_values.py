"""A cell's number as a spreadsheet shows it: 0.1234 as 0.0% -> 12.3%, 1234567.8 as #,##0 -> 1,234,568.

Decimals are exact and rounded half up as on the screen. A negative number keeps its minus sign whatever brackets or
colour its format asks for. Formats that are no plain pattern of digits (fractions, exponents) show the number in full.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_SIGNIFICANT = 15  # a spreadsheet keeps no more digits; what lies beyond is noise of binary numbers
_FIRST_DAY = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}
_LAST_DAY = 2_958_465
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)')
_ASIDE = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.")
_DATE_TOKENS = re.compile(r"y+|m+|d+|h+|s+|aaa+", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?(,*)")
_HIDDEN = "\x00"  # stands for a literal while the rest of a format is read


def shown_number(printed: str, code: str, *, from_1904: bool = False) -> str:
    """The stored number `printed` in the format `code`."""
    try:
        number = Decimal(printed)
    except InvalidOperation:
        return printed
    if not number.is_finite():
        return printed
    sections = code.split(";")
    section = _section(sections, number)
    if is_date(section) and 0 <= number <= _LAST_DAY:
        return _date(number, section, from_1904=from_1904)
    literals: list[str] = []
    pattern = _ASIDE.sub(lambda aside: aside.group(1) or "", _without_literals(section, literals))
    digits = _DIGITS.search(pattern)
    if digits is None and literals:
        return "".join(literals).strip()  # a dash for nothing
    if digits is None or re.search(r"[eE][+-]|/", pattern) or "General" in pattern or digits.group().count(_HIDDEN):
        return _plain(number)
    body = _digits(number, digits, pattern)
    around = [pattern[: digits.start()], pattern[digits.end() :]]
    before, after = (_with_literals(part, literals) for part in around)
    before, after = (part.replace("(", "").replace(")", "").replace("-", "").strip() for part in (before, after))
    return f"{'-' if number < 0 and body.strip('0.,') else ''}{before}{body}{after}"


def is_date(code: str) -> bool:
    """Whether a number format shows a date."""
    bare = _ASIDE.sub("", _without_literals(code, []))
    return bool(_DATE_TOKENS.search(bare)) and not re.search(r"[#0?]", bare) and "General" not in bare


def _section(sections: list[str], number: Decimal) -> str:
    """The part of a format for positive; negative; zero."""
    at = 1 if number < 0 else 2 if number == 0 else 0
    return sections[at] if at < len(sections) and sections[at].strip() else sections[0]


def _without_literals(section: str, literals: list[str]) -> str:
    def keep(match: re.Match[str]) -> str:
        literals.append(next(group for group in match.groups() if group is not None))
        return _HIDDEN

    return _LITERAL.sub(keep, section)


def _with_literals(part: str, literals: list[str]) -> str:
    pieces = part.split(_HIDDEN)
    text = pieces[0]
    for piece in pieces[1:]:
        text += (literals.pop(0) if literals else "") + piece
    return text


def _digits(number: Decimal, digits: re.Match[str], pattern: str) -> str:
    """The digits without sign: scaled, rounded, grouped."""
    scaled = abs(number).scaleb(2 if "%" in pattern else 0).scaleb(-3 * len(digits.group(1)))
    whole, _, decimals = digits.group().rstrip(",").partition(".")
    rounded = _clean(scaled).quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") and "." in text else text
    return text.rstrip(".")


def _plain(number: Decimal) -> str:
    text = f"{_clean(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clean(number: Decimal) -> Decimal:
    """The number to the digits a spreadsheet keeps."""
    if not number:
        return Decimal(0)
    places = _SIGNIFICANT - 1 - number.adjusted()
    return number.quantize(Decimal(1).scaleb(-max(places, 0)), rounding=ROUND_HALF_UP) if places < 40 else number


def _date(number: Decimal, section: str, *, from_1904: bool) -> str:
    moment = _FIRST_DAY[from_1904] + datetime.timedelta(days=float(number))
    tokens = {token[0].lower() for token in _DATE_TOKENS.findall(_ASIDE.sub("", _without_literals(section, [])))}
    if not tokens & {"y", "d"}:
        return f"{moment.month}月" if tokens == {"m"} else f"{moment:%H:%M}"
    if "d" in tokens:
        day = f"{moment.month}月{moment.day}日"
        return f"{moment.year}年{day}" if "y" in tokens else day
    return f"{moment.year}年{moment.month}月" if "m" in tokens else f"{moment.year}年"
