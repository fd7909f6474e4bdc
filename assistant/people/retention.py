"""How long things are kept: conversations and audit entries older than the settings say are deleted.

By a command, and by the page once a day; a number of days of 0 keeps for ever.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.people.people import People
from corpus.errors import StoreError
from corpus.settings import Settings
from index.place import configured_place
from index.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Purged:
    conversations: int
    entries: int  # of the audit log
    grants: int  # of reports that are no longer held


def purge(people: People, held: Collection[str] | None) -> Purged:
    """Deletes what is older than the settings allow; `held` are the reports there are, None where it is not known."""
    settings, now = people.settings, datetime.now(UTC)
    conversations = entries = 0
    if settings.keep_conversations_days:
        conversations = people.archive.purge(now - timedelta(days=settings.keep_conversations_days))
    if settings.keep_audit_days:
        entries = people.audit.purge(now - timedelta(days=settings.keep_audit_days))
    people.login.end_old()
    grants = people.grants.forget_all_but(held) if held is not None else 0
    purged = Purged(conversations=conversations, entries=entries, grants=grants)
    people.audit.record("", "purge", conversations=conversations, entries=entries, grants=grants)
    return purged


def held_reports(settings: Settings) -> frozenset[str] | None:
    """The reports of the index in service; None where it cannot be opened."""
    try:
        store = Store.at(configured_place(settings.store))
    except StoreError:
        return None
    return frozenset(metadata.report for metadata in store.reports())
