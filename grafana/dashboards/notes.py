"""What a trend has to be read with: when trackers were changed, when history was rebuilt, when no data came.

It is marked on the panels of time series.
"""

from __future__ import annotations

from grafana_foundation_sdk.models import common, dashboard

from grafana import theme as look
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.query import DATA_SOURCE, ClickHouseQuery
from grafana.dashboards.sql import RANGE, ZONE, quoted, view
from grafana.i18n import Language, Text


def queries(language: Language) -> list[dashboard.AnnotationQuery]:
    """The three kinds; each query gives `time`, `timeEnd` and `text`."""
    changed = quoted(words.TRACKERS_CHANGED.of(language))
    rebuilt = quoted(words.REBUILT.of(language))
    return [
        _annotation(
            words.TRACKERS_CHANGED,
            language,
            look.ACCENT,
            f"SELECT time, time_end AS timeEnd,\n"
            f"    concat({changed}, ': ', arrayStringConcat(arrayConcat(changed, removed_names), ', ')) AS text\n"
            f"FROM {view('tracker_changes', RANGE)}\nORDER BY time DESC\nLIMIT 20",
        ),
        _annotation(
            words.REBUILT,
            language,
            look.NEUTRAL,
            "SELECT begun_at AS time, begun_at AS timeEnd,\n"
            f"    if(reason = '', {rebuilt}, concat({rebuilt}, ': ', reason)) AS text\n"
            "FROM salgspuls.rebuilds\nWHERE $__timeFilter(begun_at)\nORDER BY time DESC\nLIMIT 20",
        ),
        _annotation(
            words.NO_DATA_CAME,
            language,
            look.NEGATIVE,
            f"SELECT time, time_end AS timeEnd, {quoted(words.NO_DATA_CAME.of(language))} AS text\n"
            f"FROM {view('data_gaps', RANGE, ZONE)}\nORDER BY time DESC\nLIMIT 20",
        ),
    ]


def _annotation(name: Text, language: Language, colour: str, sql: str) -> dashboard.AnnotationQuery:
    return dashboard.AnnotationQuery(
        name=name.of(language),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        enable=True,
        hide=True,
        icon_color=colour,
        target=ClickHouseQuery(sql),
    )
