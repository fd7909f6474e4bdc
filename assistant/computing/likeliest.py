"""Which of a few candidate sets of rows a question means, in everyday words: by shared words, then by meaning.

想挖的煤 among the quantities told for both years -> 原煤产量: it shares a character, and is nearest in meaning by far

The candidates are few, being held together already (two years, target and outcome, two kinds). Still one has to be
named better than every other one, or none is taken.
"""

import math
from collections.abc import Sequence

from assistant.figures.coverage import Weighed, weigh
from assistant.figures.matching import kind_features
from assistant.figures.scope_check import covers_places
from assistant.library import Library
from assistant.questions.asking import asking
from assistant.questions.question import Question, content_of, read_question
from corpus.model import Figure

# So much of the words has to stand in the names, and more of them than in any others.
_NAMED = 0.5
_APART = 0.08
# Or less: words named, nearness in meaning, and how far no other rows are as good.
_BY_FAR = ((0.3, 1.2, 0.3), (0.15, 2.3, 0.4))
# Characters alone tell less than pairs of them do, and meaning less than words.
_BY_CHARACTERS = 0.6
_BY_MEANING = 0.15
_FARTHEST = 3.0
Rows = tuple[Figure, ...]


def likeliest(candidates: Sequence[Rows], words: str, question: Question, report: str, library: Library) -> Rows | None:
    """The rows that `words` name, or None where none or several do as well; places of the question have to hold."""
    entries = library.entries
    said = read_question(words)
    held = [rows for rows in candidates if _covers_places(rows, question, library) and _of_kind(rows, said, library)]
    if not held:
        return None
    content = content_of(words)
    weighed = weigh(content, entries.weights)
    near = _distances(library.store.searcher().figure_similarities(words or question.text, report))
    ranked = sorted(
        ((*_fit(rows, weighed, content, near, library), -order) for order, rows in enumerate(held)), reverse=True
    )
    fit, named, meaning, order = ranked[0]
    best = held[-order]
    rival = next((each for each in ranked[1:] if _values(held[-each[-1]]) != _values(best)), None)
    apart = fit - rival[0] if rival is not None else fit
    if named >= _NAMED:
        return best if apart >= _APART else None
    touched = any(named >= least and meaning >= near and apart >= far for least, near, far in _BY_FAR)
    return best if touched else None


def _covers_places(rows: Rows, question: Question, library: Library) -> bool:
    """Whether one row at least has every place that the question names: a table's label has it for its row."""
    found = [library.entries.of_figure(figure) for figure in rows]
    return any(entry is not None and covers_places(question, entry, library.entries) for entry in found)


def _of_kind(rows: Rows, said: Question, library: Library) -> bool:
    """Whether no row is of another kind by its words: 毕业率 for 就业率, 农村 for 城镇."""
    if "率" in said.content and not any(figure.base_unit == "%" for figure in rows):
        return False
    for figure in rows:
        entry = library.entries.of_figure(figure)
        kinds = kind_features(said, entry, library.entries) if entry is not None else {}
        if kinds.get("other_rate", 0.0) > 0 or kinds.get("opposed", 0.0) < 0:
            return False
    return True


def _fit(
    rows: Rows, weighed: Weighed, content: str, near: dict[str, float], library: Library
) -> tuple[float, float, float]:
    """Fit, share of the words in the names, nearness in meaning as standard deviations from the mean."""
    entries = [entry for figure in rows if (entry := library.entries.of_figure(figure)) is not None]
    characters = {each for each in content if "\u4e00" <= each <= "\u9fff"} - asking().particles
    names = "".join(figure.name for figure in rows)
    shared = sum(each in names for each in characters) / len(characters) if characters else 0.0
    named = max(weighed.covered(*(entry.name for entry in entries)), _BY_CHARACTERS * shared)
    meaning = min(max((near.get(figure.id, 0.0) for figure in rows), default=0.0), _FARTHEST)
    return named + _BY_MEANING * meaning, named, meaning


def _distances(similarities: dict[str, float]) -> dict[str, float]:
    if not similarities:
        return {}
    mean = sum(similarities.values()) / len(similarities)
    spread = math.sqrt(sum((value - mean) ** 2 for value in similarities.values()) / len(similarities)) or 1.0
    return {key: (value - mean) / spread for key, value in similarities.items()}


def _values(rows: Rows) -> tuple[str | None, ...]:
    return tuple(figure.base_value for figure in rows)
