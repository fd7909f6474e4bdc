"""The audit log: who did what and when. What was asked and answered in words is kept only where a setting allows it."""

import json
import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import sqlalchemy as sa

from assistant.answer import Answer
from assistant.people.account import PeopleError
from assistant.people.database import AUDIT, Database, stamp

log = logging.getLogger(__name__)

Event = Literal[
    "login", "login_refused", "locked", "logout", "password", "account", "grant", "question", "draft", "export",
    "upload", "correct", "remove", "rebuild", "evaluation", "feedback", "purge",
]  # fmt: skip
EVENTS: tuple[Event, ...] = get_args(Event)
EVENT_NAMES: Mapping[str, str] = {
    "login": "登录", "login_refused": "登录失败", "locked": "锁定", "logout": "退出", "password": "改密码",
    "account": "账户变动", "grant": "可见范围变动", "question": "提问", "draft": "核稿", "export": "导出",
    "upload": "加入报告", "correct": "更正报告信息", "remove": "删除报告", "rebuild": "重建索引",
    "evaluation": "评测", "feedback": "评价", "purge": "清理",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    at: datetime
    account: str  # "" for the command line and for nobody in particular
    event: str
    detail: dict[str, object]


class Audit:
    def __init__(self, database: Database, *, keeps_text: bool) -> None:
        self._database = database
        self._keeps_text = keeps_text

    def record(self, account: str, event: Event, **detail: object) -> None:
        """Adds an entry.

        Raises:
            PeopleError: it could not be written; what it is about must not happen then.
        """
        row = {"at": stamp(), "account": account, "event": event}
        with self._database.connected() as connection:
            connection.execute(AUDIT.insert().values(**row, detail=json.dumps(detail, ensure_ascii=False)))

    def question(self, account: str, question: str, answer: Answer | None) -> None:
        """A question with the status, the route and the reports cited of its answer; words where they may be kept."""
        detail: dict[str, object] = {"status": "fault"}
        if answer is not None:
            reports = list(dict.fromkeys(citation.report for citation in answer.citations))
            detail = {"status": answer.status, "route": answer.route, "reports": reports}
        if self._keeps_text:
            detail |= {"question": question, "answer": answer.answer if answer is not None else ""}
        self.record(account, "question", **detail)

    def record_if_possible(self, account: str, event: Event, **detail: object) -> None:
        """For what has happened already."""
        try:
            self.record(account, event, **detail)
        except PeopleError:
            log.error("an entry of the audit log is lost: %s %s", event, account)

    def entries(
        self, *, most: int = 500, account: str | None = None, events: Collection[str] = (), before: int | None = None
    ) -> tuple[Entry, ...]:
        """The latest entries, the last first."""
        query = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
        query = query.where(AUDIT.c.account == account) if account is not None else query
        query = query.where(AUDIT.c.event.in_(events)) if events else query
        query = query.where(AUDIT.c.number < before) if before is not None else query
        with self._database.connected() as connection:
            return tuple(map(_entry, connection.execute(query).mappings().all()))

    def all(self) -> Iterator[Entry]:
        """Every entry, the first first."""
        with self._database.connected() as connection:
            for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number)).mappings():
                yield _entry(row)

    def purge(self, before: datetime) -> int:
        """Deletes the entries of before; how many."""
        with self._database.connected() as connection:
            return int(connection.execute(AUDIT.delete().where(AUDIT.c.at < stamp(before))).rowcount)


def _entry(row: sa.RowMapping) -> Entry:
    at = datetime.fromisoformat(row["at"])
    return Entry(at=at, account=row["account"], event=row["event"], detail=dict(json.loads(row["detail"])))
