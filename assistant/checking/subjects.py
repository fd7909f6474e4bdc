"""How well a draft's words and a row's words name the same thing, and which of two rows they rather mean.

新增城镇就业 · 全市城镇新增就业人数          -> the same characters, near 1
工伤保险参保722.15万 · 失业保险参保人数      -> near, but what sets the two rows apart says 工伤
"""

from dataclasses import dataclass

from assistant.checking.rows import Row, weight_of
from assistant.checking.statements import Statement, official
from assistant.checking.words import check_words
from assistant.figures.coverage import PairWeights, Weighed, pairs_of, weigh

# How much each measure of likeness counts; they sum to one.
_NAME, _WIDE, _BACK, _SENTENCE, _LOCAL = 0.35, 0.15, 0.2, 0.2, 0.1
_SLIGHT, _CLEAR = 0.15, 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a draft's statement speaks of, ready to be compared with many rows."""

    statement: Statement
    weighed: Weighed
    local_weight: float


def subject_of(statement: Statement, known: PairWeights) -> Subject:
    return Subject(
        statement=statement, weighed=weigh(official(statement.name), known),
        local_weight=weight_of(statement.local, known) or 1.0,
    )  # fmt: skip


def coverage(subject: Subject, row: Row) -> float:
    """Share of the draft's name that the row's name has."""
    return subject.weighed.covered(row.name, row.title)


def likeness(subject: Subject, row: Row, known: PairWeights, covered: float) -> float:
    """How well a row's words are those of the subject, 0 to 1; `covered` is the `coverage` of both."""
    draft = subject.statement
    near = draft.local & (row.name | row.stretch)
    return (
        _NAME * covered
        + _WIDE * (covered if covered == 1.0 else subject.weighed.covered(row.name, row.stretch, row.title))
        + _BACK * weight_of(row.name & draft.own, known) / row.weight
        + _SENTENCE * weight_of(row.name & (draft.own | draft.sentence), known) / row.weight
        + _LOCAL * weight_of(near, known) / subject.local_weight
    )


def precision(draft: Statement, row: Row, known: PairWeights) -> float:
    """Share of the row's name that the draft's has."""
    own = official(row.statement.name)
    return weigh(own, known).covered(draft.own, row.title)


def rather(draft: Statement, one: Row, other: Row, known: PairWeights) -> float:
    """Positive where the draft's words are those that set `other` apart from `one`; negative the other way.

    What the rows measure decides. Rows of one name are told apart by the clauses around the numbers.
    """
    if same_name(one.statement, other.statement):
        difference = _apart(draft.local, one.statement.local, other.statement.local, known)
        return difference if abs(difference) > _CLEAR else 0.0
    told = official(check_words().sizes.sub("", draft.name))
    difference = _apart(pairs_of(told), pairs_of(one.meaning), pairs_of(other.meaning), known)
    difference += _characters_apart(told, one.meaning, other.meaning)
    return difference if abs(difference) > _SLIGHT else 0.0


def same_name(one: Statement, other: Statement) -> bool:
    return one.own == other.own


def _apart(told: frozenset[str], one: frozenset[str], other: frozenset[str], known: PairWeights) -> float:
    return weight_of(told & (other - one), known) - weight_of(told & (one - other), known)


def _characters_apart(told: str, one: str, other: str) -> float:
    """The same by characters: 参加失业保险人数 has all of 失业保险参保, whatever their order."""
    characters, first, second = set(told), set(one), set(other)
    return 0.5 * (len(characters & (second - first)) - len(characters & (first - second)))
