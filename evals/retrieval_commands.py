"""`python -m evals retrieval` and `train-retrieval`: how well passages are found, and the weights they are found by."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tqdm import tqdm

from corpus.errors import InputFileError
from evals.product import open_store
from evals.retrieval_questions import QuestionSet, Sought, questions_of_cases, questions_of_paragraphs
from evals.retrieval_signals import SignalResult, measure_signals
from evals.retrieval_training import train_retrieval, write_weights
from index.fusion import WEIGHTS_FILE

_ROW = (
    "{questions:24} {total:>5} {signal:16} R@1 {recall_at_1:.3f}  R@3 {recall_at_3:.3f}  R@5 {recall_at_5:.3f}"
    "  MRR {reciprocal:.3f}"
)


def measure_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, nargs="+", action="extend", default=[], help="用例文件")
    parser.add_argument("--store", type=Path, help="用例所问报告的索引（默认 JUSHI_STORE，再默认项目里的 .jushi）")
    parser.add_argument("--report", help="没有写明报告的用例属于哪份报告")
    parser.add_argument(
        "--paragraphs", type=Path, nargs="+", action="extend", default=[], metavar="JSON", help="SQuAD 形式的文件"
    )
    parser.add_argument("--work", type=Path, help="段落的索引放在哪里，下次再用（默认临时文件夹）")


def train_options(parser: argparse.ArgumentParser) -> None:
    measure_options(parser)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE, help="写到哪里（默认产品所用的文件）")


def measured(options: argparse.Namespace) -> Iterator[str]:
    """A line per set of questions and signal."""
    with ExitStack() as held:
        for questions in _sets(options, held, tuning_only=False):
            yield from map(_line, measure_signals(questions, _bar))


def trained(options: argparse.Namespace) -> Iterator[str]:
    """Learns and writes the weights; a line per set of questions on how held-out ones are found."""
    with ExitStack() as held:
        learned = train_retrieval(list(_sets(options, held, tuning_only=True)), _bar)
    write_weights(options.out, learned.weights)
    yield from map(_line, learned.held_out)
    yield f"权重写到 {options.out}"


def _sets(options: argparse.Namespace, held: ExitStack, *, tuning_only: bool) -> Iterator[QuestionSet]:
    if not options.cases and not options.paragraphs:
        raise InputFileError("没有问题可用。请用 --cases 给出用例文件，或用 --paragraphs 给出带答案的段落。")
    if options.cases:
        yield questions_of_cases(open_store(options.store), options.cases, options.report, tuning_only=tuning_only)
    for file in options.paragraphs:
        folder = options.work or Path(held.enter_context(tempfile.TemporaryDirectory()))
        yield questions_of_paragraphs(file, folder / file.stem, _silent)


def _silent(stage: str, done: int, total: int) -> None:
    """Builds of paragraphs are short; the bars of the questions tell enough."""


def _line(one: SignalResult) -> str:
    return _ROW.format(**{name: getattr(one, name) for name in one.__slots__})


def _bar(title: str, questions: Sequence[Sought]) -> Iterable[Sought]:
    bar: Iterable[Sought] = tqdm(questions, desc=title, unit="题", file=sys.stderr, disable=None)
    return bar
