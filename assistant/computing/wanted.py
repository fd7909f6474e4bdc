"""What is wanted of a computation, as it was read from a question."""

from dataclasses import dataclass
from typing import Literal

from corpus.units import Unit

Kind = Literal[
    "difference", "sum", "share", "multiple", "average", "mean", "convert", "months", "monthly", "part", "before",
    "earlier", "spread", "times_lowest", "compare", "highest", "lowest", "rank",
]  # fmt: skip
# Two kinds of one thing, two years of it, outcome and target, money planned and spent.
Relation = Literal["kinds", "years", "target", "spent"]
Phrasings = tuple[str, ...]
MANY = r"(?:多少|几)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """`operands` are in the order of the formula; `group` names rows to be found together, `count` how many."""

    kind: Kind
    text: str  # the question in plain words
    operands: tuple[Phrasings, ...] = ()
    group: str | None = None
    count: int | None = None
    unit: Unit | None = None
    divisor: str = ""  # what an average is taken over: 场, 项目, 人次
    counted: str = ""  # and of what: 岗位; "" for money
    months: int = 0
    dimensions: frozenset[str] = frozenset()  # kinds of number asked for, read without the group's count
    relation: Relation = "kinds"  # in what the operands differ
    about: str = ""  # all the question says of what is compared, its comparing words aside
    over_time: bool = False  # the second operand is the first at another time
    apart: bool = True  # how far apart two are is asked for, not only which is more
    less: bool = False  # the comparison asks how much less
    sure: bool = True  # the words leave no other reading: without operands the question is refused
