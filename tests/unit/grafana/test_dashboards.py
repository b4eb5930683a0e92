"""The committed dashboards are what the code says, whole and consistent."""

from __future__ import annotations

import itertools
import json
import re
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from grafana import theme as look
from grafana.dashboards import FOLDER
from grafana.dashboards.build import files
from grafana.dashboards.catalogue import calls, common, customers, deals, home, sellers, settings
from grafana.dashboards.query import register
from grafana.i18n import Text
from grafana.web.board import Board, Panel, load
from grafana.web.charts import KINDS
from grafana.web.formats import known_unit

BOARDS = load(FOLDER)
EVERY_BOARD = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
CATALOGUES = (calls, common, customers, deals, home, sellers, settings)


def test_the_committed_json_is_what_the_code_builds() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = [name for name, text in files().items() if committed.get(name) != text]
    assert not stale, f"run python -m grafana.dashboards and commit: {stale}"
    assert committed.keys() == files().keys()


@EVERY_BOARD
def test_the_sdk_reads_a_dashboard_back_unchanged(board: Board) -> None:
    register()
    again = json.loads(json.dumps(Dashboard.from_json(dict(board.raw)), cls=JSONEncoder))
    assert again == board.raw
    assert board.raw["schemaVersion"] == 42


def test_each_page_is_there_in_both_languages() -> None:
    english = {uid for uid in BOARDS if not uid.endswith("-da")}
    assert {f"{uid}-da" for uid in english} == BOARDS.keys() - english
    assert {board.title for board in BOARDS.values()} == {board.raw["title"] for board in BOARDS.values()}
    assert len({board.title for board in BOARDS.values()}) == len(BOARDS)
    for uid in english:
        both = [
            [(panel.id, panel.kind, panel.place) for panel in BOARDS[one].panels]
            for one in (uid, f"{uid}-da")
        ]
        assert both[0] == both[1], "the languages differ in words only"


@EVERY_BOARD
def test_panels_lie_in_the_grid_and_on_nobody_else(board: Board) -> None:
    for panel in board.panels:
        assert panel.place.x >= 0
        assert panel.place.x + panel.place.w <= 24
        assert panel.place.h > 0
    for one, other in itertools.combinations(board.panels, 2):
        a, b = one.place, other.place
        apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
        assert apart, f"{one.title} lies on {other.title}"
    assert len({panel.id for panel in board.panels}) == len(board.panels)
    last = max(panel.place.y + panel.place.h for panel in board.panels)
    free = set(range(last)) - {panel.place.y + row for panel in board.panels for row in range(panel.place.h)}
    assert not free, "no row is empty"


@EVERY_BOARD
def test_every_panel_says_what_its_number_is_and_what_it_waits_for(board: Board) -> None:
    for panel in board.panels:
        if panel.kind in ("row", "text"):
            continue
        assert panel.title, panel.id
        assert len(panel.description) > 20, panel.title
        assert panel.queries or panel.kind == "alertlist"
        assert panel.empty_text or panel.kind == "alertlist", panel.title


@EVERY_BOARD
def test_every_number_has_a_unit_that_the_page_knows(board: Board) -> None:
    for panel in board.panels:
        for override in panel.raw.get("fieldConfig", {}).get("overrides", []):
            for item in override["properties"]:
                if item["id"] == "unit":
                    assert known_unit(item["value"]), f"{panel.title}: {item['value']}"


@EVERY_BOARD
def test_the_page_can_show_every_panel(board: Board) -> None:
    assert {panel.kind for panel in board.panels} <= KINDS | {"stat", "table", "text", "row", "alertlist"}


@EVERY_BOARD
def test_grafana_takes_the_panels_for_its_own_and_time_for_time(board: Board) -> None:
    for panel in board.panels:
        if panel.queries:
            assert panel.raw["pluginVersion"].startswith("13."), (
                "older ones are converted, bubbles to nothing"
            )
        if panel.kind == "timeseries":
            assert panel.raw["timeFrom"] == "${span}", (
                "all time is 50 years, which leave no room for the data"
            )
            assert panel.raw["targets"][0]["format"] == 0
    assert any(variable.name == "span" and not variable.visible for variable in board.variables)


@EVERY_BOARD
def test_columns_leave_room_for_the_one_without_a_width(board: Board) -> None:
    column = 71 if board.page == "wall" else 51  # pixels of the grid's on a screen of 1920, and of 1440
    for panel in board.panels:
        if panel.kind == "table":
            overrides = panel.raw["fieldConfig"]["overrides"]
            properties = [item for override in overrides for item in override["properties"]]
            widths = sum(item["value"] for item in properties if item["id"] == "custom.width")
            assert column * panel.place.w + 8 * (panel.place.w - 1) - 30 - widths >= 90, panel.title


def links(panel: Panel) -> list[str]:
    found = re.findall(r"\]\((/[^)]*)\)", str(panel.options.get("content", "")))
    for override in panel.raw.get("fieldConfig", {}).get("overrides", []):
        found += [
            link["url"] for item in override["properties"] if item["id"] == "links" for link in item["value"]
        ]
    return found


@EVERY_BOARD
def test_links_lead_to_pages_that_exist_in_the_same_language_and_keep_the_range(board: Board) -> None:
    for panel in board.panels:
        for link in links(panel):
            address = urlsplit(link)
            target = BOARDS[address.path.removeprefix("/d/")]
            assert target.language == board.language
            assert "${__url_time_range}" in link or {"from", "to"} <= dict(parse_qsl(address.query)).keys()
            variables = {variable.name for variable in target.variables}
            named = {
                name.removeprefix("var-")
                for name in dict(parse_qsl(address.query))
                if name.startswith("var-")
            }
            assert named <= variables, f"{link} sets {named - variables}"


def test_home_leads_to_every_detail() -> None:
    home_links = {urlsplit(link).path for panel in BOARDS["salgspuls-home"].panels for link in links(panel)}
    pages = ("sentiment", "keywords", "competitors", "brands", "team", "best-practice", "deals", "call")
    assert {f"/d/salgspuls-{page}" for page in pages} == home_links


@EVERY_BOARD
def test_ranges_are_those_of_the_product_and_all_time_comes_first(board: Board) -> None:
    names = {
        "en": ["Last 24 hours", "Last 7 days", "This month", "All time"],
        "da": ["De sidste 24 timer", "De sidste syv dage", "Denne måned", "Altid"],
    }[board.language]
    assert [name for name, _ in board.quick_ranges] == names
    assert dict(board.quick_ranges)[names[-1]] == board.default_range


def test_the_wall_needs_no_scrolling_and_no_choices() -> None:
    wall = BOARDS["salgspuls-wall"]
    assert wall.rows <= 28, "1080 pixels, 38 a row"
    assert wall.raw["refresh"] == "10s"
    assert all(variable.default for variable in wall.variables)


def messages(catalogue: ModuleType) -> dict[str, Text]:
    return {name: value for name, value in vars(catalogue).items() if isinstance(value, Text)}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_messages_exist_in_both_languages_with_the_same_numbers(catalogue: ModuleType) -> None:
    for name, text in messages(catalogue).items():
        assert text.en.strip(), name
        assert text.da.strip(), name
        placeholders = [set(re.findall(r"\{(\w+)(?=[:}])", said)) for said in text]
        assert placeholders[0] == placeholders[1], name
        if len(text.en) > 40:
            assert text.en != text.da, name


def test_the_danish_terms_are_those_that_managers_know() -> None:
    said = json.dumps([BOARDS[uid].raw for uid in BOARDS if uid.endswith("-da")], ensure_ascii=False)
    for term in (
        "Startside", "Teamoversigt", "Sælgerdetaljer", "Opkaldsoversigt", "Vis detaljer", "tilbage",
        "Faktisk omsætning",
        "Åben omsætning", "Vundne handler", "Vinderprocent", "Gennemsnitlig handel", "Hvad taler kunder om?",
        "Kundesynspunkt", "Sporede nøgleord", "Sporede konkurrenter", "Andre mærker og organisationer",
        "Hvad kendetegner de bedste sælgere?", "De bedste sælgere", "Teamets gennemsnit",
        "Gennemsnitligt forhold mellem tale og lytning", "Nøgleord for bedste praksis", "Skifterate", "Kundeengagement",
        "Er mit teams handler på sporet?", "Nøgletal for opkaldsoptagelser",
    ):  # fmt: skip
        assert term in said, term


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour", [look.POSITIVE, look.NEUTRAL, look.NEGATIVE, look.TOP_SELLERS, look.TEAM, look.ACCENT, look.NEW]
)
def test_colours_carry_white_text_and_are_read_on_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


def test_the_style_has_enough_contrast() -> None:
    style = (FOLDER.parents[1] / "web" / "style.css").read_text(encoding="utf-8")
    found: dict[str, Any] = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    for ink in ("ink", "quiet", "accent", "positive", "negative"):
        for ground in ("paper", "ground"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
