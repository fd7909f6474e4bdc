"""What a model says of how figures stand to each other: a target met or missed, one number above another.

Each is held against the figures themselves, else against the report's own words; what neither bears out is a fault.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.language.known import Known, OfSlot
from assistant.language.masking import SLOT, Slot
from assistant.language.words import language_words
from corpus.model import Figure

_OPPOSITE = {"met": "unmet", "unmet": "met", "beyond": "short", "short": "beyond"}
_MARKS = re.compile(r"\[\d{1,3}\]")
# What is compared is the number told right before.
_BESIDE = re.compile(r"\}[，,（(]?(?:也|已|并|且)?$")
_HUNDRED = Decimal(100)


def without_judgements(sentence: str, known: Known, main: OfSlot | None) -> tuple[str, str | None]:
    """The sentence without the judgements that hold, and why one does not."""
    words = language_words()
    of = [known.slots[key] for key in SLOT.findall(sentence) if key in known.slots] or ([main] if main else [])
    for kind in ("unmet", "short", "beyond", "met"):
        # 完成目标的{F2} and 完成率 judge nothing
        pattern = re.compile(rf"(?:{words.claims[kind].pattern})(?!(?:值|的|为|是)*\{{|率|情况|进度)")
        if not (found := pattern.search(sentence)):
            continue
        verdict = _met(of, known, kind)
        stands = verdict if verdict is not None else _said(kind, of)
        if not stands:
            return sentence, f"“{found[0]}”没有依据"
        sentence = pattern.sub("，", sentence)
    return _without_comparisons(sentence, known)


def _met(of: Sequence[OfSlot], known: Known, kind: str) -> bool | None:
    """Whether a judgement of these figures' indicators holds by their numbers; None where these do not tell."""
    figures = [each.slot.figure for each in known.slots.values() if each.slot.figure is not None]
    own = [each.slot.figure for each in of if each.slot.figure is not None]
    told = {verdict for figure in own if (verdict := _indicator_met(figure, figures, kind)) is not None}
    return told.pop() if len(told) == 1 else False if told else None


def _indicator_met(figure: Figure, figures: Iterable[Figure], kind: str) -> bool | None:
    kin = [each for each in figures if each.report == figure.report and _kin(each, figure)]
    targets = [each for each in kin if each.role == "target" and each.base_value is not None]
    rates = [each for each in kin if each.role == "completion_rate" and each.base_value is not None]
    actuals = [each for each in kin if each.role not in {"target", "completion_rate"} and each.base_value is not None]
    for target in targets:
        for actual in actuals:
            if actual.base_unit == target.base_unit:
                return _holds(kind, Decimal(actual.base_value or 0), Decimal(target.base_value or 0), target.bound)
    return _holds(kind, Decimal(rates[0].base_value or 0), _HUNDRED, None) if rates else None


def _holds(kind: str, actual: Decimal, target: Decimal, bound: str | None) -> bool:
    """超过 and 低于 speak of the numbers, 完成 of the goal: at most ten times is met by none."""
    if kind in {"beyond", "short"}:
        return actual > target if kind == "beyond" else actual < target
    met = actual <= target if bound in {"<", "<="} else actual >= target
    return met is (kind == "met")


def _kin(one: Figure, other: Figure) -> bool:
    if one.indicator and other.indicator:
        return one.indicator == other.indicator
    return one.name == other.name


def _said(kind: str, of: Sequence[OfSlot]) -> bool:
    words = language_words()
    texts = " ".join(each.judged for each in of)
    return bool(words.claims[kind].search(texts)) and not words.claims[_OPPOSITE[kind]].search(texts)


def _without_comparisons(sentence: str, known: Known) -> tuple[str, str | None]:
    """高于{F2} needs another figure before it that is higher, in the same unit."""
    words = language_words()
    for kind in ("above", "below"):
        pattern = re.compile(rf"(?:{words.claims[kind].pattern})(?=\{{)")
        for match in reversed(list(pattern.finditer(sentence))):
            if not _BESIDE.search(_MARKS.sub("", sentence[: match.start()])):
                return sentence, f"“{match[0]}”没有依据"
            here = SLOT.match(sentence, match.end())
            earlier = SLOT.findall(sentence[: match.start()])
            one = known.slots.get(earlier[-1]) if earlier else None
            other = known.slots.get(here[1]) if here else None
            if one is None or other is None or not _stands(kind, one.slot, other.slot):
                return sentence, f"“{match[0]}”没有依据"
            sentence = f"{sentence[: match.start()]}{sentence[match.end() :]}"
    return sentence, None


def _stands(kind: str, one: Slot, other: Slot) -> bool:
    first, second = one.figure, other.figure
    if first is None or second is None or first.base_value is None or second.base_value is None:
        return False
    if first.base_unit != second.base_unit:
        return False
    difference = Decimal(first.base_value) - Decimal(second.base_value)
    return difference > 0 if kind == "above" else difference < 0
