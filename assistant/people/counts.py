"""Counting within a stretch of time, in the database: every process of the server counts the same."""

import hashlib
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from assistant.people.database import COUNTS, Database, stamp


class Counts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, whose: str, within: timedelta) -> int:
        """Counts one more; how many there were in this stretch, which begins anew when `within` has passed.

        It is counted before what is counted is done, so that many at once are not more than one after another.
        """
        key, moment = _key(kind, whose), datetime.now(UTC)
        now, begun, ahead = stamp(moment), stamp(moment - within), stamp(moment + within)
        with self._database.connected() as connection:
            passed = sa.or_(COUNTS.c.since < begun, COUNTS.c.since > ahead)  # a clock that was set back, too
            count = sa.case((passed, 1), else_=COUNTS.c.count + 1)
            since = sa.case((passed, now), else_=COUNTS.c.since)
            change = COUNTS.update().where(COUNTS.c.key == key).values(count=count, since=since)
            if not connection.execute(change).rowcount:
                _make(connection, key, now)
                connection.execute(change)
            query = sa.select(COUNTS.c.count).where(COUNTS.c.key == key)
            return int(connection.execute(query).scalar_one())

    def forget(self, kind: str, whose: str) -> None:
        with self._database.connected() as connection:
            connection.execute(COUNTS.delete().where(COUNTS.c.key == _key(kind, whose)))

    def value(self, kind: str, whose: str = "") -> int:
        with self._database.connected() as connection:
            query = sa.select(COUNTS.c.count).where(COUNTS.c.key == _key(kind, whose))
            return int(connection.execute(query).scalar_one_or_none() or 0)


def _make(connection: sa.Connection, key: str, now: str) -> None:
    """A row that counts nothing yet; another process may make it at the same time."""
    held = sa.select(sa.literal(key), sa.literal(0), sa.literal(now)).where(
        ~sa.select(COUNTS.c.key).where(COUNTS.c.key == key).exists()
    )
    try:
        with connection.begin_nested():
            connection.execute(COUNTS.insert().from_select(["key", "count", "since"], held))
    except sa.exc.IntegrityError:
        return  # it is there, which is all that was wanted


def _key(kind: str, whose: str) -> str:
    """Names and addresses of any length; what somebody typed into the name's field is not kept."""
    return f"{kind}:{hashlib.sha256(whose.encode('utf-8', 'surrogatepass')).hexdigest()[:48]}"
