"""The office's server: checks, serves the pages, /health and /metrics, and stops gracefully.

`python -m assistant.web.server --address 127.0.0.1 --port 8501`; `--check` only checks. On a laptop `make chat` runs
Streamlit itself. The one file that knows uvicorn.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from types import FrameType

import streamlit as st
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit.web.bootstrap import load_config_options

from assistant.keeping.admission import is_loopback
from assistant.operations import starting
from assistant.operations.logs import write_log
from assistant.operations.metrics import CONTENT_TYPE_LATEST, metrics
from assistant.operations.readiness import Readiness
from assistant.operations.work import work
from assistant.web import routes
from corpus.errors import SettingsError
from corpus.settings import Settings, settings

log = logging.getLogger("assistant.web.server")  # also where it is the main program

PAGE = Path(__file__).resolve().parent.parent.parent / "app.py"
_LONGEST_MESSAGE_BYTES = 200_000_000  # as Streamlit's own
_CLOSING_SECONDS = 5  # for browsers to take their last bytes
_UNAVAILABLE = 503


def main(arguments: list[str]) -> int:
    """0 after a stop, or where everything is in order; 2 with the faults on the error stream."""
    parser = argparse.ArgumentParser(description="办公室服务器：问答页面、/health 和 /metrics")
    parser.add_argument("--check", action="store_true", help="只检查能不能启动")
    parser.add_argument("--address", default="127.0.0.1", help="在哪个地址上听（默认只有本机；0.0.0.0 为所有网卡）")
    parser.add_argument("--port", type=int, default=8501, help="端口（默认 8501）")
    options = parser.parse_args(arguments)
    try:
        chosen = settings()
    except SettingsError as error:
        return _refuse([str(error)])
    readiness = Readiness(chosen)
    app = st.App(PAGE, routes=_routes(readiness), lifespan=_lifespan)
    load_config_options({"server.address": options.address, "server.port": options.port})  # the pages ask for them
    if found := starting.faults(chosen, address=options.address, port=options.port):
        return _refuse(found)
    if options.check:
        sys.stdout.write("检查完毕，可以启动。\n")
        return 0
    metrics().watch_index(readiness.serving)
    metrics().watch_work(lambda: work().count)
    return _serve(app, chosen, options.address, options.port)


def _refuse(found: list[str]) -> int:
    for fault in found:
        sys.stderr.write(f"不能启动：{fault}\n")
    return 2


def _serve(app: st.App, chosen: Settings, address: str, port: int) -> int:
    write_log(chosen.log_format, chosen.log_level)
    if is_loopback(address) and not chosen.trusted_proxies:
        log.warning("bound to this machine alone: if a proxy stands in front, set JUSHI_TRUSTED_PROXIES=1")
    # uvicorn raises the signal once more when it has ended; the server has then done what it was told
    signal.signal(signal.SIGTERM, _ended)
    uvicorn.run(
        app, host=address, port=port, log_config=None, access_log=False, ws_max_size=_LONGEST_MESSAGE_BYTES,
        timeout_graceful_shutdown=_CLOSING_SECONDS,
    )  # fmt: skip
    log.info("stopped")
    return 0


def _ended(number: int, frame: FrameType | None) -> None:
    """Nothing is left to do."""


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncIterator[None]:
    write_log(settings().log_format, settings().log_level)  # Streamlit has set up handlers of its own by now
    closes = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        """Questions in work end and are kept before the connections are closed."""
        if not work().is_stopping:
            Thread(target=close, args=(number, frame), name="stop", daemon=True).start()

    def close(number: int, frame: FrameType | None) -> None:
        log.info("stopping", extra={"in_work": work().count})
        if not work().stop(settings().stop_seconds):
            log.warning("questions in work were given up", extra={"in_work": work().count})
        if callable(closes):
            closes(number, frame)

    signal.signal(signal.SIGTERM, stop)
    log.info("serving", extra={"port": st.get_option("server.port")})
    yield


def _routes(readiness: Readiness) -> list[Route]:
    def health(request: Request) -> Response:
        """Ready to be sent visitors; 503 while a vital part fails or the server is stopping."""
        parts = readiness.parts()
        ready = not work().is_stopping and not any(part.fault and part.vital for part in parts)
        status = "stopping" if work().is_stopping else "ready" if ready else "unready"
        told = {"status": status, "parts": {part.name: part.fault or "ok" for part in parts}}
        return JSONResponse(told, status_code=200 if ready else _UNAVAILABLE)

    def alive(request: Request) -> Response:
        """The process answers, whatever it needs."""
        return PlainTextResponse("ok")

    def counted(request: Request) -> Response:
        return Response(metrics().text(), media_type=CONTENT_TYPE_LATEST)

    own = [Route("/health", health), Route("/health/live", alive), Route("/metrics", counted)]
    return [*own, *routes.routes()]


if __name__ == "__main__":
    code = main(sys.argv[1:])
    for written in (sys.stdout, sys.stderr):
        written.flush()
    os._exit(code)  # a model that is still being loaded is not waited for; nothing it does is kept
