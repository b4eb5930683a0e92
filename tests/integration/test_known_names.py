"""Names that events know are read once a part of the calls, and are those that the calls say, whatever changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema.rows import CallRow
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.sample_rows import World, insert, sample_world

__all__ = ["clickhouse_server"]

CALLS = "salgspuls_store.calls"
KNOWN = "SELECT name_key FROM salgspuls.known_names ORDER BY name_key"


@pytest.fixture(scope="module")
def client(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    migrated(clickhouse_server)
    with connect(clickhouse_server.writer, database="") as client:
        yield client


@pytest.fixture(scope="module")
def world(client: Client) -> World:
    world = sample_world(datetime(2026, 11, 24, 14, 30, tzinfo=UTC), days=40)
    insert(client, world.rows)
    return world


def known(client: Client) -> set[str]:
    """The keys, which have to be those of the calls as they are read one by one."""
    keys = [key for (key,) in client.query(KNOWN).result_rows]
    one_by_one = client.query(KNOWN, settings={"optimize_use_projections": 0})
    assert keys == [key for (key,) in one_by_one.result_rows]
    return set(keys)


def test_who_takes_part_is_read_once_a_part(client: Client, world: World) -> None:
    plan = "\n".join(line for (line,) in client.query(f"EXPLAIN {KNOWN}").result_rows)
    assert "(by_people)" in plan
    assert "(by_customer_name)" in plan
    assert known(client)


def test_a_name_comes_with_a_correction_and_goes_with_the_next_and_with_an_erasure(
    client: Client, world: World
) -> None:
    call = next(row for row in world.of(CallRow) if row.participant_names)

    def named(name: str, version: int) -> CallRow:
        return call._replace(
            version=call.version + version, participant_names=[name for _ in call.participant_names]
        )

    before = known(client)
    insert(client, {CallRow: [named("Zebulon Quist", 1)]})
    assert known(client) >= before | {"zebulonquist", "quist", "quists"}

    insert(client, {CallRow: [named("Ottilie Brandal", 2)]})
    client.command(f"OPTIMIZE TABLE {CALLS} FINAL")
    assert "ottiliebrandal" in known(client)
    assert not {"zebulonquist", "quist"} & known(client)

    client.command(f"ALTER TABLE {CALLS} DELETE WHERE call_id = '{call.call_id}' SETTINGS mutations_sync = 2")
    assert not {"ottiliebrandal", "brandal"} & known(client)
