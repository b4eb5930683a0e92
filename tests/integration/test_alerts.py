"""The alert rules over simulated time: their SQL runs, a spike fires, is told once and ends, and calm stays calm.

The long form (`make test-slow`) counts the false alarms of a quarter and measures how soon spikes are found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from math import inf
from random import Random
from typing import Any  # Any: rows of several tables
from zoneinfo import ZoneInfo

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema.rows import CallRow, DeadLetterRow, SegmentRow, SellerRow
from clickhouse.schema.tables import STORE, TABLE_OF
from grafana.alerts.rules import NOW, Office, Rule, rules
from schemas.events import AnyEvent, CallEvent
from streams.replay import TimedEvent
from streams.simulator import Spike, World
from tests.support.alerting import (
    Episode,
    episodes,
    moments,
    near_spikes,
    over_time,
    said_by_team,
    states_at,
)
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
    migrated_folder,
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
Report = Callable[[str], None]


@pytest.fixture(scope="module")
def open_store(tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    """Opens a ClickHouse of its own with the product's tables, empty."""

    @contextmanager
    def opened(name: str) -> Iterator[Client]:
        with running_clickhouse(migrated_folder(tmp_path_factory.mktemp(name))) as server:
            client = connect(server.writer, database="")
            yield client
            client.close()

    return opened


@pytest.fixture(scope="module")
def spiked(open_store: OpenStore) -> Iterator[Client]:
    """Two weeks of a small sales force, then busy hours; at SPIKE_AT the customers of Nord get angry."""
    spike = Spike("Nord", SPIKE_AT)
    world = World.create(4, TUESDAY, 15, 0.5, always_open=True, spike=spike, length=0.1)
    with open_store("spiked") as client:
        store(client, world.history(end=TUESDAY + timedelta(minutes=40)), simulated_analyser())
        yield client


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Prints a figure of a slow test, also when it passes."""

    def printed(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return printed


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
    assert {alert.state for alert in alerts} <= {"normal"}


def test_a_spike_fires_soon_goes_on_without_a_break_and_ends(spiked: Client) -> None:
    found = episodes(
        over_time(spiked, SPIKE, TUESDAY, TUESDAY + timedelta(minutes=38), timedelta(seconds=30))
    )
    [spike] = [episode for episode in found if episode.labels == ("Nord",)]
    assert timedelta(0) <= spike.began - SPIKE_AT <= timedelta(minutes=4)
    assert timedelta(minutes=6) <= spike.ended - SPIKE_AT <= timedelta(minutes=33)


GOOD, CALM, BAD = 6000, 0, -8000


def spoken(call: CallRow, stretches: list[tuple[int, int, int]]) -> dict[type, list[Any]]:
    """A call and what its customer says without a break: seconds from and to, compound."""
    segments = [
        row(
            SegmentRow, call_id=call.call_id, segment_id=f"{second}", version=1, seller_id=call.seller_id,
            call_started_at=call.call_started_at, speaker="customer", consent=True, compound_e4=compound,
            received_at=TUESDAY, start_ms=1000 * second, end_ms=1000 * (second + 10),
        )
        for start, end, compound in stretches
        for second in range(start, end, 10)
    ]  # fmt: skip
    return {CallRow: [call], SegmentRow: segments}


def test_a_call_that_turns_negative_is_named_while_it_runs(empty: Client) -> None:
    rule = RULES["salgspuls-call-turns-negative"]
    seller = row(SellerRow, seller_id="åse", revision=1, name="Åse", team="Nord", received_at=TUESDAY)
    call = row(
        CallRow, call_id="turns", seller_id=seller.seller_id, version=1,
        call_started_at=SPIKE_AT - timedelta(minutes=1),
        duration_ms=180_000, last_event_at=SPIKE_AT + timedelta(minutes=2), ended=True,
    )  # fmt: skip
    insert(empty, {SellerRow: [seller]})
    insert(empty, spoken(call, [(0, 60, GOOD), (60, 180, BAD)]))
    seen = [
        (now, alert)
        for now, alerts in over_time(
            empty, rule, SPIKE_AT, SPIKE_AT + timedelta(minutes=8), timedelta(seconds=30)
        )
        for alert in alerts
        if alert.state == "firing" and alert.values["compound"] < rule.limit.value
    ]
    assert {alert.labels["team"] for _, alert in seen} >= {"Nord"}
    for now, alert in seen:
        [(began, ends)] = empty.query(
            "SELECT call_started_at, addMilliseconds(call_started_at, duration_ms) FROM salgspuls.calls"
            " WHERE call_id = {call_id:String}",
            parameters={"call_id": alert.labels["call_id"]},
            tz_mode="aware",
        ).result_rows
        assert began <= now < ends or alert.since < now


def test_a_call_that_was_negative_from_the_start_has_not_turned(empty: Client) -> None:
    """Nor has one of which too little was heard before, or one that is only less good."""
    said = {
        "angry from the start": (0, [(0, 150, BAD)]),
        "angry for minutes": (420, [(420, 570, BAD)]),
        "turned within a short call": (0, [(0, 70, GOOD), (80, 150, BAD)]),
        "turned within a long call": (420, [(0, 360, GOOD), (400, 570, BAD)]),
        "one good word, then anger": (0, [(0, 10, GOOD), (10, 150, BAD)]),
        "was better, is not bad": (0, [(0, 70, GOOD), (80, 150, 4000)]),
    }
    for name, (before, stretches) in said.items():
        began = TUESDAY - timedelta(seconds=before)
        call = row(CallRow, call_id=name, call_started_at=began, version=1, last_event_at=TUESDAY)
        insert(empty, spoken(call, stretches))
    moment = TUESDAY + timedelta(seconds=150)
    found = empty.query(f"SELECT call_id FROM salgspuls.calls_turned_negative(at = {at(moment)}) ORDER BY 1")
    turned = [name for (name,) in found.result_rows]
    assert turned == ["turned within a long call", "turned within a short call"]


def test_twenty_one_percent_negative_where_sixteen_are_usual_is_no_spike(empty: Client) -> None:
    """However much was said, a rise of less than ten points is nothing to be red about; one of fifteen is."""
    seller = row(SellerRow, seller_id="åse", revision=1, name="Åse", team="Nord", received_at=TUESDAY)
    insert(empty, {SellerRow: [seller]})
    usual = [
        row(
            CallRow, call_id=f"usual {day}", seller_id=seller.seller_id, version=1, ended=True,
            call_started_at=TUESDAY - timedelta(days=day), last_event_at=TUESDAY - timedelta(days=day),
            sentiment_negative_ms=160_000, sentiment_neutral_ms=640_000, sentiment_positive_ms=200_000,
        )
        for day in range(3, 24)
    ]  # fmt: skip
    insert(empty, {CallRow: usual})
    began, moment = TUESDAY - timedelta(minutes=11), TUESDAY

    def speak(name: str, compound: int) -> None:
        call = row(
            CallRow, call_id=name, seller_id=seller.seller_id, version=1,
            call_started_at=began, last_event_at=moment,
        )  # fmt: skip
        insert(empty, spoken(call, [(0, 600, compound)]))

    def judged() -> dict[str, float]:
        sql = f"SELECT * FROM salgspuls.team_negativity(at = {at(moment)}, tz = 'Europe/Copenhagen')"
        [team] = empty.query(sql).named_results()
        return {name: team[name] for name in ("negative_share", "usual_share", "score")}

    for number in range(19):
        speak(f"now {number}", BAD if number < 4 else CALM)
    found = judged()
    assert found["negative_share"] == pytest.approx(0.21, abs=0.005)
    assert found["usual_share"] == pytest.approx(0.16, abs=0.005)
    assert found["score"] == 0
    for number in range(5):
        speak(f"angry {number}", BAD)
    found = judged()
    assert found["negative_share"] == pytest.approx(0.375, abs=0.005)
    assert found["score"] > 1


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


def test_calls_that_are_read_late_are_no_silence_and_old_ones_that_are_imported_hide_none(
    empty: Client,
) -> None:
    rule = RULES["salgspuls-no-events"]
    minute = timedelta(minutes=1)
    # the worker is down from now on; after fifty minutes it reads what has piled up, ten times as fast as it came
    down, up = TUESDAY, TUESDAY + 50 * minute
    calls = [
        (down - 4 * minute, down, down)
    ]  # when it began, when its last event came to Kafka, when it was stored
    for number in range(50):
        began = down + number * minute
        calls.append((began, began + minute, up + number * minute / 10))
    # meanwhile and afterwards somebody imports older calls
    for number in range(80):
        now = down + number * minute
        calls.append((now - timedelta(days=20), now, now))

    def looks() -> Iterator[datetime]:
        """Each minute, when all is stored that has come by then."""
        for now in moments(down, down + 80 * minute, minute):
            empty.insert(
                TABLE_OF[CallRow].name,
                [(f"{call[0]}", 1, *call) for call in calls if now - minute < call[2] <= now],
                column_names=["call_id", "version", "call_started_at", "last_event_at", "stored_at"],
                database=STORE,
            )
            yield now

    outage, after = episodes(states_at(empty, rule, looks()))
    assert (outage.began, outage.ended) == (down + 6 * minute, up - minute)
    assert after.began == up + 10 * minute


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
                arrived_at=moment,
            )
            for _ in range(times)
        ]

    letters = [*rejected("not_json", 12, TUESDAY), *rejected("wrong_key", 3, TUESDAY)]
    letters += rejected(
        "erased", 50, TUESDAY
    )  # what comes again of erased calls is refused as somebody wished
    # twelve in a quarter of an hour are what this sender always does
    for hour in range(600):
        letters += rejected("unknown_type", 48 if hour else 12, TUESDAY - timedelta(hours=hour))
    insert(empty, {DeadLetterRow: letters})
    minute = timedelta(minutes=1)
    states = list(over_time(empty, rule, TUESDAY + minute, TUESDAY + 60 * minute, minute))
    [firing] = [alert for alert in states[0][1] if alert.state == "firing"]
    assert firing.summary("en") == "12 events of salgspuls.calls were rejected in 15 minutes: not_json"
    [rise] = episodes(iter(states))
    assert rise.labels == ("salgspuls.calls", "not_json")
    # they leave the quarter of an hour that is counted, and the alert is kept for another one
    assert timedelta(minutes=28) <= rise.ended - TUESDAY <= timedelta(minutes=30)


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
    [told] = episodes(over_time(spiked, rule, TUESDAY, TUESDAY + timedelta(hours=36), timedelta(minutes=30)))
    assert told.labels == (name,)
    # what is counted are whole hours, of the last 24; then it is kept for two
    assert timedelta(hours=22) <= told.ended - TUESDAY <= timedelta(hours=25)


def test_deals_at_risk_are_the_open_ones_that_close_within_a_week_or_are_overdue(spiked: Client) -> None:
    rule = RULES["salgspuls-deal-at-risk"]
    [(_, alerts)] = over_time(spiked, rule, TUESDAY, TUESDAY, timedelta(minutes=10))
    firing = {alert.labels["opportunity_id"] for alert in alerts if alert.state == "firing"}
    expected = spiked.query(
        f"SELECT opportunity_id FROM salgspuls.deal_health(at = {at(TUESDAY)}, tz = 'Europe/Copenhagen',"
        " teams = [''], sellers = ['']) WHERE health < 65"
        " AND estimated_close_on BETWEEN toDate('2026-10-25') AND toDate('2026-12-01')"
    ).result_rows
    assert firing == {opportunity for (opportunity,) in expected}
    won = min(firing)
    spiked.command(
        "INSERT INTO salgspuls_store.opportunity_changes SELECT * REPLACE ("
        "addSeconds(changed_at, 1) AS changed_at, 'won' AS state, toDate32('2026-11-24') AS closed_on)"
        " FROM salgspuls_store.opportunity_changes FINAL WHERE opportunity_id = {deal:String}"
        " ORDER BY changed_at DESC LIMIT 1",
        parameters={"deal": won},
    )
    [(_, alerts)] = over_time(spiked, rule, TUESDAY, TUESDAY, timedelta(minutes=10))
    assert {alert.labels["opportunity_id"] for alert in alerts if alert.state == "firing"} == firing - {won}


@pytest.mark.parametrize(
    ("uid", "minutes"),
    [("salgspuls-negative-spike", 15), ("salgspuls-no-events", 30), ("salgspuls-competitor", 60)],
)
def test_two_ordinary_days_are_calm(spiked: Client, uid: str, minutes: int) -> None:
    """The short form of the quarter below."""
    for day in (17, 18):
        opens = datetime(2026, 11, day, 8, tzinfo=ZONE)
        step = timedelta(minutes=minutes)
        assert episodes(over_time(spiked, RULES[uid], opens, opens + timedelta(hours=9), step)) == []


def test_few_calls_of_an_ordinary_morning_turn_very_negative_and_each_is_told_once(spiked: Client) -> None:
    rule = RULES["salgspuls-call-turns-negative"]
    opens, noon = datetime(2026, 11, 17, 9, tzinfo=ZONE), datetime(2026, 11, 17, 12, tzinfo=ZONE)
    told = episodes(over_time(spiked, rule, opens, noon, timedelta(minutes=2)))
    calls = spiked.query(
        f"SELECT count() FROM salgspuls.calls WHERE call_started_at BETWEEN {at(opens)} AND {at(noon)}"
    ).result_rows[0][0]
    assert len({alert.labels for alert in told}) == len(told)
    assert len(told) <= 0.1 * calls


def at(moment: datetime) -> str:
    return f"toDateTime64('{moment.astimezone(UTC):%F %T}', 3, 'UTC')"


TEAMS = ("Nord", "Syd", "Øst", "International")


QUARTER = timedelta(days=92)


@pytest.fixture(scope="module")
def quarter(open_store: OpenStore) -> Iterator[Client]:
    """A hundred and twenty ordinary days, of which the last quarter is judged."""
    with open_store("quarter") as client:
        store(client, World.create(seed=7, now=TUESDAY, days=120).history(end=TUESDAY), simulated_analyser())
        yield client


def false_alarms(client: Client, begins: datetime, ends: datetime) -> Sequence[Episode]:
    """The alarms of a time without a spike, at every moment at which the rule is looked at."""
    looks = near_spikes(client, OFFICE.timezone, said_by_team(client), moments(begins, ends, SPIKE.interval))
    alarms = episodes(states_at(client, SPIKE, looks))
    # the moments left out are none at which it could have fired, in office hours and out of them
    dice = Random(1)
    others = [begins + (ends - begins) * dice.random() for _ in range(200)]
    others += [at.replace(hour=dice.randrange(7, 16)) for at in others]
    rest = sorted(at for at in others if begins <= at <= ends and at not in looks)
    scores = [alert.values["score"] for _, alerts in states_at(client, SPIKE, rest) for alert in alerts]
    assert len(scores) > 1_000
    assert max(scores) < 1
    return alarms


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_quarter_of_ordinary_days_has_fewer_than_one_false_alarm_a_team(
    quarter: Client, report: Report
) -> None:
    alarms = false_alarms(quarter, TUESDAY - QUARTER, TUESDAY)
    report(f"spike alarms in a quarter of four teams: {len(alarms)}")
    assert len(alarms) < len(TEAMS)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_live_part_of_the_demo_has_fewer_than_one_false_alarm_a_team_in_as_many_hours(
    open_store: OpenStore, report: Report
) -> None:
    """Of the 558 hours in which offices are open in a quarter 480, one after the other, each as busy as the demo is."""
    ends = TUESDAY + timedelta(hours=480)
    with open_store("live") as client:
        world = World.create(seed=7, now=TUESDAY, days=30, always_open=True)
        store(client, world.history(end=ends), simulated_analyser())
        alarms = false_alarms(client, TUESDAY, ends)
    report(f"spike alarms in 480 live hours of four teams: {len(alarms)}")
    assert len(alarms) < len(TEAMS)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_quarter_of_ordinary_days_is_not_taken_for_silence(quarter: Client, report: Report) -> None:
    """Each pause is judged when it is longest: just before the next call begins or the office closes."""
    rule = RULES["salgspuls-no-events"]
    starts = quarter.query(
        "SELECT call_started_at FROM salgspuls.calls WHERE call_started_at >= {begins:DateTime64(3)} ORDER BY 1",
        parameters={"begins": TUESDAY - QUARTER},
        tz_mode="aware",
    ).result_columns[0]
    an_hour = Counter(at.replace(minute=0, second=0, microsecond=0) for at in starts)
    # not even in the busiest hour are ten calls missing sooner
    shortest = timedelta(hours=10 / max(an_hour.values()))
    assert shortest > timedelta(minutes=5)
    looks = []
    for before, after in pairwise(starts):
        for day in {before.astimezone(ZONE).date(), after.astimezone(ZONE).date()}:
            last = min(after, datetime.combine(day, OFFICE.closes, ZONE)) - timedelta(seconds=1)
            if last - before > shortest:
                looks.append(last)
    found = [alert for at in looks for _, alerts in states_at(quarter, rule, [at]) for alert in alerts]
    alarms = sum(alert.state == "firing" for alert in found)
    report(f"silence alarms in a quarter: {alarms}, of {len(looks):,} pauses that were judged")
    assert len(found) == len(looks)
    assert alarms == 0


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_quarter_of_ordinary_days_has_few_competitors_more_than_usual(
    quarter: Client, report: Report
) -> None:
    rule = RULES["salgspuls-competitor"]
    opens = [
        TUESDAY.replace(hour=7, minute=0) - timedelta(days=offset) for offset in range(QUARTER.days, 0, -1)
    ]
    looks = [at for day in opens for at in moments(day, day + timedelta(hours=9), timedelta(hours=3))]
    alarms = episodes(states_at(quarter, rule, looks))
    report(f"competitor alarms in a quarter: {len(alarms)}")
    assert len(alarms) < 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_most_spikes_are_found_while_they_last(open_store: OpenStore, report: Report) -> None:
    """Thirty-two: one in each team, in eight worlds of two weeks, at eight times of the day."""
    delays, early = [], 0
    for number in range(8):
        now = TUESDAY.replace(hour=7, minute=20) + timedelta(minutes=65 * number)
        spike_at = now + timedelta(minutes=3)
        with open_store(f"spikes-{number}") as client:
            store(client, with_a_spike_in_each_team(21 + number, now, spike_at), simulated_analyser())
            found = episodes(over_time(client, SPIKE, now, spike_at + timedelta(minutes=6), SPIKE.interval))
        for team in TEAMS:
            first = next((each.began for each in found if each.labels == (team,)), None)
            if first is not None and first <= spike_at:
                early += 1  # a false alarm was there before the spike
            else:
                delays.append((first - spike_at).total_seconds() if first else inf)
    delays.sort()
    soon = sum(delay <= 120 for delay in delays)
    report(
        f"seconds from a spike's beginning to its alert: {delays}; {soon} of {len(delays)} within two minutes"
    )
    report(f"spikes before which it fired already: {early}")
    assert early <= 2
    assert sum(delay < inf for delay in delays) / len(delays) >= 0.6
    assert soon / len(delays) >= 0.4


def with_a_spike_in_each_team(seed: int, now: datetime, spike_at: datetime) -> Iterator[TimedEvent]:
    """Two weeks up to `now` and ten minutes more; the last hour of each team is the one of a world with its spike."""

    def world(spike: Spike | None) -> World:
        return World.create(seed, now, 14, always_open=True, spike=spike)

    def began(event: AnyEvent) -> datetime:
        return event.call_started_at if isinstance(event, CallEvent) else now - timedelta(days=1)

    since, until = now - timedelta(hours=1), spike_at + timedelta(minutes=10)
    yield from (timed for timed in world(None).history(end=now) if began(timed.event) < since)
    for team in TEAMS:
        spiked = world(Spike(team, spike_at))
        members = {seller.seller_id for seller in spiked.sellers if seller.team == team}
        for timed in spiked.history(since, until):
            event = timed.event
            if isinstance(event, CallEvent) and event.seller_id in members and began(event) >= since:
                yield timed
