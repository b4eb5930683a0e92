"""`python -m tests.bench.clients ADDRESS...`: people who look at pages, without browsers, which would take the machine.

Each opens its address and keeps its connection as the page's script does: the page over HTTP, then Socket.IO's
WebSocket, whose updates are put in their places and acknowledged. Nothing is drawn. For each line on standard input
one of JSON comes out, a list of what each has seen so far, see `Seen`.
"""

from __future__ import annotations

import ast
import asyncio
import json
import re
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from typing import Any  # Any: elements as the page's framework sends them
from uuid import uuid4

import aiohttp
import socketio  # type: ignore[import-untyped]  # has no types

from grafana.web.words import LOADING

_ELEMENTS = re.compile(r"createApp\(parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
_QUERY = re.compile(r"^\s*query: (\{.*\}),$", re.MULTILINE)
_ESCAPED = (("&#36;", "$"), ("&#96;", "`"), ("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&"))
_NUMBERED = re.compile(r"This is number (\d+) of the list")
_LOADING = {LOADING.of("en"), LOADING.of("da")}
_ACKNOWLEDGES_SECONDS = 3.0
_TRIES = 5


@dataclass(slots=True)
class Seen:
    """When each numbered sentence stood on the page (seconds since 1970), after how many seconds all panels had their
    answer, and how many bytes of updates came."""

    heard: dict[int, float] = field(default_factory=dict)
    complete_after: float | None = None
    received: int = 0


class Looking:
    """One viewer's page."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._elements: dict[str, Any] = {}
        self._waiting: set[str] = set()
        self._next_message = 0
        self._socket = socketio.AsyncClient(reconnection=False)
        self.seen = Seen()

    async def open(self, session: aiohttp.ClientSession) -> None:
        """Asks for the page and connects; as the page's script does, from the start where that fails."""
        self._asked_at = time.monotonic()
        for left in reversed(range(_TRIES)):
            try:
                await self._open(session)
                return
            except socketio.exceptions.ConnectionError:
                if not left:
                    raise

    async def _open(self, session: aiohttp.ClientSession) -> None:
        async with session.get(self._address) as answer:
            answer.raise_for_status()
            page = await answer.text()
        elements, query = _ELEMENTS.search(page), _QUERY.search(page)
        assert elements is not None, "the page is made otherwise than it was"
        assert query is not None, "the page is made otherwise than it was"
        text = elements[1]
        for escaped, character in _ESCAPED:
            text = text.replace(escaped, character)
        given = ast.literal_eval(query[1])
        self._client, self._next_message = given["client_id"], given["next_message_id"]
        self._put(json.loads(text))
        self._socket.on("update", self._updated)
        self._socket.on("*", self._noted)
        origin = self._address[: self._address.index("/d/")]
        own = given | {"document_id": str(uuid4()), "tab_id": str(uuid4()), "old_tab_id": ""}
        parameters = "&".join(f"{key}={str(value).lower()}" for key, value in own.items())
        await self._socket.connect(
            f"{origin}?{parameters}",
            headers={"Origin": origin},
            transports=["websocket"],
            socketio_path="/_nicegui_ws/socket.io",
        )

    async def stay(self) -> None:
        """Acknowledges what came, as the page's script does."""
        while True:
            await asyncio.sleep(_ACKNOWLEDGES_SECONDS)
            await self._socket.emit("ack", {"client_id": self._client, "next_message_id": self._next_message})

    async def close(self) -> None:
        """Leaves."""
        await self._socket.disconnect()

    async def _noted(self, _event: str, message: Any = None) -> None:
        if isinstance(message, dict) and "_id" in message:
            self._next_message = message.pop("_id") + 1

    async def _updated(self, message: dict[str, Any]) -> None:
        await self._noted("update", message)
        self._put(message)

    def _put(self, elements: dict[str, Any]) -> None:
        self._elements.update(elements)
        for key, element in elements.items():
            self._waiting.discard(key)
            if element is not None and _waits(element):
                self._waiting.add(key)
        if not self._waiting and self.seen.complete_after is None:
            self.seen.complete_after = time.monotonic() - self._asked_at
        text = json.dumps(elements)
        self.seen.received += len(text)
        for number in _NUMBERED.findall(text):
            self.seen.heard.setdefault(int(number), time.time())


def _waits(element: dict[str, Any]) -> bool:
    """Whether it is the message of a panel that has had no answer yet."""
    return element.get("text") in _LOADING and "hidden" not in element.get("class", ())


async def look(addresses: list[str]) -> None:
    """Looks at all of them until standard input ends."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        looking = [Looking(address) for address in addresses]
        for each in looking:
            await each.open(session)
            stack.push_async_callback(each.close)
        staying = [asyncio.create_task(each.stay()) for each in looking]
        while await reader.readline():
            print(json.dumps([asdict(each.seen) for each in looking]), flush=True)
        for task in staying:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(look(sys.argv[1:]))
