"""The alert rules over simulated time: their SQL runs, a spike fires, is told once and ends, and calm stays calm.

The long form (`make test-slow`) counts the false alarms of a year and measures how soon spikes are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from clickhouse_connect.driver import Client

from clickhouse import migrate
from clickhouse.client import connect
from grafana.alerts.rules import NOW, Office, Rule, rules
from schemas.rows import DeadLetterRow
from streams.simulator import Spike, World
from streams.simulator.calendar import workload
from tests.support.alerting import episodes, over_time
from tests.support.embedded_clickhouse import (
    MIGRATION_VARIABLES,
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
    running_clickhouse,
)
from tests.support.sample_rows import insert, row
from tests.support.simulated_store import simulated_analyser, store

__all__ = ["clickhouse_server", "migrated_clickhouse"]

OFFICE = Office()
ZONE = ZoneInfo(OFFICE.timezone)
RULES = {rule.uid: rule for rule in rules(OFFICE)}
SPIKE = RULES["salgspuls-negative-spike"]
TUESDAY = datetime(2026, 11, 24, 9, 10, tzinfo=UTC)
SPIKE_AT = TUESDAY + timedelta(minutes=3)
ALL = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
OpenStore = Callable[[str], AbstractContextManager[Client]]


@pytest.fixture(scope="module")
def open_store(tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    """Opens a ClickHouse of its own with the product's tables, empty."""

    @contextmanager
    def opened(name: str) -> Iterator[Client]:
        with running_clickhouse(tmp_path_factory.mktemp(name)) as server:
            client = connect(server.writer, database="")
            migrate.apply(client, variables=MIGRATION_VARIABLES)
            yield client
            client.close()

    return opened


@pytest.fixture(scope="module")
def spiked(open_store: OpenStore) -> Iterator[Client]:
    """Thirty days of a sales force, then on the phone without a pause; at SPIKE_AT the customers of Nord get angry."""
    world = World.create(seed=4, now=TUESDAY, days=30, always_open=True, spike=Spike("Nord", SPIKE_AT))
    with open_store("spiked") as client:
        store(client, world.history(end=TUESDAY + timedelta(minutes=40)), simulated_analyser())
        yield client


@pytest.fixture
def empty(migrated_clickhouse: RunningClickHouse) -> Iterator[Client]:
    client = connect(migrated_clickhouse.writer, database="")
    yield client
    client.close()


@ALL
def test_every_query_of_a_rule_has_the_columns_that_grafana_needs(spiked: Client, rule: Rule) -> None:
    for value in rule.values:
        # a rule looks at this moment, the world is of another one
        found = spiked.query(rule.sql_of(value).replace(NOW, at(SPIKE_AT + timedelta(minutes=4))))
        if not found.result_rows:
            continue
        assert list(found.column_names) == [*rule.labels, value]
        types = [kind.name for kind in found.column_types]
        assert set(types[:-1]) <= {"String", "LowCardinality(String)"}
        assert types[-1] in ("Float64", "Nullable(Float64)")
        labels = [each[:-1] for each in found.result_rows]
        assert len(labels) == len(set(labels)), "the same labels twice stop a rule"
        assert None not in [each[-1] for each in found.result_rows], "an unknown value would fire"


@ALL
def test_a_rule_is_calm_while_there_is_no_data(empty: Client, rule: Rule) -> None:
    moment = TUESDAY.replace(hour=12)
    [(_, alerts)] = over_time(empty, rule, moment, moment, timedelta(minutes=1))
    calm = [alert.state for alert in alerts if alert.state == "normal"]
    # where events never came, that they are missing is the alert
    assert len(calm) == len(alerts) - (rule.uid == "salgspuls-no-events")


def test_a_spike_fires_soon_goes_on_without_a_break_and_ends(spiked: Client) -> None:
    found = episodes(
        over_time(spiked, SPIKE, TUESDAY, TUESDAY + timedelta(minutes=38), timedelta(seconds=30))
    )
    [spike] = [episode for episode in found if episode.labels == ("Nord",)]
    assert timedelta(0) <= spike.began - SPIKE_AT <= timedelta(minutes=2)
    assert timedelta(minutes=6) <= spike.ended - SPIKE_AT <= timedelta(minutes=33)


def test_a_call_that_turns_negative_is_named_while_it_runs(spiked: Client) -> None:
    rule = RULES["salgspuls-call-turns-negative"]
    seen = [
        (now, alert)
        for now, alerts in over_time(
            spiked, rule, SPIKE_AT, SPIKE_AT + timedelta(minutes=8), timedelta(seconds=30)
        )
        for alert in alerts
        if alert.state == "firing" and alert.values["compound"] < rule.limit.value
    ]
    assert {alert.labels["team"] for _, alert in seen} >= {"Nord"}
    for now, alert in seen:
        [(began, ends)] = spiked.query(
            "SELECT call_started_at, addMilliseconds(call_started_at, duration_ms) FROM salgspuls.calls"
            " WHERE call_id = {call_id:String}",
            parameters={"call_id": alert.labels["call_id"]},
            tz_mode="aware",
        ).result_rows
        assert began <= now < ends or alert.since < now


def test_silence_is_told_in_office_hours_once_it_is_no_chance(spiked: Client) -> None:
    rule = RULES["salgspuls-no-events"]
    stopped = TUESDAY + timedelta(minutes=40)
    closes = datetime(2026, 11, 24, 17, tzinfo=ZONE)
    [silence] = episodes(over_time(spiked, rule, TUESDAY, closes + timedelta(hours=1), timedelta(minutes=3)))
    assert silence.began > stopped + timedelta(minutes=5)
    missed = "SELECT calls_missed FROM salgspuls.silence(at = {}, tz = 'Europe/Copenhagen', opens = 480, closes = 1020)"
    assert spiked.query(missed.format(at(silence.began))).result_rows[0][0] >= 10
    before = silence.began - timedelta(minutes=3)
    assert spiked.query(missed.format(at(before))).result_rows[0][0] < 10
    assert closes - timedelta(minutes=3) <= silence.ended < closes


def test_rejected_events_fire_when_they_are_many_and_more_than_usual(empty: Client) -> None:
    rule = RULES["salgspuls-dead-letters"]

    offsets = count()

    def rejected(reason: str, times: int, moment: datetime) -> list[DeadLetterRow]:
        return [
            row(
                DeadLetterRow,
                topic="salgspuls.calls",
                offset=next(offsets),
                version=1,
                reason=reason,
                received_at=moment,
            )
            for _ in range(times)
        ]

    letters = [*rejected("not_json", 12, TUESDAY), *rejected("wrong_key", 3, TUESDAY)]
    # twelve in a quarter of an hour are what this sender always does
    for hour in range(600):
        letters += rejected("unknown_type", 48 if hour else 12, TUESDAY - timedelta(hours=hour))
    insert(empty, {DeadLetterRow: letters})
    [(_, alerts)] = over_time(
        empty, rule, TUESDAY + timedelta(minutes=1), TUESDAY + timedelta(minutes=1), timedelta(minutes=1)
    )
    firing = {alert.labels["reason"]: alert for alert in alerts if alert.state == "firing"}
    assert list(firing) == ["not_json"]
    assert firing["not_json"].summary("en") == (
        "12 events of salgspuls.calls were rejected in 15 minutes: not_json"
    )


def test_a_competitor_that_is_suddenly_everywhere_is_told(spiked: Client) -> None:
    rule = RULES["salgspuls-competitor"]
    [(_, before)] = over_time(spiked, rule, TUESDAY, TUESDAY, timedelta(minutes=5))
    assert before
    assert {alert.state for alert in before} == {"normal"}
    name = before[0].labels["competitor"]
    spiked.command(
        "INSERT INTO salgspuls_store.keyword_hours"
        " SELECT seller_id, toStartOfHour(toDateTime('2026-11-24 07:00:00', 'UTC')) AS hour, tracker_id,"
        " 1000000000000, 0, 9, 9, 9 FROM salgspuls.trackers AS trackers"
        " CROSS JOIN (SELECT seller_id FROM salgspuls.sellers ORDER BY seller_id LIMIT 4) AS sellers"
        f" WHERE trackers.name = '{name}'"
    )
    [(_, after)] = over_time(spiked, rule, TUESDAY, TUESDAY, timedelta(minutes=5))
    assert [alert.labels["competitor"] for alert in after if alert.state == "firing"] == [name]


def test_deals_at_risk_are_the_open_ones_that_close_within_a_week(spiked: Client) -> None:
    rule = RULES["salgspuls-deal-at-risk"]
    [(_, alerts)] = over_time(spiked, rule, TUESDAY, TUESDAY, timedelta(minutes=10))
    firing = {alert.labels["opportunity_id"] for alert in alerts if alert.state == "firing"}
    expected = spiked.query(
        f"SELECT opportunity_id FROM salgspuls.deal_health(at = {at(TUESDAY)}, tz = 'Europe/Copenhagen',"
        " teams = [''], sellers = ['']) WHERE health < 65"
        " AND estimated_close_on BETWEEN toDate('2026-11-24') AND toDate('2026-12-01')"
    ).result_rows
    assert firing == {opportunity for (opportunity,) in expected}
    assert firing


def test_two_ordinary_days_are_calm(spiked: Client) -> None:
    """The short form of the year below."""
    for day in (17, 18):
        opens = datetime(2026, 11, day, 8, tzinfo=ZONE)
        states = over_time(spiked, SPIKE, opens, opens + timedelta(hours=9), timedelta(minutes=6))
        assert episodes(states) == []


def at(moment: datetime) -> str:
    return f"toDateTime64('{moment.astimezone(UTC):%F %T}', 3, 'UTC')"


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_year_of_ordinary_days_has_fewer_than_one_false_alarm_a_team_a_quarter(
    open_store: OpenStore, capsys: pytest.CaptureFixture[str]
) -> None:
    first = TUESDAY - timedelta(days=365)
    world = World.create(seed=7, now=TUESDAY, days=400)
    with open_store("year") as client:
        store(client, world.history(end=TUESDAY), simulated_analyser())
        found = dict.fromkeys(("salgspuls-negative-spike", "salgspuls-no-events", "salgspuls-competitor"), 0)
        for offset in range(365):
            day = (first + timedelta(days=offset)).date()
            if workload(day) == 0:
                continue
            opens = datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)
            for uid, step in zip(found, (4, 15, 60), strict=True):
                states = over_time(
                    client, RULES[uid], opens, opens + timedelta(hours=9), timedelta(minutes=step)
                )
                found[uid] += len(episodes(states))
    teams, quarters = 4, 4
    with capsys.disabled():
        print(f"\nfalse alarms in a year, all teams: {found}")
    assert found["salgspuls-negative-spike"] / (teams * quarters) < 1
    assert found["salgspuls-no-events"] / quarters < 1
    assert found["salgspuls-competitor"] / quarters < 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_half_of_the_spikes_are_found_within_two_minutes(
    open_store: OpenStore, capsys: pytest.CaptureFixture[str]
) -> None:
    delays = []
    for seed in range(21, 31):
        team = ("Nord", "Syd", "Øst", "International")[seed % 4]
        world = World.create(seed=seed, now=TUESDAY, days=30, always_open=True, spike=Spike(team, SPIKE_AT))
        with open_store(f"spike-{seed}") as client:
            store(client, world.history(end=SPIKE_AT + timedelta(minutes=9)), simulated_analyser())
            states = over_time(
                client, SPIKE, SPIKE_AT, SPIKE_AT + timedelta(minutes=9), timedelta(seconds=10)
            )
            began = [episode.began for episode in episodes(states) if episode.labels == (team,)]
            delays.append((began[0] - SPIKE_AT).total_seconds() if began else float("inf"))
    with capsys.disabled():
        print(f"\nseconds until a spike was found: {sorted(delays)}")
    assert median(delays) <= 120
    assert max(delays) <= 360
