"""The pair counts of a generation, made from its ledger; what the generation in service has counted is taken over."""

from pathlib import Path

from index.pair_counts import count_pairs, open_pair_counts, write_pair_counts
from index.place import KEYWORDS, Place


def write_pair_counts_of(place: Place, generation: Path, serving: Path | None) -> None:
    """Counts into the generation's folder; its ledger has to be written, and its folder of keywords to be there."""
    before = open_pair_counts(serving / KEYWORDS) if serving is not None else None
    ledger = place.ledger(generation, read_only=True)
    write_pair_counts(generation / KEYWORDS, count_pairs(ledger, before))
    ledger.close()
