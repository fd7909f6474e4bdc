"""The chat model of the settings, through LangChain. Nothing else knows LangChain's chat classes.

openai:NAME speaks to OpenAI's API or, with a base URL, to whatever speaks it (vLLM, llama.cpp, a cloud);
ollama:NAME speaks to Ollama. Importing them costs seconds, so it is done where a model is set.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import SecretStr

from assistant.language.prompts import Prompt
from corpus.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Chat(Protocol):
    """A model that can be asked. Whatever goes wrong on the way to it rises from the iterator."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The reply in pieces as they come."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class LangChainChat:
    name: str
    model: "BaseChatModel"

    def stream(self, prompt: Prompt) -> Iterator[str]:
        for piece in self.model.stream([("system", prompt.system), ("human", prompt.user)]):
            yield str(piece.text)


def open_chat(settings: Settings) -> Chat | None:
    """The model of the settings; None where none is set. Nothing is sent yet."""
    provider, _, name = settings.llm.partition(":")
    if not provider:
        return None
    model = _ollama(settings, name) if provider == "ollama" else _openai(settings, name)
    return LangChainChat(name=settings.llm, model=model)


def _openai(settings: Settings, name: str) -> "BaseChatModel":
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - 3 s, and only where a model is set

    limits: dict[str, Any] = {"max_completion_tokens": settings.llm_max_tokens}
    if settings.llm_base_url:  # servers of other makers know the older name
        limits = {"base_url": settings.llm_base_url, "extra_body": {"max_tokens": settings.llm_max_tokens}}
    return ChatOpenAI(
        model=name, api_key=settings.llm_api_key or SecretStr("none"), temperature=0, max_retries=0,
        timeout=settings.llm_timeout_seconds, **limits,
    )  # fmt: skip


def _ollama(settings: Settings, name: str) -> "BaseChatModel":
    from langchain_ollama import ChatOllama  # noqa: PLC0415 - as above

    return ChatOllama(
        model=name, base_url=settings.llm_base_url or None, temperature=0, num_predict=settings.llm_max_tokens,
        num_ctx=settings.llm_context_tokens, client_kwargs=_ollama_client(settings),
    )  # fmt: skip


def _ollama_client(settings: Settings) -> dict[str, Any]:
    key = settings.llm_api_key.get_secret_value()
    return {"timeout": settings.llm_timeout_seconds} | ({"headers": {"Authorization": f"Bearer {key}"}} if key else {})
