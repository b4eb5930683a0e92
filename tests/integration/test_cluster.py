"""The DDL for a cluster: as ClickHouse's parser reads it, and with every table and view of a single server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema import cluster, migrate
from clickhouse.schema.tables import STORE, TABLES
from tests.support.embedded_clickhouse import MIGRATION_VARIABLES, RunningClickHouse, clickhouse_server

__all__ = ["clickhouse_server"]

DDL = list(cluster.statements("sales", MIGRATION_VARIABLES))


@pytest.fixture(scope="module")
def client(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_server.writer, database="")
    yield client
    client.close()


def test_clickhouse_s_parser_reads_every_statement(client: Client) -> None:
    for statement in DDL:
        parsed = str(
            client.query("SELECT formatQuerySingleLine({sql:String})", {"sql": statement}).result_rows[0][0]
        )
        assert " ON CLUSTER " in parsed, statement


def test_every_table_is_replicated_and_has_a_distributed_one_in_front_that_keeps_a_call_together() -> None:
    text = "\n".join(DDL)
    made_by_the_runner = {"migrations", "views"}
    for name in TABLES.keys() - made_by_the_runner:
        local = re.search(
            rf"CREATE TABLE IF NOT EXISTS {STORE}\.{name}_local .*?ENGINE = (\w+)", text, re.DOTALL
        )
        assert local is not None, name
        assert local[1] == "ReplicatedReplacingMergeTree", name
        front = re.search(
            rf"{STORE}\.{name} ON CLUSTER .* Distributed\('sales', {STORE}, {name}_local, (.*)\)", text
        )
        assert front is not None, name
        assert front[1] == cluster.shard_key(TABLES[name])
    assert {
        cluster.shard_key(TABLES[name]) for name in ("calls", "segments", "call_keywords", "call_names")
    } == {"cityHash64(call_id)"}
    assert cluster.shard_key(TABLES["sellers"]) == "1"
    assert "'/clickhouse/tables/{shard}/calls', '{replica}', version)" in text
    assert "'/clickhouse/tables/all/sellers', '{replica}', revision)" in text


def test_every_view_is_there_after_what_it_reads() -> None:
    head = re.compile(r"CREATE OR REPLACE VIEW salgspuls\.(\w+) ON")
    made = [found[1] for statement in DDL if (found := head.match(statement))]
    assert made == [view.name for view in migrate.views()]


def test_what_other_servers_store_changes_the_version_of_a_table_too() -> None:
    (versions,) = (statement for statement in DDL if "VIEW salgspuls.table_versions" in statement)
    assert "FROM clusterAllReplicas('sales', system.parts)\n" in versions
    # each server counts its blocks by itself: what comes where they are few must not hide behind another's
    assert "hostName() AS server" in versions
    assert "GROUP BY table, partition_id, server\n" in versions
