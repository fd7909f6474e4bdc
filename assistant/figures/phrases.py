"""Plain sentences about ledger rows. Digits come from the rows as printed, spaces aside.

2022年，全市城镇新增就业人数为18.6万人[1]。
"""

import re

from corpus.model import Figure
from corpus.units import qualifiers

_INTRODUCED = re.compile(
    r"^(?P<scope>全[国省市区县])?(?:共拥有|共有|拥有|现有|有(?!效|关|责)|共(?!同|建|享|产)|确保|力争)(?=..)"
)
# 在现有17个甲的基础上新建: the number is of what there is already.
_ALREADY = re.compile(r"^在现有?(?P<what>..+?)的?基础上.*$")
_RANK_END = re.compile(r"(?:排名|排在|位居|位列|均居|居|排|列|位次|第|在|：)+$")
_FIELD_END = re.compile(r"(?:在|居|均居)?全[国省市区县](?:单位中)?$")
_SILENT = frozenset({"达", "达到", "前"})


def qualified(value: str, qualifier: str | None) -> str:
    """A value with its qualifier on the side it is printed: 约500人, 25万人以上; 多 and 余 are inside it already."""
    if qualifier is None or qualifier in _SILENT or qualifier in qualifiers("inside"):
        return value
    return value + qualifier if qualifier in qualifiers("after") else qualifier + value


def printed_value(figure: Figure) -> str:
    """The figure as the report prints it, without spaces and line ends, with its qualifier: 25万人以上."""
    return qualified(re.sub(r"\s+", "", figure.printed), figure.qualifier)


def with_unit(figure: Figure) -> str:
    """The printed value, with the counted unit where the report leaves it to the noun: 18.6万（人）."""
    value = printed_value(figure)
    if figure.unit and figure.kind == "number" and re.fullmatch(r"[\d.,，]+", value):
        return value + figure.unit  # a table's column says the unit: 播种面积（万亩） 62.8
    bare = figure.unit in {None, "万", "亿", "千", "百", "万亿", "百万", "千万"}
    if bare and figure.base_unit and figure.kind == "number" and figure.role not in {"rank", "grade"}:
        return (
            value + figure.base_unit if not figure.qualifier or figure.qualifier not in qualifiers("after") else value
        )
    return value


def subject(figure: Figure) -> str:
    """Scope and name: 全市 + 城镇新增就业人数, the scope once only."""
    name = _tidy(figure.name)
    scope = figure.scope or ""
    return name if not scope or scope in name or figure.table is not None else scope + name


def _tidy(name: str) -> str:
    """A name without verbs that only introduce the number, and without half a bracket."""
    name = _ALREADY.sub(r"现有\g<what>", name.strip("，。、："))
    name = _INTRODUCED.sub(r"\g<scope>", name)
    name = re.sub(r"分别(?=增长|下降|提高|增加|减少|压减|上升)|(?:分别|为)$", "", name)
    return name if name.count("（") == name.count("）") else re.sub(r"（[^）]*$", "", name)


def statement(figure: Figure) -> str:
    """One clause that states the figure with period, subject and role; no mark at its end."""
    when = f"{figure.period}，" if figure.period and figure.period not in figure.name else ""
    return when + _predicate(figure)


def _predicate(figure: Figure) -> str:
    name, value = subject(figure), with_unit(figure)
    if figure.role == "target":
        setter = f"{figure.target_setter}对" if figure.target_setter else ""
        return f"{setter}“{name}”的目标值为{value}" if figure.table else f"{name}的目标为{value}"
    if figure.role == "completion_rate":
        return f"“{figure.indicator}”的完成率为{value}（报告所列）" if figure.indicator else f"{name}为{value}"
    if figure.role == "rank":
        return _ranked(name, value)
    if figure.role == "grade":
        return f"{name}“{value}”"
    if figure.role == "growth" or name.endswith(("占", "增长", "下降")):
        return f"{name}{value}"
    return f"{name}为{value}"


def _ranked(name: str, value: str) -> str:
    """预算执行率在全市排名 + 第38名 -> 预算执行率在全市排名第38名; …数量居全省 + 之首 -> …数量居全省首位."""
    bare = _RANK_END.sub("", name)
    field = _FIELD_END.search(bare)
    where = f"在{field[0].lstrip('在居')}" if field else ""
    bare = bare[: field.start()] if field else bare
    return f"{bare}{where}{'排名' if value.startswith('第') else '居'}{'首位' if value == '之首' else value}"
