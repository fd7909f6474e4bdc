"""Asking a model with an end: its reply in pieces, until it is whole, too long, too late, or no longer wanted.

A server may be silent, drip for ever, or fail in any way; the asker goes on at the deadline whatever it does. The
call runs in a thread of its own, which ends with its own read timeout where the server says nothing more.
"""

import logging
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event, Thread

from assistant.language.chat import Chat
from assistant.language.events import Waiting
from assistant.language.prompts import Prompt

log = logging.getLogger(__name__)

_BEAT_SECONDS = 0.25
_PAUSE_SECONDS = 0.5
_TOO_MANY, _BROKEN = 429, 500


class NoReplyError(Exception):
    """The model did not reply, or not to its end; the message is a Chinese phrase for the asker."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long one question may keep a model busy, and how much it may say."""

    deadline: float  # on time.monotonic's clock
    characters: int
    retries: int
    stopped: Callable[[], bool] = lambda: False

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()


def ask(chat: Chat, prompt: Prompt, patience: Patience) -> Iterator[str | Waiting]:
    """The reply in pieces, with a sign of waiting several times a second.

    Raises:
        NoReplyError: the model failed, said too much, or was not done by the deadline.
    """
    tries = patience.retries
    while True:
        spoken = False
        try:
            for piece in _once(chat, prompt, patience):
                spoken = spoken or isinstance(piece, str)
                yield piece
        except _FailedError as failure:
            if spoken or not tries or patience.left < 2 * _PAUSE_SECONDS or not failure.passing:
                raise NoReplyError(str(failure)) from failure
            tries -= 1
            yield from _pause(patience)
        else:
            return


class _FailedError(Exception):
    def __init__(self, error: BaseException) -> None:
        status = getattr(error, "status_code", None)
        if status == _TOO_MANY:
            reason = "请求过多"
        elif "timeout" in type(error).__name__.lower():
            reason = "超时没有回复"
        else:
            reason = f"服务出错（{status or type(error).__name__}）"
        super().__init__(reason)
        self.passing = status is None or status == _TOO_MANY or status >= _BROKEN


def _once(chat: Chat, prompt: Prompt, patience: Patience) -> Iterator[str | Waiting]:
    pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    enough, ended, started = Event(), Future[None](), time.monotonic()
    Thread(target=_listen, args=(chat, prompt, pieces, enough, ended), daemon=True).start()
    total = 0
    try:
        while True:
            piece = _next(pieces, patience)
            if patience.stopped():
                raise NoReplyError("已停止")
            if patience.left <= 0:
                raise NoReplyError("超时没有回复")
            if isinstance(piece, Waiting):
                yield Waiting(seconds=time.monotonic() - started)
            elif piece is None:
                break
            else:
                total += len(piece)
                if total > patience.characters:
                    raise NoReplyError("回复过长")
                yield piece
    finally:
        enough.set()
    if error := ended.exception():
        log.warning("the language model failed: %s", type(error).__name__)
        raise _FailedError(error)


def _next(pieces: "queue.SimpleQueue[str | None]", patience: Patience) -> str | Waiting | None:
    try:
        return pieces.get(timeout=max(0.0, min(_BEAT_SECONDS, patience.left)))
    except queue.Empty:
        return Waiting(seconds=0.0)


def _listen(
    chat: Chat, prompt: Prompt, pieces: "queue.SimpleQueue[str | None]", enough: Event, ended: "Future[None]"
) -> None:
    """Runs in the thread; whatever a server can do to a client is told to the asker and ends there."""
    with _Outcome(ended, pieces):
        for piece in chat.stream(prompt):
            if enough.is_set():
                break
            pieces.put(piece)


class _Outcome:
    """Hands what became of a block to a future, an error too, and then the end to the queue."""

    def __init__(self, ended: "Future[None]", pieces: "queue.SimpleQueue[str | None]") -> None:
        self._ended, self._pieces = ended, pieces

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None:
            self._ended.set_result(None)
        else:
            self._ended.set_exception(error)
        self._pieces.put(None)
        return True


def _pause(patience: Patience) -> Iterator[Waiting]:
    until = time.monotonic() + _PAUSE_SECONDS
    while (left := until - time.monotonic()) > 0 and not patience.stopped():
        time.sleep(min(_BEAT_SECONDS, left))
        yield Waiting(seconds=0.0)
