"""The panels of a declared metric: they exist, and show its column."""

from __future__ import annotations

import pytest

from clickhouse.schema.metrics import METRICS
from grafana.pages.catalogue import PAGES
from grafana.sql import Writer

SHOWN = [(metric, *panel.split(".")) for metric in METRICS for panel in metric.panels]


@pytest.mark.parametrize(("metric", "page", "panel"), SHOWN, ids=lambda value: getattr(value, "name", value))
def test_a_metric_is_shown_where_it_says(metric: object, page: str, panel: str) -> None:
    name = getattr(metric, "name")  # noqa: B009 - parametrize gives objects
    query = PAGES[page].panel(panel).query
    sql = query if isinstance(query, str) else query.sql(Writer("en"))
    assert name in sql
