"""Erasing a customer or a seller: nothing is left of one, all is left of the others, and it does not come back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.aggregates import Hour, hour_of, refresh_statements
from clickhouse.client import connect
from clickhouse.erasure import Eraser, Erasure, RetentionFloor, Subject, digest
from clickhouse.schema.columns import columns_of, row_from
from clickhouse.schema.rows import (
    CallKeywordRow,
    CallNameRow,
    CallRow,
    DeadLetterRow,
    OpportunityChangeRow,
    Row,
    SegmentRow,
)
from clickhouse.schema.tables import STORE, TABLE_OF, VIEWS
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
from schemas.topics import CALLS, DEAD_LETTERS, SETTINGS, topic_of
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.jobs import erase
from streams.replay import RawMessage
from streams.simulator import World
from tests.support import sample_rows
from tests.support.embedded_clickhouse import (
    ROOT,
    RunningClickHouse,
    clickhouse_server,
    migrated,
)
from tests.support.oracle import a_recent_working_day, assert_same, expected_rows, stored_rows
from tests.support.pipeline import Pipeline, running_pipeline

__all__ = ["clickhouse_server"]

NOW = datetime.now(UTC).replace(microsecond=0)
KEPT = RetentionFloor(calls_since=NOW - timedelta(days=3000), segments_since=NOW - timedelta(days=3000))
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
    count_hours_again(client)
    assert found == hours(client)


def count_hours_again(client: Client) -> None:
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
        migrated(clickhouse_server)
        client = connect(clickhouse_server.writer, database="")
        yield client
        client.close()

    @pytest.fixture(scope="class")
    def world(self, client: Client) -> sample_rows.World:
        """One for all tests: each erases somebody else."""
        world = sample_rows.sample_world(NOW, days=40)
        sample_rows.insert(client, world.rows)
        return world

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
        """After every third statement that changes something the power fails; the next run takes up what is left, and
        all of it once more, as if another had stored it again. At last one run goes through."""
        subject = Subject("customer", "c2")
        calls = [call for call in world.of(CallRow) if call.customer_id == "c2"][:3]
        ids = {call.call_id for call in calls}
        again: dict[type[Row], list[Row]] = {
            SegmentRow: [row for row in world.of(SegmentRow) if row.call_id in ids],
            CallRow: [row for row in world.of(CallRow) if row.call_id in ids],
            CallKeywordRow: [row for row in world.of(CallKeywordRow) if row.call_id in ids],
            CallNameRow: [row for row in world.of(CallNameRow) if row.call_id in ids],
        }
        for cut_after in range(0, 99, 3):
            try:
                run(client, subject, Unreliable(client, cut_after))
            except PowerCut:
                sample_rows.insert(client, again)
            else:
                break
        assert 15 < cut_after < 96
        assert_nowhere(client, "'c2'", *(f"'{call_id}'" for call_id in ids))
        assert_hours_are_those_of_the_calls(client)
        assert not Eraser(client).unfinished_hours()

    def test_one_call_can_go_and_all_others_stay(self, client: Client, world: sample_rows.World) -> None:
        before = stored(client)
        call_id = str(client.query(f"SELECT min(call_id) FROM {STORE}.calls").result_rows[0][0])
        run(client, Subject("call", call_id))
        assert client.query(
            f"SELECT count() FROM {VIEWS}.segments WHERE call_id = '{call_id}'"
        ).result_rows == [(0,)]
        left = stored(client)
        assert [row for row in before["calls"] if row.call_id != call_id] == left["calls"]
        assert before["opportunity_changes"] == left["opportunity_changes"]
        assert_hours_are_those_of_the_calls(client)

    def test_a_customer_without_an_id_goes_by_name(self, client: Client, world: sample_rows.World) -> None:
        known, unknown = call_and_deal("call-known", "account-1")[0], call_and_deal("call-unknown", "")[0]
        for row in (known, unknown):
            named = row._replace(customer_name="Karen Holm", opportunity_id="")
            sample_rows.insert(client, {CallRow: [named]})
        run(client, Subject("customer_name", " karen holm "))
        left = {row.call_id for row in stored(client)["calls"]}
        assert "call-unknown" not in left
        assert "call-known" in left

    def test_nobody_of_this_name_is_nothing(self, client: Client, world: sample_rows.World) -> None:
        for kind in ("customer", "seller"):
            assert not erase.find(Eraser(client), begun(Subject(kind, "no'body\\")))

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

    def test_a_row_counts_once_however_many_versions_of_it_wait_to_be_merged(self, client: Client) -> None:
        _, deal = call_and_deal("often-corrected", customer_id="account-83")
        subject = Subject("seller", "often-correcting")
        client.command(f"SYSTEM STOP MERGES {STORE}.opportunity_changes")
        try:
            for revision in (1, 2, 3):
                version = deal._replace(revision=revision, seller_id=subject.id)
                sample_rows.insert(client, {OpportunityChangeRow: [version]})
            [(versions,)] = client.query(
                f"SELECT count() FROM {STORE}.opportunity_changes WHERE seller_id = '{subject.id}'"
            ).result_rows
            found = erase.find(Eraser(client), begun(subject))
        finally:
            client.command(f"SYSTEM START MERGES {STORE}.opportunity_changes")
        assert versions == 3
        assert found.rows == {"opportunity_changes (the id in them)": 1}

    def test_a_call_that_names_only_the_deal_is_the_customer_s(self, client: Client) -> None:
        call, deal = call_and_deal("by-deal", customer_id="account-82")
        sample_rows.insert(client, {CallRow: [call._replace(customer_id="")], OpportunityChangeRow: [deal]})
        run(client, Subject("customer", "account-82"))
        assert_nowhere(client, "by-deal")

    def test_dead_letters_that_name_it_go(self, client: Client, world: sample_rows.World) -> None:
        theirs = next(call.call_id for call in world.of(CallRow) if call.customer_id == "c0")
        long_id = "account-" + "x" * 90
        letter = sample_rows.row(
            DeadLetterRow, topic=CALLS.name, version=1, reason="wrong_key", received_at=NOW, arrived_at=NOW
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
        run(client, Subject("customer", "c3"), kept=RetentionFloor(calls_since, segments_since))
        after = hours(client)

        def old(rows: dict[str, list[Any]], table: str, since: datetime) -> list[Any]:
            return [row for row in rows[table] if row[1].replace(tzinfo=UTC) < since]

        assert old(after, "word_hours", segments_since) == old(before, "word_hours", segments_since)
        assert old(after, "keyword_hours", calls_since) == old(before, "keyword_hours", calls_since)
        assert old(after, "keyword_hours", segments_since) != old(before, "keyword_hours", segments_since)
        count_hours_again(client)

    def test_what_a_worker_wrote_too_late_is_deleted_as_well(
        self, client: Client, world: sample_rows.World
    ) -> None:
        call_id = next(call.call_id for call in world.of(CallRow) if call.customer_id == "c1")
        theirs = [row for row in world.of(SegmentRow) if row.call_id == call_id]
        subject = Subject("customer", "c1")
        run(client, subject)
        run(client, subject, Late(client, theirs, rounds=1))
        assert_nowhere(client, f"'{call_id}'")
        with pytest.raises(erase.ErasureIncompleteError, match="stop the workers that are older"):
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

    def test_the_command_says_what_there_is_and_asks(
        self, client: Client, world: sample_rows.World, clickhouse_server: RunningClickHouse
    ) -> None:
        before = stored(client)
        [(seller,)] = client.query("SELECT max(seller_id) FROM salgspuls.calls").result_rows
        subject = ("--seller", seller)
        asked = command(clickhouse_server, *subject, answer="n\n")
        assert asked.returncode == 1
        assert "nothing was erased" in asked.stderr
        listed = command(clickhouse_server, *subject, "--dry-run")
        assert listed.returncode == 0
        found = erase.find(Eraser(client), begun(Subject("seller", seller)))
        assert listed.stdout.splitlines() == [f"{table}: {rows} rows" for table, rows in found.rows.items()]
        assert asked.stdout.startswith(listed.stdout)
        refused = command(
            clickhouse_server,
            *subject,
            "--yes",
            SALGSPULS_CLICKHOUSE_WRITER_USER=clickhouse_server.reader.username,
            SALGSPULS_CLICKHOUSE_WRITER_PASSWORD=clickhouse_server.reader.password,
        )
        assert refused.returncode == 1
        assert "grant the user the right" in refused.stderr
        assert stored(client) == before


def command(
    server: RunningClickHouse, *arguments: str, answer: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    settings = {
        "SALGSPULS_CLICKHOUSE_PORT": str(server.writer.port),
        "SALGSPULS_CLICKHOUSE_WRITER_USER": server.writer.username,
        "SALGSPULS_CLICKHOUSE_WRITER_PASSWORD": server.writer.password,
    }
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", "erase", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings, **environment},
        input=answer,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class PowerCut(BaseException):
    """The process ends here."""


class Unreliable(Eraser):
    """Its line is cut after so many statements that change something."""

    def __init__(self, client: Client, cut_after: int) -> None:
        super().__init__(client)
        self._left = cut_after
        self._client = Cut(client, self)  # type: ignore[assignment]  # cuts the real client off

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
            sample_rows.insert(self._client, {SegmentRow: self._rows_again})


def call_and_deal(call_id: str, customer_id: str) -> tuple[CallRow, OpportunityChangeRow]:
    shared: dict[str, Any] = {
        "seller_id": "s",
        "customer_id": customer_id,
        "opportunity_id": f"deal-{call_id}",
    }
    call = sample_rows.row(
        CallRow, **shared, call_id=call_id, version=1, call_started_at=NOW, last_event_at=NOW,
        customer_name="Lundby Tryk",
    )  # fmt: skip
    deal = sample_rows.row(
        OpportunityChangeRow, **shared, revision=1, changed_at=NOW, received_at=NOW, state="open", estimated_value=1,
        currency="DKK",
    )  # fmt: skip
    return call, deal


def begun(subject: Subject) -> Erasure:
    return Erasure(str(uuid.uuid4()), subject, "test", NOW)


def run(
    client: Client, subject: Subject, eraser: Eraser | None = None, kept: RetentionFloor = KEPT
) -> list[str]:
    """Erase as the command does, without workers. Returns the sellers that the topic of settings was to forget."""
    eraser = eraser or Eraser(client)
    told: list[str] = []
    around = erase.EraseDependencies(lambda: None, told.append, lambda _line: None, lambda: NOW)
    one = begun(subject)
    erase.erase(eraser, one, erase.find(eraser, one), kept, around)
    return told


def stored(client: Client) -> dict[str, list[Any]]:
    rows = {}
    for kind, name in ((kind, table.name) for kind, table in TABLE_OF.items()):
        columns = ", ".join(columns_of(kind))
        found = client.query(f"SELECT {columns} FROM salgspuls_store.{name} FINAL ORDER BY ALL").result_rows
        rows[name] = [row_from(kind, row) for row in found]
    return rows


class TestWorkers:
    """With a broker and two workers that go on meanwhile."""

    @pytest.fixture
    def pipeline(self, tmp_path: Path) -> Iterator[Pipeline]:
        broker = TansuBroker(tmp_path, free_port())
        with running_pipeline(broker, tmp_path, idempotent=False) as pipeline:
            yield pipeline

    async def test_they_forget_a_customer_and_go_on_with_the_others(self, pipeline: Pipeline) -> None:
        """While one customer is erased, calls of others come in; afterwards come the rest of a call of theirs, all of
        theirs once more, and a new call of theirs. Only the last is taken."""
        some = Hours()
        [customer] = some.customers(1)
        theirs = [event for event in some.calls_and_deals if some.is_of(customer, event)]
        others = [event for event in some.calls_and_deals if not some.is_of(customer, event)]
        late = [event for event in theirs if isinstance(event, CallEnded)]
        early = [event for event in theirs if not isinstance(event, CallEnded)]
        began = next(event for event in theirs if isinstance(event, CallStarted))
        misaddressed = RawMessage(CALLS.name, b"odd", serialize(began), None)
        workers = [pipeline.start_worker(**QUICK)]
        await pipeline.send(some.settings)
        await pipeline.until_committed(len(some.settings))
        workers.append(pipeline.start_worker(**QUICK))
        await pipeline.send([*early, *others[: len(others) // 2]])
        await pipeline.send_raw([misaddressed])
        sent = len(some.settings) + len(early) + len(others) // 2 + 1
        await pipeline.until_committed(sent)
        assert pipeline.query("SELECT reason FROM salgspuls.dead_letters") == [("wrong_key",)]

        shown, _ = await asyncio.gather(
            salgspuls_erase(pipeline, "--customer", customer, "--yes", "--by", "a test"),
            trickle(pipeline, others[len(others) // 2 :]),
        )
        assert f"customer '{customer}' is erased" in shown
        await pipeline.send(late)
        sent += len(others) - len(others) // 2 + len(late)
        await pipeline.until_committed(sent)
        expected = expected_rows([*some.settings, *others])
        words = some.only_said_to(customer)
        assert len(words) > 10
        self._only_others_are_left(pipeline, expected, words)

        await pipeline.send(theirs)
        await pipeline.send_raw([misaddressed])
        sent += len(theirs) + 1
        await pipeline.until_committed(sent)
        self._only_others_are_left(pipeline, expected, words)
        refused = pipeline.query("SELECT reason, count() FROM salgspuls.dead_letters GROUP BY reason")
        # the first one was refused before the erasure, and names nobody
        assert sorted(refused) == [("erased", len(late) + len(theirs) + 1), ("wrong_key", 1)]
        letters = await pipeline.cluster.consume(DEAD_LETTERS.name, 1 + refused[0][1])
        told = [letter for letter in letters if dict(letter.headers)["reason"] == b"erased"]
        assert len(told) == refused[0][1]
        # the key is the place of what was refused, and names nobody
        assert {letter.value or b"" for letter in told} == {b""}
        assert all(
            letter.key == b"/".join(dict(letter.headers)[name] for name in ("topic", "partition", "offset"))
            for letter in told
        )
        shown = await salgspuls_erase(pipeline, "--customer", customer, "--yes")
        assert shown == f"nothing is stored of customer '{customer}'\n"
        for worker in workers:
            worker.stop()
            assert not [word for word in words if word in worker.log.read_text()]

        pipeline.start_worker(**QUICK)
        new = began.model_copy(
            update={"call_id": "a-new-call", "call_started_at": NOW, "customer_id": customer}
        )
        await pipeline.send([new])
        await pipeline.until_committed(sent + 1)
        assert pipeline.query(
            "SELECT call_id FROM salgspuls.calls WHERE customer_id = %(id)s", id=customer
        ) == [("a-new-call",)]

    def _only_others_are_left(
        self, pipeline: Pipeline, expected: dict[str, list[Any]], words: Sequence[str]
    ) -> None:
        assert_same(stored_rows(pipeline), expected)
        assert_nowhere(pipeline.client, *words)
        assert_hours_are_those_of_the_calls(pipeline.client)

    async def test_a_seller_leaves_the_topic_of_settings_as_well(self, pipeline: Pipeline) -> None:
        some = Hours()
        seller = Counter(event.seller_id for event in some.calls_and_deals).most_common(1)[0][0]
        theirs = [
            event
            for event in [*some.settings, *some.calls_and_deals]
            if isinstance(event, SellerChanged | CallEvent | ActivityLogged) and event.seller_id == seller
        ]
        [name] = {event.name for event in theirs if isinstance(event, SellerChanged)}
        pipeline.start_worker(**QUICK)
        everything_sent = [*some.settings, *some.calls_and_deals]
        await pipeline.send(some.settings)
        await pipeline.until_committed(len(some.settings))
        await pipeline.send(some.calls_and_deals)
        await pipeline.until_committed(len(everything_sent))
        deals = (
            "SELECT opportunity_id, changed_at, state, stage FROM salgspuls.opportunity_changes ORDER BY ALL"
        )
        before = pipeline.query(deals)
        shown = await salgspuls_erase(pipeline, "--seller", seller, "--yes")
        assert f"seller '{seller}' is erased" in shown
        left = len(everything_sent) + 1
        await pipeline.until_committed(left)
        settings = await pipeline.cluster.consume(SETTINGS.name, len(some.settings) + 1)
        assert (settings[-1].key, settings[-1].value) == (f"seller:{seller}".encode(), None)

        deals_of = [event for event in some.calls_and_deals if isinstance(event, OpportunityChanged)]
        await pipeline.send([*theirs, *deals_of])
        await pipeline.until_committed(left + len(theirs) + len(deals_of))
        assert_nowhere(pipeline.client, f"'{seller}'")
        assert pipeline.query("SELECT count() FROM salgspuls.sellers WHERE name = %(name)s", name=name) == [
            (0,)
        ]
        assert pipeline.query(deals) == before
        others = [event for event in everything_sent if event not in theirs]
        expected = expected_rows(others)
        assert_same(
            stored_rows(pipeline), expected, "segments", "calls", "call_keywords", "call_names", "activities"
        )
        assert_hours_are_those_of_the_calls(pipeline.client)
        again = SellerChanged(seller_id=seller, name="New Name", team="Nord", revision=1000)
        await pipeline.send([again])
        await pipeline.until_committed(left + len(theirs) + len(deals_of) + 1)
        assert pipeline.query("SELECT count() FROM salgspuls.sellers WHERE name = 'New Name'") == [(1,)]


class Hours:
    """Two hours of the simulator's calls, the deals that they are about, and what was done for these."""

    def __init__(self) -> None:
        ends = a_recent_working_day(datetime.now(UTC), hour=14)
        world = World.create(11, ends, days=1, density=2.0, length=0.1)
        history = [
            timed.event
            for timed in world.history(end=ends)
            if not isinstance(timed.event, CallEvent)
            or timed.event.call_started_at > ends - timedelta(hours=2)
        ]
        self._customers = Counter(
            event.customer_id for event in history if isinstance(event, CallStarted) and event.customer_id
        )
        about = {event.opportunity_id for event in history if isinstance(event, CallStarted)}
        self.settings = [event for event in history if topic_of(event) is SETTINGS]
        self.calls_and_deals = [
            event
            for event in history
            if isinstance(event, CallEvent)
            or (isinstance(event, OpportunityChanged | ActivityLogged) and event.opportunity_id in about)
        ]

    def customers(self, number: int) -> list[str]:
        """Those who are called most."""
        return [customer for customer, _ in self._customers.most_common(number)]

    def is_of(self, customer: str, event: AnyEvent) -> bool:
        calls, deals = self._ids(customer)
        if isinstance(event, CallEvent):
            return event.call_id in calls
        return isinstance(event, OpportunityChanged | ActivityLogged) and event.opportunity_id in deals

    @cache  # noqa: B019 - a day lives as long as its test
    def _ids(self, customer: str) -> tuple[set[str], set[str]]:
        started = [event for event in self.calls_and_deals if isinstance(event, CallStarted)]
        changed = [event for event in self.calls_and_deals if isinstance(event, OpportunityChanged)]
        return (
            {event.call_id for event in started if event.customer_id == customer},
            {event.opportunity_id for event in changed if event.customer_id == customer},
        )

    def only_said_to(self, customer: str) -> list[str]:
        """The ids, the name, and the sentences that nobody else's call has."""
        calls, deals = self._ids(customer)
        texts: dict[bool, set[str]] = {True: set(), False: set()}
        for event in self.calls_and_deals:
            if isinstance(event, CallSegment):
                texts[event.call_id in calls].add(event.text)
        started = [event for event in self.calls_and_deals if isinstance(event, CallStarted)]
        names = {event.customer_name for event in started if event.customer_id == customer}
        all_else = "\n".join(texts[False])
        long = [text for text in texts[True] if len(text) > 20 and "'" not in text and text not in all_else]
        return [f"'{known}'" for known in {customer, *calls, *deals}] + sorted(map(str, names)) + sorted(long)


async def trickle(pipeline: Pipeline, events: Sequence[AnyEvent]) -> None:
    """Send events little by little, for some seconds."""
    for start in range(0, len(events), max(1, len(events) // 20)):
        await pipeline.send(events[start : start + max(1, len(events) // 20)])
        await asyncio.sleep(0.1)


async def salgspuls_erase(pipeline: Pipeline, *arguments: str) -> str:
    """What the command prints; it must succeed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams.cli", "erase", *arguments,
        cwd=ROOT,
        env={**os.environ, **pipeline.settings.as_environment(), **QUICK},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    shown, _ = await process.communicate()
    assert process.returncode == 0, shown.decode()
    return shown.decode()
