"""A quantity asked for as a whole that the report states kind by kind only: 低保多少人, where it has 城市 and 农村."""

from assistant.figures.contrasts import without_kinds
from assistant.figures.entries import Entry
from assistant.figures.kinds import contradicts_in_kind
from assistant.figures.lookup import Lookup
from assistant.figures.matching import Match
from assistant.questions.lexicon import canonical

_WHOLE = 0.85
_MOST_KINDS = 3


def kinds_apart(found: Lookup) -> tuple[Match, ...]:
    """The rows of two or three kinds that share all but the word of their kind, in the report's order; or none.

    Each accounts for the whole question, and the best row of the lookup is among them.
    """
    if not found.groups:
        return ()
    best = found.groups[0].best
    alike = [match for group in found.groups for match in group.matches[:1] if _same_but_kind(match, best)]
    named = {match.entry.contrasts for match in alike}
    if best not in alike or not 1 < len(alike) <= _MOST_KINDS or len(named) < len(alike):
        return ()
    return tuple(sorted(alike, key=lambda match: match.entry.figure.start))


def _same_but_kind(match: Match, best: Match) -> bool:
    features = match.features
    whole = features["narrower"] > 0 and features["all"] >= _WHOLE and not contradicts_in_kind(features)
    return whole and not match.entry.in_words and _but_kind(match.entry) == _but_kind(best.entry)


def _but_kind(entry: Entry) -> tuple[object, ...]:
    figure = entry.figure
    name = without_kinds(canonical(figure.name)).removeprefix("有").removeprefix("全国").removeprefix("全")
    return name, figure.base_unit, figure.role, figure.period, entry.nature
