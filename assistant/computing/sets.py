"""Several rows together: sum, average, highest and lowest, the rank of one: always all rows of a group."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise, starmap

from assistant.computing.draft import computed_draft, named_apart, overlap_warning
from assistant.computing.groups import Group, find_group, has_subtotals
from assistant.computing.kinds import averaged, not_addable, summed, unlike
from assistant.computing.pairs import difference_of, multiple_of
from assistant.computing.phrases import group_named
from assistant.computing.request import Request, lacking, refused
from assistant.computing.stated import stated_sum, told
from assistant.computing.units import value_of
from assistant.computing.words import compute_words
from assistant.computing.written import counted, written
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import read_question
from corpus.model import Figure

_ALIKE = 0.6
_MEASURE = 2  # characters that name a measure: 收入, 利润
_KINDS = frozenset({"target", "actual", "growth", "share"})
# Of the words of a group its rows' names hold so many themselves; where one of them is picked, more.
_NAMED, _NAMED_OF_EXTREME = 0.2, 0.5
_PLACES_ASKED = re.compile(r"哪(?:一?个|些)?(?:地级市|市州|区县|县区|街道|乡镇|省份|[省市区县镇乡村])(?!级|场|政)")


def sum_draft(request: Request) -> Draft | None:
    """Of the operands listed, or of the group named."""
    if request.wanted.operands:
        found = request.operands(request.wanted.dimensions - {"percent"}, roles=_asks_for_shares(request))
        if not found.missing:
            return sum_of(found.figures, request)
        group = _group(request)
        return sum_of(group.figures, request) if group is not None else lacking(found)
    group = _group(request)
    if group is None:
        return refused(f"这个问题需要把“{request.wanted.group}”的各项相加，但报告里找不到完整的一组数")
    if group.total is not None:
        return told(group.total, request.library)
    return sum_of(group.figures, request)


def sum_of(figures: Sequence[Figure], request: Request) -> Draft:
    named = "、".join(named_apart(figure, figures, request.library) for figure in figures)
    if len({figure.id for figure in figures}) < len(figures) or any(starmap(_one_number, combinations(figures, 2))):
        return refused(f"要相加的几项里有两项找到的是同一个数（{named}）")
    reason = unlike(figures, counted=True) or not_addable(figures)
    if reason is None and (part := _part_of_another(figures, request.library)):
        reason = f"其中“{part}”已包含在另一项里"
    if reason is None and has_subtotals(figures):
        reason = "其中有小计和它的分项，会重复计算"
    if reason is not None:
        return refused(f"“{named}”{reason}，不能直接相加")
    if stated := stated_sum(tuple(figures), request.library):
        return told(stated, request.library)
    return computed_draft(
        summed(figures, request.wanted.unit), "合计", request.library, name=f"{named}合计",
        warnings=overlap_warning(figures),
    )  # fmt: skip


def _one_number(one: Figure, other: Figure) -> bool:
    """Whether two rows state one number twice: 就业支出 and 就业支出合计."""
    return one.base_value == other.base_value and names_alike(one, other) >= _ALIKE


def mean_draft(request: Request) -> Draft:
    group = _group(request)
    if group is None or unlike(group.figures):
        return refused(f"报告里找不到“{request.wanted.group}”完整的一组数")
    return computed_draft(
        averaged(group.figures, request.wanted.unit), "平均", request.library, name=f"{request.wanted.group}平均"
    )


def spread_draft(request: Request) -> Draft:
    """The highest of a group less its lowest, or over it."""
    group = _group(request)
    if group is None:
        return refused(f"报告里找不到“{request.wanted.group}”完整的一组数")
    high, low = max(group.figures, key=value_of), min(group.figures, key=value_of)
    step = multiple_of if request.wanted.kind == "times_lowest" else difference_of
    return step(high, low, request)


def extreme_draft(request: Request) -> Draft | None:
    """The highest or lowest of a group, all of those that share it; None where no group is found."""
    group = _group(request, _NAMED_OF_EXTREME)
    if group is None or _PLACES_ASKED.search(request.wanted.text):
        return None  # of places only a table tells
    if _of_one_thing(group.figures):
        return None  # 甲的收入 and 甲的利润: no things of one kind to choose among
    pick = max if request.wanted.kind == "highest" else min
    value = pick(value_of(figure) for figure in group.figures)
    best = [figure for figure in group.figures if value_of(figure) == value]
    word = "最高" if request.wanted.kind == "highest" else "最低"
    return _listed(best, f"在{counted(len(group.figures))}项中{word}的是", request.library)


def rank_draft(request: Request) -> Draft | None:
    """The place of one row among its group, the highest first."""
    group, found = _group(request), request.operands()
    if group is None or found.missing or found.figures[0].id not in {figure.id for figure in group.figures}:
        return None
    figure = found.figures[0]
    place = 1 + sum(value_of(other) > value_of(figure) for other in group.figures)
    return _listed([figure], f"在{counted(len(group.figures))}项中从高到低排第{written(place)}：", request.library)


def _listed(figures: Sequence[Figure], lead: str, library: Library) -> Draft:
    citations = Citations(library)
    told_each = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in figures)
    return Draft(
        status="answered", route="table", text=f"{lead}{told_each}。", citations=citations.all(),
        figures=tuple(answer_figure(figure, citations) for figure in figures),
    )  # fmt: skip


def _group(request: Request, least_named: float = _NAMED) -> Group | None:
    """All rows of the group that is named, of the kind of number asked for."""
    if not request.wanted.group:
        return None
    named = read_question(group_named(request.wanted.group) or request.wanted.group)
    dimensions = request.wanted.dimensions - {"multiple"}
    wanted = replace(named, numbers=(), dimensions=dimensions, roles=named.roles & _KINDS)
    return find_group(wanted, request.wanted.count, request.report, request.library, least_named)


def _asks_for_shares(request: Request) -> bool:
    return "share" in request.question.roles


def _of_one_thing(figures: Sequence[Figure]) -> bool:
    """Whether the names are one thing's with another measure each; things of one kind end alike: 甲收入, 乙收入."""
    names = [figure.name for figure in figures]
    start, end = _shared(names), _shared([name[::-1] for name in names])
    return end < _MEASURE and start > _MEASURE and all(len(name) - start <= 2 * _MEASURE for name in names)


def _shared(names: Sequence[str]) -> int:
    """How many characters all names begin with together."""
    return next((at for at, each in enumerate(zip(*names, strict=False)) if len(set(each)) > 1), min(map(len, names)))


def _part_of_another(figures: Sequence[Figure], library: Library) -> str | None:
    """The name of a figure that the text introduces as part of the one before it (…13万人，其中…9万人)."""
    ordered = sorted(figures, key=lambda figure: figure.start)
    for one, other in pairwise(ordered):
        if one.table is None and one.sentence_start == other.sentence_start:
            between = library.source_text(one.report)[one.end : other.start]
            if any(word in between for word in compute_words().lists["parts"]):
                return other.name
    return None
