"""What follows from the list of metrics: rows, views, documents."""

from __future__ import annotations

from clickhouse.schema import __main__ as document
from clickhouse.schema import metrics
from clickhouse.schema.columns import columns_of
from clickhouse.schema.migrate import PRODUCT
from clickhouse.schema.rows import CallRow
from clickhouse.schema.view_files import read
from processors.lang.da import counted_words as danish
from processors.lang.en import counted_words as english


def test_what_is_taken_from_a_call_is_in_its_row() -> None:
    computed = {metric.column for metric in metrics.METRICS if metric.sql != metric.column}
    assert {metric.column for metric in metrics.METRICS} - computed <= set(columns_of(CallRow))


def test_what_is_counted_has_its_words_in_each_language() -> None:
    for lists in (danish.COUNTED_WORDS, english.COUNTED_WORDS):
        assert list(lists) == list(metrics.COUNTED_WORDS)


def test_every_fragment_is_used_by_a_view() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in PRODUCT.views.glob("*.sql"))
    assert not [name for name in metrics.fragments() if f"{{{{{name}}}}}" not in used]


def test_the_views_of_styles_have_a_column_for_each_metric() -> None:
    views = {view.name: view.statement for view in read(PRODUCT.views, "salgspuls")}
    for metric in metrics.METRICS:
        for view in ("seller_style", "group_style"):
            assert f" AS {metric.name}" in views[view]
        assert metric.column in views["calls"]
        assert f"sum({metric.sum_column}) AS {metric.sum_column}" in views["seller_sums"]


def test_the_definitions_are_those_of_the_list() -> None:
    text = document.FILE.read_text(encoding="utf-8")
    assert document.with_metrics(text) == text, "write them again: make published"
