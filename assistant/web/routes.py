"""What the server answers beside the pages: it hands the browser a session as a cookie that no script can read.

The login page has checked the password and begun the session; a POST of its token makes it the browser's, an empty
one takes the cookie away. Only pages of this site may ask.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.people.account import PeopleError
from assistant.web import identity
from corpus.settings import settings

SESSION = "/session"
_LONGEST_TOKEN = 64


def routes() -> list[Route]:
    return [Route(SESSION, _session, methods=["POST"])]


async def _session(request: Request) -> Response:
    token = (await request.body())[: _LONGEST_TOKEN + 1].decode("ascii", "replace")
    if settings().login != "local" or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    if not token:
        response.delete_cookie(identity.COOKIE, path="/", httponly=True, samesite="strict")
        return response
    if not _is_alive(token):
        return Response(status_code=403)
    # a cookie of the browser's session: the server says when it ends
    response.set_cookie(
        identity.COOKIE, token, path="/", httponly=True, samesite="strict", secure=_is_encrypted(request)
    )
    return response


def _is_alive(token: str) -> bool:
    try:
        return len(token) <= _LONGEST_TOKEN and identity.people().login.who(token) is not None
    except PeopleError:
        return False


def _is_encrypted(request: Request) -> bool:
    told = request.headers.get("x-forwarded-proto", "") if settings().trusted_proxies else ""
    return (told.split(",")[0].strip() or request.url.scheme) == "https"
