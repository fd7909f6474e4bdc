"""Two composed reports of one issuer, for the page in a browser: a table, prose, and markup that must stay text."""

from pathlib import Path

EVIL = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'>"
QUESTION = "全年新建充电桩数量实际完成多少？"
PROSE_QUESTION = "全年疏浚航道多少公里？"
UNANSWERABLE = "女性充电桩数量是多少？"

_TEXT = """{year}年度云港市交通运输局部门整体支出绩效自评报告

一、基本情况

云港市交通运输局负责全市公路、水路建设与管理。{evil}

全年疏浚航道{dredged}公里，新开公交线路{lines}条。

二、绩效目标完成情况

（一）充电设施任务

任务\t指标\t年度绩效指标值\t实际完成情况
任务1-充电设施\t全年新建充电桩数量\t预期实现值：{target}个以上\t已完成，全市新建充电桩{actual}个。
任务1-充电设施\t充电桩完好率\t预期实现值：95%以上\t已完成，充电桩完好率{rate}%。
任务2-水路运输\t全年港口货物吞吐量\t预期实现值：800万吨\t已完成，港口货物吞吐量{freight}万吨。

三、存在问题

部分站点位置偏远，使用率偏低。
"""
_YEARS = (
    {"year": 2020, "dredged": 61, "lines": 7, "target": 3000, "actual": 3150, "rate": "96.2", "freight": 812},
    {"year": 2021, "dredged": 74, "lines": 9, "target": 4000, "actual": 4620, "rate": "97.4", "freight": 835},
)


def write_reports(folder: Path) -> list[Path]:
    """The reports as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for values in _YEARS:
        path = folder / f"yungang-{values['year']}.txt"
        path.write_text(_TEXT.format(**values, evil=EVIL), encoding="utf-8")
        paths.append(path)
    return paths
