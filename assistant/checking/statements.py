"""A figure with what its own words say about it, the same for a draft and a report.

检查单位逾4万户              -> words of the name, of the clauses around it; an amount "over" 4万户
是年度任务2.55万人的两倍多   -> planned
旅客周转量则下降1.9%         -> direction down
去年…                        -> years (2022,) where the report counts as issued in 2023
"""

import re
from dataclasses import dataclass, replace

from assistant.checking.amounts import Amount, amount_of
from assistant.checking.words import check_words
from assistant.figures.coverage import pairs_of
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Figure
from corpus.periods import year_of
from corpus.repair import repair
from corpus.wording import wording

_CLAUSE = re.compile(r"[，。；：！？\t]|,(?!\d)|;")
_SENTENCE = re.compile(r"[。；！？\t]")
_COHORT = re.compile(r"(?:19|20)\d{2}(?=届|级|学年)|(?:19|20)\d{2}-(?:19|20)\d{2}")
_FIELD = re.compile(r"全[国省市区县州球]|世界")
_FIELD_REACH = 12
_RATE_OF_CHANGE = re.compile(r"(?:增速|增幅|涨幅|降幅|增长率)$")
_CHANGED = re.compile(r"(?:少|多|(?<!新)增|减|降|升)(?:了|约|近|超)*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    figure: Figure
    name: str
    nature: str  # the role, or for a target what kind of number is aimed at: growth, share or level
    own: frozenset[str]  # character pairs of the name
    local: frozenset[str]  # of its clause and the one before
    sentence: frozenset[str]
    before: str  # repaired words of the sentence before the number
    clause: str  # those of its clause
    amount: Amount | None
    planned: bool | None  # None where nothing says so
    reached: bool
    direction: int  # 1 up, -1 down, 0 unsaid
    years: frozenset[int]  # any of these; empty where no year is said
    cohorts: frozenset[str]  # 2022届, 2021-2022学年
    field: str | None  # of a ranking
    per: str | None
    of_plan_year: bool = False  # a row of a year its report tells of as what is to come


def official(text: str) -> str:
    """A text in official terms."""
    return canonical(normalise(text))


def words_of(text: str) -> frozenset[str]:
    """Character pairs of a text in official terms."""
    return pairs_of(official(text))


def statement_of(figure: Figure, text: str, *, name: str | None = None) -> Statement:
    """What a figure's sentence in `text` says of it. Dates that are only said (去年) are left out."""
    before = repair(text, figure.sentence_start, figure.start).text
    after = repair(text, figure.end, figure.sentence_end).text
    clauses, follow = _CLAUSE.split(before), _CLAUSE.split(after, maxsplit=1)[0]
    named = name or figure.name
    year = year_of(figure.period)
    return Statement(
        figure=figure, name=named, own=words_of(named), local=words_of(" ".join((*clauses[-2:], follow))),
        nature=_nature(figure, clauses[-1], named),
        sentence=words_of(f"{_SENTENCE.split(before)[-1]} {_SENTENCE.split(after, maxsplit=1)[0]} {named}"),
        before=before, clause=clauses[-1], amount=_amount(figure, after), planned=_planned(figure, clauses[-1], after),
        reached=bool(check_words().reached.search(clauses[-1])), direction=_direction(figure, clauses[-1]),
        years=frozenset() if year is None else frozenset({year}),
        cohorts=frozenset(_COHORT.findall(f"{' '.join(clauses[-2:])} {follow} {figure.period or ''}")),
        field=_field(figure, clauses[-1]), per=_per(figure, clauses[-1], named),
    )  # fmt: skip


def _nature(figure: Figure, clause: str, name: str) -> str:
    if figure.role in {"count", "amount", "rate", "other"} and _CHANGED.search(clause):
        return "growth"
    if figure.base_unit == "%" and _RATE_OF_CHANGE.search(name):
        return "growth"
    if figure.role != "target":
        return figure.role
    if wording().growth_tail.search(name) or "涨幅" in name:
        return "growth"
    return "share" if figure.base_unit == "%" and re.search("占|比重", name) else "level"


def _amount(figure: Figure, after: str) -> Amount | None:
    """Of 超过58万人的目标 the word 超过 says nothing of the number."""
    amount = amount_of(figure, after)
    if amount is not None and amount.way in {"over", "under"} and check_words().planned_after.match(after):
        return replace(amount, way="exact")
    return amount


def _planned(figure: Figure, clause: str, after: str) -> bool | None:
    """Whether the number is a target by its own clause; a rate of fulfilment is none."""
    if figure.role == "target":
        return True
    words = check_words()
    if figure.base_unit == "%" and _is_rate(clause):
        return False
    if words.planned_after.match(after) or words.planned_noun.search(clause):
        return True
    reached = [match.end() for match in words.reached.finditer(clause)]
    planned = [match.end() for match in words.planned_verb.finditer(clause)]
    if planned and (not reached or planned[-1] > reached[-1]):
        return True
    return False if reached else None


def _is_rate(clause: str) -> bool:
    """完成年度计划的|122%, 相当于任务的|122%."""
    return bool(re.search(r"(?:任务|目标|计划)[^，。]{0,4}的$", clause)) or "率" in clause[-4:]


def _direction(figure: Figure, clause: str) -> int:
    """The last word of change before the number; only growth has one."""
    if figure.role not in {"growth", "target"} and not (
        wording().growth_tail.search(clause) or _CHANGED.search(clause)
    ):
        return 0
    words = check_words()
    ups = max((match.end() for match in words.up.finditer(clause)), default=0)
    downs = max((match.end() for match in words.down.finditer(clause)), default=0)
    if ups == downs:
        return 0
    return 1 if ups > downs else -1


def _field(figure: Figure, clause: str) -> str | None:
    if figure.role != "rank":
        return None
    found = _FIELD.findall(clause[-_FIELD_REACH:] + figure.printed) or _FIELD.findall(figure.name[-_FIELD_REACH:])
    return found[-1] if found else None


def _per(figure: Figure, clause: str, name: str) -> str | None:
    """The stretch of time a standard is stated for: 2860元/月, 每月2860元."""
    text = f"{clause}{name}/{(figure.base_unit or '').partition('/')[2]}"
    if not (figure.base_unit or "").startswith("元"):
        return None
    return next((unit for unit, pattern in check_words().per.items() if pattern.search(text)), None)
