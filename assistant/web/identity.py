"""Who looks at this window, where people log in: asked of the database at every run, so that a change holds at once.

With no login (`JUSHI_LOGIN` empty) there is nobody to know and nothing is limited. What a window remembers is
dropped when another account takes it over, or when its account may see less than before.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from assistant.archive.exchange import Exchange
from assistant.people.account import Account, PeopleError, Right
from assistant.people.database import stamp
from assistant.people.people import People, open_people
from assistant.web.origin import address
from corpus.settings import settings

COOKIE = "jushi_session"
_TOKEN, _SEEN_AS = "session_token", "seen_as"
_WITHHELD = "您能看的报告变了，这条回答不再显示。可以把问题再问一遍。"


@st.cache_resource(show_spinner=False)
def people() -> People:
    return open_people(settings())


def is_on() -> bool:
    """Whether people log in at all."""
    return settings().login != ""


def is_local() -> bool:
    """Whether accounts have their passwords here."""
    return settings().login == "local"


def account() -> Account | None:
    """The account of this window as it is now; None where nobody is logged in, or nobody has to be."""
    if not is_on():
        return None
    return _of_provider() if settings().login == "oidc" else people().login.who(token())


def required() -> Account:
    """The account of this window.

    Raises:
        PeopleError: nobody is logged in.
    """
    found = account()
    if found is None:
        raise PeopleError("您还没有登录，或登录已过期。请刷新页面重新登录。")
    return found


def may(right: Right) -> bool:
    """Whether the window's account has a right; only where people log in."""
    found = account()
    return found is not None and found.may(right)


def visible() -> frozenset[str] | None:
    """The reports this window may see; None: all. Nothing where nobody is logged in who should be."""
    if not is_on():
        return None
    found = account()
    return frozenset() if found is None else people().grants.visible(found)


def scope() -> str | None:
    """What an answer of now is given over; kept with it."""
    return people().scopes.keep(visible()) if is_on() else None


def settle(found: Account) -> None:
    """Drops what the window remembers where it was somebody else's, or more could be seen then."""
    before: tuple[str, str] | None = st.session_state.get(_SEEN_AS)
    seen_as = (found.key, people().scopes.keep(people().grants.visible(found)))
    if before == seen_as:
        return
    if before is None and not is_local():
        _record_login(found)
    kept = people().grants.visible(found)
    if before is not None and (before[0] != found.key or not people().scopes.still_seen(before[1], kept)):
        forget_window()
    st.session_state[_SEEN_AS] = seen_as


def forget_window() -> None:
    """Empties what the window remembers, but for the session itself."""
    for name in [name for name in st.session_state if name not in (_TOKEN, "dressed")]:
        del st.session_state[name]


def shown(exchange: Exchange) -> Exchange:
    """A kept exchange as its owner may see it now: what was said over reports that are hidden now is withheld."""
    if not is_on() or exchange.answer is None:
        return exchange
    seen, answer = visible(), exchange.answer
    if people().scopes.still_seen(exchange.scope, seen):
        return exchange
    cited = {citation.report for citation in answer.citations}
    if answer.status == "answered" and cited and cited <= (seen or frozenset()):
        bare = answer.model_copy(update={"warnings": (), "suggestions": ()})
        return replace(exchange, answer=bare)
    return replace(exchange, answer=None, fault=_WITHHELD)


def token() -> str:
    """The session this window holds: of its own login, else of the browser's cookie."""
    held: str = st.session_state.get(_TOKEN, "")
    return held or str(st.context.cookies.to_dict().get(COOKIE, ""))


def take(token_: str) -> None:
    """The window goes on as the session's owner."""
    forget_window()
    st.session_state[_TOKEN] = token_


def sign_out() -> None:
    """Called by a button: ends the session on the server and empties the window."""
    found = account()
    if found is not None:
        people().audit.record_if_possible(found.name, "logout", address=address())
    if settings().login == "oidc":
        st.logout()
        return
    people().login.sign_out(token())
    forget_window()
    st.session_state[_TOKEN] = ""


def signed_out() -> bool:
    """Whether this window has held a session that has ended, so that its cookie is of no more use."""
    return _TOKEN in st.session_state or COOKIE in st.context.cookies.to_dict()


def _record_login(found: Account) -> None:
    """Writes a provider's login to the audit log once, in however many windows it is seen."""
    begun = f"{found.key} {st.user.to_dict().get('iat')}"
    if people().counts.add("provider-login", begun, timedelta(hours=settings().session_hours)) == 1:
        people().audit.record(found.name, "login", address=address())


def _of_provider() -> Account | None:
    """The account of whom the identity provider vouches for, as long as a session lasts."""
    if not st.user.is_logged_in:
        return None
    claims = st.user.to_dict()
    issued = claims.get("iat")
    if not isinstance(issued, int | float) or not claims.get("sub"):
        return None
    begun = datetime.fromtimestamp(issued, UTC)
    if begun < datetime.now(UTC) - timedelta(hours=settings().session_hours):
        return None
    name = str(claims.get("preferred_username") or claims.get("email") or claims.get("name") or claims["sub"])
    found = people().accounts.admit(f"{claims.get('iss', '')}|{claims['sub']}", name)
    return None if found.disabled or stamp(begun) < people().accounts.sessions_from(found) else found
