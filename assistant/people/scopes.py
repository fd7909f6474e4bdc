"""What could be seen when an answer was given: an answer is shown again only to who still sees all of that.

A refusal or a suggestion may name what it does not cite; no list of its citations would be enough.
"""

import hashlib
import json
from collections.abc import Collection

import sqlalchemy as sa

from assistant.people.database import SCOPES, Database

ALL = "all"  # of whoever may see every report


class Scopes:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[str, frozenset[str]] = {}

    def keep(self, visible: Collection[str] | None) -> str:
        """The name of a set of reports, kept so that it can be read again; None is all of them."""
        if visible is None:
            return ALL
        text = json.dumps(sorted(visible), ensure_ascii=False)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if digest not in self._held:
            self._write(digest, text)
            self._held[digest] = frozenset(visible)
        return digest

    def still_seen(self, scope: str | None, visible: Collection[str] | None) -> bool:
        """Whether who sees `visible` may see what was said over `scope`.

        None as a scope is an answer of before there were accounts, over everything there was.
        """
        if visible is None:
            return True
        if scope is None or scope == ALL:
            return False
        held = self._read(scope)
        return held is not None and held <= set(visible)

    def _read(self, digest: str) -> frozenset[str] | None:
        if digest not in self._held:
            with self._database.connected() as connection:
                query = sa.select(SCOPES.c.reports).where(SCOPES.c.digest == digest)
                text = connection.execute(query).scalar_one_or_none()
            if text is None:
                return None
            self._held[digest] = frozenset(json.loads(text))
        return self._held[digest]

    def _write(self, digest: str, text: str) -> None:
        with self._database.connected() as connection:
            if connection.execute(sa.select(SCOPES.c.digest).where(SCOPES.c.digest == digest)).first() is None:
                try:
                    with connection.begin_nested():
                        connection.execute(SCOPES.insert().values(digest=digest, reports=text))
                except sa.exc.IntegrityError:
                    return  # another process has kept the same set
