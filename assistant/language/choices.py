"""The ledger rows a question may mean that the rules could not settle: near in words or meaning, and not ruled out.

A row of another place, year or extent, or of another kind than asked for, is none: no model can choose it.
"""

from collections.abc import Iterator, Sequence

from assistant.choice import choose_reports
from assistant.figures.contrasts import opposed
from assistant.figures.entries import COUNTS, Entry
from assistant.figures.lookup import contradicting_terms, contradicts, look_up
from assistant.figures.phrases import subject
from assistant.figures.scope_check import covers
from assistant.library import Library
from assistant.questions.question import Question
from corpus.model import Figure

_BY_WORDS, _BY_MEANING = 10, 10
# So many rows are shown at least, so that who guesses seldom guesses the same row twice.
_SHOWN = 24
# Roles that are asked for in so many words; each is answered by rows of that role alone.
_OWN_ROLES = frozenset({"target", "completion_rate", "rank", "grade", "growth"})


def choices(asked: Question, library: Library) -> tuple[Figure, ...]:
    """At most twenty rows, one for each name and role, nearest first."""
    choice = library.put_forward(asked.content or asked.text, choose_reports(asked, library.reports))
    reports = choice.reports[:1]
    near = library.store.searcher().figure_similarities(asked.text, reports[0])
    entries = library.entries

    def allowed(entry: Entry) -> bool:
        return covers(asked, entry, entries) and not entry.in_words and _is_of_kind(asked, entry)

    found = look_up(asked, entries, similarities=near, reports=reports, allowed=allowed)
    by_words = [group.best.entry for group in found.groups if not contradicts(group.best.features)][:_BY_WORDS]
    by_id = {entry.figure.id: entry for entry in entries.of(reports[0])}
    ranked = sorted(near, key=lambda key: (-near[key], key))
    by_meaning = [by_id[key] for key in ranked if key in by_id and allowed(by_id[key])][:_BY_MEANING]
    return tuple(_apart([*by_words, *by_meaning]))


def decoys(rows: Sequence[Figure], library: Library) -> tuple[Figure, ...]:
    """Rows of the same reports that no choice is: they fill the list up, spread over the whole ledger."""
    names = {subject(row) for row in rows}
    held = [row for report in sorted({row.report for row in rows}) for row in library.figures_of(report)]
    others = {subject(row): row for row in held if row.kind == "number"}
    spare = [row for name, row in others.items() if name not in names and row.role != "constant"]
    wanted = max(0, _SHOWN - len(rows))
    return tuple(spare[:: max(1, len(spare) // wanted)][:wanted]) if wanted else ()


def _apart(entries: list[Entry]) -> Iterator[Figure]:
    told: set[tuple[str, str, str | None]] = set()
    for entry in entries:
        figure = entry.figure
        key = subject(figure), figure.role, figure.period
        if key not in told:
            told.add(key)
            yield figure


def _is_of_kind(asked: Question, entry: Entry) -> bool:
    """Whether role and dimension are those asked for, as far as the question says."""
    if contradicting_terms(asked, entry.name | entry.stretch) or opposed(asked.contrasts, entry.contrasts):
        return False
    wanted = asked.roles & _OWN_ROLES
    if wanted and entry.figure.role not in wanted:
        return False
    if not asked.dimensions or entry.dimension is None:
        return True
    own = entry.dimension.split("/")[0]
    return own in asked.dimensions or bool(own in COUNTS and asked.dimensions & COUNTS)
