"""Signing in with a browser: the form, a manager's page, a wall, and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grafana.web.users import User, UserFile, Users, hashed, new_users, write
from tests.browser.conftest import Live, Tab, serving
from tests.browser.test_page import loaded
from tests.support.sample_rows import CUSTOMERS

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.toml"
    kept = hashed(PASSWORD)
    by_name = {
        "anna": User(password=kept, level="manager", teams=("Nord",)),
        "tv": User(password=kept, level="wall"),
    }
    write(path, Users(new_users().secret, by_name))
    return path


@pytest.fixture(scope="module")
def guarded(live: Live, users: Path) -> Iterator[str]:
    with serving(live.running, users=str(users), query_timeout=60, refresh=5.0) as address:
        yield address


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_manager_signs_in_and_sees_the_own_team_alone(guarded: str, users: Path, tab: Tab) -> None:
    page = tab(f"{guarded}/d/salgspuls-team?var-team=Syd")
    sign_in(page, "anna")
    table = page.locator("[data-panel=sellers]")
    expect(table).to_contain_text("Molly Clark", timeout=60_000)
    for other in ("Bo Chen", "Åse Lindqvist", "Syd"):
        expect(table).not_to_contain_text(other)
    page.get_by_role("button", name="Pages").click()
    expect(page.get_by_role("menuitem", name="Search")).to_be_visible()
    expect(page.get_by_role("menuitem", name="System")).to_have_count(0)
    page.keyboard.press("Escape")
    page.goto(f"{guarded}/d/salgspuls-trackers")
    expect(page.locator(".read-only")).to_be_visible()
    loaded(page)  # by its socket, which is what tells it to go
    known = UserFile(users).now()
    write(users, Users(known.secret, {"tv": known.by_name["tv"]}))
    expect(page.get_by_label("Password")).to_be_visible(timeout=60_000)
    write(users, known)


def test_a_page_without_a_socket_sends_who_was_removed_to_the_form(
    guarded: str, users: Path, chromium: Browser
) -> None:
    page = chromium.new_page()  # no tab, which must hear of no error: being refused is one
    page.route("**/_nicegui_ws/**", lambda route: route.abort())
    page.route_web_socket("**/_nicegui_ws/**", lambda socket: socket.close())
    page.goto(guarded)
    sign_in(page, "anna")
    expect(page.locator("#banner")).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Password")).to_have_count(0)
    known = UserFile(users).now()
    write(users, Users(known.secret, {"tv": known.by_name["tv"]}))
    expect(page.get_by_label("Password")).to_be_visible(timeout=60_000)
    write(users, known)
    page.close()


def test_a_wall_shows_calls_without_customers(guarded: str, tab: Tab) -> None:
    page = tab(guarded)
    sign_in(page, "tv")
    live = page.locator("[data-panel=live-calls]")
    expect(live.locator("a").first).to_be_visible(timeout=60_000)
    shown = page.locator("body").inner_text()
    assert not [name for name in CUSTOMERS if name in shown]


def test_who_signs_out_is_asked_again(guarded: str, tab: Tab) -> None:
    page = tab(guarded)
    sign_in(page, "anna")
    page.get_by_role("button", name="Sign out").click(timeout=60_000)
    expect(page.get_by_label("Password")).to_be_visible()
    page.goto(f"{guarded}/d/salgspuls-home")
    expect(page.get_by_label("Password")).to_be_visible()
