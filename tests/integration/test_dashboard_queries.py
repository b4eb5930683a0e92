"""Every query of every committed dashboard runs on ClickHouse, for each time range, with data and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import fmean as mean

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.reads import tables_read
from clickhouse.schema.rows import CallRow
from grafana.config import goals
from grafana.i18n import LANGUAGES, Language
from grafana.macros import ALL, Variable
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import ANNOTATIONS, CALL_CHOICES, SELLER, TEAM
from grafana.panels.pages import Choice
from grafana.panels.panels import (
    Bars,
    Bubbles,
    Charted,
    Donut,
    Headline,
    Panel,
    PeriodTrend,
    Ranking,
    Stat,
    Table,
    Timeline,
    Trend,
)
from grafana.render.grafana_json import SPAN_QUERY
from grafana.web import frames
from grafana.web.frames import Frame
from grafana.web.queries import frame_of
from grafana.web.ranges import RawRange
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated,
    migrated_clickhouse,
)
from tests.support.links import START, Walk, shape
from tests.support.matrix import over
from tests.support.pages import EVERY_PANEL, drawn, sql_of
from tests.support.sample_rows import busiest_deal, insert, sample_world

__all__ = ["clickhouse_server", "migrated_clickhouse"]

ANSWERS: dict[Client, dict[str, Frame]] = {}
"""Panels that ask the same share the answer, as they do on the page."""
RANGES = {
    "last 24 hours": RawRange("now-24h", "now"),
    "this month": RawRange("now/M", "now"),
    "all time": RawRange("now-50y", "now"),
    "custom": RawRange("now-20d", "now-3d"),
}
ASKED: dict[str, tuple[dict[str, Variable], Language]] = {
    "all time": ({}, "en"),
    "last 24 hours": ({"seller": Variable(("s1", "s4"), multi=True)}, "da"),
    "this month": ({"team": Variable(("Øst's",), multi=True)}, "da"),
    "custom": ({"team": Variable(("Nord",), multi=True)}, "en"),
}
"""Each range once, and each kind of choice (everybody, two sellers, a team, nobody) and each language at least once:
whether a query can be asked with a choice does not depend on its range."""


@cache
def now() -> datetime:
    """When the first of these tests runs: since they were collected, other tests may have taken minutes."""
    return datetime.now(UTC)


@cache
def one_of_each() -> dict[str, Variable]:
    """The call and the deal that pages about one show."""
    return {"call_id": Variable(("call-0003",)), "deal": Variable((busiest_deal(sample_world(now())),))}


@pytest.fixture(scope="module")
def reader(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    """The reader's client of a database with three months of a small team."""
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer)
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
    client: Client,
    panel: Panel,
    raw: RawRange,
    chosen: dict[str, Variable] | None = None,
    language: Language = "en",
) -> Frame:
    """What the panel draws: what it takes of the answer to its query."""
    sql = sql_of(panel.query, now(), language, raw, one_of_each() | (chosen or {}))
    asked = ANSWERS.setdefault(client, {})
    if sql not in asked:
        asked[sql] = frame_of(client.query(sql))
    return frames.taken(panel, asked[sql])


@pytest.mark.parametrize(
    ("page", "name"), over(EVERY_PANEL, [one for one in EVERY_PANEL if one[0] in ("home", "call")])
)
def test_a_panel_gets_what_it_draws(reader: Client, page: str, name: str) -> None:
    panel = PAGES[page].panel(name)
    for name_of_range, (chosen, language) in ASKED.items():
        frame = ask(reader, panel, RANGES[name_of_range], chosen, language)
        assert_fits(frame, panel)
        assert frame.rows > 0 or name_of_range != "all time", (
            "nothing to see in three months of calls and deals"
        )


def test_what_trends_have_to_be_read_with(reader: Client) -> None:
    for language in LANGUAGES:
        for annotation in ANNOTATIONS:
            frame = frame_of(reader.query(sql_of(annotation.query, now(), language)))
            assert not frame.columns or [(c.name, c.kind) for c in frame.columns] == [
                ("time", "time"),
                ("timeEnd", "time"),
                ("text", "text"),
            ]
    changed = sql_of(ANNOTATIONS[0].query, now())
    assert "Adatum" in reader.query(changed).result_rows[0][2]


def test_the_axis_of_a_trend_reaches_as_far_back_as_the_data(reader: Client) -> None:
    def span(name: str) -> str:
        return str(reader.query(sql_of(SPAN_QUERY, now(), raw=RANGES[name])).result_rows[0][0])

    assert span("last 24 hours") == "86400s"
    assert span("this month") == "0d/M", "from the beginning of this month on, however long a page stays open"
    days = re.fullmatch(r"(\d+)d", span("all time"))
    assert days is not None
    first = min(call.call_started_at for call in sample_world(now()).of(CallRow))
    assert timedelta(days=int(days[1]) - 2) < now() - first <= timedelta(days=int(days[1]))


def test_the_variables_offer_the_teams_and_their_sellers(reader: Client) -> None:
    def options(choice: Choice, team: str) -> list[tuple[object, ...]]:
        chosen = {"team": Variable((team,), multi=True, all_value="''")}
        return [tuple(row) for row in reader.query(sql_of(choice.query, now(), chosen=chosen)).result_rows]

    assert options(TEAM, ALL) == [("Nord",), ("Syd",)]
    assert options(SELLER, "Nord") == [
        ("s1", "Molly Clark"),
        ("s3", "Priya Raman"),
        ("s2", "Søren Ødegaard"),
    ]
    assert len(options(SELLER, ALL)) == 6


OWN_CHOICES = [(page.name, choice) for page in PAGES.values() for choice in page.choices]


@pytest.mark.parametrize(
    ("page", "choice"), OWN_CHOICES, ids=[f"{page}-{own.name}" for page, own in OWN_CHOICES]
)
def test_a_page_offers_choices_of_its_own(reader: Client, page: str, choice: Choice) -> None:
    english, danish = (
        frame_of(reader.query(sql_of(choice.query, now(), language))) for language in LANGUAGES
    )
    assert english.rows > 0
    assert sorted(english.columns[0].values) == sorted(danish.columns[0].values)
    assert all(isinstance(label, str) and label for label in english.columns[-1].values)


def test_kinds_and_languages_of_calls_stand_in_words(reader: Client) -> None:
    def words(choice: Choice) -> dict[object, object]:
        frame = frame_of(reader.query(sql_of(choice.query, now(), "da")))
        return dict(zip(frame.columns[0].values, frame.columns[-1].values, strict=True))

    kind, _, language = CALL_CHOICES
    assert words(language)["en"] == "engelsk"
    assert words(kind)["followup"] == "opfølgning"


@pytest.mark.matrix
def test_every_link_of_every_page_leads_to_what_it_says(reader: Client) -> None:
    walk = Walk(reader)
    waiting = [f"/d/salgspuls-{page.name}?{START}" for page in PAGES.values() if not page.about]
    seen = set(map(shape, waiting))
    reached: set[str] = set()
    clicked = 0
    while waiting:
        viewer, only = walk.open(waiting.pop())
        reached.add(viewer.page.name)
        for name, address in walk.links(viewer, only):
            clicked += 1
            target, panel = walk.open(address)
            assert (target.range, target.chosen("team")) == (viewer.range, viewer.chosen("team")), address
            if panel:
                frame = walk.drawn(target, target.page.panel(panel))
                assert frame.rows > 0 or name in MAY_BE_EMPTY, f"{name} leads to nothing: {address}"
            if shape(address) not in seen:
                seen.add(shape(address))
                waiting.append(address)
    assert reached == set(PAGES), "every page can be reached by links"
    assert clicked > 200


MAY_BE_EMPTY = {
    "in-progress",
    "rejected",
    "reasons",
}


def test_a_number_and_the_rows_behind_it_agree(reader: Client) -> None:
    walk = Walk(reader)
    home, _ = walk.open(f"/d/salgspuls-home?{START}")

    def behind(name: str) -> Frame:
        link = home.page.panel(name).link
        assert link is not None
        target, panel = walk.open(home.follow(link, {}))
        return walk.drawn(target, target.page.panel(panel or "calls"))

    def number(name: str) -> int:
        return int(walk.drawn(home, home.page.panel(name)).row(0)["value"].replace(",", ""))

    assert behind("deals-won").rows == number("deals-won") > 0
    assert set(behind("open-revenue").column("state").values) == {"open"}  # type: ignore[union-attr] # it has one
    for name in ("recorded-calls", "keyword-calls", "competitor-calls"):
        assert behind(name).rows == number(name)


def test_habits_are_of_the_calls_of_a_minute_and_more(reader: Client) -> None:
    frame = drawn(reader, PAGES["team"].panel("habits"), now())
    [found] = [row for row in map(frame.row, range(frame.rows)) if row["seller_id"] == "s1"]
    calls = [
        call
        for call in sample_world(now()).of(CallRow)
        if call.seller_id == "s1" and call.duration_ms >= 60_000
    ]
    hours = [call.duration_ms / 3_600_000 for call in calls]
    asked = [call.questions_seller_open + call.questions_seller_closed for call in calls]
    interrupted = [call.interruptions_seller for call in calls]
    monologues = [(call.longest_monologue_seller_ms or 0) / 1000 for call in calls]
    consented = sum(hour for hour, call in zip(hours, calls, strict=True) if call.consent)
    assert found["calls"] == len(calls)
    assert float(found["questions_text"].split()[0]) == pytest.approx(sum(asked) / consented, abs=0.06)
    rate = sum(interrupted) / sum(hours)
    assert float(found["interruptions_text"]) == pytest.approx(rate, abs=0.06)
    assert float(found["own_monologue_text"].split()[0]) == pytest.approx(mean(monologues), abs=0.06)
    opened = sum(call.questions_seller_open for call in calls)
    share = f"{100 * opened / sum(asked):.0f}\N{NO-BREAK SPACE}%"
    assert found["engaging_text"] == f"{share} {'✓' if opened / sum(asked) >= 0.3 else '↓'}"
    assert frame.row(0)["name"] == "Recommended"
    assert frame.row(0)["interruptions_text"] == "no goal"
    assert frame.row(0)["questions_text"] == "22–28"


def test_a_company_recommends_what_it_likes(reader: Client) -> None:
    own = {"goals": Variable((goals("questions=1-2, interruptions=0-99"),))}
    frame = ask(reader, PAGES["team"].panel("habits"), RANGES["all time"], own)
    assert (frame.row(0)["questions_text"], frame.row(0)["interruptions_text"]) == ("1–2", "0–99")
    assert frame.row(0)["own_monologue_text"] == "0–76\N{NO-BREAK SPACE}s"
    assert frame.row(1)["questions_text"].endswith("↑")
    assert frame.row(1)["interruptions_text"].endswith("✓")
    weeks = ask(reader, PAGES["seller"].panel("questions-trend"), RANGES["all time"], own)
    assert {(row["low"], row["high"]) for row in map(weeks.row, range(weeks.rows))} == {(1, 2)}


@pytest.mark.parametrize(
    "text", ["it's", "back\\slash", '"quoted"', "‹marked›", "') OR 1=1 --", "æøå 100 % $team"]
)
def test_no_text_that_is_typed_in_breaks_out_of_its_quotes(reader: Client, text: str) -> None:
    for panel in PAGES["call"].panels:
        typed = {"call_id": Variable((text,)), "search": Variable((text,))}
        assert ask(reader, panel, RANGES["all time"], typed).rows == 0


def test_a_search_narrows_the_transcript_and_marks_what_was_mentioned(reader: Client) -> None:
    transcript = PAGES["call"].panel("transcript")
    everything = ask(reader, transcript, RANGES["all time"])
    some = ask(reader, transcript, RANGES["all time"], {"search": Variable(("ABOUT PRICE",))})
    assert 0 < some.rows < everything.rows
    said = some.column("said")
    assert said is not None
    assert all("About ‹price›." in text for text in said.values)


def test_a_sentence_leads_to_its_second_of_the_recording(reader: Client) -> None:
    transcript = PAGES["call"].panel("transcript")
    template = "https://calls.example.com/play?id={recording}#t={seconds}"

    def asked(template: str) -> Frame:
        return ask(
            reader, transcript, RANGES["all time"], {"recording_url": Variable((template,))}, language="da"
        )

    frame = asked(template)
    assert frame.rows > 0
    for row in map(frame.row, range(frame.rows)):
        minutes, seconds = map(int, row["time"].split(":"))
        at = 60 * minutes + seconds
        assert row["recording_url"] == f"https://calls.example.com/play?id=rec%20call-0003%26x%3D1#t={at}"
        assert row["play"] == "▶ afspil"
    for nowhere in ("", "javascript:alert('{recording}')", "//calls.example.com/{recording}"):
        frame = asked(nowhere)
        assert {(row["recording_url"], row["play"]) for row in map(frame.row, range(frame.rows))} == {
            (None, None)
        }


def test_before_the_first_event_every_panel_is_quiet(empty_reader: Client) -> None:
    for page in PAGES.values():
        for panel in page.panels:
            assert_fits(ask(empty_reader, panel, RANGES["all time"]), panel)


def assert_fits(frame: Frame, panel: Panel) -> None:
    """The columns that this kind of panel needs, and each column that it names is there."""
    if not frame.columns:
        return
    kinds = {column.name: column.kind for column in frame.columns}
    if isinstance(panel, Charted):
        assert {column.name for column in panel.columns} <= kinds.keys(), panel.name
    match panel:
        case Stat() | Headline():
            said = frame.column(panel.column if isinstance(panel, Headline) else "value")
            assert said is not None
            assert said.kind == "text"
            assert len(set(said.values)) <= 1, "one number, or one sentence on every row"
        case Donut():
            assert frame.rows <= 1
            assert set(kinds.values()) == {"number"}
        case Bars(category=category):
            assert kinds[category] == "text"
            assert "number" in kinds.values()
            assert frame.rows <= 25 or panel.scrolls
        case Ranking():
            assert list(kinds.values()) == ["text", "number"]
        case Trend() | PeriodTrend():
            assert next(iter(kinds.values())) == ("time" if isinstance(panel, Trend) else "number")
            assert set(list(kinds.values())[1:]) == {"number"}
            assert list(frame.columns[0].values) == sorted(set(frame.columns[0].values))
        case Bubbles(size=size, axes=axes):
            assert {kinds[name] for name in (*(("x", "y") if axes else ()), size, "shade")} == {"number"}
            assert kinds["name"] == "text"
        case Timeline():
            assert frame.columns[0].kind == "time"
            assert list(frame.columns[0].values) == sorted(frame.columns[0].values)
        case Table(columns=columns):
            assert len(kinds) == len(columns), f"{panel.name}: {list(kinds)}"
        case _:
            raise AssertionError(f"no rule for {type(panel).__name__}")


@pytest.mark.matrix
@pytest.mark.parametrize("page", PAGES)
def test_a_page_knows_what_its_queries_read(reader: Client, page: str) -> None:
    """What ClickHouse reads of each, by its own plan, is among what is derived from the text."""
    for query in {panel.query.name: panel.query for panel in PAGES[page].panels}.values():
        sql = sql_of(query, now(), "en", RANGES["all time"], one_of_each())
        plan = "\n".join(line for (line,) in reader.query(f"EXPLAIN {sql}").result_rows)
        planned = set(re.findall(r"ReadFromMergeTree \(salgspuls_store\.(\w+)\)", plan))
        assert planned <= tables_read(sql), query.name
