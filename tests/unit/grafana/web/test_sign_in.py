"""Who gets past the form, how long it lasts, and what a guesser gets."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from grafana.web.security import PageGuard
from grafana.web.sign_in import (
    COOKIE,
    LASTS,
    SESSION,
    WAIT_SECONDS,
    WRONG_FROM_ONE_ADDRESS,
    WRONG_IN_A_ROW,
    Attempts,
    Sessions,
    SignIn,
)
from grafana.web.users import User, UserFile, Users, hashed, new_users, write

ORIGIN = {"origin": "http://localhost"}
HASHES = {password: hashed(password) for password in ("anna's own", "the wall's", "root's own")}


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """Says who asks."""
    access = scope[SESSION].access
    await PlainTextResponse(f"{access.name} {access.level} {','.join(access.teams)}")(scope, receive, send)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "users.toml"
    by_name = {
        "anna": User(password=HASHES["anna's own"], level="manager", teams=("Nord",)),
        "tv": User(password=HASHES["the wall's"], level="wall"),
        "root": User(password=HASHES["root's own"], level="admin"),
    }
    write(path, Users(new_users().secret, by_name))
    return path


def without(path: Path, name: str) -> None:
    users = UserFile(path).now()
    write(path, Users(users.secret, {one: user for one, user in users.by_name.items() if one != name}))


@pytest.fixture
async def browser(path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = PageGuard(SignIn(page, UserFile(path), "en"), (), lambda: False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def sign_in(browser: httpx.AsyncClient, name: str, password: str, wanted: str = "") -> httpx.Response:
    address = "/sign-in" + (f"?next={wanted}" if wanted else "")
    return await browser.post(address, data={"name": name, "password": password}, headers=ORIGIN)


async def test_without_a_session_there_is_the_form_and_nothing_else(browser: httpx.AsyncClient) -> None:
    for address, leads in (
        ("/", "/sign-in"),
        ("/d/salgspuls-home?from=now-7d", "/sign-in?next=%2Fd%2Fsalgspuls-home%3Ffrom%3Dnow-7d"),
    ):
        answer = await browser.get(address)
        assert (answer.status_code, answer.headers["location"]) == (303, leads)
    for address in (
        "/_nicegui/3/x.js",
        "/_nicegui_ws/socket.io/?EIO=4",
        "/anything",
        "/docs",
        "/openapi.json",
    ):
        assert (await browser.get(address, headers={"sec-fetch-site": "same-origin"})).status_code == 401
    assert (await browser.post("/d/salgspuls-home", headers=ORIGIN)).status_code == 401
    form = await browser.get("/sign-in")
    assert form.status_code == 200
    assert "frame-ancestors 'none'" in form.headers["content-security-policy"]


async def test_a_session_is_in_a_cookie_that_no_script_and_no_other_site_gets(
    browser: httpx.AsyncClient,
) -> None:
    answer = await sign_in(browser, "anna", "anna's own", "%2Fd%2Fsalgspuls-team%3Fvar-team%3DSyd")
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/salgspuls-team?var-team=Syd")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert (await browser.get("/d/salgspuls-team")).text == "anna manager Nord"


async def test_behind_tls_the_cookie_is_for_tls_alone(path: Path) -> None:
    app = PageGuard(SignIn(page, UserFile(path), "en"), ("sales.example",), lambda: False)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://sales.example"
    ) as client:
        answer = await client.post(
            "/sign-in",
            data={"name": "anna", "password": "anna's own"},
            headers={"origin": "https://sales.example"},
        )
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "wrong"), ("anna", ""), ("Anna", "anna's own"), ("nobody", "anna's own"), ("", "")],
)
async def test_a_wrong_name_or_password_gets_no_session(
    browser: httpx.AsyncClient, name: str, password: str
) -> None:
    answer = await sign_in(browser, name, password)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "User name or password is wrong." in answer.text


async def test_a_guesser_waits_and_others_do_not(browser: httpx.AsyncClient) -> None:
    for _ in range(WRONG_IN_A_ROW):
        assert (await sign_in(browser, "anna", "guess")).status_code == 401
    answer = await sign_in(browser, "anna", "anna's own")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WAIT_SECONDS
    assert (await sign_in(browser, "root", "root's own")).status_code == 303


async def test_another_site_cannot_sign_anybody_in(browser: httpx.AsyncClient) -> None:
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {}):
        answer = await browser.post(
            "/sign-in", data={"name": "anna", "password": "anna's own"}, headers=headers
        )
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/d//evil",
        "/d/x\r\nSet-Cookie: a=b",
        "javascript:x",
        "d/x",
    ],
)
async def test_the_form_leads_nowhere_else(browser: httpx.AsyncClient, wanted: str) -> None:
    answer = await browser.post(
        "/sign-in", params={"next": wanted}, data={"name": "anna", "password": "anna's own"}, headers=ORIGIN
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_what_is_written_into_the_form_is_no_markup(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/sign-in", params={"next": '/d/x"><script>alert(1)</script>'})
    assert "<script" not in answer.text


async def test_a_large_form_is_not_read(browser: httpx.AsyncClient) -> None:
    assert (await sign_in(browser, "anna", "x" * 5000)).status_code == 413
    many = "&".join(f"f{n}=1" for n in range(500))
    answer = await browser.post("/sign-in", content=many, headers=ORIGIN)
    assert answer.status_code == 401


async def test_pages_by_level(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "anna", "anna's own")
    refused = await browser.get("/d/salgspuls-system-da")
    assert refused.status_code == 403
    assert "Du har ikke adgang" in refused.text
    browser.cookies.clear()
    await sign_in(browser, "tv", "the wall's")
    assert (await browser.get("/")).headers["location"] == "/d/salgspuls-wall?kiosk"
    assert (await browser.get("/d/salgspuls-wall?kiosk")).status_code == 200
    for name in ("home", "call/x?var-call_id=c1", "search", "deal", "team", "trackers"):
        assert (await browser.get(f"/d/salgspuls-{name}")).status_code == 403
    browser.cookies.clear()
    await sign_in(browser, "root", "root's own")
    assert (await browser.get("/d/salgspuls-system")).text == "root admin "


async def test_who_signs_out_or_is_removed_is_out(browser: httpx.AsyncClient, path: Path) -> None:
    await sign_in(browser, "anna", "anna's own")
    kept = browser.cookies[COOKIE]
    assert (await browser.get("/sign-out")).status_code == 405, "no picture on a page signs anybody out"
    assert (await browser.post("/sign-out", headers=ORIGIN)).status_code == 303
    browser.cookies.set(COOKIE, kept)
    assert (await browser.get("/d/salgspuls-home")).status_code == 303, (
        "a copy of the cookie is worth nothing"
    )
    browser.cookies.clear()
    await sign_in(browser, "root", "root's own")
    assert (await browser.get("/d/salgspuls-home")).status_code == 200
    without(path, "root")
    assert (await browser.get("/d/salgspuls-home")).status_code == 303


def test_a_session_ends_with_its_time_its_password_and_its_user(path: Path) -> None:
    clock = [1_000_000.0]
    file = UserFile(path)
    sessions = Sessions(file, lambda: clock[0])
    token = sessions.begin("anna", file.now().by_name["anna"])
    session = sessions.of(token)
    assert session is not None
    assert session.is_open()
    clock[0] += LASTS["manager"] - 1
    assert session.is_open()
    clock[0] += 2
    assert not session.is_open()
    clock[0] -= 10
    users = file.now()
    changed = User(password=hashed("another one"), level="manager", teams=("Nord",))
    write(path, Users(users.secret, {**users.by_name, "anna": changed}))
    assert not session.is_open()
    assert sessions.of(token) is None


@pytest.mark.parametrize(
    "forged",
    ["", ".", "..", "a.b.c", "1.YW5uYQ.", "1.YW5uYQ." + "0" * 64, "999999999999.YW5uYQ." + "0" * 64, "x" * 5000,
     "1.æ.x", "-1.YW5uYQ.00", "1e9.YW5uYQ.00", "1.====.00", "1.\x00.00", "nan.YW5uYQ.00"],
)  # fmt: skip
def test_a_forged_session_is_none(path: Path, forged: str) -> None:
    assert Sessions(UserFile(path)).of(forged) is None


def test_a_session_of_one_is_not_made_into_that_of_another(path: Path) -> None:
    file = UserFile(path)
    sessions = Sessions(file)
    moment, _, signature = sessions.begin("anna", file.now().by_name["anna"]).split(".")
    root = sessions.begin("root", file.now().by_name["root"]).split(".")
    for parts in itertools.product((moment, root[0]), (root[1],), (signature,)):
        assert sessions.of(".".join(parts)) is None


def test_attempts_are_forgotten_in_time_and_bounded() -> None:
    clock = [0.0]
    attempts = Attempts(lambda: clock[0])
    for _ in range(WRONG_IN_A_ROW):
        assert attempts.wait("a", "anna") == 0
        attempts.wrong("a", "anna")
    assert attempts.wait("a", "anna") == WAIT_SECONDS
    assert attempts.wait("b", "anna") == 0
    clock[0] = WAIT_SECONDS + 1
    assert attempts.wait("a", "anna") == 0
    for n in range(WRONG_FROM_ONE_ADDRESS):
        attempts.wrong("c", f"name{n}")
    assert attempts.wait("c", "whoever") > 0
    for n in range(30_000):
        attempts.wrong(f"{n}", "x")
    assert len(attempts._wrong) <= 10_000
