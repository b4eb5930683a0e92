"""The large company in small: months are read in the place of their hours, and say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from clickhouse_connect.driver import Client

from clickhouse import months
from clickhouse.client import connect
from grafana.pages.catalogue import PAGES
from tests.scale.company import Company, statements
from tests.scale.measure import RANGES
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.pages import sql_of

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def company(clickhouse_server: RunningClickHouse) -> Iterator[tuple[Client, Client]]:
    """The writer's client and the reader's."""
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer, database="")
    for _, statement in statements(Company(NOW, 30_000)):
        writer.command(statement)
    reader = connect(clickhouse_server.with_database("salgspuls").reader)
    yield writer, reader
    reader.close()
    writer.close()


def asked(reader: Client, panel: str) -> tuple[list[Sequence[object]], int]:
    """What a panel of the home page gets over all time, and the bytes that were read for it."""
    sql = sql_of(PAGES["home"].panel(panel).query, NOW, raw=RANGES["all time"])
    answer = reader.query(sql)
    return list(answer.result_rows), int(answer.summary["read_bytes"])


def test_a_year_is_read_by_months_and_says_the_same(company: tuple[Client, Client]) -> None:
    writer, reader = company
    panels = ("words-bubbles", "keywords-bubbles", "competitors-bubbles")
    before = {panel: asked(reader, panel) for panel in panels}
    assert len(months.roll_up(writer, NOW)) == 12
    after = {panel: asked(reader, panel) for panel in panels}
    assert {panel: rows for panel, (rows, _) in after.items()} == {
        panel: rows for panel, (rows, _) in before.items()
    }
    assert before["keywords-bubbles"][0]
    assert after["words-bubbles"][1] < 0.9 * before["words-bubbles"][1]
