"""Rows as columns, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from clickhouse.schema.columns import columns_of, in_columns, row_from
from clickhouse.schema.metrics import COUNTED, COUNTED_WORDS
from clickhouse.schema.rows import CallRow, SegmentRow
from clickhouse.schema.tables import TABLE_OF
from tests.support.sample_rows import row, sample_world

WORLD = sample_world(datetime(2026, 9, 1, tzinfo=UTC), days=2)


def test_a_field_of_all_that_is_counted_is_a_column_each() -> None:
    at = SegmentRow._fields.index("word_counts")
    assert columns_of(SegmentRow)[at : at + len(COUNTED_WORDS) + 1] == (*COUNTED_WORDS, "compound_e4")
    assert {metric.column for metric in COUNTED} < set(columns_of(CallRow))


@pytest.mark.parametrize("kind", TABLE_OF, ids=lambda kind: kind.__name__)
def test_what_is_taken_apart_is_put_together_again(kind: type[Any]) -> None:
    rows = [*WORLD.of(kind)[:50], row(kind)]
    columns = in_columns(rows)
    assert len(columns) == len(columns_of(kind))
    for at, name in enumerate(columns_of(kind)):
        if name in kind._fields:
            assert list(columns[at]) == [getattr(each, name) for each in rows]
    assert [row_from(kind, values) for values in zip(*columns, strict=True)] == rows
