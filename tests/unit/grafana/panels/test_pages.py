"""The pages are whole and consistent, whoever draws them."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import grafana.pages
from grafana.i18n import Text
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import ANNOTATIONS, RANGES, SELLER, TEAM
from grafana.panels.columns import Column, Link
from grafana.panels.pages import COLUMNS, Page
from grafana.panels.panels import Alerts, Charted, Panel, Section, Table, Words
from grafana.sql import Writer

EVERY_PAGE = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
CATALOGUES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(grafana.pages.__path__, "grafana.pages.")
    if found.name.endswith(".texts")
]


def columns(page: Page) -> Iterator[tuple[Charted, Column]]:
    for panel in page.panels:
        if isinstance(panel, Charted):
            for column in panel.columns:
                yield panel, column


def links(page: Page) -> Iterator[tuple[Link, Panel | None]]:
    """Each link of a page, and the panel whose rows it takes its values from."""
    for panel, column in columns(page):
        if column.link is not None and not column.link.outside:
            yield column.link, panel
    for whole in page.panels:
        if whole.link is not None:
            yield whole.link, None
    for placed in page.items:
        if isinstance(placed.item, Words) and placed.item.link is not None:
            yield placed.item.link, None


def test_every_page_of_the_product_is_there() -> None:
    assert list(PAGES) == [
        "home", "wall", "sentiment", "keywords", "competitors", "brands", "team", "seller", "sellers", "best-practice",
        "deals", "calls", "search", "deal", "call", "trackers", "system",
    ]  # fmt: skip


@EVERY_PAGE
def test_items_lie_in_the_grid_and_on_nobody_else(page: Page) -> None:
    for placed in page.items:
        x, _, width, height = placed.at
        assert x >= 0
        assert x + width <= COLUMNS
        assert height > 0
    for one, other in itertools.combinations(page.items, 2):
        a, b = one.at, other.at
        apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
        assert apart, f"{one.item.name} lies on {other.item.name}"
    filled = {placed.at.y + row for placed in page.items for row in range(placed.at.h)}
    assert filled == set(range(page.rows)), "no row is empty"


@EVERY_PAGE
def test_an_insight_is_whole_and_nothing_else_lies_in_its_card(page: Page) -> None:
    for card in {placed.card for placed in page.items if placed.card is not None}:
        inside = [placed for placed in page.items if placed.card == card]
        assert sum(placed.at.w * placed.at.h for placed in inside) == card.w * card.h
        assert isinstance(inside[-1].item, Words)


@EVERY_PAGE
def test_names_are_those_of_one_item_each(page: Page) -> None:
    names = [placed.item.name for placed in page.items]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names), names


def test_a_query_of_a_name_is_one_text() -> None:
    texts: dict[str, set[str]] = {}
    for page in PAGES.values():
        for panel in page.panels:
            assert re.fullmatch(r"[a-z_]+\.[a-z_0-9-]+", panel.query.name), panel.query.name
            texts.setdefault(panel.query.name, set()).add(panel.query.sql(Writer("en")))
    assert [name for name, some in texts.items() if len(some) > 1] == []


@EVERY_PAGE
@pytest.mark.parametrize("language", ["en", "da"])
def test_every_panel_says_what_its_number_is_and_what_it_waits_for(page: Page, language: str) -> None:
    index = ("en", "da").index(language)
    for placed in page.items:
        match placed.item:
            case Panel(title=title, definition=definition, empty=empty):
                assert title[index], placed.item.name
                assert len(definition[index]) > 20, placed.item.name
                assert empty[index], placed.item.name
            case Alerts(title=title, definition=definition):
                assert title[index]
                assert len(definition[index]) > 20
            case Words(text=text):
                assert text[index]
            case Section(title=title):
                assert title[index]


@EVERY_PAGE
def test_columns_leave_room_for_the_one_without_a_width(page: Page) -> None:
    pixels = 71 if page.wall else 51  # of a column of the grid on a screen of 1920, and of 1440
    for placed in page.items:
        if isinstance(placed.item, Table):
            widths = sum(column.width or 0 for column in placed.item.columns)
            room = pixels * placed.at.w + 8 * (placed.at.w - 1) - 30
            assert room - widths >= 90, placed.item.name


@EVERY_PAGE
def test_links_lead_to_pages_panels_and_variables_that_exist(page: Page) -> None:
    for link, panel in links(page):
        target = PAGES[link.page]
        own = {*(typed.name for typed in target.inputs), *(choice.name for choice in target.choices)}
        variables = {TEAM.name, SELLER.name} | own
        assert {*link.keep, *link.sets, *link.fixed} <= variables, f"{link} sets what {link.page} has not"
        if link.panel is not None:
            assert target.panel(link.panel)
        assert link.title.en
        if panel is None:
            assert not link.sets
            assert link.span is None


@EVERY_PAGE
def test_every_panel_leads_on_or_says_why_it_is_an_end(page: Page) -> None:
    for panel in page.panels:
        assert bool(panel.links) != bool(panel.ends), panel.name


OF_ARRIVALS = {"freshness", "in-progress", "rejected", "reasons"}
"""Numbers of what arrives, not of calls or deals."""


@EVERY_PAGE
def test_two_clicks_lead_from_any_number_to_its_calls_or_deals(page: Page) -> None:
    def is_evidence(link: Link) -> bool:
        return link.page in ("call", "deal") or link.panel == "deals-of-range"

    for panel in page.panels:
        if panel.ends or panel.name in OF_ARRIVALS:
            continue
        behind = [
            second
            for link in panel.links
            for second_panel in PAGES[link.page].panels
            if link.panel in (None, second_panel.name)
            for second in second_panel.links
        ]
        assert any(map(is_evidence, (*panel.links, *behind))), f"{page.name}: {panel.name}"


def test_home_leads_to_every_detail() -> None:
    found = {link.page for link, _ in links(PAGES["home"])}
    assert found == {
        "sentiment", "keywords", "competitors", "brands", "team", "best-practice", "deals", "deal", "call", "calls",
        "system",
    }  # fmt: skip


def test_ranges_are_those_of_the_product() -> None:
    assert [name.en for name, _ in RANGES] == ["Last 24 hours", "Last 7 days", "This month", "All time"]
    assert [name.da for name, _ in RANGES] == [
        "De sidste 24 timer",
        "De sidste syv dage",
        "Denne måned",
        "Altid",
    ]


def test_the_wall_needs_no_scrolling_and_no_choices() -> None:
    wall = PAGES["wall"]
    assert wall.rows <= 28, "1080 pixels, 38 a row"
    assert wall.refresh == 10
    assert not wall.inputs


def test_trends_are_read_with_what_happened() -> None:
    assert [annotation.title.en for annotation in ANNOTATIONS] == [
        "Trackers changed",
        "Past calls reprocessed",
        "No data came",
    ]


def messages(catalogue: ModuleType) -> dict[str, Text]:
    return {name: value for name, value in vars(catalogue).items() if isinstance(value, Text)}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda module: module.__name__.split(".")[-2])
def test_texts_exist_in_both_languages_with_the_same_numbers(catalogue: ModuleType) -> None:
    assert messages(catalogue)
    for name, text in messages(catalogue).items():
        assert text.en.strip(), name
        assert text.da.strip(), name
        placeholders = [set(re.findall(r"\{(\w+)(?=[:}])", said)) for said in text]
        assert placeholders[0] == placeholders[1], name
        if len(text.en) > 40:
            assert text.en != text.da, name
