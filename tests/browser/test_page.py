"""What a manager does on the built-in page, in a real browser."""

from __future__ import annotations

import contextlib
import itertools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from clickhouse.client import connect
from clickhouse.schema.rows import CallRow, SegmentRow
from grafana.i18n import LANGUAGES, page_of, uid
from grafana.pages.catalogue import PAGES
from grafana.panels.panels import Stat
from grafana.theme import ACCENT
from tests.browser.conftest import REFRESH, Live, Tab, process_on, serving
from tests.support.embedded_clickhouse import (
    migrated_folder,
    running_clickhouse,
)
from tests.support.matrix import over
from tests.support.sample_rows import insert, row, sample_world

expect.set_options(timeout=30_000)


OUT_OF_CHART = """() => [...document.querySelectorAll('.panel-chart svg text')].filter(e => {
    const [letters, chart] = [e, e.ownerSVGElement].map(one => one.getBoundingClientRect());
    return letters.width && (letters.left < chart.left - 1 || letters.right > chart.right + 1);
}).map(e => e.textContent)"""
"""Letters that are wider than the chart has room for."""


def panel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-panel="{name}"]')


def loaded(page: Page) -> None:
    """Every panel has drawn its answer or says what it waits for."""
    waiting = page.locator(".panel-message:visible", has_text=re.compile("^(loading|henter) …$"))
    expect(waiting).to_have_count(0, timeout=60_000)


CUT_OFF = """() => [
    ...[...document.querySelectorAll('.stat-value, .stat-note, .panel-title, .bar-title, .bar-range, .sort')]
        .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1),
    ...[...document.querySelectorAll('.panel-stat .panel-content')]
        .filter(e => e.scrollHeight > e.clientHeight + 2 && !e.closest('.panel-headline')),
    ...[...document.querySelectorAll('.panel-headline')].filter(e => {
        const words = e.querySelector('.stat-value');
        return words && words.getBoundingClientRect().bottom > e.getBoundingClientRect().bottom;
    }),
    ...[...document.querySelectorAll('.wall tbody tr')].filter(e => e.getBoundingClientRect().bottom
        > e.closest('.panel').getBoundingClientRect().bottom),
].map(e => e.textContent)"""
"""Letters, lines and, on the wall, rows that do not fit where they stand."""


EVERY_PAGE = [uid(page, language) for page in PAGES for language in LANGUAGES]
HAS_LINK = "stats => stats.filter(e => e.querySelector('a.stat-link[href]')).map(e => e.dataset.panel)"


def one(live: Live, sql: str) -> Any:
    return live.reader.query(sql).result_rows[0][0]


def test_home_shows_the_numbers_of_the_database(live: Live, address: str, tab: Tab) -> None:
    page = tab(address)
    loaded(page)
    expect(page).to_have_url(re.compile("/d/salgspuls-home"))
    kpis = (
        "salgspuls.base_kpis(from = toDateTime(0), to = now(), tz = 'Europe/Copenhagen', fiscal_start = 1,"
        " teams = [''], sellers = [''])"
    )
    expect(panel(page, "deals-won").locator(".stat-value")).to_have_text(
        str(one(live, f"SELECT deals_won FROM {kpis}"))
    )
    rate = one(live, f"SELECT round(100 * win_rate) FROM {kpis}")
    expect(panel(page, "win-rate").locator(".stat-value")).to_have_text(f"{rate:.0f} %")
    calls = one(live, "SELECT count() FROM salgspuls.calls")
    expect(panel(page, "sentiment").locator(".stat-value")).to_contain_text(f"of {calls} calls")
    live_now = one(live, "SELECT count() FROM salgspuls.calls_in_progress")
    expect(panel(page, "live-calls").locator("tbody tr")).to_have_count(live_now)
    expect(page.locator(".bar-fresh")).to_contain_text("live")


def test_the_live_numbers_move_by_themselves(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-call?var-call_id=live-0")
    loaded(page)
    duration = panel(page, "headline").locator(".stat-value")
    before = duration.inner_text()
    expect(duration).not_to_have_text(before)


def test_two_clicks_lead_from_home_to_the_sentences_behind_a_number(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home?from=now-7d&to=now")
    loaded(page)
    panel(page, "sentiment-why").get_by_role("link", name="Show details").click()
    expect(page).to_have_url(re.compile(r"/d/salgspuls-sentiment\?from=now-7d&to=now"))
    panel(page, "flagged-calls").locator("tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/d/salgspuls-call\?from=now-7d&to=now&var-call_id="))
    expect(panel(page, "transcript").locator("tbody tr").first).to_be_visible()
    expect(panel(page, "transcript").locator("mark").first).to_be_visible()
    expect(panel(page, "timeline").locator("svg path").nth(5), "the timeline is drawn").to_be_attached()


def test_a_number_a_bubble_and_a_slice_lead_to_what_they_count(live: Live, address: str, tab: Tab) -> None:
    home = f"{address}/d/salgspuls-home?from=now-60d&to=now"
    page = tab(home)
    loaded(page)
    won = panel(page, "deals-won").locator(".stat-value")
    count = int(won.inner_text())
    won.click()
    expect(page).to_have_url(re.compile("/d/salgspuls-deals[?]from=now-60d&to=now&var-state=won"))
    expect(panel(page, "deals-of-range").locator("tbody tr")).to_have_count(count, timeout=45_000)

    page.goto(home)
    loaded(page)
    bubble = panel(page, "keywords-bubbles").locator("svg path[fill^='#']").first
    bubble.click()
    expect(page).to_have_url(re.compile("/d/salgspuls-keywords[?].*var-mentioned="))
    word = parse_qs(urlsplit(page.url).query)["var-mentioned"][0]
    chips = panel(page, "keywords-calls").locator("tbody tr .of-chips")
    expect(chips.first).to_have_text(word, timeout=45_000)

    page.goto(home)
    loaded(page)
    panel(page, "recorded-calls").locator(".stat-value").click()
    expect(page.get_by_role("button", name="Time range")).to_contain_text("This month")
    page.get_by_role("button", name="Pages").click()
    page.get_by_role("menuitem", name="Home").click()
    expect(page).to_have_url(re.compile("/d/salgspuls-home[?]from=now-60d&to=now$"))


def test_each_mark_of_a_call_leads_to_its_words(live: Live, address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-call?var-call_id=call-0003")
    loaded(page)
    this_call = "FROM salgspuls.segments WHERE call_id = 'call-0003' AND text != ''"
    transcript = panel(page, "transcript").locator("tbody tr")

    for _ in range(
        5
    ):  # a mark has no element to wait for: while the page is laid out, it may move under the pointer
        mark = panel(page, "timeline").locator(f'svg path[stroke="{ACCENT}"]').first.bounding_box()
        assert mark is not None
        page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
        with contextlib.suppress(PlaywrightTimeoutError):
            page.wait_for_url(re.compile("var-search=."), timeout=10_000)
            break
    expect(page).to_have_url(re.compile("var-search=."))
    word = parse_qs(urlsplit(page.url).query)["var-search"][0]
    said = one(live, f"SELECT count() {this_call} AND positionCaseInsensitive(text, '{word}') > 0")
    assert 0 < said < one(live, f"SELECT count() {this_call}")
    expect(transcript).to_have_count(said)

    tracker, name = live.reader.query(
        f"SELECT tracker_id, name FROM salgspuls.trackers WHERE tracker_id IN"
        f" (SELECT arrayJoin(mention_trackers) {this_call}) ORDER BY tracker_id LIMIT 1"
    ).result_rows[0]
    panel(page, "mentions").get_by_role("link", name=name, exact=True).click()
    heard = f"has(mention_trackers, '{tracker}') OR positionCaseInsensitive(text, '{name}') > 0"
    expect(transcript).to_have_count(one(live, f"SELECT count() {this_call} AND ({heard})"))

    question = panel(page, "questions").locator("tbody a").first
    asked = question.inner_text()
    question.click()
    expect(transcript.first).to_contain_text(asked[:40])
    assert transcript.count() < one(live, f"SELECT count() {this_call}")


def test_the_time_range_is_chosen_by_name_and_stays_in_the_address(
    live: Live, address: str, tab: Tab
) -> None:
    page = tab(f"{address}/d/salgspuls-home")
    loaded(page)
    calls = panel(page, "sentiment").locator(".stat-value")
    everything = calls.inner_text()
    page.get_by_role("button", name="Time range").click()
    page.get_by_role("menuitem", name="Last 24 hours").click()
    expect(calls).not_to_have_text(everything)
    expect(page.get_by_role("button", name="Time range")).to_contain_text("Last 24 hours")
    expect(page.locator(".bar-range")).to_contain_text("–")
    query = parse_qs(urlsplit(page.url).query)
    assert (query["from"], query["to"]) == (["now-24h"], ["now"])
    assert "from=now-24h" in (panel(page, "sentiment-why").get_by_role("link").get_attribute("href") or "")
    page.reload()
    expect(page.get_by_role("button", name="Time range")).to_contain_text("Last 24 hours")


def test_a_custom_range_is_read_in_the_sellers_time_zone(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home")
    page.get_by_role("button", name="Time range").click()
    menu = page.locator(".range-custom")
    menu.get_by_label("From").fill("2026-01-01T00:00")
    menu.get_by_label("To").fill("2025-01-01T00:00")
    menu.get_by_role("button", name="Apply").click()
    expect(menu).to_contain_text("before it starts")
    menu.get_by_label("To").fill("2099-01-02T12:30")
    menu.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Time range")).to_contain_text("Custom")
    expect(page.locator(".bar-range")).to_contain_text("2 Jan 2099 12:30")


def test_a_team_is_chosen_and_every_panel_follows(live: Live, address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-team")
    loaded(page)
    expect(panel(page, "sellers").locator("tbody tr")).to_have_count(6)
    page.get_by_role("combobox", name="Team").click()
    page.get_by_role("option", name="Nord").click()
    expect(panel(page, "sellers").locator("tbody tr")).to_have_count(3)
    expect(page).to_have_url(re.compile("var-team=Nord"))


def test_the_keyboard_is_enough_to_change_the_range(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-sentiment")
    loaded(page)
    for _ in range(15):
        page.keyboard.press("Tab")
        if "Time range" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or ""):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Last 7 days")).to_be_visible()
    page.wait_for_function("document.activeElement.classList.contains('q-menu')")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Time range")).to_contain_text("Last 7 days")


def test_danish_is_a_click_away_and_whole(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home?from=now-7d&to=now")
    loaded(page)
    page.get_by_role("button", name="Dansk").click()
    expect(page).to_have_url(re.compile(r"/d/salgspuls-home-da\?from=now-7d"))
    loaded(page)
    assert page.locator("html").get_attribute("lang") == "da"
    for words in (
        "Hvad taler kunder om?",
        "Hvad kendetegner de bedste sælgere?",
        "Er mit teams handler på sporet?",
    ):
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(panel(page, "open-revenue").locator(".stat-value")).to_have_text(
        re.compile(r"^(\d+,\d\smio\.|[\d.]+)\skr\.$")
    )
    english = page.locator("body").inner_text()
    for word in ("Show details", "Last 7 days", "calls", "Sellers", "Growth", "loading"):
        assert word not in english


@pytest.mark.parametrize("language", ["", "-da"])
@pytest.mark.parametrize(("width", "height"), over([(1920, 1080), (3840, 2160), (1440, 900)], [(1440, 900)]))
def test_the_wall_fills_the_screen_without_scrolling_or_cut_off_words(
    address: str, tab: Tab, width: int, height: int, language: str
) -> None:
    page = tab(f"{address}/d/salgspuls-wall{language}?kiosk", width, height)
    loaded(page)
    expect(panel(page, "live-calls").locator("tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.evaluate(CUT_OFF) == []
    lowest = max(
        box["y"] + box["height"] for one in page.locator(".wall .panel").all() if (box := one.bounding_box())
    )
    assert page.evaluate(OUT_OF_CHART) == []
    assert height - 20 * width / 1920 < lowest < height
    page.wait_for_function(
        "least => document.querySelector('[data-panel=live-calls] tbody td')?.getBoundingClientRect().height >= least",
        arg=45 * height / 1080,
    )


@pytest.mark.parametrize("name", ["home", "home-da", "sentiment-da"])
def test_nothing_is_cut_off_on_a_small_desk(address: str, tab: Tab, name: str) -> None:
    page = tab(f"{address}/d/salgspuls-{name}", 1440, 900)
    loaded(page)
    expect(page.locator(".panel-table tbody tr").first).to_be_visible()
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize(
    "name", over(EVERY_PAGE, ["salgspuls-home", "salgspuls-home-da", "salgspuls-call-da", "salgspuls-team"])
)
def test_every_page_opens_and_no_panel_is_broken(address: str, tab: Tab, name: str) -> None:
    page = tab(f"{address}/d/{name}?var-call_id=call-0003")
    loaded(page)
    # on a busy machine an answer may come too late; then it is asked for again
    expect(page.locator(".panel-message-error")).to_have_count(0, timeout=60_000)
    leads = {found.name for found in PAGES[page_of(name)[0]].panels if isinstance(found, Stat) and found.link}
    assert leads == set(page.eval_on_selector_all(".panel-stat", HAS_LINK)), "each number is a link"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
        "nothing sticks out to the right"
    )


def test_what_customers_are_called_and_say_is_text(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home")
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the data ran: {dialog.message}"))
    loaded(page)
    page.goto(f"{address}/d/salgspuls-brands")
    loaded(page)
    expect(panel(page, "brands-table")).to_contain_text("Skumfidus <b>A/S</b>")
    page.goto(f"{address}/d/salgspuls-call?var-call_id=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    loaded(page)
    expect(panel(page, "headline")).to_contain_text("No such call")
    assert page.locator("img[src=x]").count() == 0
    page.goto(f"{address}/d/salgspuls-seller?var-seller=s1")
    loaded(page)
    expect(panel(page, "history").get_by_text("<script>alert(1)</script>").first).to_be_attached()


def test_a_dashboard_that_does_not_exist_is_named(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/no-such-page")
    expect(page.get_by_text("There is no dashboard no-such-page.")).to_be_visible()


def test_a_range_that_cannot_be_read_is_said_and_the_page_lives(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-home?from=yesterday&to=now")
    expect(page.get_by_text("“yesterday” is not a time")).to_be_visible()
    expect(panel(page, "deals-won").locator(".stat-value")).not_to_be_empty()


def test_a_broken_and_a_slow_panel_leave_the_others_alive(live: Live, tab: Tab) -> None:
    broken = {
        "in-progress": "SELECT no_such_column AS value FROM salgspuls.calls",
        "rejected": "SELECT toString(sleepEachRow(1)) AS value, '' AS note FROM numbers(30)",
        "unknown-language": "SELECT 1 AS other",
        "without-consent": "SELECT $nobody AS value",
    }
    with serving(live.running, replaced={"system": broken}, query_timeout=3) as address:
        page = tab(f"{address}/d/salgspuls-system")
        expect(panel(page, "in-progress")).to_contain_text("no_such_column")
        expect(panel(page, "unknown-language")).to_contain_text("cannot be shown")
        expect(panel(page, "without-consent")).to_contain_text("$nobody")
        fresh = panel(page, "freshness").locator(".stat-value")
        expect(fresh).to_have_text(re.compile(r"^\d+ (s|min|h)$"))
        expect(panel(page, "rejected")).to_contain_text("cannot be shown")
        expect(fresh).to_have_text(re.compile(r"^\d+ (s|min|h)$"))
        page.context.close()


def test_a_panel_that_always_fails_holds_no_other_up(live: Live, tab: Tab) -> None:
    replaced = {
        "rejected": "SELECT toString(sleep(3) + sleep(2.9)) AS value, '' AS note",
        "freshness": "SELECT toString(now()) AS value, '' AS note",
    }
    with serving(live.running, replaced={"system": replaced}, query_timeout=3) as address:
        page = tab(f"{address}/d/salgspuls-system")
        expect(panel(page, "rejected")).to_contain_text("cannot be shown")
        clock, seen = panel(page, "freshness").locator(".stat-value"), set()
        for _ in range(32):
            seen.add(clock.inner_text())
            page.wait_for_timeout(500)
        assert len(seen) >= 6
        page.context.close()


def test_when_events_stop_the_page_says_so(live: Live, tab: Tab) -> None:
    with serving(live.running, stale_after=-1) as address:
        page = tab(f"{address}/d/salgspuls-wall?kiosk", 1920, 1080)
        banner = page.locator(".banner")
        expect(banner).to_contain_text("No new data for")
        assert banner.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 28
        page.context.close()


def test_a_page_that_has_lost_its_server_never_calls_itself_live(live: Live, tab: Tab) -> None:
    with serving(live.running) as address:
        page = tab(f"{address}/d/salgspuls-wall-da?kiosk", 1920, 1080)
        loaded(page)
        expect(page.locator(".bar-fresh")).to_contain_text("live, opdateret for")
        shown = page.locator(".stat-value").all_inner_texts()
        server = process_on(urlsplit(address).port)
        server.suspend()
        try:
            banner = page.locator(".banner")
            expect(banner).to_contain_text("Ingen forbindelse til Salgspuls")
            expect(page.locator(".bar-fresh")).to_be_empty()
            assert page.locator(".stat-value").all_inner_texts() == shown, "the last good numbers stay"
            expect(page.get_by_text("Connection lost")).to_be_hidden()
        finally:
            server.resume()
        expect(banner).to_be_hidden()
        page.context.set_offline(True)
        expect(banner).to_contain_text("Ingen forbindelse til Salgspuls")
        page.context.set_offline(False)
        expect(banner).to_be_hidden()
        page.context.close()


def test_what_answers_another_choice_is_marked_until_the_new_answer_is_here(live: Live, tab: Tab) -> None:
    with serving(live.running, refresh=REFRESH) as address:
        page = tab(f"{address}/d/salgspuls-home")
        loaded(page)
        pending = page.locator(".panel-pending")
        expect(pending).to_have_count(0)
        server = process_on(urlsplit(address).port)
        page.get_by_role("button", name="Time range").click()
        page.get_by_role("menuitem", name="Last 7 days").click()
        expect(pending.first).to_be_visible()
        assert server.is_running()
        expect(pending).to_have_count(0)
        page.context.close()


def test_numbers_stay_with_their_age_when_queries_begin_to_fail(tab: Tab, tmp_path: Path) -> None:
    with running_clickhouse(migrated_folder(tmp_path)) as own:
        writer = connect(own.writer)
        insert(writer, sample_world(datetime.now(UTC), days=3).rows)
        writer.close()
        with serving(own.with_database("salgspuls"), query_timeout=10) as address:
            page = tab(f"{address}/d/salgspuls-home")
            loaded(page)
            value = page.locator("[data-panel='actual-revenue'] .stat-value")
            expect(value).not_to_be_empty()
            shown = value.inner_text()
            own.process.terminate()
            expect(page.locator(".banner")).to_contain_text("The database does not answer")
            old = page.locator("[data-panel='actual-revenue'] .panel-old")
            expect(old).to_contain_text("as of", timeout=90_000)
            assert value.inner_text() == shown
            page.context.close()


def test_when_the_database_stops_the_page_says_so_and_lives(tab: Tab, tmp_path: Path) -> None:
    with running_clickhouse(migrated_folder(tmp_path)) as own:
        writer = connect(own.writer)
        insert(writer, sample_world(datetime.now(UTC), days=3).rows)
        writer.close()
        with serving(own.with_database("salgspuls"), query_timeout=3) as address:
            page = tab(f"{address}/d/salgspuls-system")
            loaded(page)
            expect(page.locator(".bar-fresh")).to_contain_text("live")
            own.process.terminate()
            expect(page.locator(".banner")).to_contain_text("The database does not answer")
            page.get_by_role("button", name="Time range").click()
            expect(page.get_by_role("menuitem", name="Last 7 days")).to_be_visible()
            page.context.close()


def test_a_page_that_only_reads_says_so_and_how_trackers_are_changed(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-trackers")
    loaded(page)
    expect(page.get_by_text("This page only reads")).to_contain_text("SALGSPULS_WEB_EDIT_TRACKERS=false")
    expect(page.locator(".form")).to_have_count(0)
    page.goto(f"{address}/d/salgspuls-brands")
    loaded(page)
    expect(panel(page, "brands-table").locator("tbody tr").first).to_be_visible()
    expect(page.get_by_role("button", name="competitor")).to_have_count(0)


def test_a_call_that_turns_very_negative_is_seen_on_the_wall_within_seconds(
    live: Live, address: str, tab: Tab
) -> None:
    page = tab(f"{address}/d/salgspuls-wall?kiosk", 1920, 1080)
    loaded(page)
    expect(page.locator(".alarm")).to_have_count(0)
    call = next(call for call in live.world.of(CallRow) if call.call_id == "live-3")
    elapsed = int((datetime.now(UTC) - call.call_started_at).total_seconds() * 1000)
    shared = {
        "call_id": call.call_id,
        "seller_id": call.seller_id,
        "call_started_at": call.call_started_at,
        "version": 1,
        "revision": 1,
        "speaker": "customer",
        "consent": True,
        "text": "This is a disaster <b>again</b>.",
        "language": "en",
        "words": 6,
        "compound_e4": -9500,
        "received_at": datetime.now(UTC),
    }
    angry = [
        row(SegmentRow, **shared, segment_id=f"angry-{n}", start_ms=start, end_ms=start + 14_000)
        for n, start in enumerate(range(elapsed - 90_000, elapsed, 15_000))
    ]
    writer = connect(live.running.writer)
    insert(writer, {SegmentRow: angry})
    writer.close()
    alarm = page.locator(".alarm")
    expect(alarm).to_contain_text("is very negative in a call")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), "the wall still fits"
    assert page.evaluate(CUT_OFF) == []
    assert alarm.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 28


def test_a_narrow_screen_shows_key_figures_in_pairs_and_the_rest_below_each_other(
    address: str, tab: Tab
) -> None:
    page = tab(f"{address}/d/salgspuls-home", 420, 900)
    loaded(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    names = ("time-left", "actual-revenue", "open-revenue", "sentiment", "sentiment-donut", "sentiment-trend")
    boxes = [panel(page, name).bounding_box() for name in names]
    first, beside, third, *below = (box for box in boxes if box is not None)
    assert (first["y"], first["x"]) == (beside["y"], third["x"])
    assert beside["x"] > first["x"] + 100
    assert third["y"] > first["y"] + 50
    assert len({box["x"] for box in below}) == 1
    assert len(below) == 3
    assert all(later["y"] > one["y"] + 50 for one, later in itertools.pairwise(below))


def test_a_sentence_stands_on_its_call_s_page_before_the_page_asks_for_everything_again(
    live: Live, address: str, tab: Tab
) -> None:
    call = next(call for call in live.world.of(CallRow) if not call.ended)
    page = tab(f"{address}/d/salgspuls-call?var-call_id={call.call_id}")
    loaded(page)
    writer = connect(live.running.writer)
    for number, said in enumerate(("I only just said this.", "And this a moment later.")):
        now = datetime.now(UTC)
        spoken = {"seller_id": call.seller_id, "call_started_at": call.call_started_at}
        segment = row(
            SegmentRow,
            call_id=call.call_id,
            segment_id=f"now-{number}",
            **spoken,
            text=said,
            words=5,
            received_at=now,
        )
        other = row(
            CallRow, **spoken | {"call_started_at": now}, call_id="another", version=number, last_event_at=now
        )
        insert(writer, {SegmentRow: [segment._replace(consent=True)], CallRow: [other._replace(ended=True)]})
        # the second one right after the first: even if that came as the page asked anew, this one did not
        expect(panel(page, "transcript")).to_contain_text(said, timeout=1000 * REFRESH / 2)
    writer.close()
