"""A browser's half of the page without a browser: Streamlit's messages over its websocket, for very many visitors.

One `Visit` is one open window. It sends what was typed or clicked together with the address and the messages it
holds already, as Streamlit's own script does, and takes in what is drawn until the page's run has ended. The one file
that knows websockets and Streamlit's message classes.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from assistant.web.visitor import COOKIE

PATIENCE_SECONDS = 120
_LONGEST_BYTES = 50_000_000
_Result = TypeVar("_Result")


def run_apart(talk: Coroutine[Any, Any, _Result]) -> _Result:
    """What the talk returns; held on a thread of its own, since a browser may keep a loop running on this one."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, talk).result()


class PageError(AssertionError):
    """The page did not do what a page does: it broke off, or what was to be clicked is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What stands on the page after a run, in the order it was drawn."""

    elements: tuple[Element, ...]
    seconds: float  # from sending to the last message
    bytes: int

    def components(self, name: str) -> list[dict[str, Any]]:
        """What our components of one kind were given."""
        shown = [element.bidi_component for element in self.elements if element.HasField("bidi_component")]
        return [json.loads(each.json) for each in shown if each.component_name == f"jushi_{name}"]

    def answers(self) -> list[str]:
        """The texts of the answers, the latest last."""
        return ["".join(piece["text"] for piece in data["pieces"]) for data in self.components("answer")]

    def text(self) -> str:
        """All that our components and the page's own HTML were given."""
        return "\n".join(
            element.bidi_component.json if element.HasField("bidi_component") else element.html.body
            for element in self.elements
            if element.HasField("bidi_component") or element.HasField("html")
        )

    def alerts(self) -> list[str]:
        """Sentences of errors and warnings."""
        return [element.alert.body for element in self.elements if element.HasField("alert")]

    def exceptions(self) -> list[str]:
        return [element.exception.message for element in self.elements if element.HasField("exception")]

    def buttons(self) -> dict[str, str]:
        """Ids of the buttons by their key."""
        return {element.button.id.rsplit("-None-")[-1]: element.button.id for element in self._with("button")}

    def downloads(self) -> dict[str, str]:
        """Addresses of the files offered, by what stands on the button."""
        return {element.download_button.label: element.download_button.url for element in self._with("download_button")}

    def chat_input(self) -> str:
        """The id of the line to type in."""
        for element in self._with("chat_input"):
            return element.chat_input.id
        raise PageError(f"there is no line to type in; the page says {self.alerts() or self.exceptions()}")

    def _with(self, kind: str) -> Iterator[Element]:
        return (element for element in self.elements if element.HasField(kind))  # type: ignore[arg-type]


@dataclass(kw_only=True, slots=True)
class Visit:
    """One window; `drawn` is what it shows."""

    connection: ClientConnection
    drawn: Drawn
    query: str = ""
    script: str = ""
    held: dict[str, Element] = field(default_factory=dict)  # long messages, which the server sends once

    @classmethod
    async def at(cls, address: str, key: str, *, query: str = "") -> "Visit":
        """A window of the visitor with that key (43 characters), the page drawn; `address` as of `serving`."""
        connection = await connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")], max_size=_LONGEST_BYTES, origin=Origin(address),
            additional_headers={"Cookie": f"{COOKIE}={key}"},
        )  # fmt: skip
        visit = cls(connection=connection, drawn=Drawn(elements=(), seconds=0.0, bytes=0), query=query)
        await visit._run(BackMsg())
        return visit

    async def ask(self, question: str) -> Drawn:
        """Types a question; returns when the page stands still with its answer."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add(id=self.drawn.chat_input())
        state.chat_input_value.data = question
        return await self._run(message)

    async def click(self, key: str) -> Drawn:
        """Clicks the button of that key."""
        buttons = self.drawn.buttons()
        if key not in buttons:
            raise PageError(f"no button {key}; there are {sorted(buttons)}")
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=buttons[key], trigger_value=True)
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Drawn:
        request = message.rerun_script
        request.query_string, request.page_script_hash = self.query, self.script
        request.cached_message_hashes.extend(self.held)
        began = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._received(began)

    async def _received(self, began: float) -> Drawn:
        elements: list[Element] = []
        taken = 0
        while True:
            raw = await self.connection.recv(decode=False)
            taken += len(raw)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "new_session" and not message.metadata.run.fragment_ids:
                elements.clear()
                self.script = message.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "ref_hash":
                elements.append(self.held[message.ref_hash])
            elif kind == "delta" and message.delta.HasField("new_element"):
                elements.append(message.delta.new_element)
                if message.metadata.cacheable:
                    self.held[message.hash] = message.delta.new_element
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self.drawn = Drawn(elements=tuple(elements), seconds=time.perf_counter() - began, bytes=taken)
                return self.drawn


@asynccontextmanager
async def visiting(address: str, key: str, *, query: str = "") -> AsyncIterator[Visit]:
    """A window that is closed at the end; see `Visit.at`."""
    visit = await Visit.at(address, key, query=query)
    try:
        yield visit
    finally:
        await visit.connection.close()
