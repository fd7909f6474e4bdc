"""The accounts: made, changed, disabled, removed. A change holds from the account's next request on."""

import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from assistant.people.account import EVERYONE, ROLE_NAMES, ROLES, Account, PeopleError, Role
from assistant.people.database import ACCOUNTS, MEMBERSHIPS, SESSIONS, Database, stamp
from assistant.people.passwords import hashed

_NAME = re.compile(r"[\w.@+-]{1,64}")
_LONGEST_BUREAU = 80


class Accounts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, name: str, password: str, *, role: Role = "reader", bureaus: Iterable[str] = (), must_change: bool = True
    ) -> Account:
        """A new local account.

        Raises:
            PeopleError: the name is taken or no name, or the password is not good enough.
        """
        wanted = account_name(name)
        if self.find(wanted) is not None:
            raise PeopleError(f"已经有账户“{wanted}”。请换一个名字。")
        self._insert(wanted, role, password=hashed(password, name=wanted), must_change=must_change)
        self.set_bureaus(wanted, bureaus)
        return self.held(wanted)

    def admit(self, subject: str, name: str) -> Account:
        """The account of somebody an identity provider vouches for; at the first login a new reader without bureau."""
        with self._database.connected() as connection:
            query = sa.select(ACCOUNTS.c.name).where(ACCOUNTS.c.subject == subject)
            known = connection.execute(query).scalar_one_or_none()
        if known is None:
            # never another's account, whatever the provider says of the name
            known = account_name(re.sub(r"[^\w.@+-]", "-", name)[:48] or "user")
            known = known if self.find(known) is None else f"{known}-{secrets.token_hex(4)}"
            # the provider's word is a moment older than the account
            self._insert(known, "reader", subject=subject, sessions_from="")
        return self.held(known)

    def find(self, name: str) -> Account | None:
        found = self._read(ACCOUNTS.c.name == _normal(name))
        return found[0] if found else None

    def held(self, name: str) -> Account:
        """The account of that name.

        Raises:
            PeopleError: there is none.
        """
        found = self.find(name)
        if found is None:
            raise PeopleError(f"没有账户“{_normal(name)}”。用 python -m assistant accounts list 看现有的账户。")
        return found

    def sessions_from(self, account: Account) -> str:
        """The moment before which every session of the account has ended."""
        with self._database.connected() as connection:
            query = sa.select(ACCOUNTS.c.sessions_from).where(ACCOUNTS.c.name == account.name)
            return str(connection.execute(query).scalar_one())

    def all(self) -> tuple[Account, ...]:
        return self._read()

    def set_role(self, name: str, role: Role) -> None:
        if role not in ROLES:
            raise PeopleError(
                f"没有角色“{role}”。可用的：{'、'.join(f'{each}（{ROLE_NAMES[each]}）' for each in ROLES)}。"
            )
        self._change(name, role=role)

    def set_bureaus(self, name: str, bureaus: Iterable[str]) -> None:
        account = self.held(name).name
        wanted = sorted({bureau_name(bureau) for bureau in bureaus})
        with self._database.connected() as connection:
            connection.execute(MEMBERSHIPS.delete().where(MEMBERSHIPS.c.account == account))
            if wanted:
                rows = [{"account": account, "bureau": bureau} for bureau in wanted]
                connection.execute(MEMBERSHIPS.insert(), rows)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """A disabled account is logged out everywhere and cannot log in."""
        self._change(name, disabled=disabled, sessions_from=stamp())

    def set_password(self, name: str, password: str, *, must_change: bool = False) -> None:
        """Gives a new password and ends all sessions of the account.

        Raises:
            PeopleError: the password is not good enough, or the account has none here.
        """
        account = self.held(name)
        if not account.is_local:
            raise PeopleError(f"账户“{account.name}”由统一身份认证登录，这里没有它的密码。")
        secret = hashed(password, name=account.name)
        self._change(name, password=secret, must_change=must_change, sessions_from=stamp())

    def remove(self, name: str) -> Account:
        """Deletes the account with its sessions and memberships; its conversations are the caller's to delete."""
        account = self.held(name)
        with self._database.connected() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.account == account.name))
            connection.execute(MEMBERSHIPS.delete().where(MEMBERSHIPS.c.account == account.name))
            connection.execute(ACCOUNTS.delete().where(ACCOUNTS.c.name == account.name))
        return account

    def _insert(self, name: str, role: Role, **columns: object) -> None:
        now = stamp()
        row = {"name": name, "key": secrets.token_hex(16), "role": role, "disabled": False, "must_change": False}
        row |= {"sessions_from": now, "created": now}
        with self._database.connected() as connection:
            connection.execute(ACCOUNTS.insert().values(**{**row, **columns}))

    def _change(self, name: str, **columns: object) -> None:
        account = self.held(name)
        if account.role == "administrator" and (columns.get("role", "administrator") != "administrator"):
            self._check_another(account)
        if account.role == "administrator" and columns.get("disabled"):
            self._check_another(account)
        with self._database.connected() as connection:
            connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.name == account.name).values(**columns))
            if "sessions_from" in columns:
                connection.execute(SESSIONS.delete().where(SESSIONS.c.account == account.name))

    def _check_another(self, account: Account) -> None:
        others = [each for each in self.all() if each.role == "administrator" and not each.disabled]
        if not [each for each in others if each.name != account.name]:
            raise PeopleError(f"“{account.name}”是唯一的管理员。请先给另一个账户管理员角色。")

    def _read(self, *conditions: sa.ColumnElement[bool]) -> tuple[Account, ...]:
        with self._database.connected() as connection:
            rows = connection.execute(sa.select(ACCOUNTS).where(*conditions).order_by(ACCOUNTS.c.name)).mappings().all()
            mine = [MEMBERSHIPS.c.account == rows[0]["name"]] if len(rows) == 1 else []
            query = sa.select(MEMBERSHIPS).where(*mine).order_by(MEMBERSHIPS.c.bureau)
            bureaus: dict[str, list[str]] = defaultdict(list)
            for name, bureau in connection.execute(query).all() if rows else ():
                bureaus[name].append(bureau)
        return tuple(_account(row, bureaus[row["name"]]) for row in rows)


def account_name(name: str) -> str:
    """The name as it is kept: in one case and width.

    Raises:
        PeopleError: it is no name.
    """
    normal = _normal(name)
    if not _NAME.fullmatch(normal):
        raise PeopleError(f"“{name[:64]}”不能作账户名。可用文字、数字和 . _ - @ +，最多 64 个字符，不含空格。")
    return normal


def bureau_name(name: str) -> str:
    """The name of a bureau, or "*" for everyone.

    Raises:
        PeopleError: it is empty or too long.
    """
    normal = " ".join(unicodedata.normalize("NFKC", name).split())
    if normal != EVERYONE and (not normal or len(normal) > _LONGEST_BUREAU or "," in normal):
        raise PeopleError(
            f"“{normal[:80]}”不能作部门名：应是 1 到 {_LONGEST_BUREAU} 个字，不含逗号；“{EVERYONE}”表示所有人。"
        )
    return normal


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _account(row: sa.RowMapping, bureaus: Sequence[str]) -> Account:
    return Account(
        name=row["name"], key=row["key"], role=row["role"], bureaus=tuple(bureaus), disabled=row["disabled"],
        must_change=row["must_change"], is_local=row["subject"] is None,
    )  # fmt: skip
