"""Logging in with a password, and the sessions that follow: who the holder of a token is, asked at every request.

Tokens are random and kept as hashes; a session ends by logging out, by time, by a new password, or with its account.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from assistant.people.account import Account, PeopleError
from assistant.people.accounts import Accounts
from assistant.people.counts import Counts
from assistant.people.database import ACCOUNTS, SESSIONS, Database, stamp
from assistant.people.passwords import is_dated, matches, rehashed

STRETCH = timedelta(minutes=15)
MOST_OF_ACCOUNT = 5  # wrong passwords in a stretch
MOST_OF_ADDRESS = 50  # an office may share one
_TOKEN_BYTES = 32
_SEEN_EVERY = timedelta(minutes=1)
# One sentence for a wrong name, a wrong password and a disabled account.
REFUSED = "账户名或密码不对，或账户已停用。"
LOCKED = f"失败的次数太多，请过 {STRETCH.seconds // 60} 分钟再试，或请管理员解锁。"


class LockedError(PeopleError):
    """Too many attempts; nothing was checked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting:
    """How long a session lasts: from its beginning, and without a request."""

    whole: timedelta
    idle: timedelta


class Login:
    def __init__(self, database: Database, accounts: Accounts, counts: Counts, lasting: Lasting) -> None:
        self._database = database
        self._accounts = accounts
        self._counts = counts
        self._lasting = lasting

    def sign_in(self, name: str, password: str, address: str) -> str:
        """A new session's token.

        Raises:
            PeopleError: name and password do not go together, or the account is disabled.
            LockedError: there were too many attempts for this name or from this address.
        """
        whose = name.strip().casefold()
        self._count(whose, address)
        account = self._accounts.find(name)
        known = self._password(account.name) if account is not None else None
        is_right = matches(password, known)  # always asked: an unknown name takes as long
        if account is None or known is None or not is_right or account.disabled:
            raise PeopleError(REFUSED)
        self._counts.forget("account", whose)
        if is_dated(known):
            self._replace_password(account.name, rehashed(password))
        return self.begin(account)

    def begin(self, account: Account) -> str:
        """A session for an account that is known to be the visitor's; its token."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), stamp()
        with self._database.connected() as connection:
            row = {"token": _hash(token), "account": account.name, "created": now, "seen": now}
            connection.execute(SESSIONS.insert().values(**row))
        return token

    def who(self, token: str) -> Account | None:
        """Whose session it is; None where there is no such session, it has ended, or its account is disabled."""
        now = datetime.now(UTC)
        with self._database.connected() as connection:
            query = sa.select(SESSIONS, ACCOUNTS.c.sessions_from).join(ACCOUNTS, ACCOUNTS.c.name == SESSIONS.c.account)
            row = connection.execute(query.where(SESSIONS.c.token == _hash(token))).mappings().one_or_none()
            if row is None:
                return None
            is_over = (
                row["created"] < max(stamp(now - self._lasting.whole), row["sessions_from"])
                or row["seen"] < stamp(now - self._lasting.idle)
            )  # fmt: skip
            if is_over:
                connection.execute(SESSIONS.delete().where(SESSIONS.c.token == row["token"]))
                return None
            if row["seen"] < stamp(now - _SEEN_EVERY):
                seen = SESSIONS.update().where(SESSIONS.c.token == row["token"])
                connection.execute(seen.values(seen=stamp(now)))
        account = self._accounts.find(row["account"])
        return account if account is not None and not account.disabled else None

    def sign_out(self, token: str) -> None:
        with self._database.connected() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.token == _hash(token)))

    def change_password(self, account: Account, old: str, new: str, address: str) -> str:
        """Gives the account its owner's new password, ends its other sessions, and begins one; its token.

        Raises:
            PeopleError: the old password is wrong, or the new one not good enough.
            LockedError: there were too many attempts.
        """
        self._count(account.name, address)
        if not matches(old, self._password(account.name)):
            raise PeopleError("现在的密码不对。")
        if old == new:
            raise PeopleError("新密码和现在的一样。请换一个。")
        self._accounts.set_password(account.name, new)
        self._counts.forget("account", account.name)
        return self.begin(account)

    def unlock(self, name: str) -> None:
        self._counts.forget("account", self._accounts.held(name).name)

    def end_old(self) -> None:
        """Deletes the sessions that time has ended."""
        now = datetime.now(UTC)
        over = sa.or_(
            SESSIONS.c.created < stamp(now - self._lasting.whole), SESSIONS.c.seen < stamp(now - self._lasting.idle)
        )
        with self._database.connected() as connection:
            connection.execute(SESSIONS.delete().where(over))

    def _count(self, name: str, address: str) -> None:
        of_address = self._counts.add("address", address, STRETCH)
        if of_address > MOST_OF_ADDRESS or self._counts.add("account", name, STRETCH) > MOST_OF_ACCOUNT:
            raise LockedError(LOCKED)

    def _password(self, name: str) -> str | None:
        with self._database.connected() as connection:
            query = sa.select(ACCOUNTS.c.password).where(ACCOUNTS.c.name == name)
            password: str | None = connection.execute(query).scalar_one_or_none()
        return password

    def _replace_password(self, name: str, secret: str) -> None:
        with self._database.connected() as connection:
            connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.name == name).values(password=secret))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
