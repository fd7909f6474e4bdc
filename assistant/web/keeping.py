"""The link between the window and the archive: what is shown is kept, what was kept is shown again.

The address names the conversation (`?c=…`), so that a reload finds it. Two windows on one conversation: each
takes over what the other has added. What could not be kept stays on the page and is tried again with the next
question.
"""

from dataclasses import replace

import streamlit as st

from assistant.archive.anchoring import checksums_of
from assistant.archive.archive import Archive, ArchiveError, database_of
from assistant.archive.exchange import Exchange, Rating, Summary
from assistant.views.source_view import Sources
from assistant.web import identity, session, visitor
from corpus.settings import settings

ADDRESS = "c"
_GONE = "这段对话在另一个窗口里被删除了。下面还是原来的内容，接着问会存成一段新对话。"
_UNKNOWN = "没有找到这个地址里的对话：它可能已被删除，或者属于另一个浏览器。"


@st.cache_resource(show_spinner=False)
def archive() -> Archive:
    return Archive(database_of(settings().store, settings().database_url))


def resume() -> None:
    """Shows the conversation of the address, and what another window has added to the one shown."""
    named = st.query_params.get(ADDRESS, "")
    if named and named != st.session_state.get("conversation"):
        _open(named)
    elif session.exchanges() and _version() is not None:
        _take_over()
    if session.exchanges():
        st.query_params[ADDRESS] = session.conversation()


def keep(sources: Sources) -> None:
    """Keeps every exchange of the window that is not kept yet; where that fails a sentence says so."""
    kept: set[str] = st.session_state.setdefault("kept", set())
    new = [_with_checksums(each, sources) for each in session.exchanges() if each.key not in kept]
    if not new:
        return
    try:
        _advance(archive().add(visitor.owner(), session.conversation(), new))
    except ArchiveError as error:
        session.say(str(error))
        return
    kept.update(each.key for each in new)
    for each in new:
        session.update(each.key, checksums=each.checksums)
    st.query_params[ADDRESS] = session.conversation()


def conversations() -> tuple[Summary, ...]:
    return archive().conversations(visitor.owner())


def open_kept(key: str) -> None:
    """Called by a button of the list."""
    _open(key)
    st.query_params[ADDRESS] = key


def start_over() -> None:
    """Called by a button: an empty conversation; the one shown stays in the list."""
    for name in ("conversation", "exchanges", "kept", "version"):
        st.session_state.pop(name, None)
    session.close_all()
    st.query_params.pop(ADDRESS, None)


def rename(key: str, title: str) -> None:
    if title.strip():
        archive().rename(visitor.owner(), key, title)


def delete(key: str) -> None:
    archive().delete(visitor.owner(), key)
    if key == session.conversation():
        start_over()


def rate(exchange: str, rating: Rating | None, reason: str = "") -> None:
    """Keeps what the reader thinks of an answer."""
    try:
        version = archive().rate(visitor.owner(), session.conversation(), exchange, rating, reason)
    except ArchiveError as error:
        session.say(str(error))
        return
    _advance(version)
    session.update(exchange, rating=rating, reason=reason)


def ask_again(exchange: str, question: str) -> None:
    """Called by a button: withdraws an exchange and what follows it, and asks in its place."""
    kept: set[str] = st.session_state.get("kept", set())
    if exchange in kept:
        try:
            _advance(archive().withdraw(visitor.owner(), session.conversation(), exchange))
        except ArchiveError as error:
            session.say(str(error))
            return
    said = session.exchanges()
    del said[next(number for number, each in enumerate(said) if each.key == exchange) :]
    session.close_all()
    session.ask(question)


def _open(key: str) -> None:
    try:
        found = archive().read(visitor.owner(), key)
    except ArchiveError as error:
        session.say(str(error))
        return
    if found is None:
        session.say(_UNKNOWN)
        st.query_params.pop(ADDRESS, None)
        return
    session.show(key, [identity.shown(each) for each in found.exchanges])
    _set_version(found.version)
    st.session_state["kept"] = {each.key for each in found.exchanges}


def _take_over() -> None:
    """What another window has done to the conversation shown here."""
    try:
        version = archive().version(visitor.owner(), session.conversation())
        found = None if version in {None, _version()} else archive().read(visitor.owner(), session.conversation())
    except ArchiveError as error:
        session.say(str(error))
        return
    if version is None:
        said = session.exchanges()
        start_over()
        session.show(session.conversation(), said)
        session.say(_GONE)
    elif found is not None:
        kept: set[str] = st.session_state["kept"]
        unkept = [each for each in session.exchanges() if each.key not in kept]
        session.show(session.conversation(), [*map(identity.shown, found.exchanges), *unkept])
        st.session_state["kept"] = {each.key for each in found.exchanges}
        _set_version(found.version)


def _with_checksums(exchange: Exchange, sources: Sources) -> Exchange:
    if exchange.answer is None or exchange.checksums:
        return exchange
    return replace(exchange, checksums=checksums_of(exchange.answer, sources))


def _version() -> int | None:
    """The version of the conversation as this window knows it; None where nothing of it is kept."""
    version: int | None = st.session_state.get("version")
    return version


def _advance(version: int) -> None:
    """The version after a change of ours; where another window's change lies between, all is read again."""
    _set_version(version if version == (_version() or 0) + 1 else -1)


def _set_version(version: int) -> None:
    st.session_state["version"] = version
