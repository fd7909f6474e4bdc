"""`python -m evals`: run the cases, compare two runs, import cases from a table.

Exit codes: 0 the run is done, however good; 1 some cases could not be used or had no answer; 2 usage,
settings or store.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tqdm import tqdm

from corpus.command_line import Parser
from corpus.errors import InputFileError, JushiError
from corpus.settings import PROJECT
from evals.answering import DEFAULT_TIMEOUT_SECONDS
from evals.cases import SPLITS, LoadedCase
from evals.comparison import compare_runs, read_run
from evals.evaluation import Evaluation, evaluate, gate_verdicts
from evals.examples import examples_of
from evals.gate import hold, raised, read_floors, write_floors
from evals.importing import import_cases, write_cases, write_template
from evals.product import open_product, open_store, read_reports
from evals.report import run_tables
from evals.run_folder import keep_summary, summary
from evals.tables import changed_answers, comparison_table, plain
from evals.training import train

STORE_HELP = "索引文件夹（默认 JUSHI_STORE，再默认项目里的 .jushi）"
CASES = Path(__file__).parent / "cases"
WEIGHTS = PROJECT / "assistant" / "data" / "matching.json"


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
    run = commands.add_parser("run", help="跑一遍用例，写结果文件夹")
    run.set_defaults(run=_run)
    run.add_argument("--cases", type=Path, nargs="+", action="extend", help="用例文件（默认 evals/cases/*.jsonl）")
    run.add_argument("--out", type=Path, help="结果文件夹（默认 runs/时间-提交）")
    run.add_argument("--json", action="store_true", help="在标准输出打印汇总 JSON")
    run.add_argument("--store", type=Path, help=STORE_HELP)
    run.add_argument("--split", choices=SPLITS, help="只跑这一份")
    run.add_argument("--reveal", action="store_true", help="写出测试集每一题；看过的题以后算调试集")
    run.add_argument("--answers", type=Path, help="不提问，评 python -m assistant batch 写出的回答文件")
    run.add_argument("--no-baselines", action="store_true", help="不跑检索基线（快）")
    run.add_argument("--timeout", type=float, default=DEFAULT_TIMEOUT_SECONDS, help="一题最长秒数（默认 %(default)g）")
    compare = commands.add_parser("compare", help="比较两次结果，列出变了的回答")
    compare.set_defaults(run=_compare)
    compare.add_argument("before", type=Path, metavar="RUN_A", help="先前的结果文件夹")
    compare.add_argument("after", type=Path, metavar="RUN_B", help="后来的结果文件夹")
    compare.add_argument("--json", action="store_true", help="打印 JSON")
    load = commands.add_parser("import", help="把 CSV 或 XLSX 表格变成用例文件")
    load.set_defaults(run=_import)
    load.add_argument("table", type=Path, metavar="表格", help="表头：问题、标准答案、必含、不得含、类别…")
    load.add_argument("out", type=Path, metavar="用例.jsonl", help="写到哪里")
    load.add_argument("--store", type=Path, help=STORE_HELP)
    learn = commands.add_parser("train", help="从用例学找数据项的权重；每份报告轮流留作检验")
    learn.set_defaults(run=_train)
    learn.add_argument("--cases", type=Path, nargs="+", required=True, help="用例文件")
    learn.add_argument("--store", type=Path, help=STORE_HELP)
    learn.add_argument("--report", help="没有写明报告的用例属于哪份报告")
    learn.add_argument("--trust", type=float, default=0.66, help="检验时按多大的把握作答（默认 %(default)g）")
    learn.add_argument("--out", type=Path, default=WEIGHTS, help="写到哪里（默认产品所用的文件）")
    keep = commands.add_parser("keep", help="把一次结果的汇总留在 evals/results/，随版本提交")
    keep.set_defaults(run=_keep)
    keep.add_argument("folder", type=Path, metavar="RUN", help="结果文件夹")
    keep.add_argument("version", metavar="版本", help="例如 0.2.0")
    gate = commands.add_parser("gate", help="门槛测试：以前通过的题不许失败，错误数字不许变多")
    gate.set_defaults(run=_gate)
    gate.add_argument("--raise", dest="raises", action="store_true", help="把门槛提高到这一次的结果")
    gate.add_argument("--store", type=Path, help=STORE_HELP)
    template = commands.add_parser("template", help="写一张空表格（.xlsx 或 .csv），填好后用 import 导入")
    template.set_defaults(run=_template)
    template.add_argument("out", type=Path, metavar="表格", help="写到哪里")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.timeout <= 0:
        raise InputFileError(f"--timeout 是 {options.timeout:g}，应大于 0。")
    evaluation = Evaluation(
        case_files=tuple(options.cases or sorted(CASES.glob("*.jsonl"))),
        store=options.store,
        out=options.out,
        split=options.split,
        reveal=options.reveal,
        answers=options.answers,
        baselines=not options.no_baselines,
        timeout_seconds=options.timeout,
        open_answerer=partial(open_product, options.store),
    )
    folder, run = evaluate(evaluation, _bar)
    for line in run.refused:
        print(line, file=sys.stderr)
    if options.json:
        print(json.dumps(summary(run), ensure_ascii=False, indent=1))
    else:
        for table in run_tables(run):
            print(plain(table), end="\n\n")
        print(f"结果文件夹：{folder}")
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
    loaded = import_cases(options.table, read_reports(open_store(options.store)).texts)
    for line in loaded.refused:
        print(line, file=sys.stderr)
    write_cases(options.out, loaded.cases)
    print(f"导入 {len(loaded.cases)} 题，{len(loaded.refused)} 行不能用：{options.out}")
    return 1 if loaded.refused else 0


def _keep(options: argparse.Namespace) -> int:
    print(f"汇总已留在 {keep_summary(options.folder, options.version)}")
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
    verdicts = gate_verdicts(files, partial(open_product, options.store), open_store(options.store), _bar)
    floors = read_floors()
    result = hold(verdicts, floors)
    print(
        f"门槛测试 {len(verdicts)} 题：通过 {sum(one.passed for one in verdicts)}，门槛 {len(floors.passed)}；"
        f"错误数字 {len(result.wrong)}，门槛 {floors.wrong_figures}。"
    )
    if not result.opens:
        print(
            f"变差了：{'、'.join(result.fell) or '无'}；有错误数字：{'、'.join(result.wrong) or '无'}。",
            file=sys.stderr,
        )
    if options.raises:
        write_floors(raised(verdicts, floors))
    return 0 if result.opens else 1


def _template(options: argparse.Namespace) -> int:
    write_template(options.out)
    print(f"模板已写到 {options.out}")
    return 0


def _bar(title: str, cases: Sequence[LoadedCase]) -> Iterable[LoadedCase]:
    bar: Iterable[LoadedCase] = tqdm(cases, desc=title, unit="题", file=sys.stderr, disable=None)
    return bar


if __name__ == "__main__":
    sys.exit(main())
