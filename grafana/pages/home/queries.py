"""What is asked for the home page's own panels: base KPIs, recording KPIs, calls in progress, freshness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grafana.config import SENTIMENT_LIMIT
from grafana.i18n import Text, same
from grafana.pages.common.queries import chips, named_rows
from grafana.pages.home import texts
from grafana.panels.queries import clocked_query, query
from grafana.sql import FISCAL, RANGE, WHO, ZONE, Writer, quoted, view

LIVE_ON_THE_WALL = 5


class Kpi(NamedTuple):
    """A number of the strip: value and note are sentences over the view; `empty` stands where `known` fails."""

    name: str
    value: Text
    note: Text
    known: str
    empty: Text


_ANY_DEAL = "currency IS NOT NULL"

KPIS: Sequence[Kpi] = (
    Kpi("time-left", texts.TIME_LEFT_VALUE, texts.TIME_LEFT_NOTE, "1", texts.NO_DEALS),
    Kpi(
        "actual-revenue", same("{actual_revenue:money}"), texts.ACTUAL_REVENUE_NOTE, _ANY_DEAL, texts.NO_DEALS
    ),
    Kpi("open-revenue", same("{open_revenue:money}"), texts.OPEN_REVENUE_NOTE, _ANY_DEAL, texts.NO_DEALS),
    Kpi("deals-won", same("{deals_won:whole}"), texts.DEALS_WON_NOTE, _ANY_DEAL, texts.NO_DEALS),
    Kpi("win-rate", same("{win_rate:percent}"), texts.WIN_RATE_NOTE, "win_rate IS NOT NULL", texts.NO_DEALS),
    Kpi(
        "average-deal",
        same("{average_deal_size:money}"),
        texts.AVERAGE_DEAL_NOTE,
        "average_deal_size IS NOT NULL",
        texts.NO_WON,
    ),
    Kpi(
        "target",
        same("{target_attainment:percent}"),
        texts.TARGET_NOTE,
        "target_attainment IS NOT NULL",
        texts.NO_TARGET,
    ),
)


@query
def base_kpis(say: Writer) -> str:
    """All KPIs of the strip, a row each."""

    def row(kpi: Kpi) -> str:
        value, note = say.sentence(kpi.value), say.sentence(kpi.note)
        return (
            f"('{kpi.name}', if({kpi.known}, {value}, '–'),"
            f" if({kpi.known}, ifNull({note}, ''), {say.text(kpi.empty)}))"
        )

    return named_rows([row(kpi) for kpi in KPIS], view("base_kpis", RANGE, ZONE, FISCAL, WHO))


@query
def recording_kpis(say: Writer) -> str:
    """Four numbers, this month against the last."""
    rows = []
    for name, column, how in (
        ("recorded-calls", "calls", "whole"),
        ("recorded-hours", "hours", "decimal"),
        ("keyword-calls", "keyword_calls", "whole"),
        ("competitor-calls", "competitor_calls", "whole"),
    ):
        value = say.sentence(f"{{{column}:{how}}}")
        before = say.sentence(f"{{{column}_before:{how}}}")
        share = (
            f"if({column} = {column}_before, 0, ({column} - {column}_before) / nullIf({column}_before, 0))"
        )
        note = say.sentence(texts.CHANGE, change=say.growth(share), before=before)
        rows.append(f"({quoted(name)}, {value}, {note})")
    return named_rows(rows, view("recording_kpis", ZONE, WHO))


def _live(say: Writer, source: str, *columns: str) -> str:
    rising, steady, falling = (say.text(text) for text in (texts.RISING, texts.STEADY, texts.FALLING))
    return (
        "SELECT seller, customer, minutes, talk_ratio, sentiment_label,\n"
        f"    multiIf(sentiment_direction IS NULL, '', sentiment_direction >= {SENTIMENT_LIMIT}, {rising},"
        f" sentiment_direction <= -{SENTIMENT_LIMIT}, {falling}, {steady}) AS direction,\n"
        f"    {', '.join(columns)}, call_id, from_ms\n"
        f"FROM salgspuls.{source}\n"
        "WHERE (has([${team:singlequote}], '') OR has([${team:singlequote}], team))\n"
        "    AND (has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))\n"
        "ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id"
    )


@query
def live_calls(say: Writer) -> str:
    """Calls in progress, the most negative first."""
    return _live(say, "live_calls", f"{chips('keywords')} AS keywords")


@query
def live_calls_on_the_wall(say: Writer) -> str:
    """As many of them as are read from four metres, and in the last row how many more there are."""
    more = say.sentence(texts.MORE_CALLS, count=f"count - {LIVE_ON_THE_WALL}")
    return (
        "SELECT if(is_rest, more, seller) AS seller, if(is_rest, '', customer) AS customer,\n"
        "    if(is_rest, NULL, minutes) AS minutes, if(is_rest, ' ', sentiment_label) AS sentiment_label,\n"
        "    if(is_rest, '', direction) AS direction, call_id, from_ms\n"
        f"FROM (\n    SELECT *, count() OVER () AS count, {more} AS more,\n"
        f"        row_number() OVER (ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id) AS place,\n"
        f"        place = {LIVE_ON_THE_WALL} + 1 AS is_rest\n"
        f"    FROM (\n{_live(say, 'live_talk', 'sentiment_compound')}\n    )\n)\n"
        f"WHERE place <= {LIVE_ON_THE_WALL} + 1\nORDER BY place"
    )


@clocked_query
def freshness(say: Writer) -> str:
    """How old the newest event is, and the range that is looked at."""

    def age(divisor: int, text: Text) -> str:
        return say.sentence(text, age=f"intDiv(age_seconds, {divisor})")

    first, last = (f"toTimeZone({edge}, '${{tz}}')" for edge in ("range_from", "range_to"))
    note = say.sentence(texts.RANGE, first=first, last=last)
    return (
        f"SELECT multiIf(age_seconds < 120, {age(1, texts.AGE_SECONDS)},\n"
        f"    age_seconds < 7200, {age(60, texts.AGE_MINUTES)},\n"
        f"    age_seconds < 172800, {age(3600, texts.AGE_HOURS)},\n"
        f"    {age(86400, texts.AGE_DAYS)}) AS value,\n"
        f"    {note} AS note\n"
        f"FROM salgspuls.freshness, {view('range', RANGE)}\nWHERE newest_event_at > toDateTime(0)"
    )
