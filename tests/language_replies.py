"""Replies as a language model might write them, built from composed reports: sound ones in many wordings, and spoiled.

A sound reply says of a question's figure what the ledger says, in slots or in digits. A spoiled one changes one thing:
a digit, the subject, the role, the year, the unit, the mark, or says the number in words.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.assistant import Assistant
from assistant.conversations.wording import question_of
from assistant.draft import Draft
from assistant.figures.phrases import subject
from assistant.language.masking import Slot
from assistant.language.material import Material, material_of
from assistant.library import Library
from corpus.model import Figure

LEVEL = (
    "{when}，{name}为{value}{mark}。",
    "据报告，{when}{name}达到{value}{mark}。",
    "报告显示，{when}{name}共{value}{mark}。",
    "根据报告，{name}在{when}达到了{value}{mark}。",
    "您问的{name}，{when}为{value}{mark}。",
    "从报告数据看，{when}{name}是{value}{mark}。",
    "{name}（{when}）：{value}{mark}。",
    "经查，{when}{name}为{value}{mark}。",
    "{when}，{name}实现{value}{mark}，有关数据来自报告原文。",
    "关于您询问的问题，报告写明：{when}{name}为{value}{mark}。",
    "在{when}，{name}的数值为{value}{mark}。",
    "{when}{name}{value}{mark}。",
    "简单说，{when}{name}就是{value}{mark}。",
    "可以看到，{when}{name}达{value}{mark}，这是报告给出的数据。",
    "查阅报告可知：{when}，{name}为{value}{mark}。",
    "{name}方面，{when}的数字是{value}{mark}。",
    "好的，根据您提供的资料，{when}{name}为{value}{mark}。",
    "{when}，{name}最终达到{value}{mark}。\n以上数据出自报告。",
    "您好，{when}，{name}为{value}{mark}，供您参考。",
    "答：{name}，{when}，{value}{mark}。",
)
TARGET = (
    "{when}，{name}的目标值为{value}{mark}。",
    "年初为{name}定下的目标是{value}{mark}（{when}）。",
    "{when}，{name}的年度目标设定为{value}{mark}。",
    "按照年初计划，{when}{name}要达到{value}{mark}。",
    "{when}{name}的任务数是{value}{mark}。",
    "报告显示，{when}，{name}的预期目标为{value}{mark}。",
)
RATE = (
    "{when}，{name}的完成率为{value}{mark}。",
    "据报告，{when}{name}完成率达到{value}{mark}。",
    "{when}，{name}完成目标的{value}{mark}。",
)
RANK = (
    "{when}，{name}位列{value}{mark}。",
    "据报告，{when}{name}排在{value}{mark}。",
    "{when}，{name}居{value}{mark}。",
)
GROWTH = (
    "{when}，{name}{value}{mark}。",
    "据报告，{when}{name}{value}{mark}。",
    "报告显示，{when}，{name}为{value}{mark}。",
)
IN_WORDS = ("三十五万人", "两倍", "七成", "一半", "五分之三", "近百家", "翻了一番", "百分之九十")
WORDINGS = {"target": TARGET, "completion_rate": RATE, "rank": RANK, "growth": GROWTH}


@dataclass(frozen=True, kw_only=True, slots=True)
class Posed:
    """A question over one figure with what code composed for it."""

    question: str
    figure: Figure
    slot: Slot
    material: Material
    draft: Draft


@lru_cache(maxsize=4)
def posed_over(library: Library, most: int) -> tuple[Posed, ...]:
    """The same questions for every test."""
    return tuple(posed(Assistant(library, max_question_characters=500), most))


def posed(assistant: Assistant, most: int, *, seed: int = 1) -> list[Posed]:
    """Questions made from the ledger whose answer by code begins with that very row."""
    library = assistant.library
    rows = [row for row in library.figures.values() if row.kind == "number" and row.role not in {"constant", "score"}]
    random.Random(seed).shuffle(rows)
    found: list[Posed] = []
    for row in rows:
        if len(found) == most:
            break
        question = question_of(row, library)
        draft = assistant._draft_of(question)
        if not draft.figures or draft.figures[0].id != row.id or draft.route != "figure":
            continue
        material = material_of(question, draft, library)
        if material is not None and material.main is not None and sum(slot.required for slot in material.slots) == 1:
            found.append(Posed(question=question, figure=row, slot=material.main, material=material, draft=draft))
    return found


def wordings(each: Posed) -> Sequence[str]:
    return WORDINGS.get(each.figure.role, LEVEL)


def sound(each: Posed, wording: str, *, digits: bool = False, name: str | None = None) -> str:
    """A reply that says what the ledger says; `name` is said in place of the figure's own."""
    return wording.format(
        when=each.figure.period or "", name=name or subject(each.figure),
        value=each.slot.shown if digits else f"{{{each.slot.key}}}", mark=f"[{each.slot.citation}]",
    )  # fmt: skip


def spoiled(each: Posed, wording: str, others: Sequence[str], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Kind and text of every way in which one thing of a sound reply is changed."""
    plain = sound(each, wording, digits=True)
    slots = sound(each, wording)
    value, key = each.slot.shown, f"{{{each.slot.key}}}"
    yield "digit", plain.replace(value, _other_digit(value, draw), 1)
    other = draw.choice(others)
    yield "subject", sound(each, wording, digits=True, name=other)
    yield "subject", sound(each, wording, name=other)
    if each.figure.role == "target":
        yield "role", sound(each, LEVEL[0])
    else:
        yield "role", sound(each, TARGET[0])
        yield "role", sound(each, TARGET[2], digits=True)
    if each.figure.period and (year := re.search(r"20\d\d", each.figure.period)):
        yield "year", slots.replace(year[0], str(int(year[0]) - 1))
        yield "year", slots.replace(each.figure.period, "去年", 1) if "去年" not in each.figure.sentence else ""
    yield "unit", slots.replace(key, f"{key}万元")
    yield "unit", slots.replace(key, f"{key}个百分点")
    yield "unit", plain.replace(value, _other_unit(value), 1)
    yield "mark", slots.replace(f"[{each.slot.citation}]", "[9]")
    yield (
        "words",
        slots.replace(key, draw.choice(IN_WORDS)),
    )
    yield "qualifier", slots.replace(key, f"{draw.choice(('超过', '不足', '近', '至少'))}{key}")
    yield "added", slots.replace("。", "，居全国首位。", 1)
    yield "added", slots.replace("。", f"，比上年{draw.choice(('增长', '下降'))}两成。", 1)
    yield "denied", slots.replace(key, f"没有达到{key}")
    yield "slot", slots.replace(key, "{F77}")


def _other_digit(value: str, draw: random.Random) -> str:
    places = [at for at, character in enumerate(value) if character.isdigit()]
    if not places:
        return f"{value}8"
    at = draw.choice(places)
    digit = draw.choice([each for each in "123456789" if each != value[at]])
    return value[:at] + digit + value[at + 1 :]


def _other_unit(value: str) -> str:
    for one, other in (("万", "亿"), ("亿", "万"), ("%", "个百分点"), ("个百分点", "%"), ("人", "元")):
        if one in value:
            return value.replace(one, other, 1)
    return f"{value}万"


def other_names(each: Posed, rows: Sequence[Figure]) -> list[str]:
    """Names of other quantities of the same report: none of them is, or is part of, this one's."""
    own = subject(each.figure)
    names = {subject(row) for row in rows if row.report == each.figure.report and row.kind == "number"}
    related = {
        subject(row) for row in rows
        if row.report == each.figure.report
        and (row.base_value == each.figure.base_value or (row.indicator and row.indicator == each.figure.indicator))
    }  # fmt: skip
    return sorted(
        name for name in names - related
        if len(name) > 3 and name not in own and own not in name and names_alike_text(name, own) < 0.6
    )  # fmt: skip


def names_alike_text(one: str, other: str) -> float:
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1]))
