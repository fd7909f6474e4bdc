"""`python -m evals`: run the cases, compare two runs, import cases from a table.

Exit codes: 0 the run is done, however good; 1 some cases could not be used or had no answer; 2 usage,
settings or store.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.command_line import Parser
from corpus.errors import InputFileError, JushiError
from evals import options as taken
from evals.comparison import compare_runs, read_run
from evals.evaluation import Evaluation, evaluate, gate_verdicts
from evals.examples import examples_of
from evals.gate import hold, raised, read_floors, write_floors
from evals.grounds import Library
from evals.importing import import_cases, write_cases, write_template
from evals.keeping import keep
from evals.product import open_product, open_store
from evals.progress import IndexStages, follow, follow_in_lines
from evals.report import brief_tables, facts
from evals.retrieval_commands import measure_options, measured, train_options, trained
from evals.run_folder import summary
from evals.shelf import open_library
from evals.tables import changed_answers, comparison_table, plain
from evals.training import train

CASES = Path(__file__).parent / "cases"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except JushiError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m evals", description="用有标准答案的问题评测回答。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, run, options, help_text in (
        ("run", _run, taken.run_options, "跑一遍用例，写结果文件夹"),
        ("compare", _compare, taken.compare_options, "比较两次结果，列出变了的回答"),
        ("import", _import, taken.import_options, "把 CSV 或 XLSX 表格变成用例文件"),
        ("train", _train, taken.train_options, "从用例学找数据项的权重；每份报告轮流留作检验"),
        ("retrieval", _retrieval, measure_options, "检索的每种信号与融合：R@1、R@5、MRR"),
        ("train-retrieval", _train_retrieval, train_options, "从用例和带答案的段落学检索的权重；分组轮流留作检验"),
        ("keep", _keep, taken.keep_options, "把一次结果的汇总留在 evals/results/，随版本提交"),
        ("gate", _gate, taken.gate_options, "门槛测试：以前通过的题不许失败，错误数字不许变多"),
        ("template", _template, taken.template_options, "写一张空表格（.xlsx 或 .csv），填好后用 import 导入"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(run=run)
        options(command)
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.timeout <= 0:
        raise InputFileError(f"--timeout 是 {options.timeout:g}，应大于 0。")
    evaluation = Evaluation(
        case_files=tuple(options.cases or sorted(CASES.glob("*.jsonl"))),
        library=_library(options),
        out=options.out,
        split=options.split,
        reveal=options.reveal,
        answers=options.answers,
        baselines=not options.no_baselines,
        timeout_seconds=options.timeout,
        open_answerer=open_product,
    )
    folder, run = evaluate(evaluation, follow_in_lines if options.lines else follow)
    for line in run.refused:
        print(line, file=sys.stderr)
    if options.lines:
        print(json.dumps({"result": {"folder": str(folder)}}, ensure_ascii=False), flush=True)
    elif options.json:
        print(json.dumps(summary(run.numbers), ensure_ascii=False, indent=1))
    else:
        for table in brief_tables(run.numbers):
            print(plain(table), end="\n\n")
        for name, value in facts(run.numbers)[-2:]:
            print(f"{name}：{value}")
        print(f"全部指标、置信区间、没有通过的题：{folder / 'report.html'}")
    failed = any(one.outcome.error for one in run.asked)
    return 1 if run.refused or failed else 0


def _compare(options: argparse.Namespace) -> int:
    comparison = compare_runs(read_run(options.before), read_run(options.after))
    if options.json:
        print(json.dumps(asdict(comparison), ensure_ascii=False, indent=1))
        return 0
    print(plain(comparison_table(comparison)), end="\n\n")
    for name, only in ((comparison.before, comparison.only_before), (comparison.after, comparison.only_after)):
        if only:
            print(f"只有 {name} 有的题：{len(only)} 道。")
    print(changed_answers(comparison))
    return 0


def _import(options: argparse.Namespace) -> int:
    library = _library(options)
    loaded = import_cases(options.table, library.texts, library.asked_over)
    for line in loaded.refused:
        print(line, file=sys.stderr)
    write_cases(options.out, loaded.cases)
    print(f"导入 {len(loaded.cases)} 题，{len(loaded.refused)} 行不能用：{options.out}")
    return 1 if loaded.refused else 0


def _keep(options: argparse.Namespace) -> int:
    kept, numbers = keep(options.folder, options.version)
    if numbers.provenance.changed_files:
        changed = numbers.provenance.changed_files
        print(f"注意：跑这一次时有 {changed} 个文件未提交，数字不属于任何一个提交。", file=sys.stderr)
    print(f"汇总已留在 {kept} 和 {kept.with_suffix('.md').name}")
    return 0


def _train(options: argparse.Namespace) -> int:
    weights, judged = train(examples_of(open_store(options.store), options.cases, options.report), trust=options.trust)
    options.out.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for held in judged:
        print(
            f"{held.kind}：留出的报告上 {held.rankable} 题中 {held.first_right} 题首位正确；"
            f"作答正确 {held.trusted_right}，错 {held.trusted_wrong}，答了无答案的 {held.trusted_unanswerable}"
        )
    print(f"权重写到 {options.out}")
    return 0


def _gate(options: argparse.Namespace) -> int:
    files = sorted(CASES.glob("*.jsonl"))
    verdicts = gate_verdicts(files, open_product, _library(options), follow)
    floors = read_floors()
    result = hold(verdicts, floors)
    print(
        f"门槛测试 {len(verdicts)} 题：通过 {sum(one.passed for one in verdicts)}，门槛 {len(floors.passed)}；"
        f"错误数字 {sum(bool(one.wrong) for one in verdicts)}，门槛 {len(floors.wrong)}。"
    )
    if result.new:
        print(f"{len(result.new)} 题是新加的，还没有门槛；加 --raise 写入。")
    if not result.opens:
        print(
            f"变差了：{'、'.join(result.fell) or '无'}；新有错误数字：{'、'.join(result.wrong) or '无'}。",
            file=sys.stderr,
        )
    if options.raises:
        write_floors(raised(verdicts, floors))
    return 0 if result.opens else 1


def _template(options: argparse.Namespace) -> int:
    write_template(options.out)
    print(f"模板已写到 {options.out}")
    return 0


def _library(options: argparse.Namespace) -> Library:
    return open_library(options.store, IndexStages())


def _retrieval(options: argparse.Namespace) -> int:
    for line in measured(options):
        print(line)
    return 0


def _train_retrieval(options: argparse.Namespace) -> int:
    for line in trained(options):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
