"""The upper level of the aggregates: equal to the definition over single calls, whatever changes later."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from clickhouse_connect.driver import Client

from clickhouse import backfill, months
from clickhouse.aggregates import Hour, hour_of
from clickhouse.client import connect
from clickhouse.erasure import Eraser, RetentionFloor
from clickhouse.schema.rows import CallKeywordRow, CallRow
from clickhouse.store import Store, opened
from grafana.sql import ANY_KIND
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.sample_rows import World, insert, sample_world

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
STORE = "salgspuls_store"
BY_CALLS = f"""
    SELECT toStartOfMonth(toDate(call_started_at)) AS month, toString(seller_id), toString(tracker_id),
        sum(mentions_seller), sum(mentions_customer), countIf(mentions_seller + mentions_customer > 0),
        countIf(mentions_customer > 0)
    FROM {STORE}.call_keywords FINAL WHERE call_started_at < toDateTime64('2026-11-01 00:00:00', 3, 'UTC')
    GROUP BY ALL HAVING sum(mentions_seller) + sum(mentions_customer) > 0 ORDER BY ALL"""
BY_MONTHS = f"""
    SELECT month, toString(seller_id), toString(tracker_id), mentions_seller, mentions_customer, calls, customer_calls
    FROM {STORE}.keyword_months FINAL WHERE mentions_seller + mentions_customer > 0 ORDER BY ALL"""
WORDS_BY_HOURS = f"""
    SELECT toStartOfMonth(hour) AS month, toString(seller_id), toString(term), toString(language),
        toString(form), sum(uses), sum(calls)
    FROM {STORE}.word_hours FINAL WHERE hour < toDateTime('2026-11-01 00:00:00', 'UTC')
    GROUP BY ALL HAVING sum(uses) > 0 ORDER BY ALL"""
WORDS_BY_MONTHS = f"""
    SELECT month, toString(seller_id), toString(term), toString(language), form, uses, calls
    FROM {STORE}.term_months FINAL
    ARRAY JOIN counts.forms AS form, counts.uses AS uses, counts.calls AS calls
    WHERE uses > 0 ORDER BY ALL"""
SELLERS_BY_CALLS = f"""
    SELECT toStartOfMonth(toDate(call_started_at)) AS month, toString(seller_id), count(),
        countIf(duration_ms >= 60000),
        sum(duration_ms), sum(talk_seller_ms + talk_customer_ms), countIf(sentiment_label = 'negative'),
        round(sum(ifNull(talk_ratio, 0)), 9)
    FROM {STORE}.calls FINAL WHERE call_started_at < toDateTime64('2026-11-01 00:00:00', 3, 'UTC')
    GROUP BY ALL ORDER BY ALL"""
SELLERS_BY_MONTHS = f"""
    SELECT month, toString(seller_id), calls, minute_calls, duration_ms, talk_seller_ms + talk_customer_ms,
        negative_calls, round(talk_ratio_sum, 9)
    FROM {STORE}.seller_months FINAL ORDER BY ALL"""
DEALS_BY_CALLS = f"""
    SELECT opportunity_id, call_started_at, call_id, duration_ms, sentiment_compound
    FROM {STORE}.calls FINAL WHERE opportunity_id != '' ORDER BY ALL"""
DEALS_BY_HOURS = f"""
    SELECT opportunity_id, call.at, call.call_id, call.duration_ms, call.compound
    FROM (SELECT opportunity_id, arrayJoin(calls) AS call FROM {STORE}.deal_hours FINAL) ORDER BY ALL"""


@pytest.fixture(scope="module")
def client(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    migrated(clickhouse_server)
    client = connect(clickhouse_server.writer, database="")
    yield client
    client.close()


@pytest.fixture(scope="module")
def world(client: Client) -> World:
    """Rolled up; each test changes it, and the levels have to stay equal."""
    world = sample_world(NOW, days=70)
    insert(client, world.rows)
    assert len(months.roll_up(client, NOW)) >= 2
    assert months.roll_up(client, NOW) == [], "each month once"
    return world


@pytest.fixture
async def store(clickhouse_server: RunningClickHouse) -> AsyncIterator[Store]:
    async with opened(clickhouse_server.writer) as store:
        yield store


def rows(client: Client, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in client.query(query).result_rows]


def assert_equal(client: Client) -> None:
    """Months and deals say what single calls say."""
    for lower, upper in (
        (BY_CALLS, BY_MONTHS),
        (SELLERS_BY_CALLS, SELLERS_BY_MONTHS),
        (WORDS_BY_HOURS, WORDS_BY_MONTHS),
        (DEALS_BY_CALLS, DEALS_BY_HOURS),
    ):
        expected = rows(client, lower)
        assert expected
        assert rows(client, upper) == expected


def old_call(world: World) -> CallRow:
    """A call of a month that is over, with a deal and mentions."""
    mentioned = {row.call_id for row in world.of(CallKeywordRow)}
    return next(
        call
        for call in world.of(CallRow)
        if call.call_started_at < datetime(2026, 10, 20, tzinfo=UTC)
        and call.opportunity_id
        and call.call_id in mentioned
    )


def test_months_add_up_to_what_single_calls_say(client: Client, world: World) -> None:
    assert_equal(client)


async def test_a_correction_reaches_the_month_that_is_over(
    client: Client, world: World, store: Store
) -> None:
    call = old_call(world)
    mentions = [row for row in world.of(CallKeywordRow) if row.call_id == call.call_id]
    await store.insert(
        [row._replace(version=row.version + 9, mentions_customer=0, mentions_seller=5) for row in mentions]
    )
    moved = call._replace(version=call.version + 9, opportunity_id="opp-elsewhere", duration_ms=1)
    await store.insert([moved])
    hour = Hour(call.seller_id, hour_of(call.call_started_at))
    await store.refresh_hours({hour})
    await store.refresh_words({hour}, 120, 2)
    assert_equal(client)
    assert ("opp-elsewhere", call.call_id) in {(row[0], row[2]) for row in rows(client, DEALS_BY_HOURS)}
    gone = [
        row._replace(version=row.version + 20, mentions_customer=0, mentions_seller=0) for row in mentions
    ]
    await store.insert(gone)
    await store.insert([moved._replace(version=call.version + 20, opportunity_id="")])
    await store.refresh_hours({hour})
    assert_equal(client)
    assert call.call_id not in {row[2] for row in rows(client, DEALS_BY_HOURS)}


async def test_a_late_call_reaches_a_month_before_the_first_one(
    client: Client, world: World, store: Store
) -> None:
    call = old_call(world)
    late = call._replace(call_id="late", call_started_at=datetime(2026, 2, 3, 9, 30, tzinfo=UTC))
    mention = next(row for row in world.of(CallKeywordRow) if row.call_id == call.call_id)
    await store.insert([late])
    await store.insert(
        [mention._replace(call_id="late", call_started_at=late.call_started_at, mentions_customer=7)]
    )
    await store.refresh_hours({Hour(late.seller_id, hour_of(late.call_started_at))})
    assert_equal(client)
    ranking = (
        "SELECT sum(mentions) FROM salgspuls.keyword_ranking(from = '2020-01-01 00:00:00', to = '2026-11-24 14:30:00', "
        "teams = [''], sellers = [''])"
    )
    by_calls = (
        f"SELECT sum(mentions_customer) FROM {STORE}.call_keywords FINAL "
        "WHERE tracker_id IN (SELECT tracker_id FROM salgspuls.trackers WHERE NOT removed) "
        "AND call_started_at <= toDateTime64('2026-11-24 14:30:00', 3, 'UTC')"
    )
    for rolled in (False, True):
        if rolled:
            assert months.roll_up(client, NOW)
        assert rows(client, ranking) == rows(client, by_calls)


def test_an_erasure_leaves_nothing_in_the_month(client: Client, world: World) -> None:
    call = next(call for call in reversed(world.of(CallRow)) if call.call_started_at.month == 10)
    for table in ("calls", "call_keywords", "call_names", "segments"):
        client.command(
            f"ALTER TABLE {STORE}.{table} DELETE WHERE call_id = '{call.call_id}' SETTINGS mutations_sync = 2"
        )
    kept = RetentionFloor(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
    Eraser(client).recompute({Hour(call.seller_id, hour_of(call.call_started_at))}, kept, 120, 2)
    assert_equal(client)


def test_what_was_stored_before_the_table_of_deals_is_filled_in_and_an_interrupted_run_goes_on(
    client: Client, world: World
) -> None:
    client.command(f"TRUNCATE TABLE {STORE}.deal_hours")
    client.command(
        f"ALTER TABLE {STORE}.seller_hours UPDATE minute_calls = 0 WHERE 1 SETTINGS mutations_sync = 2"
    )
    seen: list[tuple[int, int]] = []

    def interrupt(table: str, month: object, number: int, total: int) -> None:
        seen.append((number, total))
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill.run(client, interrupt)
    (_, total), done = seen[0], len(seen) - 1
    assert backfill.run(client) == 2 * total - done, "deals, and calls of a minute by seller"
    assert backfill.run(client) == 0
    assert_equal(client)


def test_a_mark_of_an_older_program_says_nothing_of_a_later_level(client: Client, world: World) -> None:
    client.command(f"TRUNCATE TABLE {STORE}.seller_months")
    client.command(f"INSERT INTO {STORE}.rolled_months (month) SELECT month FROM {STORE}.rolled_months")
    sums = (
        "SELECT sum(calls) FROM salgspuls.seller_sums(from = '2020-01-01 00:00:00', to = '2026-11-24 14:30:00',"
        f" {ANY_KIND})"
    )
    by_calls = f"SELECT count() FROM {STORE}.calls FINAL WHERE call_started_at <= '2026-11-24 14:30:00'"
    assert rows(client, sums) == rows(client, by_calls)
    assert months.roll_up(client, NOW)
    assert_equal(client)
    assert rows(client, sums) == rows(client, by_calls)
