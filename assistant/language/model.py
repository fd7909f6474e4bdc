"""The language model beside the rules, as the settings have it: opened once, asked within limits."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.language.chat import Chat, open_chat
from assistant.language.composing import Composer
from assistant.language.patience import Patience
from assistant.language.trace import Trace
from corpus.settings import Settings

_CHARACTERS_OF_A_TOKEN = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageModel:
    composer: Composer
    timeout_seconds: float
    characters: int  # longest reply
    retries: int

    @property
    def name(self) -> str:
        return self.composer.chat.name

    def patience(self, stopped: Callable[[], bool]) -> Patience:
        """For one question, from now on."""
        return Patience(
            deadline=time.monotonic() + self.timeout_seconds, characters=self.characters, retries=self.retries,
            stopped=stopped,
        )  # fmt: skip


def open_model(settings: Settings) -> LanguageModel | None:
    """The model of the settings; None where none is set. Nothing is sent yet."""
    chat = open_chat(settings)
    return None if chat is None else model_of(chat, settings)


def model_of(chat: Chat, settings: Settings) -> LanguageModel:
    """A model under the limits of the settings."""
    return LanguageModel(
        composer=Composer(
            chat=chat, trace=Trace(file=settings.trace, model=chat.name),
            prompt_tokens=max(0, settings.llm_context_tokens - settings.llm_max_tokens),
        ),
        timeout_seconds=settings.llm_timeout_seconds, retries=settings.llm_retries,
        characters=settings.llm_max_tokens * _CHARACTERS_OF_A_TOKEN,
    )  # fmt: skip
