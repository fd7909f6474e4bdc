"""A Chroma server's client that does not wait for ever.

Chroma's own has no limit of time: where the network is cut, every question would hang. Opening asks the server for a
sign of life first.
"""

from typing import cast
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api.client import Client
from chromadb.config import Settings

# A write of some thousand vectors may take a while; a server that lives takes a connection at once.
LIMITS_SECONDS = httpx.Timeout(60, connect=5)
_LIFE_SECONDS = 5
_PORT = 8000


def server_client(url: str, settings: Settings) -> Client:
    """A client of the server at `url`, e.g. "http://chroma.local:8000".

    Raises:
        httpx.TransportError: the server does not answer.
    """
    address = urlsplit(url if "//" in url else f"http://{url}")
    host, port = address.hostname or url, address.port or _PORT
    httpx.get(f"{address.scheme}://{address.hostname}:{port}/api/v2/heartbeat", timeout=_LIFE_SECONDS)
    try:
        client = chromadb.HttpClient(host=host, port=port, ssl=address.scheme == "https", settings=settings)
    except ValueError as error:  # Chroma's word for a server that does not answer
        raise httpx.ConnectError(str(error)) from error
    opened = cast("Client", client)
    # there is no setting for it
    opened._server._session.timeout = LIMITS_SECONDS  # type: ignore[attr-defined]
    return opened
