"""The passage route: the report's own sentences that answer a narrative question, quoted and cited."""

import re

from assistant.coverage import pairs_of, weigh
from assistant.draft import Draft
from assistant.lexicon import canonical
from assistant.library import Library
from assistant.normalise import normalise
from assistant.places import Citations
from assistant.question import Question
from index.search import Hit

_SENTENCE = re.compile(r"[^。！？]*[。！？]?[”’）]*")
_ENOUGH_COVERED = 0.45
_ENOUGH_ALIKE = 0.84
_MOST_SENTENCES = 3


def passage_draft(question: Question, hits: tuple[Hit, ...], library: Library) -> Draft | None:
    """The best sentences of the best passages, or None where they account for too little of the question."""
    if not hits:
        return None
    weighed = weigh(question.content, library.entries.weights)
    citations = Citations(library)
    quoted: list[str] = []
    covered_before: frozenset[str] = frozenset()
    for hit in hits[:_MOST_SENTENCES]:
        pairs = pairs_of(canonical(normalise(hit.repaired + " " + " ".join(hit.section_path[-2:]))))
        gain = weighed.covered(pairs | covered_before) - weighed.covered(covered_before)
        if quoted and gain < 0.15:
            continue
        covered_before |= pairs
        number = citations.of_span(hit.report, hit.start, hit.end, hit.section_path)
        quoted.append(f"{hit.repaired.strip()}[{number}]")
    if weighed.covered(covered_before) < _ENOUGH_COVERED and (hits[0].dense_similarity or 0.0) < _ENOUGH_ALIKE:
        return None
    return Draft(status="answered", route="passage", text="\n".join(quoted), citations=citations.all())
