"""Which of a place's figures belongs to which label, and whether a figure is of the kind of number asked for."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.figures.coverage import Weighed, pairs_of
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS
from assistant.lists.parts import list_words
from assistant.lists.places import Place
from assistant.questions.lexicon import canonical
from assistant.questions.question import Question, read_question

_LABEL_COVERED = 0.6
NAMED_WHOLE = 0.95
_CLEARLY_SHORTER = 0.6
_COUNTED = frozenset({"items", "organisations", "households", "events", "times"})
_PERSONS = frozenset({"people", "person-times"})
_SHARES = frozenset({"share", "rate", "growth", "completion_rate"})


def assign(
    labels: Sequence[Weighed], names: Sequence[str], ask: Question, place: Place, *, is_series: bool
) -> dict[str, tuple[float, Entry]]:
    """For each label its entry, no entry twice; the label with the fewest entries to choose from first.

    What several labels name whole is one value for all of them, and none of theirs; unless one label says more
    than the other (养老金 and 基础养老金). A label that two entries fit alike has none,
    unless all of them are told in the end.
    """
    asks = [_of_own_kind(ask, name) for name in names]
    fitting = [entry for entry in place.entries if any(is_asked(each, entry) for each in asks)]
    covered = [[label.covered(entry.name) for entry in fitting] for label in labels]
    found: dict[str, tuple[float, Entry]] = {}
    used: set[int] = set()
    for order in sorted(range(len(labels)), key=lambda order: sum(each >= _LABEL_COVERED for each in covered[order])):
        choices = []
        for position, entry in enumerate(fitting):
            fit = covered[order][position]
            if fit < _LABEL_COVERED or position in used or _is_shared(order, position, covered, labels):
                continue
            if not is_asked(asks[order], entry):
                continue
            row = labels[order].covered(pairs_of(canonical(entry.figure.indicator or "")))
            choices.append((-fit, -row, len(entry.figure.name), position))
        choices.sort()
        if choices and (is_series or not _fit_alike(choices, fitting)):
            used.add(choices[0][3])
            found[names[order]] = (-choices[0][0], fitting[choices[0][3]])
    return found


def _of_own_kind(ask: Question, label: str) -> Question:
    """The ask, of the kind of number that the label itself names where it does: 甲地游客人次和乙地游客人次各多少."""
    own = frozenset() if ask.dimensions else read_question(label).dimensions
    return replace(ask, dimensions=own) if own else ask


def _is_shared(order: int, position: int, covered: Sequence[Sequence[float]], labels: Sequence[Weighed]) -> bool:
    own = labels[order].pairs
    return covered[order][position] >= NAMED_WHOLE and any(
        other != order
        and covered[other][position] >= NAMED_WHOLE
        and not (own < labels[other].pairs or labels[other].pairs < own)
        for other in range(len(labels))
    )


def _fit_alike(choices: Sequence[tuple[float, float, int, int]], fitting: Sequence[Entry]) -> bool:
    """Whether the two best entries fit a label alike, state different values and are named about as long."""
    if len(choices) < 2:
        return False
    (fit, row, length, first), (other_fit, other_row, other_length, second) = choices[:2]
    one, other = fitting[first], fitting[second]
    values = {one.figure.base_value, other.figure.base_value}
    if one.dimension != other.dimension:
        return False
    return (fit, row) == (other_fit, other_row) and len(values) > 1 and length > _CLEARLY_SHORTER * other_length


def is_asked(question: Question, entry: Entry) -> bool:
    """Whether an entry is of the kind of number asked for: dimension where one is named, growth only where asked."""
    dimension = (entry.dimension or "").split("/")[0]
    roles = question.roles
    if "share" in roles and "growth" not in roles and entry.nature == "growth":
        return False
    if "growth" in roles or "share" in roles:
        return entry.nature in _SHARES or dimension == "percent"
    planned = entry.figure.role == "target"
    if "target" in roles:
        if not planned:
            return False
    elif entry.nature not in LEVELS or (planned and entry.figure.table is not None):
        return False
    wanted = question.dimensions or frozenset(
        name for name, nouns in list_words().nouns.items() if nouns.search(question.text)
    )
    if not wanted:
        return dimension != "" and entry.figure.role not in {"rank", "grade"}
    if dimension in wanted or (dimension in _PERSONS and wanted & _PERSONS):
        return True
    return bool(wanted & _COUNTED) and dimension in _COUNTED
