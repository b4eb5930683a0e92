"""Which tables a query reads."""

from __future__ import annotations

import pytest

from clickhouse.reads import tables_read
from clickhouse.schema import migrate
from clickhouse.schema.tables import TABLES


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("SELECT 1", ""),
        ("SELECT * FROM salgspuls_store.segments FINAL", "segments"),
        ("SELECT * FROM `salgspuls`.trackers", "trackers"),
        ("SELECT * FROM salgspuls.live_talk", "calls sellers"),
        ("WITH (SELECT max(x) FROM salgspuls.deals_at(at = now())) AS x SELECT x", "opportunity_changes"),
        ("SELECT 'salgspuls.calls' AS words -- salgspuls.calls", ""),
        ("SELECT 1 FROM salgspuls.periods WHERE 1 IN (SELECT 1 FROM salgspuls.sellers)", "periods sellers"),
    ],
)
def test_tables_are_found_through_views(sql: str, tables: str) -> None:
    assert tables_read(sql) == set(tables.split())


def test_every_view_reads_tables_that_there_are() -> None:
    names = {*TABLES, "migrations", "views"}
    for view in migrate.views():
        read = tables_read(f"SELECT * FROM salgspuls.{view.name}")
        assert read <= names, view.name
        assert read or view.name == "table_versions"
