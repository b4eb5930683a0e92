"""What is asked about deals."""

from __future__ import annotations

from grafana.config import CLOSES_SOON_DAYS, HEALTHY_FROM
from grafana.pages.deals import texts
from grafana.panels.queries import query
from grafana.sql import FISCAL, WHO, WHO_FILTER, ZONE, Writer, view

HEALTH = view("deal_health", "at = $__toTime", ZONE, WHO)


@query
def health(say: Writer) -> str:
    """Open deals by days until close, health and value; and how many that close soon are at risk, and their worth."""
    return (
        "SELECT name, days_to_close AS x, health AS y, estimated_value AS worth_each,"
        f" health < {HEALTHY_FROM} AS shade,\n"
        f"    if(risky = 0, {say.text(texts.NONE_AT_RISK)}, {say.sentence(texts.AT_RISK_HEADLINE)}) AS value\nFROM (\n"
        f"    SELECT *, ifNull(health < {HEALTHY_FROM}"
        f" AND days_to_close BETWEEN 0 AND {CLOSES_SOON_DAYS}, 0) AS at_risk,\n"
        "        countIf(at_risk) OVER () AS risky, sumIf(estimated_value, at_risk) OVER () AS worth\n"
        f"    FROM {HEALTH}\n)\nORDER BY worth_each DESC, opportunity_id\nLIMIT 500"
    )


@query
def pipeline(say: Writer) -> str:
    """The open deals' worth by stage."""
    return (
        "SELECT stage, sum(estimated_value) / 1000 AS worth\n"
        f"FROM {view('deals_at', 'at = $__toTime', ZONE)}\n"
        f"WHERE state = 'open' AND {WHO_FILTER}\nGROUP BY stage\nORDER BY worth DESC, stage"
    )


@query
def forecast(say: Writer) -> str:
    """Won, expected and target over the current period."""
    return (
        "SELECT 1000 * toUnixTimestamp(toDateTime(day, '${tz}')) AS x,\n"
        "    won / 1000 AS won_thousands, forecast / 1000 AS expected, target_value / 1000 AS target\n"
        f"FROM {view('period_forecast', ZONE, FISCAL, WHO)}\n"
        "WHERE (SELECT count() FROM salgspuls.opportunity_changes) > 0\nORDER BY x"
    )


@query
def table(say: Writer) -> str:
    """Open deals with the parts of their health."""
    return (
        "SELECT name, if(seller_name = '', seller_id, seller_name) AS seller, stage,\n"
        f"    {say.sentence('{estimated_value:money}')} AS worth, estimated_close_on, health,"
        " recency, sentiment, engagement, stability,\n"
        "    slips, last_contact_at\n"
        f"FROM {HEALTH} AS deals\n"
        "LEFT JOIN (SELECT seller_id AS id, name AS seller_name FROM salgspuls.sellers) AS sellers"
        " ON sellers.id = deals.seller_id\n"
        "ORDER BY health, opportunity_id\nLIMIT 500"
    )
