"""Opens the assistant once for all sessions, lets the models load in the background, and follows the index.

An index rebuilt under a running page is noticed with the next run of any page: what the answers come from is
opened anew. Where the new index cannot be opened, the one before it goes on answering.
"""

import logging
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from assistant.assistant import Assistant
from assistant.language.model import open_model
from assistant.library import Library
from assistant.views.figure_card import FigureCards
from assistant.views.source_view import Sources
from assistant.web import identity
from corpus.errors import StoreError
from corpus.settings import settings
from index.visible import LimitedStore

log = logging.getLogger(__name__)

_VIEWS_KEPT = 16  # different sets of reports that are read at a time
_limiting = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    assistant: Assistant
    preparation: Future[None]  # of the models
    max_question_characters: int
    cards: FigureCards
    sources: Sources
    views: "OrderedDict[frozenset[str], Opened]" = field(default_factory=OrderedDict)  # the same over fewer reports


def opened() -> Opened:
    """The assistant over the index now in service, as far as the window's account may see it.

    Raises:
        StoreError: there is no index, or it is out of date.
        SettingsError: a setting is unknown or out of range.
    """
    held = _kept()
    if not held[0].assistant.library.store.is_current():
        try:
            held[0] = _open()
        except StoreError:
            log.warning("the new index does not open; the one before it stays in service", exc_info=True)
    visible = identity.visible()
    return held[0] if visible is None else _limited(held[0], visible)


@st.cache_resource(show_spinner="正在打开报告……")
def _kept() -> list[Opened]:
    """The one opened assistant, in a list so that it can be replaced for all sessions at once."""
    return [_open()]


def _limited(whole: Opened, visible: frozenset[str]) -> Opened:
    """`whole` over these reports alone; accounts that see the same share it."""
    held = visible.intersection(whole.assistant.library.reports)
    with _limiting:
        if held not in whole.views:
            library = Library(LimitedStore(whole.assistant.library.store, held))
            most, model = whole.max_question_characters, open_model(settings())
            whole.views[held] = replace(
                whole, assistant=Assistant(library, max_question_characters=most, model=model), views=OrderedDict(),
                cards=FigureCards(library), sources=Sources(library),
            )  # fmt: skip
        whole.views.move_to_end(held)
        while len(whole.views) > _VIEWS_KEPT:
            whole.views.popitem(last=False)
        return whole.views[held]


def _open() -> Opened:
    assistant = Assistant.open(settings())
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warm")
    preparation = executor.submit(assistant.warm)
    preparation.add_done_callback(_log_failure)
    executor.shutdown(wait=False)
    return Opened(
        assistant=assistant,
        preparation=preparation,
        max_question_characters=settings().max_question_characters,
        cards=FigureCards(assistant.library),
        sources=Sources(assistant.library),
    )


def _log_failure(preparation: Future[None]) -> None:
    if error := preparation.exception():
        log.error("the models could not be loaded", exc_info=error)
