"""Which reports an account may see: those granted to one of its bureaus or to everyone; a role may see all.

A report that is granted to nobody is seen by these roles alone: so is every new one until somebody decides.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta

import sqlalchemy as sa

from assistant.people.account import EVERYONE, Account
from assistant.people.accounts import bureau_name
from assistant.people.counts import Counts
from assistant.people.database import GRANTS, MEMBERSHIPS, Database

_REVISION = "grants"
_FOREVER = timedelta(days=365_000)


class Grants:
    def __init__(self, database: Database, counts: Counts) -> None:
        self._database = database
        self._counts = counts
        self._seen: dict[tuple[str, ...], tuple[int, frozenset[str]]] = {}

    def visible(self, account: Account) -> frozenset[str] | None:
        """Names of the reports the account may see, held or not; None: all there are.

        The set is read anew once any grant has changed, whichever process changed it.
        """
        if account.may("see_all"):
            return None
        revision = self._counts.value(_REVISION)
        read, reports = self._seen.get(account.bureaus, (-1, frozenset[str]()))
        if read != revision:
            reports = self._granted(account.bureaus)
            self._seen[account.bureaus] = (revision, reports)
        return reports

    def of(self, report: str) -> tuple[str, ...]:
        """The bureaus that may see a report."""
        with self._database.connected() as connection:
            query = sa.select(GRANTS.c.bureau).where(GRANTS.c.report == report).order_by(GRANTS.c.bureau)
            return tuple(connection.execute(query).scalars())

    def to(self, bureau: str) -> frozenset[str]:
        """The reports granted to a bureau by name."""
        with self._database.connected() as connection:
            query = sa.select(GRANTS.c.report).where(GRANTS.c.bureau == bureau)
            return frozenset(connection.execute(query).scalars())

    def set(self, reports: Iterable[str], bureaus: Iterable[str]) -> None:
        """Lets these bureaus, and no others, see the reports."""
        wanted = sorted({bureau_name(bureau) for bureau in bureaus})
        rows = [{"report": report, "bureau": bureau} for report in sorted(set(reports)) for bureau in wanted]
        with self._database.connected() as connection:
            for report in set(reports):
                connection.execute(GRANTS.delete().where(GRANTS.c.report == report))
            if rows:
                connection.execute(GRANTS.insert(), rows)
        self._changed()

    def forget(self, reports: Iterable[str]) -> None:
        """Nobody but those who see all may see these any more; a report of that name that comes later is new."""
        self.set(reports, ())

    def forget_all_but(self, held: Collection[str]) -> int:
        """Drops the grants of reports that are no longer there; of how many reports."""
        with self._database.connected() as connection:
            named = set(connection.execute(sa.select(GRANTS.c.report).distinct()).scalars())
        gone = named - set(held)
        if gone:
            self.forget(gone)
        return len(gone)

    def bureaus(self) -> tuple[str, ...]:
        """Every bureau an account or a report belongs to, without the one of everyone."""
        with self._database.connected() as connection:
            query = sa.union(sa.select(MEMBERSHIPS.c.bureau), sa.select(GRANTS.c.bureau))
            return tuple(sorted(set(connection.execute(query).scalars()) - {EVERYONE}))

    def _granted(self, bureaus: tuple[str, ...]) -> frozenset[str]:
        with self._database.connected() as connection:
            query = sa.select(GRANTS.c.report).where(GRANTS.c.bureau.in_((*bureaus, EVERYONE)))
            return frozenset(connection.execute(query).scalars())

    def _changed(self) -> None:
        self._counts.add(_REVISION, "", _FOREVER)
