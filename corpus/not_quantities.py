"""Numerals that state no quantity: dates, names, list numerals. Each rule has a name for the coverage report.

2022年12月 · 2021-2022学年 · 五年来 · 穗府〔2022〕15号 · “8+4”政策 · B2C · 第三次 · （1）
"""

import re
from typing import Literal

from corpus.chinese_numerals import NUMERAL

NumeralClass = Literal["figure", "date", "name", "structure"]
Rule = tuple[NumeralClass, str, re.Pattern[str]]


def _rules(*rows: tuple[NumeralClass, str, str]) -> tuple[Rule, ...]:
    return tuple((numeral_class, rule, re.compile(pattern)) for numeral_class, rule, pattern in rows)


# Tried in this order at the numeral's first character.
AT_NUMERAL = _rules(
    ("structure", "note mark", r"(?<=^[\[［〔])\d{1,2}(?=[\]］〕])"),
    ("name", "long number", r"\d{16,}(?:\.\d+)?|\d+\.\d{16,}"),
    ("date", "full date", r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"),
    ("date", "span of years", r"(?:19|20)\d{2}年?[-—–~～至到](?:19|20)?\d{2}(?!\d)(?:年度|学年|财年|年)?"),
    (
        "date",
        "year",
        r"(?:1[89]|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日|[末底初])?(?:[-—–~～至到]\d{1,2}月(?:\d{1,2}日)?)?",
    ),
    ("date", "year with holder", r"(?:19|20)\d{2}(?=[届版级财学\)）]|年度)"),
    (
        "date",
        "bare year",
        r"20[0-4]\d(?=[一-龥])(?![年万亿千百多余人名位户家所个项件次元倍吨亩米种类台辆公张篇场套册部])",
    ),
    ("date", "months", r"\d{1,2}[-—–~～至到、]\d{1,2}月"),
    (
        "date",
        "month and day",
        r"(?:1[0-2]|0?[1-9])月(?:份|底|末|初|上旬|中旬|下旬|[0-3]?\d日(?:[-—–~～至到][0-3]?\d日)?)",
    ),
    ("date", "month", r"(?:1[0-2]|0?[1-9])月(?!\d)"),
    ("date", "day", r"(?:[12]\d|3[01]|0?[1-9])日(?!均|常|益)"),
    ("date", "clock", r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d.%％])"),
    ("date", "years past or to come", r"\d{1,2}年来|(?<=过去|今后|未来)\d{1,2}年"),
    ("name", "named plan", r"\d{1,2}年(?=行动|规划|计划|攻坚|方案)"),
    ("name", "budget code", r"(?<=[（(])\d{2,3}(?=[类款项][）)])"),
    ("name", "document number", r"\d+(?=号)|(?<=[〔\[])\d{4}(?=[〕\]])|(?<=[【（(])\d{4}(?=[】）)]第?\d+号)"),
    (
        "name",
        "latin name",
        r"\d+(?:\.\d+)?(?=[A-Za-z])(?!(?:P|[EPT](?:flops|FLOPS|Flops)|k[mVg]|[kMGT]?W[h]?|GB|TB|PB)(?![A-Za-z]))",
    ),
    ("name", "version", r"\d+\.\d+(?=版|时代|版本|升级|建设)"),
    ("name", "ranking list", r"\d+强(?![度化劲大壮烈制调])"),
    ("name", "age", r"\d{1,3}(?=周?岁(?:[（(]含[^）)]*[）)])?(?:及?以[上下内]|[-—–~～至到]))"),
    ("name", "pairing", r"\d+(?:\+\d+)+(?:\+[A-Za-zXN])?"),
    ("name", "quarter", r"[1-4]个?季度"),
    ("name", "hotline", r"1\d{2}(?:\d{2})?(?=[\"”]?(?:[一-龥]{0,6}热线|平台|急救|急诊|中心))"),
)
# Tried at the first character of a number in words.
AT_WORDS = _rules(
    ("name", "long number", r"[零〇一二三四五六七八九两十百千万亿点]{31,}"),
    ("date", "years past or to come", rf"{NUMERAL}年来|(?<=过去|今后|未来){NUMERAL}年"),
    ("name", "named plan", rf"{NUMERAL}年(?=[^，。；、年\d]{{0,4}}(?:行动|规划|计划|攻坚|方案))"),
    ("name", "word", r"(?<=红)十字|十字(?=路|架)|三次(?=产业)"),
    ("name", "named rules", rf"{NUMERAL}项(?=规定|制度)"),
    ("name", "quarter", r"[一二三四两]个?季度"),
    ("structure", "ordinal", r"[一二三四五六七八九十]期|[一二三四五六七八九十]+[次届](?=全会|全体会议|会议)"),
)
# Tried on the few characters before the numeral.
BEFORE_NUMERAL = _rules(
    ("name", "latin name", r"[A-Za-z]-?$"),
    ("name", "pairing", r"\d\+$"),
    ("structure", "ordinal", r"(?:第|[附图表](?:件|录|表)?)$"),
    ("name", "version", r"(?:版本|版)$"),
)
LIST_NUMERAL = re.compile(r"(?:^|(?<=[。；：，、\s]))[（(]\d{1,2}[）)]|(?:^|(?<=[。；：]))\d{1,2}[．.、](?!\d)")
