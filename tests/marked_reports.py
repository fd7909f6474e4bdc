"""Composed reports of different places, each with figures that no other of them has: whose answer it is can be seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

_FIRST = "云海安宁永长新东临清"
_SECOND = "港川原陵阳泽泉岭洲浦"
MOST = len(_FIRST) * len(_SECOND)
_LEAST, _STEP = 10_007, 89  # five digits that no year, date or line number has
_TEXT = """2021年度{place}交通运输局部门整体支出绩效自评报告

一、基本情况

{place}交通运输局负责全市公路、水路建设与管理。

全年疏浚航道{dredged}公里，新开公交线路{lines}条。

二、绩效目标完成情况

（一）充电设施任务

任务\t指标\t年度绩效指标值\t实际完成情况
任务1-充电设施\t全年新建充电桩数量\t预期实现值：{target}个以上\t已完成，全市新建充电桩{actual}个。
任务2-水路运输\t全年港口货物吞吐量\t预期实现值：{planned}万吨\t已完成，港口货物吞吐量{freight}万吨。

三、存在问题

部分站点位置偏远，使用率偏低。
"""
# Which figure answers which question; some are understood only after the one before them.
_QUESTIONS = (
    ("dredged", "{place}全年疏浚航道多少公里？"),
    ("lines", "那新开公交线路多少条？"),
    ("target", "{place}全年新建充电桩数量的目标值是多少？"),
    ("actual", "实际完成了多少？"),
    ("planned", "{place}全年港口货物吞吐量的目标值是多少？"),
    ("freight", "{place}全年港口货物吞吐量实际完成多少？"),
)
_MARK = re.compile(r"(?<![\d.])\d{5}(?![\d.])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    place: str
    figures: dict[str, str]  # digits by what they state
    foreign: frozenset[str]  # the digits of all the others

    def questions(self) -> Iterator[tuple[str, str]]:
        """Question and the digits its answer has to hold, without end."""
        return cycle((question.format(place=self.place), self.figures[name]) for name, question in _QUESTIONS)

    def strays(self, text: str) -> frozenset[str]:
        """Digits in `text` that only another's report has."""
        return self.foreign.intersection(_MARK.findall(text))


def marked_reports(many: int) -> list[Marked]:
    """Up to MOST of them."""
    places = [f"{first}{second}市" for first in _FIRST for second in _SECOND][:many]
    names = [name for name, _ in _QUESTIONS]
    all_figures = [
        {name: str(_LEAST + (number * len(names) + order) * _STEP) for order, name in enumerate(names)}
        for number in range(len(places))
    ]
    everybodys = {digits for figures in all_figures for digits in figures.values()}
    return [
        Marked(place=place, figures=figures, foreign=frozenset(everybodys.difference(figures.values())))
        for place, figures in zip(places, all_figures, strict=True)
    ]


def write_marked(folder: Path, reports: list[Marked]) -> list[Path]:
    """The reports as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, report in enumerate(reports):
        path = folder / f"marked-{number:03}.txt"
        path.write_text(_TEXT.format(place=report.place, **report.figures), encoding="utf-8")
        paths.append(path)
    return paths
