"""The transformations of Grafana that the dashboards use do on the page what they do there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grafana.web.queries import Column, Frame
from grafana.web.transform import apply, wide

KPIS = Frame((Column("name", "text", ["won", "lost"]), Column("value", "text", ["18", "10"])))
DAYS = [datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)]
LONG = Frame(
    (
        Column("time", "time", [DAYS[0], DAYS[0], DAYS[1]]),
        Column("name", "text", ["price", "api", "price"]),
        Column("n", "number", [4, 0, 7]),
    )
)


def test_one_row_is_kept_by_its_name() -> None:
    condition = {"fieldName": "name", "config": {"id": "equal", "options": {"value": "lost"}}}
    kept = apply(KPIS, [{"id": "filterByValue", "options": {"filters": [condition]}}, {"id": "rowsToFields"}])
    assert kept.row(0) == {"name": "lost", "value": "10"}
    assert kept.rows == 1


def test_long_rows_become_a_column_for_each_name() -> None:
    assert [(column.name, column.values) for column in wide(LONG).columns] == [
        ("time", DAYS),
        ("price", [4, 7]),
        ("api", [0, None]),
    ]


def test_only_named_columns_are_kept() -> None:
    kept = apply(LONG, [{"id": "filterFieldsByName", "options": {"include": {"names": ["name", "n"]}}}])
    assert [column.name for column in kept.columns] == ["name", "n"]


def test_an_empty_answer_stays_empty() -> None:
    assert apply(Frame(()), [{"id": "filterFieldsByName"}]).rows == 0
    assert wide(Frame(())).rows == 0


def test_columns_of_numbers_are_lines_already() -> None:
    answer = Frame((LONG.columns[0], Column("calls", "number", [1, 2, 3])))
    assert wide(answer) is answer


def test_an_unknown_transformation_is_named() -> None:
    with pytest.raises(ValueError, match="calculateField"):
        apply(KPIS, [{"id": "calculateField"}])
