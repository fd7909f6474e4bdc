"""`python -m index`: build an index, look into it, search it.

Exit codes: 0 done; 1 some reports or lines failed; 2 usage, settings or store; `fits` alone also gives 3, for an
index that is missing or out of date.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.command_line import Parser
from corpus.errors import InputFileError, JushiError
from index.build import BuildResult, Progress, build, correct, remove, state
from index.database import database_of, migrate, open_database, reported
from index.manifest import Fit
from index.place import Place, configured_place
from index.progress import BuildProgress, tell_json
from index.sources import CORRECTABLE
from index.store import Store
from index.workers import configured_workers

OUT_OF_DATE = 3
STORE_HELP = "索引文件夹（默认 JUSHI_STORE，再默认项目里的 .jushi）"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        place = configured_place(options.store)
        return int(options.run(place, options))
    except JushiError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m index", description="建索引、看索引、检索。")
    parser.add_argument("--store", type=Path, help=STORE_HELP)
    commands = parser.add_subparsers(required=True, metavar="命令")

    def command(name: str, run: Callable[[Place, argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text)
        # also after the command's name; without a default, so that one given before it stands
        added.add_argument("--store", type=Path, default=argparse.SUPPRESS, help=STORE_HELP)
        added.set_defaults(run=run)
        return added

    building = command("build", _build, "加入或更新报告；不给报告则重建全部")
    building.add_argument("--reports", nargs="+", type=Path, default=[], metavar="文件或文件夹")
    building.add_argument("--update", action="store_true", help="同名而内容不同的报告，用新的替换")
    building.add_argument(
        "--workers",
        type=int,
        choices=range(257),
        metavar="N",
        help="几个进程同时读取（0 为处理器个数；默认 JUSHI_INDEX_WORKERS）",
    )
    building.add_argument("--anew", action="store_true", help="即使看来没有变化也重建")
    removing = command("remove", _remove, "从索引里去掉一份报告")
    removing.add_argument("report", metavar="报告")
    correcting = command("correct", _correct, "更正一份报告的信息，以后重建也保留")
    correcting.add_argument("report", metavar="报告")
    correctable = f"值为空则恢复自动识别。可用的项：{'、'.join(CORRECTABLE)}"
    correcting.add_argument(
        "--set", dest="corrections", type=_correction, nargs="+", required=True, metavar="项=值", help=correctable
    )
    for changing in (building, removing, correcting):
        changing.add_argument("--json", action="store_true", help="进度和结果各打印一行 JSON")
    command("info", _info, "索引里有什么").add_argument("--json", action="store_true")
    searching = command("search", _search, "检索段落")
    searching.add_argument("query", nargs="?", metavar="词")
    searching.add_argument("--queries", type=Path, metavar="Q.jsonl")
    searching.add_argument("--out", type=Path, metavar="HITS.jsonl")
    searching.add_argument("-k", type=_positive, default=10, help="每次检索给出几段（默认 10）")
    command("migrate", _migrate, "把对话与账号的数据库升级到这一版（启动时也会自动做）")
    command("fits", _fits, "索引可用则退出码为 0，缺少或过期为 3").add_argument("--quiet", action="store_true")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是正整数")
    return int(text)


def _correction(text: str) -> tuple[str, str | int | None]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"“{text}”不是“项=值”")
    return name, (int(value) if name.endswith("_year") and value.isdecimal() else value or None)


def _build(place: Place, options: argparse.Namespace) -> int:
    workers = configured_workers(options.workers)
    return _changed(
        options,
        lambda progress: build(
            place, options.reports, update=options.update, anew=options.anew, progress=progress, workers=workers
        ),
    )


def _remove(place: Place, options: argparse.Namespace) -> int:
    return _changed(options, lambda progress: remove(place, options.report, progress=progress))


def _correct(place: Place, options: argparse.Namespace) -> int:
    return _changed(
        options, lambda progress: correct(place, options.report, dict(options.corrections), progress=progress)
    )


def _changed(options: argparse.Namespace, change: Callable[[Progress], BuildResult]) -> int:
    if options.json:
        result = change(tell_json)
        print(json.dumps({"result": asdict(result)}, ensure_ascii=False), flush=True)
        return 1 if result.failures else 0
    with BuildProgress() as progress:
        result = change(progress)
    return _told(result)


def _told(result: BuildResult) -> int:
    done = "已更新" if result.changed else "无需更新"
    print(f"索引{done}：{len(result.reports)} 份报告，{result.passages} 个段落。")
    for failure in result.failures:
        print(f"未能收入 {failure.report}：{failure.message}", file=sys.stderr)
    return 1 if result.failures else 0


def _info(place: Place, options: argparse.Namespace) -> int:
    store = Store.at(place)
    reports = [
        asdict(metadata)
        | {
            "passages": len(store.passages(metadata.report)),
            "figures": len(store.figures(metadata.report)),
            "indicators": len(store.indicators(metadata.report)),
        }
        for metadata in store.reports()
    ]
    if options.json:
        manifest = asdict(store.manifest())
        shown = {name: manifest[name] for name in ("format", "model", "passages")}
        print(json.dumps({"store": str(place.folder), **shown, "reports": reports}, ensure_ascii=False, indent=1))
        return 0
    print(f"索引 {place.folder}，向量模型 {store.manifest().model}，{len(reports)} 份报告")
    for row in reports:
        print(f"{row['report']}  {row['title']}")
        print(f"  {row['passages']} 个段落，{row['figures']} 个数据项，{row['indicators']} 项指标")
    return 0


def _search(place: Place, options: argparse.Namespace) -> int:
    if options.queries and options.out and not options.query:
        return _search_file(place, options)
    if not options.query or options.queries or options.out:
        raise InputFileError("请给出一个检索词，或同时给出 --queries 和 --out。")
    for rank, hit in enumerate(Store.at(place).searcher().search(options.query, options.k), 1):
        print(f"{rank}. [{hit.similarity:.2f}] {hit.report} {hit.start}-{hit.end}  {' > '.join(hit.section_path)}")
        print(f"   {hit.repaired}")
    return 0


def _search_file(place: Place, options: argparse.Namespace) -> int:
    # brings the model and Chroma with it; the other commands start without them
    from index.queries import search_lines  # noqa: PLC0415

    try:
        lines = options.queries.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"读不了 {options.queries}（{error}）。请检查路径，文件应是 UTF-8 文本。") from error
    searched = list(search_lines(lines, Store.at(place).searcher(), options.k))
    try:
        options.out.write_text("".join(row.line + "\n" for row in searched), encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"写不了 {options.out}（{error.strerror}）。请换一个路径。") from error
    return 1 if any(row.failed for row in searched) else 0


def _fits(place: Place, options: argparse.Namespace) -> int:
    found = state(place)
    if not options.quiet:
        print(found.value)
    return 0 if found is Fit.FITS else OUT_OF_DATE


def _migrate(place: Place, options: argparse.Namespace) -> int:
    place.folder.mkdir(parents=True, exist_ok=True)
    url = database_of(place.folder, place.database_url)
    with reported():
        before, after = migrate(open_database(url))
    done = "已是最新" if before == after else f"已从 {before or '（无版本）'} 升级到最新"
    print(f"数据库 {url.render_as_string(hide_password=True)} {done}（{after}）。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
