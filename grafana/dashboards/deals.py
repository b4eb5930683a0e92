"""Whether the team's deals are on track."""

from __future__ import annotations

from grafana_foundation_sdk.models import dashboard

from grafana import theme as look
from grafana.dashboards.catalogue import deals as messages
from grafana.dashboards.customers import DATE_AND_TIME
from grafana.dashboards.insight import Insight, insight
from grafana.dashboards.links import to_page
from grafana.dashboards.panels import (
    At,
    Column,
    Value,
    Words,
    bars_panel,
    bubbles_panel,
    table_panel,
    trend_panel,
)
from grafana.dashboards.sql import FISCAL, WHO, WHO_FILTER, ZONE, quoted, sentence, view
from grafana.i18n import Language, Text

HEALTH = view("deal_health", "at = $__toTime", ZONE, WHO)
AXIS_DAYS = Text("D MMM", "DD.MM.")
THOUSANDS = Text("suffix:k", "suffix: t.")
DATE = Text("time:D MMM YYYY", "time:DD.MM.YYYY")


def home_insights(language: Language, y: int) -> list[dashboard.Panel]:
    """One insight with three charts."""
    return insight(300, At(0, y, 24, 15), _at_risk(language), language)


def health_query(language: Language) -> str:
    """Open deals by days until close, health and value; and how many that close soon are at risk, and their worth."""
    said = sentence(messages.AT_RISK_HEADLINE.of(language), language)
    return (
        "SELECT name, days_to_close AS x, health AS y, estimated_value AS worth_each, health < 65 AS shade,\n"
        f"    if(risky = 0, {quoted(messages.NONE_AT_RISK.of(language))}, {said}) AS value\nFROM (\n"
        "    SELECT *, ifNull(health < 65 AND days_to_close BETWEEN 0 AND 30, 0) AS at_risk,\n"
        "        countIf(at_risk) OVER () AS risky, sumIf(estimated_value, at_risk) OVER () AS worth\n"
        f"    FROM {HEALTH}\n)\nORDER BY worth_each DESC, opportunity_id\nLIMIT 500"
    )


def _at_risk(language: Language) -> Insight:
    return Insight(
        title=messages.AT_RISK,
        definition=Text(*(a + b for a, b in zip(messages.AT_RISK_IS, messages.HEALTH_IS, strict=True))),
        empty=messages.NO_OPEN,
        headline=health_query(language),
        why=messages.AT_RISK_WHY,
        charts=[
            (10, lambda panel_id, at: health_bubbles(panel_id, at, language)),
            (6, lambda panel_id, at: _pipeline(panel_id, at, language)),
            (8, lambda panel_id, at: forecast(panel_id, at, language)),
        ],
        details=to_page("deals", language),
    )


def health_bubbles(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    """Open deals by days until close, health and value; what has no estimated close is not drawn."""
    columns = [
        Column("name", messages.NAME.of(language)),
        Column("x", messages.DAYS.of(language), unit="none", decimals=0),
        Column("y", messages.SCORE.of(language), unit="none", decimals=0, maximum=100),
        Column("worth_each", messages.VALUE.of(language), unit="short"),
        Column(
            "shade",
            messages.RISK.of(language),
            unit="none",
            values={"0": Value(messages.HEALTHY.of(language)), "1": Value(messages.RISK.of(language))},
            steps=((None, look.TOP_SELLERS), (1, look.NEGATIVE)),
        ),
    ]
    said = Words(
        messages.HEALTH.of(language),
        messages.HEALTH_CHART_IS.of(language) + messages.HEALTH_IS.of(language),
        messages.NO_DATED.of(language),
    )
    query = health_query(language)
    return bubbles_panel(panel_id, at, said, query, columns, axes=True, size="worth_each", diameters=(6, 40))


def _pipeline(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        "SELECT stage, sum(estimated_value) / 1000 AS worth\n"
        f"FROM {view('deals_at', 'at = $__toTime', ZONE)}\n"
        f"WHERE state = 'open' AND {WHO_FILTER}\nGROUP BY stage\nORDER BY worth DESC, stage"
    )
    columns = [
        Column("stage", messages.STAGE.of(language)),
        Column(
            "worth", messages.VALUE.of(language), unit=THOUSANDS.of(language), decimals=0, colour=look.ACCENT
        ),
    ]
    said = Words(
        messages.PIPELINE.of(language), messages.PIPELINE_IS.of(language), messages.NO_OPEN.of(language)
    )
    return bars_panel(panel_id, at, said, query, "stage", columns, horizontal=True, legend=False)


def forecast(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    """Won, expected and target over the current period."""
    query = (
        "SELECT 1000 * toUnixTimestamp(toDateTime(day, '${tz}')) AS x,\n"
        "    won / 1000 AS won_thousands, forecast / 1000 AS expected, target_value / 1000 AS target\n"
        f"FROM {view('period_forecast', ZONE, FISCAL, WHO)}\n"
        "WHERE (SELECT count() FROM salgspuls.opportunity_changes) > 0\nORDER BY x"
    )
    columns = [
        Column(
            "won_thousands",
            messages.WON.of(language),
            unit=THOUSANDS.of(language),
            decimals=0,
            colour=look.POSITIVE,
        ),
        Column(
            "expected",
            messages.EXPECTED.of(language),
            unit=THOUSANDS.of(language),
            decimals=0,
            colour=look.ACCENT,
        ),
        Column(
            "target", messages.TARGET.of(language), unit=THOUSANDS.of(language), decimals=0, colour=look.TEAM
        ),
    ]
    said = Words(
        messages.FORECAST.of(language), messages.FORECAST_IS.of(language), messages.NO_OPEN.of(language)
    )
    return trend_panel(panel_id, at, said, query, columns, date_format=AXIS_DAYS.of(language))


def page(language: Language) -> list[dashboard.Panel]:
    """Deals in detail."""
    return [
        *insight(1, At(0, 0, 24, 17), _at_risk(language), language, details=False),
        _deals_table(20, At(0, 17, 24, 18), language),
    ]


def _deals_table(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    money = sentence("{estimated_value:money}", language)
    query = (
        "SELECT name, if(seller_name = '', seller_id, seller_name) AS seller, stage,\n"
        f"    {money} AS worth, estimated_close_on, health, recency, sentiment, engagement, stability,\n"
        "    slips, last_contact_at\n"
        f"FROM {HEALTH} AS deals\n"
        "LEFT JOIN (SELECT seller_id AS id, name AS seller_name FROM salgspuls.sellers) AS sellers"
        " ON sellers.id = deals.seller_id\n"
        "ORDER BY health, opportunity_id\nLIMIT 500"
    )
    risky: tuple[tuple[float | None, str], ...] = ((None, look.NEGATIVE), (65, look.ACCENT))
    parts = (
        ("recency", messages.RECENCY),
        ("sentiment", messages.SENTIMENT),
        ("engagement", messages.ENGAGEMENT),
        ("stability", messages.STABILITY),
    )
    columns = [
        Column("name", messages.NAME.of(language)),
        Column("seller", messages.SELLER.of(language), width=150),
        Column("stage", messages.STAGE.of(language), width=90),
        Column("worth", messages.VALUE_TITLE.of(language), width=130),
        Column("estimated_close_on", messages.CLOSES.of(language), unit=DATE.of(language), width=120),
        Column(
            "health",
            messages.SCORE_TITLE.of(language),
            unit="none",
            decimals=0,
            cell="bar",
            maximum=100,
            steps=risky,
            width=125,
        ),
        *(
            Column(name, title.of(language), unit="percentunit", decimals=0, width=100)
            for name, title in parts
        ),
        Column("slips", messages.SLIPS.of(language), unit="none", width=75),
        Column(
            "last_contact_at", messages.LAST_CONTACT.of(language), unit=DATE_AND_TIME.of(language), width=150
        ),
    ]
    said = Words(
        messages.TABLE.of(language),
        messages.TABLE_IS.of(language) + messages.HEALTH_IS.of(language),
        messages.NO_OPEN.of(language),
    )
    return table_panel(panel_id, at, said, query, columns)
