"""`python -m assistant ask "问题"`, `batch QUESTIONS.jsonl ANSWERS.jsonl`, `check DRAFT` and `accounts …`."""

import argparse
import sys
from getpass import getpass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.batch import answer_lines
from assistant.checking.display import checked_as_json, checked_as_text
from assistant.checking.draft import Checker
from assistant.conversations.conversation import Turn, read_turns
from assistant.display import as_text
from assistant.people import commands as people_commands
from assistant.people.account import PeopleError
from assistant.people.people import People, open_people
from corpus.command_line import Parser
from corpus.errors import InputFileError, JushiError
from corpus.settings import Settings, settings


def main(arguments: list[str] | None = None) -> int:
    """0 answered, refused or clarify; 1 some lines failed; 2 usage, settings, store or question."""
    options = _parser().parse_args(arguments)
    try:
        opened = options.opens(_settings(options.store))
        return int(options.run(opened, options))
    except JushiError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m assistant", description="依据报告回答问题")
    shared = Parser(add_help=False)
    shared.add_argument("--store", type=Path, help="索引文件夹，默认取 JUSHI_STORE")
    wording = Parser(add_help=False)
    wording.add_argument("--no-model", action="store_true", help="这一次不用语言模型")
    commands = parser.add_subparsers(required=True, metavar="命令")
    ask = commands.add_parser("ask", parents=[shared, wording], help="回答一个问题")
    ask.add_argument("question", help="问题")
    ask.add_argument("--json", action="store_true", help="输出完整的答案对象")
    ask.add_argument("--history", type=Path, help="对话历史，JSON 列表，每项有 role 和 content")
    ask.set_defaults(run=_ask, opens=Assistant.open)
    batch = commands.add_parser("batch", parents=[shared, wording], help="回答一个文件里的问题")
    batch.add_argument("questions", type=Path, help="每行一个 JSON：id、question、history")
    batch.add_argument("answers", type=Path, help="写答案的文件")
    batch.set_defaults(run=_batch, opens=Assistant.open)
    check = commands.add_parser("check", parents=[shared], help="核稿：草稿里的数与报告是否一致")
    check.add_argument("draft", type=Path, help="草稿文件，格式与报告相同")
    check.add_argument("--json", action="store_true", help="输出每个数的核对结果")
    check.add_argument("--report", help="只与这份报告核对，默认与索引里的全部报告核对")
    check.set_defaults(run=_check, opens=Checker.open)
    accounts = commands.add_parser("accounts", parents=[shared], help="账户、可见范围、审计记录和清理")
    people_commands.add_parsers(accounts.add_subparsers(required=True, metavar="命令"), _new_password)
    accounts.set_defaults(run=_accounts, opens=open_people)
    return parser


def _settings(store: Path | None) -> Settings:
    return settings() if store is None else settings().model_copy(update={"store": store})


def _ask(assistant: Assistant, options: argparse.Namespace) -> int:
    history = read_turns(_read(options.history)) if options.history else tuple[Turn, ...]()
    answer = assistant.answer(options.question, history, use_model=not options.no_model)
    print(answer.model_dump_json(indent=2) if options.json else as_text(answer))
    return 0


def _batch(assistant: Assistant, options: argparse.Namespace) -> int:
    lines = _read(options.questions).split("\n")  # not splitlines: U+2028 may stand inside a JSON string
    if options.answers.resolve() == options.questions.resolve():
        raise InputFileError(f"答案会覆盖问题文件“{options.questions}”。请把答案写到别的文件。")
    failed = False
    try:
        with options.answers.open("w", encoding="utf-8", errors="replace") as out:
            for line, ok in answer_lines(assistant, lines, use_model=not options.no_model):
                out.write(line + "\n")
                failed = failed or not ok
    except OSError as error:
        raise InputFileError(f"写不了答案文件“{options.answers}”：{error.strerror}。请换一个位置。") from error
    return 1 if failed else 0


def _check(checker: Checker, options: argparse.Namespace) -> int:
    checked = checker.check_file(options.draft, options.report)
    print(checked_as_json(checked) if options.json else checked_as_text(checked))
    return 0


def _accounts(people: People, options: argparse.Namespace) -> int:
    for line in options.lines(people, options):
        print(line)
    return 0


def _new_password() -> str:
    """Typed twice at a terminal; from a pipe its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass("密码：")
    if getpass("再输一遍：") != typed:
        raise PeopleError("两次输入的密码不一样。请再来一次。")
    return typed


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"打不开文件“{path}”：{error.strerror}。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise InputFileError(f"文件“{path}”不是 UTF-8 编码。请另存为 UTF-8 后再试。") from error


if __name__ == "__main__":
    sys.exit(main())
