"""What each command of `python -m evals` takes."""

from argparse import ArgumentParser
from pathlib import Path

from corpus.settings import PROJECT
from evals.answering import DEFAULT_TIMEOUT_SECONDS
from evals.cases import SPLITS

STORE_HELP = "索引文件夹（默认 JUSHI_STORE，再默认项目里的 .jushi）"
ASKED_HELP = "都在这个索引里问（默认：按用例写明的报告，各建各的索引）"
WEIGHTS = PROJECT / "assistant" / "data" / "matching.json"


def run_options(run: ArgumentParser) -> None:
    run.add_argument("--cases", type=Path, nargs="+", action="extend", help="用例文件（默认 evals/cases/*.jsonl）")
    run.add_argument("--out", type=Path, help="结果文件夹（默认 runs/时间-提交）")
    run.add_argument("--json", action="store_true", help="在标准输出打印汇总 JSON")
    run.add_argument("--lines", action="store_true", help="进度和结果各打印一行 JSON，给别的程序读")
    run.add_argument("--store", type=Path, help=ASKED_HELP)
    run.add_argument("--split", choices=SPLITS, help="只跑这一份")
    run.add_argument("--reveal", action="store_true", help="写出测试集每一题；看过的题以后算调试集")
    run.add_argument("--answers", type=Path, help="不提问，评 python -m assistant batch 写出的回答文件")
    run.add_argument("--no-baselines", action="store_true", help="不跑检索基线（快）")
    run.add_argument("--timeout", type=float, default=DEFAULT_TIMEOUT_SECONDS, help="一题最长秒数（默认 %(default)g）")


def compare_options(compare: ArgumentParser) -> None:
    compare.add_argument("before", type=Path, metavar="RUN_A", help="先前的结果文件夹")
    compare.add_argument("after", type=Path, metavar="RUN_B", help="后来的结果文件夹")
    compare.add_argument("--json", action="store_true", help="打印 JSON")


def import_options(load: ArgumentParser) -> None:
    load.add_argument("table", type=Path, metavar="表格", help="表头：问题、标准答案、必含、不得含、类别…")
    load.add_argument("out", type=Path, metavar="用例.jsonl", help="写到哪里")
    load.add_argument("--store", type=Path, help="用例所问的索引（默认：项目的报告和正在用的索引）")


def train_options(learn: ArgumentParser) -> None:
    learn.add_argument("--cases", type=Path, nargs="+", required=True, help="用例文件")
    learn.add_argument("--store", type=Path, help=STORE_HELP)
    learn.add_argument("--report", help="没有写明报告的用例属于哪份报告")
    learn.add_argument("--trust", type=float, default=0.66, help="检验时按多大的把握作答（默认 %(default)g）")
    learn.add_argument("--out", type=Path, default=WEIGHTS, help="写到哪里（默认产品所用的文件）")


def keep_options(keep: ArgumentParser) -> None:
    keep.add_argument("folder", type=Path, metavar="RUN", help="结果文件夹")
    keep.add_argument("version", metavar="版本", help="例如 0.2.0")


def gate_options(gate: ArgumentParser) -> None:
    gate.add_argument("--raise", dest="raises", action="store_true", help="把门槛提高到这一次的结果")
    gate.add_argument("--store", type=Path, help=ASKED_HELP)


def template_options(template: ArgumentParser) -> None:
    template.add_argument("out", type=Path, metavar="表格", help="写到哪里")
