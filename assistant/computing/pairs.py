"""Two rows against each other: difference, share, multiple, which is more."""

from collections.abc import Sequence

from assistant.computing.draft import computed_draft, named_apart
from assistant.computing.implied import implied_operands
from assistant.computing.kinds import divided, subtracted, unlike
from assistant.computing.request import ANY, Request, lacking, refused
from assistant.computing.stated import told
from assistant.computing.units import WHOLES, value_of
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import with_unit
from assistant.library import Library
from assistant.places import Citations
from corpus.model import Figure

_RATES = frozenset({"%", "百分点", "分", "名", "‰"})
_COUNTED = WHOLES | {"money"}


def difference_draft(request: Request) -> Draft:
    """How much one is more than the other; the words follow the numbers, not the question."""
    found = request.operands(_dimensions_of_operands(request))
    if not found.together and (implied := implied_operands(request)) is not None:
        return difference_of(implied[0], implied[1], request)
    if found.missing:
        return lacking(found)
    one, other = found.figures
    return difference_of(one, other, request)


def difference_of(one: Figure, other: Figure, request: Request) -> Draft:
    return compared_difference(one, other, request)


def compared_difference(one: Figure, other: Figure, request: Request, *, warnings: Sequence[str] = ()) -> Draft:
    names = [named_apart(figure, (one, other), request.library) for figure in (one, other)]
    if reason := unlike((one, other)):
        return refused(f"“{names[0]}”和“{names[1]}”{reason}，不能相减")
    if not request.wanted.apart:
        return which_more_draft(one, other, request, warnings)
    if one.id == other.id:
        return refused(f"两边找到的都是“{names[0]}”，无从相减")
    high, low = (one, other) if value_of(one) >= value_of(other) else (other, one)
    result = subtracted(high, low, request.wanted.unit)
    more, less = ("高", "低") if one.base_unit in _RATES else ("多", "少")
    relation = more if high is one else less
    equal = value_of(one) == value_of(other)
    lead = f"{names[0]}与{names[1]}相等，相差{{}}" if equal else f"{names[0]}比{names[1]}{relation}{{}}"
    opposite = not equal and (relation == less) != request.wanted.less and request.wanted.kind == "difference"
    premise = (f"按报告的数，{names[0]}是{relation}，不是{less if relation == more else more}。",) if opposite else ()
    apart = "相差" not in request.wanted.text and "差" not in request.wanted.text
    return computed_draft(
        result,
        lead,
        request.library,
        name=f"{names[0]}与{names[1]}之差",
        warnings=(*warnings, *(premise if apart else ())),
    )


def which_more_draft(one: Figure, other: Figure, request: Request, warnings: Sequence[str]) -> Draft:
    """Which of two is more, with both: nothing is computed where only that is asked."""
    first, second = (other, one) if (value_of(other) > value_of(one)) != request.wanted.less else (one, other)
    names = {each.id: named_apart(each, (one, other), request.library) for each in (one, other)}
    citations = Citations(request.library)
    word = ("低" if request.wanted.less else "高") if one.base_unit in _RATES else "少" if request.wanted.less else "多"
    lead = "两者相等" if value_of(one) == value_of(other) else f"{names[first.id]}更{word}"
    told = "，".join(f"{names[each.id]}{with_unit(each)}[{citations.of_figure(each)}]" for each in (first, second))
    return Draft(
        status="answered", route="compare", text=f"{lead}：{told}。", citations=citations.all(),
        warnings=tuple(warnings), figures=tuple(answer_figure(each, citations) for each in (first, second)),
    )  # fmt: skip


def _dimensions_of_operands(request: Request) -> frozenset[str]:
    """A difference has its operands' kind of number, but for percentage points."""
    asked = request.wanted.dimensions - {"percentage-points", "multiple"}
    return frozenset() if request.question.roles & {"growth", "completion_rate"} and asked <= {"percent"} else asked


def compared_draft(request: Request) -> Draft | None:
    """Which of two is more, and by how much; None where they are not two numbers of one kind."""
    found = request.operands(_dimensions_of_operands(request))
    if found.missing or unlike(found.figures):
        return None
    one, other = found.figures
    return difference_of(one, other, request)


def share_draft(request: Request) -> Draft | None:
    found = request.operands(ANY)
    if not found.missing and found.figures[0].base_unit in _RATES:
        found = request.operands(_COUNTED)  # a share is taken of things, not of their rates
    if found.missing:
        return lacking(found)
    one, other = found.figures
    if printed := _printed_rate(one, other, request.library):
        return printed
    names = [named_apart(figure, found.figures, request.library) for figure in found.figures]
    if reason := _no_ratio(one, other):
        return refused(f"“{names[0]}”和“{names[1]}”{reason}，不能计算占比")
    result = divided(one, other, percent=True)
    if result is None:
        return refused(f"“{names[1]}”为零，不能作除数")
    done = one.indicator is not None and one.indicator == other.indicator
    lead = f"{names[0]}相当于{names[1]}的" if done else f"{names[0]}占{names[1]}的"
    return computed_draft(result, lead, request.library, name=f"{names[0]}占{names[1]}的比重")


def multiple_draft(request: Request) -> Draft:
    found = request.operands(ANY)
    if found.missing:
        return lacking(found)
    one, other = found.figures
    return multiple_of(one, other, request)


def multiple_of(one: Figure, other: Figure, request: Request) -> Draft:
    names = [named_apart(figure, (one, other), request.library) for figure in (one, other)]
    if reason := _no_ratio(one, other):
        return refused(f"“{names[0]}”和“{names[1]}”{reason}，不能计算倍数")
    result = divided(one, other, percent=False)
    if result is None:
        return refused(f"“{names[1]}”为零，不能作除数")
    return computed_draft(result, f"{names[0]}是{names[1]}的", request.library, name=f"{names[0]}与{names[1]}之比")


def _no_ratio(one: Figure, other: Figure) -> str | None:
    if one.id == other.id:
        return "是同一个数"
    if one.role == "rank" or other.role == "rank":
        return "是名次"
    if {one.base_unit, other.base_unit} <= _RATES and not {one.role, other.role} & {"target", "score"}:
        return "是比率"
    return unlike((one, other))


def _printed_rate(one: Figure, other: Figure, library: Library) -> Draft | None:
    """The completion rate that the table itself prints for an outcome and its target."""
    indicator = library.indicator_of(one) if one.indicator else None
    if indicator is None or indicator.rate_figure is None or library.indicator_of(other) != indicator:
        return None
    return told(library.figures[indicator.rate_figure], library)
