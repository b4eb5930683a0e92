"""Signing in to the page: a form, a session in a cookie, and who has none gets no further than the form.

An ASGI layer inside of `security.PageGuard`, which refuses what another site sends. A session is a name and a time,
signed with the secret of the users' file and the hash of the user's password: it outlives a restart of the page, and
ends when the password is changed, the user is removed, or they sign out.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from grafana.i18n import Language, page_of, uid
from grafana.web import sign_in_form
from grafana.web.access import Access, Level
from grafana.web.users import User, UserFile, hashed, matches

FORM = "/sign-in"
OUT = "/sign-out"
SESSION = "salgspuls.session"
"""Where the scope of a request has its Session."""
COOKIE = "salgspuls_session"

_ICON = "/favicon.ico"
"""Browsers ask for it beside the form."""
_DAY = 24 * 3600.0
LASTS: dict[Level, float] = {"admin": _DAY / 2, "manager": _DAY / 2, "wall": 365 * _DAY}
"""Seconds that a session is good for: a working day; a screen on a wall has no keyboard."""
WRONG_IN_A_ROW = 5
"""So many wrong passwords for one name from one address, then nothing is tried for WAIT_SECONDS."""
WRONG_FROM_ONE_ADDRESS = 30
WAIT_SECONDS = 300.0
_AT_ONCE = 2
"""Passwords that are looked at at the same time, each of which takes 32 MiB."""
_LARGEST_FORM = 4096
_LONGEST_PASSWORD = 1000
_REMEMBERED = 10_000


class Session(NamedTuple):
    """Somebody who has signed in."""

    access: Access
    is_open: Callable[[], bool]
    """Whether it still is: the user may have been removed or have signed out."""


class Attempts:
    """Counts wrong passwords by whom they came from, of the latest 10,000 at most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[tuple[str, ...], list[float]] = OrderedDict()

    def wait(self, address: str, name: str) -> float:
        """Seconds until another one is looked at; 0 for now."""
        limits = {(address, name): WRONG_IN_A_ROW, (address,): WRONG_FROM_ONE_ADDRESS}
        waits = [0.0]
        for key, limit in limits.items():
            recent = self._recent(key)
            if len(recent) >= limit:
                waits.append(recent[-limit] + WAIT_SECONDS - self._clock())
        return max(waits)

    def wrong(self, address: str, name: str) -> None:
        """One more was wrong."""
        for key in ((address, name), (address,)):
            self._wrong[key] = [*self._recent(key), self._clock()][-WRONG_FROM_ONE_ADDRESS:]
            self._wrong.move_to_end(key)
        while len(self._wrong) > _REMEMBERED:
            self._wrong.popitem(last=False)

    def right(self, address: str, name: str) -> None:
        """It was the right one."""
        self._wrong.pop((address, name), None)

    def _recent(self, key: tuple[str, ...]) -> list[float]:
        since = self._clock() - WAIT_SECONDS
        return [at for at in self._wrong.get(key, ()) if at > since]


class Sessions:
    """Makes and reads the tokens of sessions."""

    def __init__(self, users: UserFile, clock: Callable[[], float] = time.time) -> None:
        self._users = users
        self._clock = clock
        self._ended: OrderedDict[str, None] = OrderedDict()

    def begin(self, name: str, user: User) -> str:
        """A new session of a user."""
        begun = f"{int(self._clock())}.{base64.urlsafe_b64encode(name.encode()).decode().rstrip('=')}"
        return f"{begun}.{self._signature(begun, user)}"

    def of(self, token: str) -> Session | None:
        """The session of a token, while it lasts."""
        access = self._access(token)
        return None if access is None else Session(access, lambda: self._access(token) == access)

    def end(self, token: str) -> None:
        """The session is over, also for who kept a copy of the token."""
        if self._access(token) is not None:
            self._ended[token] = None
            if len(self._ended) > _REMEMBERED:
                self._ended.popitem(last=False)

    def _access(self, token: str) -> Access | None:
        if len(token) > 300 or token.count(".") != 2 or not token.isascii() or token in self._ended:
            return None
        begun, _, signature = token.rpartition(".")
        moment, _, encoded = begun.partition(".")
        try:
            name = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
            age = self._clock() - int(moment)
        except (binascii.Error, ValueError):
            return None
        user = self._users.now().by_name.get(name)
        if user is None or not hmac.compare_digest(signature, self._signature(begun, user)):
            return None
        return user.access(name) if -60 <= age < LASTS[user.level] else None

    def _signature(self, begun: str, user: User) -> str:
        key = f"{self._users.now().secret} {user.password}".encode()
        return hmac.digest(key, begun.encode(), "sha256").hex()


class SignIn:
    """Lets those through who have signed in, to the pages that are theirs."""

    def __init__(self, app: ASGIApp, users: UserFile, language: Language) -> None:
        self._app = app
        self._users = users
        self._language = language
        self._sessions = Sessions(users)
        self._attempts = Attempts()
        self._looking = asyncio.Semaphore(_AT_ONCE)
        self._nobody = hashed("")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        token = _token(Headers(scope=scope))
        session = self._sessions.of(token)
        if scope["type"] == "http" and scope["path"] in (FORM, OUT):
            request = Request(scope, receive)
            answer = await self._signing(request) if scope["path"] == FORM else self._out(request, token)
            await answer(scope, receive, send)
        elif scope["path"] == _ICON:
            await self._app(scope, receive, send)
        elif session is None:
            await self._to_the_form(scope, receive, send)
        elif (page := _page(scope["path"])) and not session.access.may_open(page[0]):
            await sign_in_form.refusal(page[1])(scope, receive, send)
        elif scope["path"] == "/" and session.access.level == "wall":
            await RedirectResponse(f"/d/{uid('wall', self._language)}?kiosk")(scope, receive, send)
        else:
            scope[SESSION] = session
            await self._app(scope, receive, send)

    async def _to_the_form(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "sign in first"})
            return
        path = scope["path"]
        if scope["method"] != "GET" or not (path == "/" or path.startswith("/d/")):
            await PlainTextResponse("Sign in first.", 401)(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        wanted = f"{path}?{query}" if query else path
        address = f"{FORM}?next={quote(wanted, safe='')}" if path != "/" else FORM
        await RedirectResponse(address, 303)(scope, receive, send)

    async def _signing(self, request: Request) -> Response:
        wanted = _own_address(request.query_params.get("next", ""))
        if request.method in ("GET", "HEAD"):
            return sign_in_form.form(self._language, wanted)
        if request.method != "POST":
            return PlainTextResponse("GET and POST", 405)
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("The form is too large.", 413)
        name, password = (fields.get(field, [""])[0] for field in ("name", "password"))
        address = request.client.host if request.client else ""
        if wait := self._attempts.wait(address, name):
            return sign_in_form.form(self._language, wanted, "later", wait)
        user = await self._user(name, password)
        if user is None:
            self._attempts.wrong(address, name)
            return sign_in_form.form(self._language, wanted, "wrong")
        self._attempts.right(address, name)
        answer = RedirectResponse(wanted or "/", 303)
        self._set_cookie(request, answer, self._sessions.begin(name, user), int(LASTS[user.level]))
        return answer

    async def _user(self, name: str, password: str) -> User | None:
        """The user, if it is their password. Takes as long for a name that nobody has."""
        user = self._users.now().by_name.get(name)
        kept = user.password if user else self._nobody
        async with self._looking:
            is_right = await asyncio.to_thread(matches, password[:_LONGEST_PASSWORD], kept)
        return user if is_right else None

    def _out(self, request: Request, token: str) -> Response:
        if request.method != "POST":
            return PlainTextResponse("POST", 405)
        self._sessions.end(token)
        answer = RedirectResponse(FORM, 303)
        self._set_cookie(request, answer, "", 0)
        return answer

    def _set_cookie(self, request: Request, answer: Response, token: str, seconds: int) -> None:
        # a proxy with TLS is seen by the origin alone, which PageGuard has compared
        is_encrypted = request.headers.get("origin", "").startswith("https:")
        answer.set_cookie(
            COOKIE, token, max_age=seconds, path="/", secure=is_encrypted, httponly=True, samesite="lax"
        )
        answer.headers["cache-control"] = "no-store"


def _token(headers: Headers) -> str:
    try:
        found = SimpleCookie("; ".join(headers.getlist("cookie"))).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _page(path: str) -> tuple[str, Language] | None:
    """The page that an address asks for."""
    parts = path.split("/")
    return page_of(parts[2]) if len(parts) > 2 and parts[1] == "d" else None


def _own_address(wanted: str) -> str:
    """Where to go after the form: a page here, or nowhere."""
    is_ours = (
        wanted.startswith("/d/")
        and wanted.isprintable()
        and "\\" not in wanted
        and "//" not in wanted.partition("?")[0]
    )
    return wanted if is_ours and len(wanted) < 2000 else ""


async def _fields(request: Request) -> dict[str, list[str]] | None:
    """The fields of the form; None when it is larger than any."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            return None
    return parse_qs(body.decode(errors="replace"), max_num_fields=10) if body.count(b"&") < 10 else {}
