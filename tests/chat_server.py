"""A server on this machine that speaks OpenAI's chat API and replies as it is told, well or as badly as servers can."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.settings import Settings

_PIECE = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the server does with one request; `text` is streamed in pieces."""

    text: str = ""
    status: int = 200
    garbage: bytes = b""
    silent_seconds: float = 0.0
    endless: bool = False
    cut: bool = False  # the connection ends without the stream's end


@dataclass(slots=True)
class ChatServer:
    url: str
    reply: Callable[[dict[str, Any]], Reply] = lambda _: Reply(text="。")
    asked: list[dict[str, Any]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def always(self, reply: Reply) -> None:
        self.reply = lambda _: reply

    def settings(self, **changes: Any) -> Settings:
        """Settings that name this server."""
        defaults = {
            "llm": "openai:test-model", "llm_base_url": self.url, "llm_api_key": "key-of-the-test", "llm_retries": 0,
            "llm_timeout_seconds": 20,
        }  # fmt: skip
        return Settings(**{**defaults, **changes})


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    http.block_on_close = False
    server = ChatServer(url=f"http://127.0.0.1:{http.server_address[1]}/v1")
    http.told = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server: ChatServer = self.server.told  # type: ignore[attr-defined]
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.asked.append(request)
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):
            self._reply(server.reply(request), server)

    def _reply(self, reply: Reply, server: ChatServer) -> None:
        if reply.silent_seconds:
            server.ended.wait(reply.silent_seconds)
        if reply.status != 200:
            self._head(reply.status, "application/json")
            self.wfile.write(b'{"error": {"message": "no", "type": "t"}}')
            return
        self._head(200, "text/event-stream")
        if reply.garbage:
            self.wfile.write(reply.garbage)
            return
        while reply.endless and not server.ended.is_set():
            self._piece(reply.text or "很好")
            time.sleep(0.002)
        for at in range(0, len(reply.text), _PIECE):
            self._piece(reply.text[at : at + _PIECE])
        if not reply.cut:
            self._piece("", finish="stop")
            self.wfile.write(b"data: [DONE]\n\n")

    def _head(self, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()

    def _piece(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
        body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None: ...
