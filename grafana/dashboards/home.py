"""The home page: base KPIs, what customers talk about, calls in progress."""

from __future__ import annotations

from typing import NamedTuple

from grafana_foundation_sdk.models import dashboard

from grafana.dashboards import look
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.catalogue import home as messages
from grafana.dashboards.language import Language, Text
from grafana.dashboards.panels import At, Column, Value, Words, stat_panel, table_panel
from grafana.dashboards.sql import FISCAL, RANGE, WHO, ZONE, quoted, sentence, view

BASE_KPIS = view("base_kpis", RANGE, ZONE, FISCAL, WHO)


def panels(language: Language) -> list[dashboard.Panel]:
    """The panels of the home page."""
    return [
        *base_kpis(language, y=0),
        live_calls(20, language, At(0, 4, 16, 10)),
        top_keywords(30, language, At(16, 4, 8, 8)),
        freshness(21, language, At(16, 12, 8, 2)),
    ]


class Kpi(NamedTuple):
    """A number of the strip: its value and the note beside it are sentences over the view's columns."""

    title: Text
    definition: Text
    value: Text
    note: Text
    known: str
    empty: Text
    width: int


_KPIS = (
    Kpi(
        messages.TIME_LEFT,
        messages.TIME_LEFT_IS,
        messages.TIME_LEFT_VALUE,
        messages.TIME_LEFT_NOTE,
        "1",
        messages.NO_DEALS,
        4,
    ),
    Kpi(
        messages.ACTUAL_REVENUE,
        messages.ACTUAL_REVENUE_IS,
        Text("{actual_revenue:money}", "{actual_revenue:money}"),
        messages.ACTUAL_REVENUE_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
        4,
    ),
    Kpi(
        messages.OPEN_REVENUE,
        messages.OPEN_REVENUE_IS,
        Text("{open_revenue:money}", "{open_revenue:money}"),
        messages.OPEN_REVENUE_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
        4,
    ),
    Kpi(
        messages.DEALS_WON,
        messages.DEALS_WON_IS,
        Text("{deals_won:whole}", "{deals_won:whole}"),
        messages.DEALS_WON_NOTE,
        "currency IS NOT NULL",
        messages.NO_DEALS,
        3,
    ),
    Kpi(
        messages.WIN_RATE,
        messages.WIN_RATE_IS,
        Text("{win_rate:percent}", "{win_rate:percent}"),
        messages.WIN_RATE_NOTE,
        "win_rate IS NOT NULL",
        messages.NO_DEALS,
        3,
    ),
    Kpi(
        messages.AVERAGE_DEAL,
        messages.AVERAGE_DEAL_IS,
        Text("{average_deal_size:money}", "{average_deal_size:money}"),
        messages.AVERAGE_DEAL_NOTE,
        "average_deal_size IS NOT NULL",
        messages.NO_WON,
        3,
    ),
    Kpi(
        messages.TARGET,
        messages.TARGET_IS,
        Text("{target_attainment:percent}", "{target_attainment:percent}"),
        messages.TARGET_NOTE,
        "target_attainment IS NOT NULL",
        messages.NO_TARGET,
        3,
    ),
)


def base_kpis(language: Language, y: int) -> list[dashboard.Panel]:
    """One strip, numbered from 1."""
    strip, x = [], 0
    for panel_id, kpi in enumerate(_KPIS, start=1):
        value = sentence(kpi.value.of(language), language)
        note = f"ifNull({sentence(kpi.note.of(language), language)}, '')"
        query = f"SELECT {value} AS value, {note} AS note\nFROM {BASE_KPIS}\nWHERE {kpi.known}"
        said = Words(kpi.title.of(language), kpi.definition.of(language), kpi.empty.of(language))
        strip.append(stat_panel(panel_id, At(x, y, kpi.width, 4), said, query))
        x += kpi.width
    return strip


def sentiment_values(language: Language) -> dict[str, Value]:
    """Words and colours of a sentiment label."""
    return {
        "positive": Value(words.POSITIVE.of(language), look.POSITIVE),
        "neutral": Value(words.NEUTRAL.of(language), look.NEUTRAL),
        "negative": Value(words.NEGATIVE.of(language), look.NEGATIVE),
        "": Value(words.NOT_YET.of(language), look.NEUTRAL),
    }


def live_calls(panel_id: int, language: Language, at: At) -> dashboard.Panel:
    """Calls in progress, the most negative first."""
    rising, steady, falling = (
        quoted(text.of(language)) for text in (messages.RISING, messages.STEADY, messages.FALLING)
    )
    query = (
        "SELECT seller, customer, minutes, talk_ratio, sentiment_label,\n"
        f"    multiIf(sentiment_direction IS NULL, '', sentiment_direction >= 0.05, {rising},"
        f" sentiment_direction <= -0.05, {falling}, {steady}) AS direction,\n"
        "    keywords, call_id\n"
        "FROM salgspuls.live_calls\n"
        "WHERE (has([${team:singlequote}], '') OR has([${team:singlequote}], team))\n"
        "    AND (has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))\n"
        "ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id\n"
        "LIMIT 50"
    )
    columns = [
        Column("seller", messages.SELLER.of(language), width=150),
        Column("customer", messages.CUSTOMER.of(language), width=170),
        Column("minutes", messages.MINUTES.of(language), unit="none", decimals=0, width=85),
        Column("talk_ratio", messages.TALK_RATIO.of(language), unit="percentunit", decimals=0, width=100),
        Column(
            "sentiment_label",
            messages.SENTIMENT.of(language),
            cell="badge",
            width=120,
            values=sentiment_values(language),
        ),
        Column("direction", messages.DIRECTION.of(language), width=110),
        Column("keywords", messages.HEARD.of(language)),
        Column("call_id", hidden=True),
    ]
    said = Words(messages.LIVE.of(language), messages.LIVE_IS.of(language), messages.NO_LIVE.of(language))
    return table_panel(panel_id, at, said, query, columns)


def top_keywords(panel_id: int, language: Language, at: At) -> dashboard.Panel:
    """The keywords that customers say most, with their growth."""
    growth = sentence("{growth:percent}", language)
    query = (
        "SELECT name, mentions,\n"
        f"    multiIf(growth IS NULL, {quoted(words.NEW.of(language))}, growth > 0, concat('▲ +', {growth}),"
        f" growth < 0, concat('▼ ', {growth}), {growth}) AS change\n"
        f"FROM {view('keyword_ranking', RANGE, WHO)}\n"
        "WHERE kind = 'keyword'\nORDER BY mentions DESC, name\nLIMIT 20"
    )
    columns = [
        Column("name", messages.KEYWORD.of(language)),
        Column(
            "mentions",
            messages.MENTIONS.of(language),
            unit="none",
            decimals=0,
            cell="bar",
            colour=look.ACCENT,
        ),
        Column("change", messages.GROWTH.of(language), width=100),
    ]
    said = Words(
        messages.KEYWORDS.of(language), messages.KEYWORDS_IS.of(language), messages.NO_KEYWORDS.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)


def freshness(panel_id: int, language: Language, at: At) -> dashboard.Panel:
    """How old the newest event is."""
    age = sentence(messages.AGE.of(language), language)
    query = (
        f"SELECT {age} AS value, '' AS note\nFROM salgspuls.freshness\nWHERE newest_event_at > toDateTime(0)"
    )
    said = Words(
        messages.FRESHNESS.of(language), messages.FRESHNESS_IS.of(language), messages.NO_EVENTS.of(language)
    )
    return stat_panel(panel_id, at, said, query, size=20)
