"""The embedded ClickHouse as its users meet it: the production client, curl, Grafana's plugin, and an attacker."""

from __future__ import annotations

from clickhouse.client import connect
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_database, clickhouse_server

__all__ = ["clickhouse_database", "clickhouse_server"]


def test_what_the_writer_inserts_the_reader_reads(clickhouse_database: RunningClickHouse) -> None:
    writer, reader = connect(clickhouse_database.writer), connect(clickhouse_database.reader)
    writer.command("CREATE TABLE calls (id String, seconds UInt32) ENGINE = MergeTree ORDER BY id")
    writer.insert("calls", [["æøå", 1], ["b\n'\\", 2]], column_names=["id", "seconds"])
    found = reader.query(
        "SELECT id FROM calls WHERE seconds >= {least:UInt32} ORDER BY id", parameters={"least": 2}
    )
    assert found.result_rows == [("b\n'\\",)]
