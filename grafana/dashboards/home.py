"""The home page and its variant for the wall."""

from __future__ import annotations

from typing import NamedTuple

from grafana_foundation_sdk.models import dashboard

from grafana.dashboards import calls, customers, deals, sellers
from grafana.dashboards.catalogue import calls as call_messages
from grafana.dashboards.catalogue import customers as customer_messages
from grafana.dashboards.catalogue import deals as deal_messages
from grafana.dashboards.catalogue import home as messages
from grafana.dashboards.catalogue import sellers as seller_messages
from grafana.dashboards.panels import At, Words, headline_panel, section, stat_panel
from grafana.dashboards.sql import FISCAL, RANGE, WHO, ZONE, quoted, sentence, view
from grafana.i18n import Language, Text

WALL_CALLS = 6
"""Calls in progress that are read from four metres: the most negative ones."""

Panels = list[dashboard.Panel | dashboard.RowPanel]

BASE_KPIS = view("base_kpis", RANGE, ZONE, FISCAL, WHO)


def panels(language: Language) -> Panels:
    """The questions of a sales manager, in their order."""
    return [
        *base_kpis(language, y=0),
        section(90, 4, customer_messages.SECTION.of(language)),
        *customers.home_insights(language, y=5),
        section(91, 33, seller_messages.SECTION.of(language)),
        *sellers.home_insights(language, y=34),
        section(92, 59, deal_messages.SECTION.of(language)),
        *deals.home_insights(language, y=60),
        section(93, 75, call_messages.RECORDING_SECTION.of(language)),
        *calls.recording_kpis(language, y=76),
        section(94, 80, call_messages.LIVE_SECTION.of(language)),
        calls.live_calls(500, language, At(0, 81, 24, 9)),
    ]


def wall(language: Language) -> Panels:
    """What is read from four metres: 1920 x 1080 without scrolling, calls in progress always in view."""

    def headline(
        panel_id: int, at: At, title: Text, definition: Text, empty: Text, sql: str, column: str = "value"
    ) -> dashboard.Panel:
        said = Words(title.of(language), definition.of(language), empty.of(language))
        return headline_panel(panel_id, at, said, sql, column, size=30)

    keywords, competitors = customers.KINDS[:2]
    return [
        *base_kpis(language, y=0, height=5, size=34),
        calls.live_calls(500, language, At(0, 5, 15, 11), rows=WALL_CALLS),
        customers.sentiment_donut(101, At(15, 5, 9, 7), language),
        headline(
            100,
            At(15, 12, 9, 4),
            customer_messages.SENTIMENT,
            customer_messages.SENTIMENT_IS,
            customer_messages.NO_CALLS,
            customers.sentiment_headline(language),
        ),
        customers.ranking(110, At(0, 16, 8, 8), keywords, language),
        customers.ranking(120, At(8, 16, 7, 8), competitors, language),
        headline(
            300,
            At(15, 16, 9, 4),
            deal_messages.AT_RISK,
            deal_messages.AT_RISK_IS,
            deal_messages.NO_OPEN,
            deals.health_query(language),
        ),
        headline(
            200,
            At(15, 20, 9, 4),
            seller_messages.TALK,
            seller_messages.TALK_IS,
            seller_messages.NO_TOP,
            sellers.groups_query(language),
            "talk",
        ),
        *calls.recording_kpis(language, y=24, size=34),
    ]


class Kpi(NamedTuple):
    """A number of the strip: value and note are sentences over the view; `empty` stands where `known` fails."""

    name: str
    title: Text
    definition: Text
    value: Text
    note: Text
    known: str
    empty: Text


def _plain(template: str) -> Text:
    return Text(template, template)


_KPIS = (
    Kpi(
        "time_left",
        messages.TIME_LEFT,
        messages.TIME_LEFT_IS,
        messages.TIME_LEFT_VALUE,
        messages.TIME_LEFT_NOTE,
        "1",
        messages.NO_DEALS,
    ),
    Kpi(
        "actual_revenue",
        messages.ACTUAL_REVENUE,
        messages.ACTUAL_REVENUE_IS,
        _plain("{actual_revenue:money}"),
        messages.ACTUAL_REVENUE_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
    ),
    Kpi(
        "open_revenue",
        messages.OPEN_REVENUE,
        messages.OPEN_REVENUE_IS,
        _plain("{open_revenue:money}"),
        messages.OPEN_REVENUE_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
    ),
    Kpi(
        "deals_won",
        messages.DEALS_WON,
        messages.DEALS_WON_IS,
        _plain("{deals_won:whole}"),
        messages.DEALS_WON_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
    ),
    Kpi(
        "win_rate",
        messages.WIN_RATE,
        messages.WIN_RATE_IS,
        _plain("{win_rate:percent}"),
        messages.WIN_RATE_NOTE,
        "win_rate IS NOT NULL",
        messages.NO_DEALS,
    ),
    Kpi(
        "average_deal",
        messages.AVERAGE_DEAL,
        messages.AVERAGE_DEAL_IS,
        _plain("{average_deal_size:money}"),
        messages.AVERAGE_DEAL_NOTE,
        "average_deal_size IS NOT NULL",
        messages.NO_WON,
    ),
    Kpi(
        "target",
        messages.TARGET,
        messages.TARGET_IS,
        _plain("{target_attainment:percent}"),
        messages.TARGET_NOTE,
        "target_attainment IS NOT NULL",
        messages.NO_TARGET,
    ),
)


def base_kpis(language: Language, y: int, height: int = 4, size: int = 28) -> list[dashboard.Panel]:
    """One strip, numbered from 1, with the freshness at its end. All KPIs share one query."""
    query = _kpi_query(language)
    strip = []
    for index, kpi in enumerate(_KPIS):
        said = Words(kpi.title.of(language), kpi.definition.of(language), kpi.empty.of(language))
        strip.append(stat_panel(1 + index, At(3 * index, y, 3, height), said, query, row=kpi.name, size=size))
    return [*strip, calls.freshness(8, language, At(21, y, 3, height), size=size)]


def _kpi_query(language: Language) -> str:
    def row(kpi: Kpi) -> str:
        value = sentence(kpi.value.of(language), language)
        note = sentence(kpi.note.of(language), language)
        empty = quoted(kpi.empty.of(language))
        return f"('{kpi.name}', if({kpi.known}, {value}, '–'), if({kpi.known}, ifNull({note}, ''), {empty}))"

    rows = ",\n        ".join(row(kpi) for kpi in _KPIS)
    return (
        "SELECT tupleElement(kpi, 1) AS name, tupleElement(kpi, 2) AS value, tupleElement(kpi, 3) AS note\n"
        f"FROM (\n    SELECT arrayJoin([\n        {rows}\n    ]) AS kpi\n    FROM {BASE_KPIS}\n)"
    )
