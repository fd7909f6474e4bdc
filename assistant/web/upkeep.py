"""Once a day, in the background: what is older than the settings allow is deleted."""

import logging
from datetime import UTC, date, datetime
from threading import Lock, Thread

import streamlit as st

from assistant.people.retention import held_reports, purge
from assistant.web import identity
from corpus.errors import JushiError
from corpus.settings import settings

log = logging.getLogger(__name__)


class Days:
    """The day on which it was done last, by this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: date | None = None

    def begins(self) -> bool:
        """Whether this is the first call of the day."""
        today = datetime.now(UTC).date()
        with self._lock:
            is_new, self._last = self._last != today, today
            return is_new


def daily() -> None:
    """Purges, where anything is to be purged and it was not done today."""
    chosen = settings()
    if (identity.is_on() or chosen.keep_conversations_days or chosen.keep_audit_days) and _days().begins():
        Thread(target=_purge, name="purge", daemon=True).start()


@st.cache_resource(show_spinner=False)
def _days() -> Days:
    return Days()


def _purge() -> None:
    try:
        purged = purge(identity.people(), held_reports(settings()))
    except JushiError:
        log.warning("the daily purge did not end; it is tried again tomorrow", exc_info=True)
    else:
        log.info("purged %s conversations, %s audit entries", purged.conversations, purged.entries)
