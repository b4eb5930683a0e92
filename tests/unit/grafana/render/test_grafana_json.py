"""The committed dashboards are what the code says, whole, and in the form that Grafana takes."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from grafana import theme
from grafana.config import Enough, goals
from grafana.dashboards import FOLDER
from grafana.i18n import LANGUAGES, Language, uid
from grafana.pages.catalogue import PAGES
from grafana.render.clickhouse_query import register
from grafana.render.grafana_columns import panel_id
from grafana.render.grafana_json import Company, files
from grafana.render.grafana_wall import items_of

BOARDS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
EVERY_BOARD = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


def test_the_committed_json_is_what_the_code_builds() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = [name for name, text in files().items() if committed.get(name) != text]
    assert not stale, f"run python -m grafana.render and commit: {stale}"
    assert committed.keys() == files().keys()


def test_a_companys_settings_are_constants_of_its_dashboards() -> None:
    template = "https://calls.example.com/{recording}"
    board = json.loads(
        files(Company("Asia/Tokyo", 4, template, enough=Enough(3, 90, 7)))["salgspuls-call.json"]
    )
    constants = {
        one["name"]: one["query"] for one in board["templating"]["list"] if one["type"] == "constant"
    }
    enough = {"enough_calls": "3", "enough_seconds": "90", "enough_minutes": "7"}
    own = {"tz": "Asia/Tokyo", "fiscal_start": "4", "recording_url": template, "goals": goals()}
    assert constants == own | enough
    assert board["timezone"] == "Asia/Tokyo"


@EVERY_BOARD
def test_the_sdk_reads_a_dashboard_back_unchanged(board: Any) -> None:
    register()
    again = json.loads(json.dumps(Dashboard.from_json(json.loads(json.dumps(board))), cls=JSONEncoder))
    assert lost(board, again) == []
    assert board["schemaVersion"] == 42


def lost(committed: Any, again: Any, where: str = "") -> list[str]:
    """What is not in a dashboard any more, or is another; the SDK adds what it holds for defaults."""
    if isinstance(committed, dict) and isinstance(again, dict):
        return [
            found
            for key, value in committed.items()
            for found in lost(value, again.get(key), f"{where}.{key}")
        ]
    if isinstance(committed, list) and isinstance(again, list) and len(committed) == len(again):
        return [
            found for one, other in zip(committed, again, strict=True) for found in lost(one, other, where)
        ]
    return [] if committed == again else [where]


@EVERY_BOARD
def test_what_grafana_misreads_is_left_out(board: Any) -> None:
    text = json.dumps(board)
    for key in ("xTickLabelMaxLength", "inControlsMenu", "footer", '"auto":'):
        assert key not in text
    for panel in board["panels"]:
        fields = panel.get("fieldConfig", {"defaults": {}, "overrides": []})
        if panel["type"] == "xychart":
            assert panel["options"]["series"][0]["frame"]["matcher"] == {"id": "byIndex", "options": 0}
            [shades] = [
                item["value"][0]["options"]
                for override in fields["overrides"]
                for item in override["properties"]
                if item["id"] == "mappings"
            ]
            assert all(value["color"] for value in shades.values()), "else all bubbles are grey"
        for override in fields["overrides"]:
            ids = {item["id"] for item in override["properties"]}
            assert ("custom.hideFrom" in ids) == ("custom.hidden" in ids), "tables before and after 12.2"
        if panel["type"] == "barchart":
            options = panel["options"]
            stacked = options["stacking"] != "none"
            assert stacked or options["orientation"] == "vertical", (
                "its longest bar leaves no room for numbers"
            )
            assert options["showValue"] == ("never" if stacked else "always"), (
                "numbers of parts lie on the next"
            )
        if panel["type"] == "trend":
            assert "min" not in fields["defaults"], "it would hold for the axis of days too"
            assert (
                sum(
                    item == {"id": "min", "value": 0}
                    for one in fields["overrides"]
                    for item in one["properties"]
                )
                == len(fields["overrides"]) - 1
            )


@EVERY_BOARD
def test_values_of_variables_stand_in_queries_as_parts_of_addresses_alone(board: Any) -> None:
    """So they have no quotes, backslashes or parentheses, whatever was typed or stands in a link."""
    constants = {one["name"] for one in board["templating"]["list"] if one["type"] == "constant"}
    for sql in re.findall(r'"rawSql": "((?:[^"\\]|\\.)*)"', json.dumps(board)):
        for name, how in re.findall(r"\$\{?(\w+):?(\w*)\}?", sql):
            assert name.startswith("__") or name in constants or how in ("queryparam", "percentencode"), name


@EVERY_BOARD
def test_empty_and_unreadable_are_told_apart(board: Any) -> None:
    unreadable = {
        "en": ("No answer from the database", "Cannot be read", "Unknown"),
        "da": ("Intet svar fra databasen", "Kan ikke læses", "Ukendt"),
    }
    expected = unreadable["da" if board["uid"].endswith("-da") else "en"]
    either = {"en": "the database gives no answer", "da": "databasen svarer ikke"}
    for panel in board["panels"]:
        if panel["type"] == "stat":
            defaults = panel["fieldConfig"]["defaults"]
            assert defaults["noValue"].startswith(expected)
            assert defaults["color"]["fixedColor"] in ("text", theme.NEUTRAL, theme.NEGATIVE), (
                "no green without news"
            )
            tiles = panel["options"]["reduceOptions"]["values"]
            assert ("groupArray(" if tiles else "anyOrNull(") in panel["targets"][0]["rawSql"], (
                "the query itself says that there is nothing"
            )
        elif panel.get("targets"):
            said = panel["fieldConfig"]["defaults"]["noValue"]
            assert either["da" if board["uid"].endswith("-da") else "en"] in said


def test_each_page_is_there_in_both_languages_with_a_title_of_its_own() -> None:
    assert {uid(page, language) for page in PAGES for language in LANGUAGES} == set(BOARDS)
    assert len({board["title"] for board in BOARDS.values()}) == len(BOARDS)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_item_of_a_page_is_a_panel_in_its_place(page: Any) -> None:
    expected = [(panel_id(placed.item.name), tuple(placed.at)) for placed in items_of(page)]
    for language in LANGUAGES:
        panels = BOARDS[uid(page.name, language)]["panels"]
        found = [(one["id"], tuple(one["gridPos"][side] for side in "xywh")) for one in panels]
        assert found == expected
        assert len({one["id"] for one in panels}) == len(panels), "no two names have one number"


@EVERY_BOARD
def test_grafana_takes_the_panels_for_its_own_and_time_for_time(board: Any) -> None:
    for panel in board["panels"]:
        if panel.get("targets"):
            assert panel["pluginVersion"].startswith("13."), "older ones are converted, bubbles to nothing"
            assert panel["fieldConfig"]["defaults"]["noValue"], panel["title"]
        if panel["type"] == "timeseries":
            assert panel["timeFrom"] == "${span}", "all time is 50 years, which leave no room for the data"
            assert panel["targets"][0]["format"] == 0
    assert any(one["name"] == "span" and one["hide"] == 2 for one in board["templating"]["list"])


def links(panel: Any) -> list[str]:
    content = panel.get("options", {}).get("content", "")
    found = re.findall(r"\]\((/[^)]*)\)", content)
    for override in panel.get("fieldConfig", {}).get("overrides", []):
        found += [
            link["url"] for item in override["properties"] if item["id"] == "links" for link in item["value"]
        ]
    return found


@EVERY_BOARD
def test_links_lead_to_pages_that_exist_in_the_same_language_and_keep_the_range(board: Any) -> None:
    language = "da" if board["uid"].endswith("-da") else "en"
    for panel in board["panels"]:
        for link in links(panel):
            if link == "${__data.fields.recording_url}":
                continue  # another site, whose address the query makes
            address = urlsplit(link)
            target = BOARDS[address.path.removeprefix("/d/")]
            assert target["uid"].endswith("-da") == (language == "da")
            given = dict(parse_qsl(address.query))
            assert "${__url_time_range}" in link or {"from", "to"} <= given.keys()
            variables = {one["name"] for one in target["templating"]["list"]}
            handed_on = set(re.findall(r"\$\{(\w+):queryparam\}", link))
            named = {name.removeprefix("var-") for name in given if name.startswith("var-")}
            assert named | handed_on <= variables, f"{link} sets {named - variables}"


@EVERY_BOARD
def test_all_time_comes_first_and_the_ranges_are_named(board: Any) -> None:
    ranges = board["timepicker"]["quick_ranges"]
    assert len(ranges) == 4
    assert (board["time"]["from"], board["time"]["to"]) == (ranges[-1]["from"], ranges[-1]["to"])
    assert all(one["display"] for one in ranges)


def test_the_danish_terms_are_those_that_managers_know() -> None:
    said = json.dumps([board for name, board in BOARDS.items() if name.endswith("-da")], ensure_ascii=False)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_fills_its_screen_with_large_letters_alerts_and_a_clock(language: Language) -> None:
    board = BOARDS[uid("wall", language)]
    covered = [
        (place["x"] + x, place["y"] + y)
        for place in (panel["gridPos"] for panel in board["panels"])
        for x in range(place["w"])
        for y in range(place["h"])
    ]
    assert len(covered) == len(set(covered)) == 24 * 28, "no panel lies on another, and nothing is empty"
    ids = {panel["id"] for panel in board["panels"]}
    assert {panel_id("wall-alerts"), panel_id("wall-clock")} <= ids
    assert {panel["type"] for panel in board["panels"]} == {"stat"}, "no other kind has letters that grow"
    for panel in board["panels"]:
        if panel["type"] == "stat":
            letters = panel["options"]["text"]
            tiles = panel["options"]["reduceOptions"]["values"]
            assert letters["valueSize"] >= (30 if tiles else 42), panel["title"]
