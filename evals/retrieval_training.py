"""From questions to weights: what each candidate's features are, which are right, and how well held-out ones do.

Groups (a paragraph, a report) are held out whole, in five parts: what matters is texts nobody has seen.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.retrieval_learning import Example, Vector, learn
from evals.retrieval_questions import QuestionSet
from evals.retrieval_signals import Each, SignalResult, places_by, rank, result
from index.features import feature_names
from index.filters import Filters
from index.fusion import WEIGHTS_FILE

FOLDS = 5
HELD_OUT = "融合（留出）"
_HEAD = "# Windows, by feature (index/features.py). Learned: python -m evals train-retrieval\n[windows]\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    weights: Mapping[str, float]
    held_out: tuple[SignalResult, ...]  # one per set of questions


def train_retrieval(sets: Sequence[QuestionSet], each: Each) -> Learned:
    """Weights from all questions, and how well weights learned without a question's group rank for it."""
    examples = [_examples(one, each) for one in sets]
    every = [example for found in examples for example in found]
    folds = [learn([example for example in every if _fold(example.group) != fold]) for fold in range(FOLDS)]
    held_out = tuple(_held_out(one, folds, each) for one in sets)
    return Learned(weights=_named(learn(every)), held_out=held_out)


def write_weights(path: Path, weights: Mapping[str, float]) -> None:
    """Puts the weights in place of those in the file; what stands above them (in a new file, the product's) stays."""
    kept = (path if path.is_file() else WEIGHTS_FILE).read_text(encoding="utf-8").split(_HEAD.split("\n", 1)[0], 1)[0]
    lines = "".join(f"{name} = {value:.2f}\n" for name, value in weights.items())
    path.write_text(kept + _HEAD + lines, encoding="utf-8")


def _examples(questions: QuestionSet, each: Each) -> list[Example]:
    searcher = questions.store.searcher()
    examples = []
    for sought in each(questions.name, questions.questions):
        found = searcher.candidates(sought.question, Filters(reports=sought.within))
        if found is not None:
            held = [sought.found_by(place, questions.texts[place.report]) for place in searcher.places(found)]
            features = found.features().astype(np.float32)
            examples.append(Example(group=sought.group, features=features, right=np.array(held).T))
    return examples


def _held_out(questions: QuestionSet, folds: Sequence[Vector], each: Each) -> SignalResult:
    searcher = questions.store.searcher()
    ranks = []
    for sought in each(questions.name, questions.questions):
        found = searcher.candidates(sought.question, Filters(reports=sought.within))
        weights = _named(folds[_fold(sought.group)])
        ranks.append(rank(sought, places_by(searcher, found, weights), questions.texts))
    return result(questions.name, HELD_OUT, ranks)


def _fold(group: str) -> int:
    return zlib.crc32(group.encode()) % FOLDS


def _named(weights: Vector) -> dict[str, float]:
    return dict(zip(feature_names(), map(float, weights), strict=True))
