"""`python -m assistant accounts …`: accounts, who sees which report, the audit log, and purging, for administrators.

Each command gives the lines to print. What is changed here is written to the audit log without a name: whoever may
run it has the server itself.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from assistant.archive.archive import owner_of
from assistant.people.account import EVERYONE, ROLE_NAMES, ROLES, PeopleError
from assistant.people.audit import EVENT_NAMES
from assistant.people.people import People
from assistant.people.retention import held_reports, purge

Lines = Iterator[str]


def add_parsers(commands: Any, read_password: Callable[[], str]) -> None:
    """Adds the commands to a parser; `read_password` asks for one where it is needed.

    Each sets `lines`: a function of the people and the options that gives what to print.
    """

    def command(name: str, lines: Callable[..., Lines], help_: str, *arguments: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, help=help_)
        for argument in arguments:
            parser.add_argument(argument)
        parser.set_defaults(lines=lines)
        return parser

    def new(people: People, options: argparse.Namespace) -> Lines:
        return _add(people, options, read_password())

    def password(people: People, options: argparse.Namespace) -> Lines:
        return _password(people, options, read_password())

    adding = command("add", new, "新建本地账户（密码从终端或标准输入读）", "name")
    adding.add_argument("--role", choices=ROLES, default="reader", help="角色，默认 reader")
    adding.add_argument("--bureau", action="append", default=[], help="所属部门，可写多次")
    command("list", _list, "列出账户")
    command("role", _role, "改角色", "name").add_argument("role", choices=ROLES)
    command("bureaus", _bureaus, "改所属部门（不写即清空）", "name").add_argument("bureau", nargs="*")
    command("password", password, "设新密码，并结束它的登录", "name")
    command("disable", _disable, "停用，立即退出登录", "name")
    command("enable", _enable, "恢复", "name")
    command("unlock", _unlock, "解除登录锁定", "name")
    command("remove", _remove, "删除账户和它的对话", "name")
    seen = command("visible", _visible, "改报告给谁看（不写部门即谁也不给；* 为所有登录的人）")
    seen.add_argument("--report", action="append", required=True, help="报告文件名，可写多次")
    seen.add_argument("bureau", nargs="*")
    command("reports", _reports, "列出每份报告给谁看")
    command("audit", _audit, "按时间列出审计记录，每行一个 JSON")
    command("purge", _purge, "按设置的保留天数清理对话和审计记录")


def _add(people: People, options: argparse.Namespace, password: str) -> Lines:
    account = people.accounts.add(options.name, password, role=options.role, bureaus=options.bureau)
    _record(people, of=account.name, role=account.role, bureaus=list(account.bureaus), new=True)
    yield f"已新建账户“{account.name}”（{ROLE_NAMES[account.role]}）。第一次登录时要改密码。"


def _list(people: People, options: argparse.Namespace) -> Lines:
    for account in people.accounts.all():
        state = "停用" if account.disabled else "正常"
        kind = "本地" if account.is_local else "统一认证"
        bureaus = "、".join(account.bureaus) or "—"
        yield f"{account.name}\t{ROLE_NAMES[account.role]}\t{bureaus}\t{kind}\t{state}"


def _role(people: People, options: argparse.Namespace) -> Lines:
    people.accounts.set_role(options.name, options.role)
    _record(people, of=options.name, role=options.role)
    yield f"“{options.name}”现在是{ROLE_NAMES[options.role]}。"


def _bureaus(people: People, options: argparse.Namespace) -> Lines:
    people.accounts.set_bureaus(options.name, options.bureau)
    _record(people, of=options.name, bureaus=options.bureau)
    yield f"“{options.name}”的部门：{'、'.join(people.accounts.held(options.name).bureaus) or '（没有）'}。"


def _password(people: People, options: argparse.Namespace, password: str) -> Lines:
    people.accounts.set_password(options.name, password, must_change=True)
    _record(people, of=options.name, password=True)
    yield f"已给“{options.name}”设新密码。它要重新登录，并改成自己的密码。"


def _disable(people: People, options: argparse.Namespace) -> Lines:
    people.accounts.set_disabled(options.name, True)
    _record(people, of=options.name, disabled=True)
    yield f"“{options.name}”已停用。"


def _enable(people: People, options: argparse.Namespace) -> Lines:
    people.accounts.set_disabled(options.name, False)
    _record(people, of=options.name, disabled=False)
    yield f"“{options.name}”已恢复。"


def _unlock(people: People, options: argparse.Namespace) -> Lines:
    people.login.unlock(options.name)
    _record(people, of=options.name, unlocked=True)
    yield f"“{options.name}”可以登录了。"


def _remove(people: People, options: argparse.Namespace) -> Lines:
    account = people.accounts.remove(options.name)
    conversations = people.archive.delete_all(owner_of(f"account:{account.key}"))
    _record(people, of=account.name, removed=True)
    yield f"已删除账户“{account.name}”和它的 {conversations} 段对话。"


def _visible(people: People, options: argparse.Namespace) -> Lines:
    held = held_reports(people.settings)
    if unknown := [report for report in options.report if held is not None and report not in held]:
        raise PeopleError(f"索引里没有报告“{'、'.join(unknown)}”。用 python -m index info 看现有的报告。")
    people.grants.set(options.report, options.bureau)
    people.audit.record("", "grant", reports=options.report, bureaus=options.bureau)
    for report in options.report:
        yield _seen_by(report, people.grants.of(report))


def _reports(people: People, options: argparse.Namespace) -> Lines:
    for report in sorted(held_reports(people.settings) or ()):
        yield _seen_by(report, people.grants.of(report))


def _audit(people: People, options: argparse.Namespace) -> Lines:
    for entry in people.audit.all():
        told = {"at": entry.at.isoformat(), "account": entry.account, "event": entry.event}
        yield json.dumps({**told, "name": EVENT_NAMES.get(entry.event, ""), **entry.detail}, ensure_ascii=False)


def _purge(people: People, options: argparse.Namespace) -> Lines:
    purged = purge(people, held_reports(people.settings))
    yield (
        f"已清理：对话 {purged.conversations} 段，审计记录 {purged.entries} 条，"
        f"已不在的报告的可见范围 {purged.grants} 份。"
    )


def _seen_by(report: str, bureaus: Iterable[str]) -> str:
    named = ["所有登录的人" if bureau == EVERYONE else bureau for bureau in bureaus]
    return f"{report}\t{'、'.join(named) or '只有编辑、评测员和管理员'}"


def _record(people: People, **detail: object) -> None:
    people.audit.record("", "account", **detail)
