"""The schema as a cluster needs it: replicated tables on every shard, and distributed ones in front of them.

Rendered from the same migrations and the same registry as a single server's. Each table `x` becomes `x_local`,
replicated; `x` in front of it is Distributed and sends a row where its shard says. Rows of one call, or of one seller's
hour, have to lie on one shard, or FINAL would not see all of them: calls and what is in them go by call, buckets by
seller, deals by deal; small tables lie on every shard whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clickhouse.quoting import string
from clickhouse.schema import migrate
from clickhouse.schema.migrate import PRODUCT, Schema
from clickhouse.schema.tables import TABLES, Table
from clickhouse.sql import split_statements

_TABLE = re.compile(r"\b(CREATE TABLE IF NOT EXISTS|ALTER TABLE) (\w+)\.(\w+)")
_PARTS = "system.parts"
_ENGINE = re.compile(r"ENGINE = ReplacingMergeTree(?:\((\w*)\))?")
_ON_EVERY_SHARD = frozenset(
    (
        "sellers",
        "trackers",
        "periods",
        "epochs",
        "erasures",
        "erased",
        "rolled_months",
        "backfills",
        "withdrawn_consents",
    )
)
_KEYS = {"opportunity_changes": "opportunity_id", "activities": "activity_id", "dead_letters": "topic"}


def statements(cluster: str, variables: Mapping[str, str], schema: Schema = PRODUCT) -> Iterator[str]:
    """The DDL for a cluster of that name, in order. The macros {shard} and {replica} are the servers' own."""
    name = string(cluster)
    for database in (schema.store, schema.views_database):
        yield f"CREATE DATABASE IF NOT EXISTS {database} ON CLUSTER {name}"
    created: dict[str, None] = {}
    for migration in migrate.read(schema):
        for statement in split_statements(migrate.filled(migration, variables)):
            found = _TABLE.search(statement)
            if found is None or found[2] != schema.store or found[3] not in TABLES:
                continue  # a table that a later migration drops is not made in the first place
            table = found[3]
            local = f"{found[1]} {schema.store}.{table}_local ON CLUSTER {name}"
            yield _replicated(table, _TABLE.sub(local, statement, count=1))
            created.setdefault(table)
    for table in created:
        yield (
            f"CREATE TABLE IF NOT EXISTS {schema.store}.{table} ON CLUSTER {name} AS {schema.store}.{table}_local "
            f"ENGINE = Distributed({name}, {schema.store}, {table}_local, {shard_key(TABLES[table])})"
        )
    for view in migrate.views(schema):
        head = f"CREATE OR REPLACE VIEW {schema.views_database}.{view.name}"
        statement = view.statement.replace(head, f"{head} ON CLUSTER {name}", 1)
        # what lies on other servers counts, too
        yield statement.replace(f"FROM {_PARTS}\n", f"FROM clusterAllReplicas({name}, {_PARTS})\n")


def shard_key(table: Table) -> str:
    """The expression by whose remainder a row finds its shard."""
    if table.name in _ON_EVERY_SHARD:
        return "1"
    if table.name in _KEYS:
        return f"cityHash64({_KEYS[table.name]})"
    return "cityHash64(call_id)" if "call_id" in table.key else "cityHash64(seller_id)"


def _replicated(table: str, statement: str) -> str:
    """The statement with the replicated engine in the place of the plain one."""
    engine = _ENGINE.search(statement)
    if engine is None:
        return statement
    shard = "all" if table in _ON_EVERY_SHARD else "{shard}"
    version = [engine[1]] if engine[1] else []
    arguments = [string(f"/clickhouse/tables/{shard}/{table}"), string("{replica}"), *version]
    replicated = f"ENGINE = ReplicatedReplacingMergeTree({', '.join(arguments)})"
    return statement[: engine.start()] + replicated + statement[engine.end() :]
