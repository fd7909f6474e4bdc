"""How well a draft's words and a row's words name the same thing, and which of two rows they rather mean.

新增城镇就业 · 全市城镇新增就业人数          -> the same characters, near 1
工伤保险参保722.15万 · 失业保险参保人数      -> near, but what sets the two rows apart says 工伤
"""

from dataclasses import dataclass

from assistant.check_rows import Row
from assistant.check_statements import Statement, official
from assistant.check_words import check_words
from assistant.coverage import PairWeights, Weighed, pairs_of, weigh

# How much each measure of likeness counts; they sum to one.
_NAME, _WIDE, _BACK, _SENTENCE, _LOCAL = 0.35, 0.15, 0.2, 0.2, 0.1
_NEIGHBOUR = 0.15
_SLIGHT, _CLEAR = 0.15, 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a draft's statement speaks of, ready to be compared with many rows."""

    statement: Statement
    weighed: Weighed


def subject_of(statement: Statement, known: PairWeights) -> Subject:
    return Subject(statement=statement, weighed=weigh(official(statement.name), known))


def likeness(subject: Subject, row: Row, known: PairWeights, *, neighbour: bool) -> float:
    """How well a row's words are those of the subject, 0 to 1; more for a row beside one the draft speaks of nearby."""
    draft = subject.statement
    name_weight = _weight(row.name, known) or 1.0
    found = (
        _NAME * subject.weighed.covered(row.name, row.title)
        + _WIDE * subject.weighed.covered(row.name, row.stretch, row.title)
        + _BACK * _weight(row.name & draft.own, known) / name_weight
        + _SENTENCE * _weight(row.name & (draft.own | draft.sentence), known) / name_weight
        + _LOCAL * _weight(draft.local & (row.name | row.stretch), known) / (_weight(draft.local, known) or 1.0)
    )
    return found + (_NEIGHBOUR if neighbour else 0.0)


def coverage(subject: Subject, row: Row) -> float:
    """Share of the draft's name that the row's name has."""
    return subject.weighed.covered(row.name, row.title)


def _weight(pairs: frozenset[str], known: PairWeights) -> float:
    return sum(known.of(pair) + 0.05 for pair in pairs)


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
    return _weight(told & (other - one), known) - _weight(told & (one - other), known)


def _characters_apart(told: str, one: str, other: str) -> float:
    """The same by characters: 参加失业保险人数 has all of 失业保险参保, whatever their order."""
    characters, first, second = set(told), set(one), set(other)
    return 0.5 * (len(characters & (second - first)) - len(characters & (first - second)))
