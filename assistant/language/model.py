"""The language model beside the rules, as the settings have it: opened once, asked within limits."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

from assistant.language.chat import Chat, open_chat
from assistant.language.composing import Composer
from assistant.language.events import Progress
from assistant.language.patience import Patience
from assistant.language.reading import Read, Reader
from assistant.language.trace import Trace
from assistant.library import Library
from corpus.settings import Settings

_CHARACTERS_OF_A_TOKEN = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageModel:
    composer: Composer
    reader: Reader
    timeout_seconds: float
    characters: int  # longest reply
    retries: int

    @property
    def name(self) -> str:
        return self.composer.chat.name

    def answered(
        self, read: Read, before: str, library: Library, stopped: Callable[[], bool]
    ) -> Generator[Progress, None, Read]:
        """A question read by the model where the rules refused, and its answer worded by it; both as far as they hold.

        `before` is what the asker asked last.
        """
        patience = self._patience(stopped)
        read = yield from self.reader.read(read, before, library, patience)
        draft = yield from self.composer.compose(read.question, read.draft, library, patience)
        return replace(read, draft=draft)

    def _patience(self, stopped: Callable[[], bool]) -> Patience:
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
    trace = Trace(file=settings.trace, model=chat.name)
    prompt_tokens = max(0, settings.llm_context_tokens - settings.llm_max_tokens)
    return LanguageModel(
        composer=Composer(chat=chat, trace=trace, prompt_tokens=prompt_tokens),
        reader=Reader(chat=chat, trace=trace, prompt_tokens=prompt_tokens),
        timeout_seconds=settings.llm_timeout_seconds, retries=settings.llm_retries,
        characters=settings.llm_max_tokens * _CHARACTERS_OF_A_TOKEN,
    )  # fmt: skip
