"""The number formats of a workbook: for each cell style (xf) its format code, e.g. #,##0.00."""

from collections.abc import Iterator

from corpus.formats.packed import Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The formats that files name by number only (ECMA-376, 18.8.30); those of dates as they show in Chinese.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "yyyy-m-d", 16: "m-d", 17: "yyyy-m", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 36: 'yyyy"年"m"月"', 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


def number_formats(styles: Element | None) -> tuple[str, ...]:
    """The format code of each cell style, in the order in which cells refer to them."""
    if styles is None:
        return ()
    own = {entry.get("numFmtId"): entry.get("formatCode", "General") for entry in styles.iter(_S + "numFmt")}
    return tuple(own.get(told) or _built_in(told) for told in _told(styles))


def _told(styles: Element) -> Iterator[str]:
    cells = styles.find(_S + "cellXfs")
    for style in cells if cells is not None else ():
        yield style.get("numFmtId", "0")


def _built_in(told: str) -> str:
    return _BUILT_IN.get(int(told), "General") if told.isdecimal() else "General"
