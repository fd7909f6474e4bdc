"""Everything about people over one database, as the settings say."""

from dataclasses import dataclass
from datetime import timedelta

from assistant.archive.archive import Archive
from assistant.people.accounts import Accounts
from assistant.people.audit import Audit
from assistant.people.counts import Counts
from assistant.people.database import Database
from assistant.people.grants import Grants
from assistant.people.login import Lasting, Login
from assistant.people.scopes import Scopes
from corpus.settings import Settings
from index.database import database_of


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    settings: Settings
    accounts: Accounts
    counts: Counts
    login: Login
    grants: Grants
    scopes: Scopes
    audit: Audit
    archive: Archive


def open_people(settings: Settings) -> People:
    """Nothing is read before it is asked for."""
    url = database_of(settings.store, settings.database_url)
    database = Database(url)
    accounts, counts = Accounts(database), Counts(database)
    lasting = Lasting(
        whole=timedelta(hours=settings.session_hours), idle=timedelta(minutes=settings.session_idle_minutes)
    )
    return People(
        settings=settings, accounts=accounts, counts=counts, login=Login(database, accounts, counts, lasting),
        grants=Grants(database, counts), scopes=Scopes(database),
        audit=Audit(database, keeps_text=settings.audit_text), archive=Archive(url),
    )  # fmt: skip
