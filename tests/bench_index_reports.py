"""Composed reports for measuring the index: one form, every figure, place and year drawn anew from a seed."""

import random
from pathlib import Path

_FIELDS = ("就业服务", "社会救助", "养老服务", "教育保障", "公共卫生", "住房保障")
_PLACES = ("东山", "西河", "南湖", "北岭", "中原", "新城", "临江", "望海")
# names of places are made of characters: 13,824 of them
_SYLLABLES = "安宁康泰和顺丰昌盛兴隆平"
_THINGS = ("新增服务对象", "发放补助资金", "新建站点", "办结事项", "培训人员", "走访家庭")
_UNITS = ("万人", "亿元", "个", "万件", "人次", "户")
_ENDS = (
    "比上年增长{}%，完成年度任务的{}%。",
    "其中城镇占{}%，农村占{}%，服务范围继续扩大。",
    "群众满意度达到{}%，较上年提高{}个百分点。",
)


def report_text(number: int, fields: int = len(_FIELDS)) -> str:
    """About 30 passages and 100 figures (with two fields 10 and 35); no two numbers give the same text."""
    draw = random.Random(number)
    place, year = place_of(number), 2015 + number % 10
    lines = [f"{year}年度{place}民政局部门整体支出绩效自评报告", ""]
    for order, field in enumerate(_FIELDS[:fields]):
        lines += [f"{'一二三四五六'[order]}、{field}", ""]
        for _ in range(3):
            lines += ["".join(_sentence(draw, place, field) for _ in range(2)), ""]
    lines += ["七、指标完成情况", "", "指标\t预期值\t实际值"]
    lines += [
        f"{field}{thing}\t{_amount(draw)}\t{_amount(draw)}" for field in _FIELDS[:fields] for thing in _THINGS[:2]
    ]
    return "\n".join(lines) + "\n"


def place_of(number: int) -> str:
    """The city whose report a number is."""
    digits = (number // len(_PLACES) // len(_SYLLABLES) ** power % len(_SYLLABLES) for power in range(3))
    return f"{_PLACES[number % len(_PLACES)]}{''.join(_SYLLABLES[digit] for digit in digits)}市"


def write_reports(folder: Path, count: int, fields: int = len(_FIELDS)) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"composed-{number:05}.txt").write_text(report_text(number, fields), encoding="utf-8")


def questions(count: int, reports: int) -> list[str]:
    """Questions over the first `reports` reports, no two alike."""
    draw = random.Random(7)
    return [
        f"{place_of(draw.randrange(reports))}{draw.choice(_FIELDS)}{draw.choice(_THINGS)}多少？第{number}问"
        for number in range(count)
    ]


def _sentence(draw: random.Random, place: str, field: str) -> str:
    told = "，".join(f"{thing}{_amount(draw)}" for thing in draw.sample(_THINGS, 2))
    end = draw.choice(_ENDS).format(f"{draw.uniform(1, 99):.2f}", f"{draw.uniform(1, 99):.1f}")
    return f"{place}扎实推进{field}工作，全年{told}，{end}"


def _amount(draw: random.Random) -> str:
    return f"{draw.uniform(1, 900):.2f}{draw.choice(_UNITS)}"
