"""What a manager listens for, changed on the page of `salgspuls web`, with a real broker and worker behind it."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from schemas.events import CallSegment, SellerChanged
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.browser.conftest import Tab, answering
from tests.browser.test_page import loaded, panel
from tests.support.pipeline import Pipeline, running_pipeline

STARTED_AT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
SELLERS = ("Molly Clark", "Bo Chen")
SAID = (
    "We had a demo of Zephyr Systems last week.",
    "Zephyr Systems is cheaper, and their espresso machine is quiet.",
    "Nordlys Partners offered us a contract too.",
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """Broker, ClickHouse, a worker, and a call in which nothing is tracked yet."""
    folder = tmp_path_factory.mktemp("editing")
    with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
        pipeline.start_worker()
        sellers = [
            SellerChanged(seller_id=f"s-{n}", name=name, team="Nord") for n, name in enumerate(SELLERS)
        ]
        asyncio.run(pipeline.send([*segments(), *sellers]))
        until(lambda: pipeline.query("SELECT count() FROM salgspuls.segments") == [(len(SAID) + 1,)])
        yield pipeline


@pytest.fixture(scope="module")
def address(pipeline: Pipeline) -> Iterator[str]:
    """Where `salgspuls web` serves the page."""
    port = free_port()
    env = pipeline.settings.as_environment() | {"SALGSPULS_WEB_PORT": str(port)}
    with answering([sys.executable, "-m", "streams.cli", "web"], port, env) as found:
        yield found


def segments() -> list[CallSegment]:
    return [
        CallSegment(
            call_id=call_id,
            call_started_at=STARTED_AT,
            seller_id="seller-1",
            consent=True,
            segment_id=f"s{number}",
            speaker="customer",
            start_ms=number * 5000,
            end_ms=number * 5000 + 4000,
            text=text,
            language="en",
        )
        for call_id, said in (("call-1", SAID), ("call-2", SAID[:1]))  # of one call a name might be private
        for number, text in enumerate(said)
    ]


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def choose(page: Page, form: Locator, name: str) -> None:
    form.get_by_label("Which").click()
    page.get_by_role("option", name=name).click()


def test_trackers_are_added_changed_recomputed_and_removed(address: str, tab: Tab) -> None:
    page = tab(f"{address}/d/salgspuls-trackers")
    loaded(page)
    form = page.locator(".form")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give it a name first.")).to_be_visible()
    form.get_by_label("Name").fill("Espresso")
    form.get_by_label("Also as").fill("expresso, ristretto")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Espresso is tracked from now on.")).to_be_visible()
    added = panel(page, "keywords").locator("tr", has_text="Espresso")
    expect(added).to_contain_text("ristretto")
    expect(form.get_by_label("Name")).to_have_value("")

    choose(page, form, "Espresso")
    expect(form.get_by_label("Also as")).to_have_value("expresso, ristretto")
    form.get_by_label("Also as").fill("doppio")
    form.get_by_role("button", name="Save").click()
    expect(added).to_contain_text("doppio")
    expect(added.locator("td").last).to_have_text("0")

    form.get_by_role("button", name="Reprocess past calls").click()
    expect(page.get_by_text("Past calls are reprocessed.", exact=True)).to_be_visible(timeout=60_000)
    expect(added.locator("td").last).to_have_text("1")

    form.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Espresso is no longer tracked.")).to_be_visible()
    expect(added).to_be_hidden()
    form.get_by_label("Name").fill("x" * 300)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("name: String should have at most 256 characters")).to_be_visible()


def test_whoever_is_overtaken_sees_what_the_other_one_has_made_of_it(address: str, tab: Tab) -> None:
    pages = [tab(f"{address}/d/salgspuls-trackers"), tab(f"{address}/d/salgspuls-trackers-da")]
    first, second = (page.locator(".form") for page in pages)
    loaded(pages[0])
    first.get_by_label("Name").fill("Night delivery")
    first.get_by_role("button", name="Save").click()
    expect(panel(pages[0], "keywords").locator("tr", has_text="Night delivery")).to_have_count(1)
    choose(pages[0], first, "Night delivery")
    second.get_by_label("Hvilket").click()
    pages[1].get_by_role("option", name="Night delivery").click()
    first.get_by_label("Also as").fill("overnight")
    first.get_by_role("button", name="Save").click()
    expect(panel(pages[0], "keywords").locator("tr", has_text="Night delivery")).to_contain_text("overnight")
    second.get_by_label("Også som").fill("by night")
    second.get_by_role("button", name="Gem").click()
    expect(pages[1].get_by_text("En anden har ændret Night delivery imens")).to_be_visible()
    expect(second.get_by_label("Også som")).to_have_value("overnight")


def test_a_name_that_nobody_tracks_becomes_a_competitor_with_one_click(
    pipeline: Pipeline, address: str, tab: Tab
) -> None:
    page = tab(f"{address}/d/salgspuls-brands")
    loaded(page)
    row = panel(page, "brands-table").locator("tbody tr", has_text="Zephyr Systems")
    row.get_by_role("button", name="competitor").click()
    expect(page.get_by_text("Zephyr Systems is tracked from now on.")).to_be_visible()
    expect(row).to_be_hidden()
    page.goto(f"{address}/d/salgspuls-trackers")
    loaded(page)
    tracked = panel(page, "competitors").locator("tr", has_text="Zephyr Systems")
    expect(tracked.locator("td").last).to_have_text("0")
    page.get_by_role("button", name="Reprocess past calls").click()
    expect(tracked.locator("td").last).to_have_text("3", timeout=60_000)


def test_without_a_broker_the_page_lives_and_an_edit_says_what_is_missing(
    pipeline: Pipeline, tab: Tab
) -> None:
    port, nobody = free_port(), free_port()
    env = pipeline.settings.as_environment()
    env |= {"SALGSPULS_WEB_PORT": str(port), "SALGSPULS_KAFKA_BOOTSTRAP": f"127.0.0.1:{nobody}"}
    with answering([sys.executable, "-m", "streams.cli", "web"], port, env) as address:
        page = tab(f"{address}/d/salgspuls-trackers")
        loaded(page)
        form = page.locator(".form")
        form.get_by_label("Name").fill("Ristretto")
        form.get_by_role("button", name="Save").click()
        said = page.get_by_text(re.compile("did not get through. Kafka does not answer"))
        expect(said).to_contain_text(f"127.0.0.1:{nobody}")
        expect(form.get_by_label("Name")).to_have_value("Ristretto")
        page.context.close()


def test_a_star_makes_a_top_seller_and_the_list_says_so(pipeline: Pipeline, address: str, tab: Tab) -> None:
    until(lambda: pipeline.query("SELECT count() FROM salgspuls.sellers") == [(2,)])
    page = tab(f"{address}/d/salgspuls-sellers")
    loaded(page)
    expect(panel(page, "headline")).to_contain_text("chosen by revenue")
    page.get_by_role("button", name="Top seller by star: Molly Clark").click()
    expect(panel(page, "headline")).to_contain_text("those with a star: 1 of", timeout=30_000)
    starred = page.get_by_role("button", name="Top seller by star: Molly Clark")
    expect(starred).to_have_attribute("aria-pressed", "true")
    expect(panel(page, "sellers").locator("tbody tr").first).to_contain_text("★ top seller, starred")
    starred.click()
    expect(panel(page, "headline")).to_contain_text("chosen by revenue", timeout=30_000)
