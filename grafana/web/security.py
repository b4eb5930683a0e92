"""Who the page answers: only under its own names, its socket only to itself, and never inside another page.

An ASGI layer around the whole application. Loopback names are always the page's own; any other must be configured,
for a name server can point any name at this machine (DNS rebinding), and a browser then sends that name along.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any  # Any: what an ASGI server's send returns
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SOCKET = "/_nicegui_ws/"
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))

# The page's framework compiles templates in the browser and writes styles into the page, hence the two `unsafe-`.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def is_loopback(name: str) -> bool:
    """Whether a host name or address is this machine's own, whatever a name server says."""
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


class PageGuard:
    """Answers 421 under a foreign name, 403 to a foreign origin, 503 when the page is full, and adds HEADERS.

    `hosts` are the names, besides loopback, under which the page may be asked for; `is_full` says whether one more
    viewer would be too many.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], is_full: Callable[[], bool]) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._is_full = is_full

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_own_name(headers.getlist("host")):
            await _reject(scope, receive, send, 421, "This page is not served under that name.")
        elif self._needs_own_origin(scope) and not _is_own_origin(headers):
            await _reject(scope, receive, send, 403, "Only the page itself may ask for this.")
        elif scope["type"] == "http" and scope["path"].startswith("/d/") and self._is_full():
            await _reject(
                scope, receive, send, 503, "Too many pages are open. Close some, or try again in a minute."
            )
        else:
            await self._app(scope, receive, _with_headers(send))

    def _is_own_name(self, given: list[str]) -> bool:
        if len(given) != 1:
            return False
        name = _split(f"//{given[0]}")[0] if _HOST.fullmatch(given[0]) else ""
        return bool(name) and (is_loopback(name) or name in self._hosts)

    def _needs_own_origin(self, scope: Scope) -> bool:
        return (
            scope["type"] == "websocket"
            or scope["path"].startswith(SOCKET)
            or scope["method"] not in SAFE_METHODS
        )


def _is_own_origin(headers: Headers) -> bool:
    """Whether the page itself asks. A browser names the origin but where a page GETs from its own."""
    origins = headers.getlist("origin")
    if not origins:
        return headers.get("sec-fetch-site") == "same-origin"
    return len(origins) == 1 and _split(origins[0]) == _split(
        f"//{headers['host']}", urlsplit(origins[0]).scheme
    )


_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@\\:\[\]]+)(?::\d{1,5})?")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def _split(address: str, scheme: str = "") -> tuple[str, int | None]:
    """Name and port of an address; ("", None) when it has none that can be read."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").casefold(), parts.port or _DEFAULT_PORTS.get(parts.scheme or scheme)
    except ValueError:
        return "", None


async def _reject(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": text})
    else:
        await PlainTextResponse(text, status, headers=HEADERS)(scope, receive, send)


def _with_headers(send: Send) -> Callable[[Message], Awaitable[Any]]:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                (name, value)
                for name, value in message["headers"]
                if not name.lower().startswith(b"access-control-")
            ]
            message = {**message, "headers": [*kept, *_RAW_HEADERS]}
        await send(message)

    return guarded
