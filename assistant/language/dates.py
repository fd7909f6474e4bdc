"""Years and dates taken out of a text, with the brackets and quotation marks they may stand in."""

import re

_DATE = re.compile(r"(?:(?:19|20)\d{2}年?(?:度|全年|年)?(?:\d{1,2}月(?:\d{1,2}日)?)?[底末初]?|[（）()“”])")


def undated(text: str) -> str:
    """The text without its years, brackets and quotation marks."""
    return _DATE.sub("，", text)
