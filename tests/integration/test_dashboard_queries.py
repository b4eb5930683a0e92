"""Every query of every committed dashboard runs on ClickHouse, for each time range, with data and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema import migrate
from clickhouse.schema.tables import STORE, VIEWS
from grafana.dashboards import FOLDER
from grafana.macros import ALL, Variable, expand
from grafana.web import transform
from grafana.web.board import Board, Panel, load
from grafana.web.queries import Frame, frame_of
from grafana.web.ranges import RawRange
from tests.support.embedded_clickhouse import (
    MIGRATION_VARIABLES,
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
)
from tests.support.sample_rows import insert, sample_world

__all__ = ["clickhouse_server", "migrated_clickhouse"]

BOARDS = load(FOLDER)
ANSWERS: dict[Client, dict[str, Frame]] = {}
"""Panels that ask the same share the answer, as they do on the page."""
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RANGES = {
    "last 24 hours": RawRange("now-24h", "now"),
    "last 7 days": RawRange("now-7d", "now"),
    "this month": RawRange("now/M", "now"),
    "all time": RawRange("now-50y", "now"),
    "custom": RawRange("now-20d", "now-3d"),
}
CHOSEN = {
    "everybody": {},
    "one team": {"team": Variable(("Nord",), multi=True)},
    "two sellers": {"seller": Variable(("s1", "s4"), multi=True)},
    "nobody there": {"team": Variable(("Øst's",), multi=True)},
}
QUERIES = [
    pytest.param(board, panel, id=f"{board.uid}-{panel.id}")
    for board in BOARDS.values()
    for panel in board.panels
    if panel.queries
]


@cache
def now() -> datetime:
    """When the first of these tests runs: since they were collected, other tests may have taken minutes."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def reader(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    """The reader's client of a database with three months of a small team."""
    writer = connect(clickhouse_server.writer)
    for database in (VIEWS, STORE):
        writer.command(f"DROP DATABASE IF EXISTS {database} SYNC")
    migrate.apply(writer, variables=MIGRATION_VARIABLES)
    insert(writer, sample_world(now()).rows)
    writer.close()
    client = connect(clickhouse_server.with_database("salgspuls").reader)
    yield client
    client.close()


@pytest.fixture
def empty_reader(migrated_clickhouse: RunningClickHouse) -> Iterator[Client]:
    """The reader's client of a migrated database in which nothing is stored."""
    client = connect(migrated_clickhouse.reader)
    yield client
    client.close()


def ask(
    client: Client, board: Board, panel: Panel, raw: RawRange, chosen: dict[str, Variable] | None = None
) -> Frame:
    """What the panel draws: the answer to its query after its transformations."""
    variables = {
        known.name: Variable(known.default, known.multi, (), known.all_value) for known in board.variables
    }
    variables |= {"call_id": Variable(("call-0003",))} | (chosen or {})
    assert all(value != ALL or known.all_value for known in variables.values() for value in known.values)
    sql = expand(panel.queries[0], raw.resolve(now(), COPENHAGEN), variables)
    asked = ANSWERS.setdefault(client, {})
    if sql not in asked:
        asked[sql] = frame_of(client.query(sql))
    frame = transform.apply(asked[sql], panel.transformations)
    return transform.wide(frame) if panel.kind == "timeseries" else frame


@pytest.mark.parametrize(("board", "panel"), QUERIES)
def test_a_panel_gets_what_it_draws(reader: Client, board: Board, panel: Panel) -> None:
    # the languages differ in words only
    for raw in RANGES.values() if board.language == "en" else [RANGES["all time"]]:
        frame = ask(reader, board, panel, raw)
        assert_fits(frame, panel)
        assert frame.rows > 0 or raw != RANGES["all time"], (
            "nothing to see in three months of calls and deals"
        )


def test_what_trends_have_to_be_read_with(reader: Client) -> None:
    for board in (BOARDS["salgspuls-home"], BOARDS["salgspuls-home-da"]):
        variables = {
            known.name: Variable(known.default, known.multi, (), known.all_value) for known in board.variables
        }
        assert len(board.annotations) == 3
        for item in board.annotations:
            sql = expand(item["target"]["rawSql"], RANGES["all time"].resolve(now(), COPENHAGEN), variables)
            frame = frame_of(reader.query(sql))
            assert not frame.columns or [(c.name, c.kind) for c in frame.columns] == [
                ("time", "time"),
                ("timeEnd", "time"),
                ("text", "text"),
            ]
        changed = expand(
            board.annotations[0]["target"]["rawSql"], RANGES["all time"].resolve(now(), COPENHAGEN), variables
        )
        assert "Adatum" in reader.query(changed).result_rows[0][2]


def test_the_axis_of_a_trend_reaches_as_far_back_as_the_data(reader: Client) -> None:
    query = next(known.query for known in BOARDS["salgspuls-home"].variables if known.name == "span")

    def span(name: str) -> str:
        seen = RANGES[name].resolve(now(), COPENHAGEN)
        sql = expand(query, seen, {"tz": Variable(("Europe/Copenhagen",))})
        return str(reader.query(sql).result_rows[0][0])

    assert span("last 24 hours") == "86400s"
    assert span("this month") == "0d/M", "from the beginning of this month on, however long a page stays open"
    days = re.fullmatch(r"(\d+)d", span("all time"))
    assert days is not None
    sql = "SELECT toUnixTimestamp(first_event_at) FROM salgspuls.first_event"
    since = now() - datetime.fromtimestamp(reader.query(sql).result_rows[0][0], UTC)
    assert timedelta(days=int(days[1]) - 2) < since <= timedelta(days=int(days[1]))


@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
def test_team_and_seller_can_be_chosen_on_every_page(reader: Client, chosen: dict[str, Variable]) -> None:
    for board in BOARDS.values():
        for panel in board.panels:
            if panel.queries and board.language == "en":
                assert_fits(ask(reader, board, panel, RANGES["last 7 days"], chosen), panel)


def test_the_variables_offer_the_teams_and_their_sellers(reader: Client) -> None:
    board = BOARDS["salgspuls-home"]
    queries = {known.name: known.query for known in board.variables if known.kind == "query"}
    raw = RANGES["all time"].resolve(now(), COPENHAGEN)

    def options(name: str, team: str) -> list[tuple[object, ...]]:
        chosen = {"team": Variable((team,), multi=True, all_value="''")}
        return [tuple(row) for row in reader.query(expand(queries[name], raw, chosen)).result_rows]

    assert options("team", ALL) == [("Nord",), ("Syd",)]
    assert options("seller", "Nord") == [
        ("s1", "Molly Clark"),
        ("s3", "Priya Raman"),
        ("s2", "Søren Ødegaard"),
    ]
    assert len(options("seller", ALL)) == 6


@pytest.mark.parametrize(
    "text", ["it's", "back\\slash", '"quoted"', "‹marked›", "') OR 1=1 --", "æøå 100 % $team"]
)
def test_no_text_that_is_typed_in_breaks_out_of_its_quotes(reader: Client, text: str) -> None:
    board = BOARDS["salgspuls-call"]
    for panel in board.panels:
        if panel.queries:
            typed = {"call_id": Variable((text,)), "search": Variable((text,))}
            assert ask(reader, board, panel, RANGES["all time"], typed).rows == 0


def test_a_search_narrows_the_transcript_and_marks_what_was_mentioned(reader: Client) -> None:
    board = BOARDS["salgspuls-call"]
    transcript = next(panel for panel in board.panels if panel.title == "Transcript")
    everything = ask(reader, board, transcript, RANGES["all time"])
    some = ask(reader, board, transcript, RANGES["all time"], {"search": Variable(("ABOUT PRICE",))})
    assert 0 < some.rows < everything.rows
    said = some.column("said")
    assert said is not None
    assert all("About ‹price›." in text for text in said.values)


def test_before_the_first_event_every_panel_is_quiet_and_says_what_it_waits_for(empty_reader: Client) -> None:
    for board in BOARDS.values():
        for panel in board.panels:
            if panel.queries:
                frame = ask(empty_reader, board, panel, RANGES["all time"])
                assert_fits(frame, panel)
                assert panel.empty_text, f"{board.uid} {panel.title} says nothing when it is empty"


def assert_fits(frame: Frame, panel: Panel) -> None:
    """The columns that this kind of panel needs, in an order that Grafana draws, and each override names one."""
    if not frame.columns:
        return
    kinds = {column.name: column.kind for column in frame.columns}
    for override in panel.raw["fieldConfig"]["overrides"]:
        if override["matcher"]["id"] == "byName":
            assert override["matcher"]["options"] in kinds, panel.title
    match panel.kind:
        case "stat":
            said = frame.column(panel.value_column)
            assert said is not None
            assert said.kind == "text"
            assert len(set(said.values)) <= 1, "one number, or one sentence on every row"
        case "piechart":
            assert frame.rows <= 1
            assert set(kinds.values()) == {"number"}
        case "barchart":
            assert kinds[panel.options["xField"]] == "text"
            assert "number" in kinds.values()
            assert frame.rows <= 25
        case "bargauge":
            assert list(kinds.values()) == ["text", "number"]
        case "trend" | "timeseries":
            assert next(iter(kinds.values())) == ("time" if panel.kind == "timeseries" else "number")
            assert set(list(kinds.values())[1:]) == {"number"}
            assert list(frame.columns[0].values) == sorted(set(frame.columns[0].values))
        case "xychart":
            size = panel.options["series"][0]["size"]["matcher"]["options"]
            assert {kinds[name] for name in ("x", "y", size, "shade")} == {"number"}
            assert kinds["name"] == "text"
        case "state-timeline":
            assert frame.columns[0].kind == "time"
            assert list(frame.columns[0].values) == sorted(frame.columns[0].values)
        case "table":
            assert len(kinds) == len(panel.raw["fieldConfig"]["overrides"]), f"{panel.title}: {list(kinds)}"
        case kind:
            raise AssertionError(f"no rule for panels of type {kind}")
