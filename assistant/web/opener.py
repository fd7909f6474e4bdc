"""Opens the assistant once for all sessions and lets the models load in the background."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import streamlit as st

from assistant.assistant import Assistant
from corpus.settings import settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    assistant: Assistant
    preparation: Future[None]  # of the models
    max_question_characters: int


@st.cache_resource(show_spinner="正在打开报告……")
def opened() -> Opened:
    """The assistant over the configured store.

    Raises:
        StoreError: there is no index, or it is out of date.
        SettingsError: a setting is unknown or out of range.
    """
    assistant = Assistant.open(settings())
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warm")
    preparation = executor.submit(assistant.warm)
    preparation.add_done_callback(_log_failure)
    executor.shutdown(wait=False)
    return Opened(
        assistant=assistant,
        preparation=preparation,
        max_question_characters=settings().max_question_characters,
    )


def _log_failure(preparation: Future[None]) -> None:
    if error := preparation.exception():
        log.error("the models could not be loaded", exc_info=error)
