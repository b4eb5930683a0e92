"""Erasing a customer or a seller: nothing is left of one, everything is left of the others, and it does not come back."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse import erasure, migrate
from clickhouse.aggregates import Hour, hour_of, refresh_statements
from clickhouse.client import connect
from clickhouse.erasure import Eraser, Erasure, Kept, Subject, digest
from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallEnded,
    CallEvent,
    CallSegment,
    CallStarted,
    OpportunityChanged,
    SellerChanged,
    serialize,
)
from schemas.rows import CallKeywordRow, CallNameRow, CallRow, DeadLetterRow, OpportunityChangeRow, SegmentRow
from schemas.topics import CALLS, DEAD_LETTERS, SETTINGS, SOURCES, topic_of
from streams import erase
from streams.brokers import free_port
from streams.brokers.tansu import TansuBroker
from streams.simulator import RawMessage, World
from tests.support import sample_rows
from tests.support.embedded_clickhouse import (
    ROOT,
    RunningClickHouse,
    MIGRATION_VARIABLES,
    clickhouse_server,
)
from tests.support.oracle import a_recent_working_day, assert_same, expected_rows, stored_rows
from tests.support.pipeline import Pipeline, running_pipeline

__all__ = ["clickhouse_server"]

NOW = datetime.now(UTC).replace(microsecond=0)
KEPT = Kept(calls_since=NOW - timedelta(days=3000), segments_since=NOW - timedelta(days=3000))
HOURS = ("seller_hours", "keyword_hours", "name_hours", "word_hours")
QUICK = {"SALGSPULS_WORKER_TRACKER_POLL_SECONDS": "0.2"}


def everything(client: Client) -> dict[str, str]:
    """Every table of the store and every view without parameters, with all its rows as text; also rows that others
    have replaced."""
    tables = client.query(
        "SELECT database, name, create_table_query FROM system.tables "
        "WHERE database IN ('salgspuls_store', 'salgspuls')"
    ).result_rows
    return {
        f"{database}.{name}": client.query(
            f"SELECT groupArray(toString(tuple(*))) FROM {database}.{name}"
        ).result_rows[0][0]
        for database, name, created in tables
        if "{" not in created
    }


def assert_nowhere(client: Client, *words: str) -> None:
    for table, rows in everything(client).items():
        for row in rows:
            named = [word for word in words if word in row]
            assert not named, f"{table} has {named}: {row[:300]}"


def hours(client: Client) -> dict[str, list[Any]]:
    """What the views say of hours."""
    return {
        table: [
            tuple(round(value, 9) if isinstance(value, float) else value for value in row)
            for row in client.query(f"SELECT * FROM salgspuls.{table} ORDER BY ALL").result_rows
        ]
        for table in HOURS
    }


def assert_hours_are_those_of_the_calls(client: Client) -> None:
    """As if no hour had ever been counted before."""
    found = hours(client)
    count_hours_anew(client)
    assert found == hours(client)


def count_hours_anew(client: Client) -> None:
    starts = client.query(
        "SELECT seller_id, call_started_at FROM salgspuls.calls", tz_mode="aware"
    ).result_rows
    for table in HOURS:
        client.command(f"TRUNCATE TABLE salgspuls_store.{table}")
    buckets = {Hour(seller, hour_of(started)) for seller, started in starts}
    for statement in [*refresh_statements(buckets), *sample_rows.word_statements(buckets)]:
        client.command(statement)


class TestRows:
    """On rows of three months, without workers."""

    @pytest.fixture(scope="class")
    def client(self, clickhouse_server: RunningClickHouse) -> Iterator[Client]:
        client = connect(clickhouse_server.writer, database="")
        for database in ("salgspuls", migrate.DATABASE):
            client.command(f"DROP DATABASE IF EXISTS {database} SYNC")
        migrate.apply(client, variables=MIGRATION_VARIABLES)
        yield client
        client.close()

    @pytest.fixture(scope="class")
    def world(self, client: Client) -> sample_rows.World:
        """One for all tests: each erases somebody else."""
        world = sample_rows.sample_world(NOW, days=40)
        sample_rows.insert(client, world.rows)
        return world

    def test_every_table_is_dealt_with(self, client: Client) -> None:
        """A new table has to be entered in `erasure.TABLES`, with what becomes of its rows."""
        tables = client.query("SELECT name FROM system.tables WHERE database = 'salgspuls_store'").result_rows
        assert {name for (name,) in tables} == erasure.TABLES.keys()

    def test_of_a_customer_nothing_is_left_and_of_the_others_everything(
        self, client: Client, world: sample_rows.World
    ) -> None:
        before = stored(client)
        theirs = {call.call_id for call in world.of(CallRow) if call.customer_id == "c1"}
        deals = {
            change.opportunity_id for change in world.of(OpportunityChangeRow) if change.customer_id == "c1"
        }
        assert len(theirs) > 15
        assert len(deals) > 5
        run(client, Subject("customer", "c1"))
        assert_nowhere(client, "'c1'", sample_rows.CUSTOMERS[1], *(f"'{each}'" for each in theirs))
        after = stored(client)
        for table in ("calls", "segments", "call_keywords", "call_names"):
            assert after[table] == [row for row in before[table] if row.call_id not in theirs]
        assert after["opportunity_changes"] == [
            row for row in before["opportunity_changes"] if row.opportunity_id not in deals
        ]
        assert after["activities"] == [row for row in before["activities"] if row.opportunity_id not in deals]
        assert after["sellers"] == before["sellers"]
        assert_hours_are_those_of_the_calls(client)
        assert not erase.find(Eraser(client), begun(Subject("customer", "c1"))), "a second run finds nothing"

    def test_of_a_seller_the_deals_stay_without_the_seller(
        self, client: Client, world: sample_rows.World
    ) -> None:
        client.command(
            "ALTER TABLE salgspuls_store.sellers UPDATE manager_id = 's2' WHERE 1 SETTINGS mutations_sync = 2"
        )
        revenue = "SELECT count(), sum(actual_value), uniqExact(seller_id) FROM salgspuls.opportunities"
        before = client.query(revenue).result_rows
        told = run(client, Subject("seller", "s2"))
        assert told == ["s2"]
        assert_nowhere(client, "'s2'", "Ødegaard")
        assert client.query(revenue).result_rows == before
        [(names,)] = client.query(
            "SELECT groupUniqArray(seller_id) FROM salgspuls.opportunities WHERE seller_id LIKE 'erased-%'"
        ).result_rows
        assert len(names) == 1
        assert client.query("SELECT count() FROM salgspuls.sellers").result_rows == [(5,)]
        assert_hours_are_those_of_the_calls(client)

    def test_it_may_break_off_anywhere_and_be_run_again(
        self, client: Client, world: sample_rows.World
    ) -> None:
        """After each statement that changes something the power fails; the next run takes up what is left, and all of
        it once more, as if another had stored it again. At last one run goes through."""
        subject = Subject("customer", "c2")
        calls = [call for call in world.of(CallRow) if call.customer_id == "c2"][:3]
        ids = {call.call_id for call in calls}
        again = {
            kind: [row for row in world.of(kind) if row.call_id in ids]
            for kind in (SegmentRow, CallRow, CallKeywordRow, CallNameRow)
        }
        run_through = False
        for cut_after in range(100):
            try:
                run(client, subject, Unreliable(client, cut_after))
            except PowerCut:
                sample_rows.insert(client, again)
            else:
                run_through = True
                break
        assert run_through
        assert cut_after > 15
        assert_nowhere(client, "'c2'", *(f"'{call_id}'" for call_id in ids))
        assert_hours_are_those_of_the_calls(client)
        assert not Eraser(client).unfinished_hours()

    def test_nobody_of_this_name_is_nothing(self, client: Client, world: sample_rows.World) -> None:
        for kind in ("customer", "seller"):
            assert not erase.find(Eraser(client), begun(Subject(kind, "no'body\\")))  # type: ignore[arg-type]

    def test_it_says_beforehand_how_many_rows_of_which_tables(
        self, client: Client, world: sample_rows.World
    ) -> None:
        before = stored(client)
        found = erase.find(Eraser(client), begun(Subject("customer", "c4")))
        assert stored(client) == before
        run(client, Subject("customer", "c4"))
        after = stored(client)
        gone = {table: len(rows) - len(after[table]) for table, rows in before.items()}
        assert found.rows == {table: number for table, number in gone.items() if number}

    def test_other_calls_and_deals_that_once_named_the_customer_stay_without_the_name(
        self, client: Client
    ) -> None:
        """A correction gave the call to another; the deal passed to another."""
        call, deal = call_and_deal("passed-on", customer_id="o'account-81")
        other_call = call._replace(version=2, customer_id="other", customer_name="Other")
        other_deal = deal._replace(changed_at=NOW + timedelta(hours=1), customer_id="other")
        sample_rows.insert(client, {CallRow: [call]})
        sample_rows.insert(client, {CallRow: [other_call], OpportunityChangeRow: [deal, other_deal]})
        run(client, Subject("customer", "o'account-81"))
        assert_nowhere(client, "account-81", "Lundby Tryk")
        [left] = client.query(
            "SELECT customer_id FROM salgspuls.calls WHERE call_id = 'passed-on'"
        ).result_columns
        assert list(left) == ["other"]
        [left] = client.query(
            "SELECT customer_id FROM salgspuls.opportunity_changes WHERE opportunity_id = 'deal-passed-on' "
            "ORDER BY changed_at"
        ).result_columns
        assert list(left) == ["", "other"]

    def test_a_call_that_names_only_the_deal_is_the_customer_s(self, client: Client) -> None:
        call, deal = call_and_deal("by-deal", customer_id="account-82")
        sample_rows.insert(client, {CallRow: [call._replace(customer_id="")], OpportunityChangeRow: [deal]})
        run(client, Subject("customer", "account-82"))
        assert_nowhere(client, "by-deal")

    def test_dead_letters_that_name_it_go(self, client: Client, world: sample_rows.World) -> None:
        theirs = next(call.call_id for call in world.of(CallRow) if call.customer_id == "c0")
        long_id = "account-" + "x" * 90
        letter = sample_rows.row(
            DeadLetterRow, topic=CALLS.name, version=1, reason="wrong_key", received_at=NOW
        )
        details = [
            f"the message key is 'odd', must be {theirs!r}: call_id",
            f"the message key is {theirs + '-other'!r}, must be 'another': call_id",
            "customer_id: Input should be a valid string (got 'c0')",
            "seller_id: s9 contradicts c0, by which the call is known",
            f"revision: Input should be a valid integer (got {long_id!r:.60}…)",
        ]
        sample_rows.insert(
            client,
            {
                DeadLetterRow: [
                    letter._replace(offset=100 + n, detail=detail) for n, detail in enumerate(details)
                ]
            },
        )
        call, _ = call_and_deal(long_id, customer_id="c0")
        sample_rows.insert(client, {CallRow: [call]})
        run(client, Subject("customer", "c0"))
        left = client.query("SELECT offset FROM salgspuls.dead_letters WHERE offset >= 100").result_rows
        assert left == [(101,)]

    def test_hours_that_cannot_be_counted_any_more_stay(
        self, client: Client, world: sample_rows.World
    ) -> None:
        """Where segments are not kept, other calls' words could not be counted; where calls are not, nothing could."""
        calls_since, segments_since = NOW - timedelta(days=30), NOW - timedelta(days=15)
        before = hours(client)
        run(client, Subject("customer", "c3"), kept=Kept(calls_since, segments_since))
        after = hours(client)

        def old(rows: dict[str, list[Any]], table: str, since: datetime) -> list[Any]:
            return [row for row in rows[table] if row[1].replace(tzinfo=UTC) < since]

        assert old(after, "word_hours", segments_since) == old(before, "word_hours", segments_since)
        assert old(after, "keyword_hours", calls_since) == old(before, "keyword_hours", calls_since)
        assert old(after, "keyword_hours", segments_since) != old(before, "keyword_hours", segments_since)
        count_hours_anew(client)

    def test_what_a_worker_wrote_too_late_is_deleted_as_well(
        self, client: Client, world: sample_rows.World
    ) -> None:
        call_id = next(call.call_id for call in world.of(CallRow) if call.customer_id == "c1")
        theirs = [row for row in world.of(SegmentRow) if row.call_id == call_id]
        subject = Subject("customer", "c1")
        run(client, subject)
        run(client, subject, Late(client, theirs, rounds=1))
        assert_nowhere(client, f"'{call_id}'")
        with pytest.raises(erase.ErasureIncompleteError, match="Stop the workers that are older"):
            run(client, subject, Late(client, theirs, rounds=99))
        run(client, subject)
        assert_nowhere(client, f"'{call_id}'")

    def test_the_record_says_who_and_when_and_what_but_not_of_whom(
        self, client: Client, world: sample_rows.World
    ) -> None:
        [(calls,)] = client.query("SELECT count() FROM salgspuls.calls WHERE customer_id = 'c5'").result_rows
        run(client, Subject("customer", "c5"))
        [record] = client.query(
            f"SELECT * FROM salgspuls.erasures WHERE digest = '{digest('customer', 'c5')}'", tz_mode="aware"
        ).named_results()
        assert record["subject"] == "customer"
        assert (record["asked_by"], record["begun_at"], record["finished_at"]) == ("test", NOW, NOW)
        assert record["calls"] == calls > 0
        mutations = client.query(
            "SELECT command FROM system.mutations WHERE database = 'salgspuls_store'"
        ).result_rows
        assert mutations
        assert not [command for (command,) in mutations if "'c5'" in command or "call-0" in command]


class PowerCut(BaseException):
    """The process ends here."""


class Unreliable(Eraser):
    """Its line is cut after so many statements that change something."""

    def __init__(self, client: Client, cut_after: int) -> None:
        super().__init__(client)
        self._left = cut_after
        self._client = Cut(client, self)  # type: ignore[assignment]

    def spend(self) -> None:
        if self._left == 0:
            raise PowerCut
        self._left -= 1


@dataclass
class Cut:
    """A client on that line."""

    client: Client
    line: Unreliable

    def query(self, *given: Any, **named: Any) -> Any:
        return self.client.query(*given, **named)

    def command(self, *given: Any, **named: Any) -> Any:
        self.line.spend()
        return self.client.command(*given, **named)

    def insert(self, *given: Any, **named: Any) -> Any:
        self.line.spend()
        return self.client.insert(*given, **named)


class Late(Eraser):
    """Beside it a worker stores segments again that are being deleted."""

    def __init__(self, client: Client, rows: Sequence[SegmentRow], rounds: int) -> None:
        super().__init__(client)
        self._rows_again = rows
        self._rounds = rounds

    def delete_names(self, subject: Subject, until: datetime, pseudonym: str) -> None:
        super().delete_names(subject, until, pseudonym)
        if self._rounds:
            self._rounds -= 1
            self._client.insert(
                "segments", self._rows_again, column_names=SegmentRow._fields, database="salgspuls_store"
            )


def call_and_deal(call_id: str, customer_id: str) -> tuple[CallRow, OpportunityChangeRow]:
    shared: dict[str, Any] = {
        "seller_id": "s",
        "customer_id": customer_id,
        "opportunity_id": f"deal-{call_id}",
    }
    call = sample_rows.row(
        CallRow, **shared, call_id=call_id, version=1, call_started_at=NOW, last_event_at=NOW, customer_name="Lundby Tryk"
    )  # fmt: skip
    deal = sample_rows.row(
        OpportunityChangeRow, **shared, revision=1, changed_at=NOW, received_at=NOW, state="open", estimated_value=1,
        currency="DKK",
    )  # fmt: skip
    return call, deal


def begun(subject: Subject) -> Erasure:
    return Erasure(str(uuid.uuid4()), subject, "test", NOW)


def run(client: Client, subject: Subject, eraser: Eraser | None = None, kept: Kept = KEPT) -> list[str]:
    """Erase as the command does, without workers. Returns the sellers that the topic of settings was to forget."""
    eraser = eraser or Eraser(client)
    told: list[str] = []
    around = erase.Surroundings(lambda: None, told.append, lambda _line: None, lambda: NOW)
    one = begun(subject)
    erase.erase(eraser, one, erase.find(eraser, one), kept, around)
    return told


def stored(client: Client) -> dict[str, list[Any]]:
    rows = {}
    for kind, table in sample_rows.TABLES.items():
        columns = ", ".join(kind._fields)  # type: ignore[attr-defined]
        found = client.query(f"SELECT {columns} FROM salgspuls_store.{table} FINAL ORDER BY ALL").result_rows
        rows[table] = [kind._make(row) for row in found]  # type: ignore[attr-defined]
    return rows
