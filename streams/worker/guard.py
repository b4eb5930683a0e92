"""Whom the worker's own pages answer: who asks under an address or under its own name, whatever the path."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any  # Any: what aiohttp takes for a middleware

from aiohttp import web

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def only_under_own_names(own: str) -> Any:
    """A middleware that answers 421 under any other name than `own`, localhost, and addresses."""

    @web.middleware
    async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
        if not _may_be_asked_as(request.headers.get("Host", ""), own):
            return web.Response(status=421, text="not served under that name")
        response = await handler(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return guard


def _may_be_asked_as(host: str, own: str) -> bool:
    """A name server can point any name at this machine (DNS rebinding), but no address, and addresses are what
    Prometheus asks for."""
    given = _HOST.fullmatch(host)
    if given is None:
        return False
    name = given[1].strip("[]").lower()
    try:
        return name in ("localhost", own) or bool(ip_address(name))
    except ValueError:
        return False
