"""An identity provider of one person: OpenID Connect with an authorisation code, on loopback, its tokens signed."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "jushi", "the client's secret"


class Provider(ThreadingHTTPServer):
    def __init__(self, claims: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.claims = claims
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.nonces: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def id_token(self, code: str) -> str:
        now = int(time.time())
        claims = {**self.claims, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600}
        return jwt.encode({"alg": "RS256", "kid": "1"}, {**claims, "nonce": self.nonces.pop(code)}, self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            code = f"code{len(self.server.nonces)}"
            self.server.nonces[code] = asked["nonce"]
            self.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif url.path == "/keys":
            self._tell({"keys": [self.server.key.as_dict(private=False)]})
        else:
            own = self.server.address
            self._tell(
                {
                    "issuer": own, "authorization_endpoint": f"{own}/authorize", "token_endpoint": f"{own}/token",
                    "jwks_uri": f"{own}/keys", "id_token_signing_alg_values_supported": ["RS256"],
                    "response_types_supported": ["code"], "subject_types_supported": ["public"],
                }
            )  # fmt: skip

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.id_token(body["code"][0])
        self._tell({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _tell(self, content: object) -> None:
        data = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def providing(**claims: str) -> Iterator[Provider]:
    """A provider that vouches for the person of these claims to whoever asks."""
    provider = Provider(claims)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
