"""The transformations of Grafana that the dashboards use do on the page what they do there."""

from __future__ import annotations

import pytest

from grafana.page.queries import Column, Frame
from grafana.page.transform import apply

KPIS = Frame((Column("name", "text", ["won", "lost"]), Column("value", "text", ["18", "10"])))
LONG = Frame(
    (
        Column("x", "number", [1, 1, 2]),
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
    options = {"columnField": "name", "rowField": "x", "valueField": "n"}
    wide = apply(LONG, [{"id": "groupingToMatrix", "options": options}, {"id": "convertFieldType"}])
    assert [(column.name, column.values) for column in wide.columns] == [
        ("x", [1, 2]),
        ("price", [4, 7]),
        ("api", [0, None]),
    ]


def test_only_named_columns_are_kept() -> None:
    kept = apply(LONG, [{"id": "filterFieldsByName", "options": {"include": {"names": ["name", "n"]}}}])
    assert [column.name for column in kept.columns] == ["name", "n"]


def test_an_empty_answer_stays_empty() -> None:
    assert apply(Frame(()), [{"id": "groupingToMatrix", "options": {}}]).rows == 0


def test_an_unknown_transformation_is_named() -> None:
    with pytest.raises(ValueError, match="calculateField"):
        apply(KPIS, [{"id": "calculateField"}])
