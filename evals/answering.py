"""Answers from the program under evaluation, asked in a process of its own.

A question that crashes or hangs costs its own case only: the process is ended and the next question starts
another. What comes back is the answer object of the command line contract, as JSON; the evaluation reads
nothing else of the program. One process answers over one index after the other, so that models load once.
"""

import multiprocessing
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Literal, Protocol

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.conversations.conversation import Turn
from corpus.errors import JushiError, StoreError
from evals.cases import Case
from evals.judging import CaseError, Outcome

DEFAULT_TIMEOUT_SECONDS = 30.0
OPENING_TIMEOUT_SECONDS = 300.0
ENDING_TIMEOUT_SECONDS = 5.0


class Answerer(Protocol):
    """What is evaluated: the same question and history give the same answer, but for its timing."""

    def answer(self, question: str, history: Sequence[Turn]) -> Answer: ...


OpenAnswerer = Callable[[], Answerer]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reply:
    """What the process sends back; `content` is the answer's JSON, or a message."""

    kind: Literal["ready", "answer", "refused", "crash"]
    content: str = ""
    traceback: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    text: str
    history: Sequence[Turn]


class AnsweringProcess:
    """Asks an answerer in another process, where what opens it has to be importable."""

    def __init__(self, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._open_answerer: OpenAnswerer | None = None
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self.opening_seconds: float | None = None  # of the first opening: the cold start

    def open(self, open_answerer: OpenAnswerer) -> None:
        """Opens this answerer in place of the one before, and waits until it can answer.

        Raises:
            StoreError: the answerer cannot be opened.
        """
        begun = time.perf_counter()
        self._open_answerer = open_answerer
        if (connection := self._living()) is not None:
            self._opened(connection)
        else:
            self._connected()
        self.opening_seconds = self.opening_seconds or time.perf_counter() - begun

    def ask(self, case: Case) -> Outcome:
        """The answer to a case, or what went wrong.

        Raises:
            StoreError: the answerer has to be opened again and cannot be.
        """
        connection = self._connected()
        begun = time.perf_counter()
        try:
            connection.send(_Question(text=case.question, history=case.history))
            reply = self._received(self._timeout_seconds)
        except (EOFError, OSError) as error:
            self.close()
            reply = _Reply(kind="crash", content=f"回答进程意外结束（{type(error).__name__}）")
        seconds = time.perf_counter() - begun
        if reply is None:
            self.close(hanging=True)
            message = f"{self._timeout_seconds:g} 秒内没有回答，已停止这一题"
            return Outcome(error=CaseError(kind="timeout", message=message), seconds=seconds)
        return self._outcome(reply, seconds)

    def close(self, *, hanging: bool = False) -> None:
        """Ends the process, at once if it is hanging in a question; the next question starts another."""
        if self._process is not None and self._connection is not None:
            self._connection.close()  # by which it knows that it is to end
            self._process.join(0 if hanging else ENDING_TIMEOUT_SECONDS)
            self._process.kill()
            self._process.join()
        self._process = self._connection = None

    def _connected(self) -> Connection:
        if (connection := self._living()) is not None:
            return connection
        self.close()
        context = multiprocessing.get_context("spawn")
        self._connection, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end,), daemon=True)
        self._process.start()
        far_end.close()
        return self._opened(self._connection)

    def _living(self) -> Connection | None:
        return self._connection if self._process is not None and self._process.is_alive() else None

    def _opened(self, connection: Connection) -> Connection:
        """The line to the process, once its answerer is open."""
        try:
            connection.send(self._open_answerer)
            reply = self._received(OPENING_TIMEOUT_SECONDS)
        except (EOFError, OSError):
            reply = _Reply(kind="crash", content="回答进程一启动就结束了")
        if reply is None or reply.kind != "ready":
            self.close()
            said = reply.content if reply else f"{OPENING_TIMEOUT_SECONDS:g} 秒内没有准备好"
            details = f"\n{reply.traceback}" if reply and reply.traceback else ""
            raise StoreError(f"问答程序打不开：{said}{details}")
        return connection

    def _received(self, timeout_seconds: float) -> _Reply | None:
        if self._connection is None or not self._connection.poll(timeout_seconds):
            return None
        reply: _Reply = self._connection.recv()
        return reply

    def _outcome(self, reply: _Reply, seconds: float) -> Outcome:
        if reply.kind != "answer":
            error = CaseError(kind="crash", message=reply.content, traceback=reply.traceback)
            return Outcome(error=error, seconds=seconds)
        return read_answer(reply.content, seconds)


def read_answer(content: str, seconds: float) -> Outcome:
    """An answer's JSON as an outcome; what is no answer object is an error of kind "invalid"."""
    try:
        return Outcome(answer=Answer.model_validate_json(content), seconds=seconds)
    except ValidationError as error:
        return Outcome(error=CaseError(kind="invalid", message=f"不是回答对象：{error}"), seconds=seconds)


def _serve(connection: Connection) -> None:
    """The other process: opens the answerer it is given, then answers until the line is closed or another comes."""
    answerer: Answerer | None = None
    while True:
        try:
            message: _Question | OpenAnswerer = connection.recv()
        except EOFError:
            return
        if isinstance(message, _Question) and answerer is not None:
            connection.send(_reply(answerer, message))
        elif not isinstance(message, _Question):
            answerer = None  # the one before is let go of first
            try:
                answerer = message()
            except JushiError as error:
                connection.send(_Reply(kind="refused", content=str(error)))
                return
            connection.send(_Reply(kind="ready"))


def _reply(answerer: Answerer, question: _Question) -> _Reply:
    try:
        return _Reply(kind="answer", content=answerer.answer(question.text, question.history).model_dump_json())
    except Exception as error:  # noqa: BLE001 - the edge: a case that crashes is counted, and the run goes on
        return _Reply(kind="crash", content=f"{type(error).__name__}: {error}", traceback=traceback.format_exc())
