"""What is tracked, and whether everything arrives."""

from __future__ import annotations

from grafana_foundation_sdk.models import dashboard

from grafana import theme as look
from grafana.dashboards.calls import freshness
from grafana.dashboards.catalogue import settings as messages
from grafana.dashboards.customers import DATE_AND_TIME
from grafana.dashboards.panels import (
    At,
    Column,
    Value,
    Words,
    alert_panel,
    bars_panel,
    stat_panel,
    table_panel,
    text_panel,
    time_series_panel,
)
from grafana.dashboards.sql import BUCKET_SPAN, RANGE, bucket, quoted, sentence, view
from grafana.i18n import Language, Text


def trackers_page(language: Language) -> list[dashboard.Panel]:
    """Keywords and competitors."""
    return [
        text_panel(1, At(0, 0, 24, 2), "", messages.HOW_TO.of(language)),
        _trackers(2, At(0, 2, 24, 13), language, "keyword", messages.KEYWORDS),
        _trackers(3, At(0, 15, 24, 9), language, "competitor", messages.COMPETITORS),
    ]


def _trackers(panel_id: int, at: At, language: Language, kind: str, title: Text) -> dashboard.Panel:
    query = (
        "SELECT name, arrayStringConcat(aliases, ', ') AS also_as, language, side, word_forms, compounds, mentions\n"
        "FROM (SELECT * FROM salgspuls.trackers WHERE NOT removed"
        f" AND kind = '{kind}') AS known\n"
        "LEFT JOIN (\n"
        "    SELECT tracker_id, sumIf(mentions_customer + mentions_seller, in_range) AS mentions\n"
        f"    FROM {view('keyword_mentions', RANGE)}\n    GROUP BY tracker_id\n"
        ") AS said ON said.tracker_id = known.tracker_id\nORDER BY lower(name)"
    )
    flags = {"1": Value(messages.YES.of(language)), "0": Value(messages.NO.of(language))}
    anything = Value(messages.ANY.of(language))
    sides = {
        "": anything,
        "seller": Value(messages.SELLER.of(language)),
        "customer": Value(messages.CUSTOMER.of(language)),
    }
    columns = [
        Column("name", messages.NAME.of(language)),
        Column("also_as", messages.ALIASES.of(language), cell="chips"),
        Column("language", messages.LANGUAGE.of(language), values={"": anything}, width=90),
        Column("side", messages.SIDE.of(language), values=sides, width=90),
        Column("word_forms", messages.WORD_FORMS.of(language), unit="none", values=flags, width=105),
        Column("compounds", messages.COMPOUNDS.of(language), unit="none", values=flags, width=145),
        Column("mentions", messages.MENTIONS.of(language), unit="none", width=95),
    ]
    said = Words(title.of(language), messages.TRACKERS_IS.of(language), messages.NO_TRACKERS.of(language))
    return table_panel(panel_id, at, said, query, columns)


def system_page(language: Language) -> list[dashboard.Panel]:
    """System."""
    return [
        freshness(1, language, At(0, 0, 6, 4)),
        *_counts(language, y=0),
        _volume(10, At(0, 4, 16, 9), language),
        _sources(11, At(16, 4, 8, 9), language),
        _reasons(12, At(0, 13, 8, 8), language),
        _latest(13, At(8, 13, 16, 8), language),
        alert_panel(14, At(0, 21, 24, 8), messages.ALERTS.of(language), messages.ALERTS_IS.of(language)),
    ]


def _counts(language: Language, y: int) -> list[dashboard.Panel]:
    def said(title: Text, definition: Text) -> Words:
        return Words(title.of(language), definition.of(language), messages.NOTHING.of(language))

    def figures(value: str, note: Text, source: str) -> str:
        number, beside = sentence(f"{{{value}:whole}}", language), sentence(note.of(language), language)
        return f"SELECT {number} AS value, {beside} AS note\nFROM (\n    {source}\n)"

    in_progress = figures(
        "in_progress",
        messages.IN_PROGRESS_NOTE,
        "SELECT (SELECT count() FROM salgspuls.calls_in_progress) AS in_progress,"
        " (SELECT sum(calls) FROM salgspuls.seller_hours) AS all_calls",
    )
    rejected = figures(
        "refused",
        messages.REJECTED_NOTE,
        "SELECT countIf($__timeFilter(received_at)) AS refused,"
        " countIf(received_at > now64(3) - INTERVAL 1 HOUR) AS last_hour FROM salgspuls.dead_letters",
    )
    unknown = figures(
        "unknown",
        messages.UNKNOWN_LANGUAGE_NOTE,
        "SELECT sum(unknown_language_segments) AS unknown, countIf(unknown_language_segments > 0) AS unknown_calls"
        " FROM salgspuls.calls WHERE $__timeFilter(call_started_at)",
    )
    private = figures(
        "private",
        messages.WITHOUT_CONSENT_NOTE,
        "SELECT countIf(NOT consent) AS private, count() AS calls"
        " FROM salgspuls.calls WHERE $__timeFilter(call_started_at)",
    )
    return [
        stat_panel(2, At(6, y, 5, 4), said(messages.IN_PROGRESS, messages.IN_PROGRESS_IS), in_progress),
        stat_panel(3, At(11, y, 4, 4), said(messages.REJECTED, messages.REJECTED_IS), rejected),
        stat_panel(
            4, At(15, y, 5, 4), said(messages.UNKNOWN_LANGUAGE, messages.UNKNOWN_LANGUAGE_IS), unknown
        ),
        stat_panel(5, At(20, y, 4, 4), said(messages.WITHOUT_CONSENT, messages.WITHOUT_CONSENT_IS), private),
    ]


def _volume(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        f"WITH {BUCKET_SPAN}\nSELECT {bucket('hour')} AS time, sum(calls) AS calls\n"
        "FROM salgspuls.seller_hours\nWHERE hour >= toStartOfHour($__fromTime) AND hour <= $__toTime\n"
        "GROUP BY time\nORDER BY time"
    )
    columns = [Column("calls", messages.CALLS.of(language), unit="none", decimals=0, colour=look.ACCENT)]
    said = Words(
        messages.VOLUME.of(language), messages.VOLUME_IS.of(language), messages.NO_CALLS.of(language)
    )
    return time_series_panel(panel_id, at, said, query, columns, legend=False)


def _sources(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    kinds = (
        (messages.SOURCE_CALLS, "calls", "last_event_at"),
        (messages.SOURCE_DEALS, "opportunity_changes", "received_at"),
        (messages.SOURCE_ACTIVITIES, "activities", "received_at"),
    )
    parts = "\n    UNION ALL\n".join(
        f"    SELECT {quoted(text.of(language))} AS kind, count() AS stored, maxOrNull({column}) AS newest\n"
        f"    FROM {'salgspuls.' + table if table == 'calls' else 'salgspuls_store.' + table + ' FINAL'}"
        for text, table, column in kinds
    )
    query = f"SELECT kind, stored, newest\nFROM (\n{parts}\n)\nORDER BY kind"
    columns = [
        Column("kind", messages.SOURCE.of(language)),
        Column("stored", messages.COUNT.of(language), unit="none", width=80),
        Column("newest", messages.NEWEST.of(language), unit=DATE_AND_TIME.of(language), width=140),
    ]
    said = Words(
        messages.SOURCES.of(language), messages.SOURCES_IS.of(language), messages.NOTHING.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)


def _reasons(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        "SELECT reason, count() AS refused\nFROM salgspuls.dead_letters\n"
        "WHERE $__timeFilter(received_at)\nGROUP BY reason\nORDER BY refused DESC, reason"
    )
    columns = [
        Column("reason", messages.REASON.of(language)),
        Column("refused", messages.COUNT.of(language), unit="none", decimals=0, colour=look.NEGATIVE),
    ]
    said = Words(
        messages.REASONS.of(language), messages.REASONS_IS.of(language), messages.NONE_REJECTED.of(language)
    )
    return bars_panel(panel_id, at, said, query, "reason", columns, horizontal=True, legend=False)


def _latest(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        "SELECT received_at, reason, detail, topic, partition, offset\nFROM salgspuls.dead_letters\n"
        "WHERE $__timeFilter(received_at)\nORDER BY received_at DESC, topic, partition, offset\nLIMIT 100"
    )
    columns = [
        Column("received_at", messages.WHEN.of(language), unit=DATE_AND_TIME.of(language), width=150),
        Column("reason", messages.REASON.of(language), width=170),
        Column("detail", messages.DETAIL.of(language), cell="wrapped"),
        Column("topic", messages.TOPIC.of(language), width=150),
        Column("partition", messages.PARTITION.of(language), unit="none", width=90),
        Column("offset", messages.OFFSET.of(language), unit="none", width=90),
    ]
    said = Words(
        messages.LATEST.of(language), messages.LATEST_IS.of(language), messages.NONE_REJECTED.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)
