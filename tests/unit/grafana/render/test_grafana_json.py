"""The committed dashboards are what the code says, whole, and in the form that Grafana takes."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from grafana.dashboards import FOLDER
from grafana.i18n import LANGUAGES, uid
from grafana.pages.catalogue import PAGES
from grafana.render.clickhouse_query import register
from grafana.render.grafana_json import files
from grafana.render.grafana_panels import panel_id

BOARDS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
EVERY_BOARD = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


def test_the_committed_json_is_what_the_code_builds() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = [name for name, text in files().items() if committed.get(name) != text]
    assert not stale, f"run python -m grafana.render and commit: {stale}"
    assert committed.keys() == files().keys()


@EVERY_BOARD
def test_the_sdk_reads_a_dashboard_back_unchanged(board: Any) -> None:
    register()
    again = json.loads(json.dumps(Dashboard.from_json(dict(board)), cls=JSONEncoder))
    assert again == board
    assert board["schemaVersion"] == 42


def test_each_page_is_there_in_both_languages_with_a_title_of_its_own() -> None:
    assert {uid(page, language) for page in PAGES for language in LANGUAGES} == set(BOARDS)
    assert len({board["title"] for board in BOARDS.values()}) == len(BOARDS)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_item_of_a_page_is_a_panel_in_its_place(page: Any) -> None:
    expected = [(panel_id(placed.item.name), tuple(placed.at)) for placed in page.items]
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
