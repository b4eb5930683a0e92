"""Every table is narrowed, withheld, or about nobody: a new one has to say which."""

from __future__ import annotations

from clickhouse import visibility
from clickhouse.schema.columns import columns_of
from clickhouse.schema.tables import TABLES

NARROWED_IN_VIEWS = {"calls", "sellers", "opportunity_changes", "periods"}
ABOUT_NOBODY = {"trackers", "backfills", "rolled_months", "migrations", "views"}


def test_every_table_has_its_place() -> None:
    known = {*visibility.BY_SELLER, *visibility.WITHHELD, *NARROWED_IN_VIEWS, *ABOUT_NOBODY}
    assert set(TABLES) == known, "say in clickhouse/visibility.py whose rows these are"
    for name, table in TABLES.items():
        columns = {*table.key, *(columns_of(table.row) if table.row else ())}
        if "seller_id" in columns:
            assert name in visibility.BY_SELLER or name in NARROWED_IN_VIEWS, name


def test_each_condition_is_for_a_table_or_view_that_there_is() -> None:
    filters = visibility.of_teams(["Nord"])
    of_views = {"salgspuls.calls", "salgspuls.sellers", "salgspuls.opportunity_changes", "salgspuls.periods"}
    assert filters.keys() - of_views == {
        TABLES[name].full_name for name in (*visibility.BY_SELLER, *visibility.WITHHELD)
    }
