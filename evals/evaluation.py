"""One evaluation from start to end: load the cases, ask them over their reports, judge, count, write the folder."""

import hashlib
import importlib
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from corpus.errors import InputFileError, SettingsError
from corpus.settings import PROJECT
from evals.answer_file import ask_file
from evals.answering import Answerer, AnsweringProcess
from evals.cases import LoadedCase, RefusedLine, Split, load_cases, record_revealed, split_of
from evals.gate import gate_cases
from evals.grounds import Grounds, Library, by_ground, grounds_of, in_grounds
from evals.intervals import percentile
from evals.judging import Outcome, Verdict, judge
from evals.junit import junit_xml
from evals.metrics import groups, groups_by_reports
from evals.product import commit, public_settings, read_reports
from evals.provenance import IndexFacts, Provenance, Timings
from evals.report import html_report, markdown_report
from evals.retrieval import RetrievalTiming, RetrieverKind, measure_retrieval
from evals.run_folder import Numbers, Run, open_folder, write_run
from evals.runner import Asked, run_cases

RUNS = PROJECT / "runs"
OpenOver = Callable[[Path], Answerer]  # opens the program under evaluation over the index in a folder
Progress = Callable[[str, Sequence[LoadedCase]], Iterable[LoadedCase]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """What to run: `answers` is a file of answers given before; without it `open_answerer` is asked."""

    case_files: tuple[Path, ...]
    library: Library
    open_answerer: OpenOver
    timeout_seconds: float
    out: Path | None = None
    split: Split | None = None
    reveal: bool = False
    answers: Path | None = None
    baselines: bool = True


def evaluate(evaluation: Evaluation, progress: Progress) -> tuple[Path, Run]:
    """Runs it; `progress` passes cases through and shows, under a title, how far they are.

    Raises:
        InputFileError: a case or answer file cannot be read, no case is left to run, or `out` cannot be written.
        StoreError: the index or the answerer cannot be opened.
    """
    library = evaluation.library
    loaded = load_cases(evaluation.case_files, library.texts, library.asked_over)
    chosen = tuple(one for one in loaded.cases if evaluation.split in {None, one.split})
    if not chosen and not loaded.refused:
        raise InputFileError(f"没有属于 {evaluation.split} 的用例。请检查 --split 和 --cases。")
    folder = evaluation.out or RUNS / _name()
    open_folder(folder)
    kinds = _retriever_kinds() if evaluation.baselines else ()
    grounds = grounds_of(chosen, library)
    asked, opening_seconds = _ask(evaluation, chosen, grounds, progress)
    side_by_side = in_grounds(chosen, grounds)
    retrieval = [measure_retrieval(kind, progress(kind.title, side_by_side), grounds) for kind in kinds]
    numbers = Numbers(
        provenance=_provenance(evaluation, chosen, grounds),
        cases=len(asked),
        refused_lines=len(loaded.refused),
        groups=groups([one.verdict for one in asked]),
        by_reports=groups_by_reports((one.loaded.reports, one.verdict) for one in asked),
        retrieval=tuple(result for results, _ in retrieval for result in results),
        timings=_timings(asked, opening_seconds, tuple(timing for _, timing in retrieval)),
    )
    refused = tuple(_shown(line, evaluation) for line in loaded.refused)
    run = Run(numbers=numbers, asked=asked, refused=refused, revealed=evaluation.reveal)
    write_run(folder, run)
    write_pages(folder, run)
    if evaluation.reveal:
        record_revealed(evaluation.case_files, {one.loaded.case.id for one in asked if one.loaded.split == "test"})
    return folder, run


def gate_verdicts(
    case_files: Iterable[Path], open_answerer: OpenOver, library: Library, progress: Progress
) -> tuple[Verdict, ...]:
    """The verdicts on the gate's cases, asked in this process: a crash rises.

    Raises:
        InputFileError: no case is in the gate.
    """
    chosen = gate_cases(load_cases(case_files, library.texts, library.asked_over).cases)
    if not chosen:
        raise InputFileError("没有用例进入门槛测试。请检查 evals/cases 里的用例文件。")
    grounds = grounds_of(chosen, library)
    verdicts: list[Verdict] = []
    for ground, cases in by_ground(progress("门槛", in_grounds(chosen, grounds)), grounds):
        answerer = open_answerer(ground.folder)
        verdicts.extend(
            judge(one, Outcome(answer=answerer.answer(one.case.question, one.case.history)), ground.texts)
            for one in cases
        )
    return tuple(verdicts)


def write_pages(folder: Path, run: Run) -> None:
    """The run for people and for CI, beside its data."""
    (folder / "report.html").write_text(html_report(run), encoding="utf-8")
    (folder / "report.md").write_text(markdown_report(run), encoding="utf-8")
    (folder / "junit.xml").write_text(junit_xml(run), encoding="utf-8")


def _ask(
    evaluation: Evaluation, cases: Sequence[LoadedCase], grounds: Grounds, progress: Progress
) -> tuple[tuple[Asked, ...], float | None]:
    """The cases in their order with what came back, and how long the program took to open."""
    side_by_side = in_grounds(cases, grounds)
    asked: list[Asked] = []
    process = AnsweringProcess(evaluation.timeout_seconds)
    ask = process.ask if evaluation.answers is None else ask_file(evaluation.answers)
    try:
        for ground, chosen in by_ground(progress("提问", side_by_side), grounds):
            if evaluation.answers is None:
                process.open(partial(evaluation.open_answerer, ground.folder))
            asked.extend(run_cases(chosen, ask, ground.texts))
    finally:
        process.close()
    order = {one.case.id: position for position, one in enumerate(cases)}
    asked.sort(key=lambda one: order[one.loaded.case.id])
    return tuple(asked), process.opening_seconds


def _shown(line: RefusedLine, evaluation: Evaluation) -> RefusedLine:
    return line.hidden() if split_of(Path(line.file)) == "test" and not evaluation.reveal else line


def _retriever_kinds() -> tuple[RetrieverKind, ...]:
    """The product's search and the baselines; looked for before the first question is asked.

    Raises:
        SettingsError: a library that only the baselines need is not installed.
    """
    try:
        importlib.import_module("evals.ranking")
        kinds: tuple[RetrieverKind, ...] = importlib.import_module("evals.baselines").retrievers()
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"检索基线缺少 {error.name}。请安装开发依赖（make setup-dev），或加 --no-baselines。"
        ) from error
    return kinds


def _provenance(evaluation: Evaluation, cases: Sequence[LoadedCase], grounds: Grounds) -> Provenance:
    known, changed = commit()
    held = {reports: read_reports(ground.store) for reports, ground in grounds.items()}
    return Provenance(
        commit=known,
        changed_files=changed,
        python=platform.python_version(),
        settings=public_settings(),
        reports={name: checksum for one in held.values() for name, checksum in one.checksums.items()},
        indexes=tuple(
            IndexFacts(
                reports=reports, format=one.manifest.format, embedding_model=one.manifest.model,
                lexicon=one.manifest.lexicon, passages=one.manifest.passages,
                cases=sum(case.reports == reports for case in cases),
            )
            for reports, one in held.items()
        ),
        case_files={path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in evaluation.case_files},
        split=evaluation.split,
        revealed=evaluation.reveal,
        timeout_seconds=evaluation.timeout_seconds,
    )  # fmt: skip


def _timings(asked: Sequence[Asked], opening_seconds: float | None, retrieval: tuple[RetrievalTiming, ...]) -> Timings:
    """Latencies as seen from outside the answering process; none for answers that were given before."""
    seconds = [one.outcome.seconds for one in asked if one.outcome.answer is not None and opening_seconds is not None]
    return Timings(
        finished_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        cold_start=opening_seconds,
        first_answer=seconds[0] if seconds else None,
        p50=percentile(seconds, 50),
        p95=percentile(seconds, 95),
        p99=percentile(seconds, 99),
        total=sum(one.outcome.seconds for one in asked),
        retrieval=retrieval,
    )


def _name() -> str:
    known, _ = commit()
    return time.strftime("%Y%m%d-%H%M%S") + (f"-{known[:8]}" if known else "")
