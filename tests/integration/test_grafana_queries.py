"""What Grafana's panels ask, as it would: each query of each committed dashboard, with data and without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from grafana.config import TURNED_COMPOUND
from grafana.dashboards import FOLDER
from grafana.i18n import Language
from grafana.macros import TimeRange, Variable, expand, interpolate
from grafana.pages.catalogue import PAGES
from grafana.pages.common.queries import chips
from grafana.pages.wall.queries import alerts
from grafana.panels.panels import Headline, Stat
from grafana.render.clickhouse_query import encoded
from grafana.render.gaps import with_gaps
from grafana.render.grafana_columns import panel_id
from grafana.render.grafana_wall import shares_of, told
from grafana.sql import Writer, quoted
from grafana.web.frames import Frame
from grafana.web.queries import frame_of
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated,
    migrated_clickhouse,
)
from tests.support.matrix import over
from tests.support.pages import sql_of
from tests.support.sample_rows import World, busiest_deal, insert, sample_world

__all__ = ["clickhouse_server", "migrated_clickhouse"]

BOARDS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
ENGLISH = [uid for uid in BOARDS if not uid.endswith("-da")]


@cache
def world() -> World:
    """The team when the first of these tests runs: since they were collected, others may have taken minutes."""
    return sample_world(datetime.now(UTC))


def one_of_each() -> dict[str, Variable]:
    """The call and the deal that pages about one show."""
    return {"call_id": Variable(("call-0003",)), "deal": Variable((busiest_deal(world()),))}


@pytest.fixture(scope="module")
def reader(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    """The reader's client of a database with three months of a small team."""
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer)
    insert(writer, world().rows)
    writer.close()
    client = connect(clickhouse_server.with_database("salgspuls").reader)
    yield client
    client.close()


def panels(uid: str) -> list[Any]:
    return [panel for panel in BOARDS[uid]["panels"] if panel.get("targets")]


def ask(client: Client, panel: Any) -> Frame:
    sql = sql_of(panel["targets"][0]["rawSql"], datetime.now(UTC), chosen=one_of_each())
    return frame_of(client.query(sql))


@pytest.mark.parametrize("uid", over(ENGLISH, ["salgspuls-home", "salgspuls-deals"]))
def test_every_panel_is_answered_with_what_its_kind_needs(reader: Client, uid: str) -> None:
    for panel in panels(uid):
        frame = ask(reader, panel)
        assert frame.rows > 0, panel["title"]
        kinds = {column.name: column.kind for column in frame.columns}
        named = [
            override["matcher"]["options"]
            for override in panel["fieldConfig"]["overrides"]
            if override["matcher"]["id"] == "byName"
        ]
        assert set(named) <= kinds.keys(), panel["title"]
        if panel["type"] == "stat" and not panel["options"]["reduceOptions"]["values"]:
            assert frame.rows == 1
            assert all(value for name, value in frame.row(0).items() if name != "note"), panel["title"]
        if panel["type"] == "stat" and panel["options"]["reduceOptions"]["values"]:
            assert len(kinds) == 2, "a tile a row"
            assert frame.columns[0].kind == "text", "its name, and what it is about"
        if panel["type"] == "timeseries":
            assert frame.columns[0].kind == "time"
        if panel["type"] == "trend":
            assert kinds["x"] == "number"


@pytest.mark.parametrize("uid", over(ENGLISH, ["salgspuls-home", "salgspuls-deals"]))
def test_before_the_first_event_a_number_says_itself_what_it_waits_for(
    migrated_clickhouse: RunningClickHouse, uid: str
) -> None:
    client = connect(migrated_clickhouse.reader)
    said = {
        panel_id(panel.name): panel
        for panel in PAGES[uid.removeprefix("salgspuls-")].panels
        if isinstance(panel, Stat | Headline)
    }
    for panel in panels(uid):
        if panel["id"] in said:
            row = ask(client, panel).row(0)
            model = said[panel["id"]]
            assert row["value"], f"{model.name} would be read as no answer"
            if isinstance(model, Headline):
                assert row["value"] == model.empty.en
    client.close()


NAMES = (
    "Nord",
    'Øst, "Vest" & co. = 100 %',
    "O'Hara\\",
    "\\') OR 1=1 --",
    "$__timeFilter(t)",
    "{a,b}",
    "a\nb",
    "$team",
)


@pytest.mark.parametrize("names", [*((name,) for name in NAMES), NAMES], ids=repr)
def test_a_value_arrives_as_it_was_chosen_and_is_never_sql(reader: Client, names: tuple[str, ...]) -> None:
    """Values are put in first and macros expanded afterwards, as in Grafana: the other way round than on our page."""
    now = datetime.now(UTC)
    span = TimeRange(now - timedelta(days=1), now)
    query = encoded("SELECT [${team:singlequote}] AS listed, ${words:singlequote} AS said")
    sent = interpolate(query, span, {"team": Variable(names, True), "words": Variable((names[0],))})
    row = frame_of(reader.query(expand(sent, span, {}))).row(0)
    assert row["listed"] == list(names)
    assert row["said"] == names[0]


def test_where_nothing_was_measured_stands_an_empty_row(reader: Client) -> None:
    hours = "SELECT toDateTime('2026-11-23 00:00:00', 'UTC') + 3600 * hour AS time, hour AS n"
    answer = reader.query(
        with_gaps(f"{hours} FROM values('hour UInt32', 8, 9, 10, 32, 33) ORDER BY time", ["n"])
    )
    assert [(time.hour, n) for time, n in answer.result_rows] == [
        (8, 8), (9, 9), (10, 10), (11, None), (8, 32), (9, 33),
    ]  # fmt: skip
    days = "SELECT toDateTime('2026-10-22 22:00:00', 'UTC') + 3600 * hour AS time, hour AS n"
    answer = reader.query(
        with_gaps(f"{days} FROM values('hour UInt32', 0, 24, 97, 121, 289) ORDER BY time", ["n"])
    )
    assert [n for _, n in answer.result_rows] == [0, 24, 97, 121, None, 289], "a weekend is none"


def test_where_nothing_was_measured_no_line_of_several_names_goes_on(reader: Client) -> None:
    sql = (
        "SELECT toDateTime('2026-11-23 00:00:00', 'UTC') + 3600 * hour AS time, name, hour AS n"
        " FROM values('hour UInt32', 8, 9, 10, 32) ARRAY JOIN ['b', 'a'] AS name ORDER BY time, name DESC"
    )
    rows = reader.query(with_gaps(sql, ["name", "n"])).result_rows
    assert [(time.day, time.hour, n) for time, _, n in rows if n is None] == [(23, 11, None)]
    assert [(time.hour, name) for time, name, n in rows if n is not None] == [
        (hour, name) for hour in (8, 9, 10, 8) for name in "ba"
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("da", "75.600 kr.,9.500 kr."), ("en", "DKK 75.6k,DKK 9,500")]
)
def test_an_amount_of_money_ends_with_no_point(reader: Client, language: Language, said: str) -> None:
    money = Writer(language).money("amount", "'DKK'")
    rows = reader.query(f"SELECT {money} FROM values('amount Decimal(18, 2)', 75600, 9500)").result_rows
    assert ",".join(row[0].replace("\u00a0", " ") for row in rows) == said


@pytest.mark.parametrize(
    ("heard", "shown"),
    [("", ""), ("a", "a"), ("a, b c", "a, b c"), ("a, b, c", "a, b, +1"), ("a, b, c, d", "a, b, +2")],
)
def test_of_many_keywords_heard_the_first_ones_are_shown_and_how_many_more(
    heard: str, shown: str, reader: Client
) -> None:
    assert reader.query(f"SELECT {chips(quoted(heard), 2)}").result_rows == [(shown,)]


def test_the_wall_says_what_fires_and_how_much_more(reader: Client) -> None:
    """The sample's calls are no spike; what is said of one is looked at with the limits out of the way."""
    sql = alerts.sql(Writer("en"))
    assert ask_sql(reader, sql).row(0)["value"] == "No alert"
    loud = sql.replace(f"compound < {TURNED_COMPOUND}", "1 = 1").replace(
        "salgspuls.calls_turned_negative(at = now64(3))",
        "values('seller String, team String, compound Float64', ('Åse', 'Syd', -0.4), ('Bo', 'Syd', -0.9))",
    )
    assert ask_sql(reader, loud).row(0)["value"] == "Bo: the customer is very negative (and 1 more)"


@pytest.mark.parametrize(
    ("where", "said"), [("", ("67\u00a0%", "33\u00a0%", "0\u00a0%")), (" WHERE 0", ("–",) * 3)]
)
def test_the_wall_says_parts_of_a_whole_as_percent(reader: Client, where: str, said: tuple[str, ...]) -> None:
    sql = shares_of(f"SELECT 4 AS a, 2 AS b, 0 AS c{where}", ["a", "b", "c"], Writer("da"))
    assert reader.query(sql).result_rows == [said]


@pytest.mark.parametrize(
    ("where", "said"), [("", [("Bo", "1"), ("Åse", "")]), (" WHERE 0", [("Nobody", "")])]
)
def test_tiles_say_themselves_that_there_are_none(
    reader: Client, where: str, said: list[tuple[str, str]]
) -> None:
    rows = "values('who String, label Nullable(UInt8)', ('Åse', NULL), ('Bo', 1))"
    sql = told(f"SELECT who, label FROM {rows}{where} ORDER BY who", "who", "label", "Nobody")
    assert reader.query(sql).result_rows == said


def ask_sql(client: Client, sql: str) -> Frame:
    return frame_of(client.query(sql_of(sql, datetime.now(UTC))))


@pytest.mark.parametrize("chosen", [("$__all",), ("All",), ("",)])
def test_all_of_a_list_is_everybody(reader: Client, chosen: tuple[str, ...]) -> None:
    now = datetime.now(UTC)
    everybody = {"team": Variable(chosen, True, (), "''")}
    sql = expand(encoded("SELECT [${team:singlequote}] AS listed"), TimeRange(now, now), everybody)
    assert frame_of(reader.query(sql)).row(0)["listed"] == [""]
