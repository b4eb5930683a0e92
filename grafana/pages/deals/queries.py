"""What is asked about deals."""

from __future__ import annotations

from grafana.config import CLOSES_SOON_DAYS, HEALTHY_FROM
from grafana.pages.common.queries import chosen, options
from grafana.pages.deals import texts
from grafana.panels.queries import query
from grafana.sql import FISCAL, WHO, WHO_FILTER, ZONE, Writer, view

DEAL_SELLERS = (
    "LEFT JOIN (SELECT seller_id AS id, name AS seller_name FROM salgspuls.sellers) AS sellers"
    " ON sellers.id = deals.seller_id"
)
HEALTH = view("deal_health", "at = $__toTime", ZONE, WHO)


@query
def health(say: Writer) -> str:
    """Open deals by days until close, health and value; and how many that close soon or are overdue are at risk."""
    headline = (
        f"multiIf(risky = 0, {say.text(texts.NONE_AT_RISK)},"
        f" overdue = 0, {say.sentence(texts.AT_RISK_HEADLINE)}, {say.sentence(texts.AT_RISK_OVERDUE)})"
    )
    return (
        "SELECT name, days_to_close AS x, health AS y, estimated_value AS worth_each,"
        f" health < {HEALTHY_FROM} AS shade, opportunity_id,\n"
        f"    {headline} AS value\nFROM (\n"
        f"    SELECT *, ifNull(health < {HEALTHY_FROM} AND days_to_close <= {CLOSES_SOON_DAYS}, 0) AS at_risk,\n"
        "        countIf(at_risk) OVER () AS risky, sumIf(estimated_value, at_risk) OVER () AS worth,\n"
        "        countIf(at_risk AND days_to_close < 0) OVER () AS overdue\n"
        f"    FROM {HEALTH}\n)\nORDER BY worth_each DESC, opportunity_id"
    )


STATES = {"won": texts.STATE_WON, "lost": texts.STATE_LOST, "open": texts.STATE_OPEN}
MOST_DEALS = 500
MOST_ACTIVITIES = 200


@query
def states(say: Writer) -> str:
    """What may have become of a deal."""
    return options(say, STATES)


@query
def stages(say: Writer) -> str:
    """The stages of the deals that are open."""
    return (
        f"SELECT DISTINCT stage AS value FROM {view('deals_at', 'at = $__toTime', ZONE)}\n"
        "WHERE state = 'open' AND stage != ''\nORDER BY value"
    )


@query
def of_range(say: Writer) -> str:
    """Deals won and lost in the range, and those that are open at its end, by worth."""
    return (
        "SELECT name, if(seller_name = '', seller_id, seller_name) AS seller, state, stage,\n"
        f"    {say.sentence('{value:money}')} AS worth, day, opportunity_id, seller_id\n"
        "FROM (\n    SELECT *, if(state = 'open', estimated_value, actual_value) AS value,\n"
        "        if(state = 'open', estimated_close_on, closed_on) AS day\n"
        f"    FROM {view('deals_at', 'at = $__toTime', ZONE)}\n"
        "    WHERE (state = 'open' OR closed_on >= toDate32($__fromTime, '${tz}'))\n"
        f"        AND {chosen('state', 'state')} AND {chosen('stage', 'stage')} AND {WHO_FILTER}\n"
        f"    ORDER BY value DESC, opportunity_id\n    LIMIT {MOST_DEALS}\n) AS deals\n"
        f"{DEAL_SELLERS}\nORDER BY value DESC, opportunity_id"
    )


@query
def time_spent(say: Writer) -> str:
    """The newest activities with customers in the range, each with its deal."""
    kinds = ", ".join(
        f"kind = '{raw}', {say.text(text)}" for raw, text in (("email", texts.EMAIL), ("phone", texts.PHONE))
    )
    return (
        "SELECT started_at, if(seller_name = '', seller_id, seller_name) AS seller,\n"
        f"    multiIf({kinds}, {say.text(texts.MEETING)}) AS activity, duration_minutes AS minutes,\n"
        "    deal_name AS name, opportunity_id, seller_id\n"
        "FROM (\n    SELECT * FROM salgspuls.activities\n"
        f"    WHERE with_customer AND $__timeFilter(started_at) AND {WHO_FILTER}\n"
        f"    ORDER BY started_at DESC, activity_id\n    LIMIT {MOST_ACTIVITIES}\n) AS deals\n"
        f"{DEAL_SELLERS}\n"
        "LEFT JOIN (SELECT opportunity_id AS deal_id, name AS deal_name FROM salgspuls.opportunities) AS known\n"
        "    ON known.deal_id = deals.opportunity_id\nORDER BY started_at DESC, activity_id"
    )


@query
def pipeline(say: Writer) -> str:
    """The open deals' worth by stage, in the order in which deals pass through them."""
    return (
        "WITH order_of AS (\n"
        "    SELECT stage, avg(place) AS usual_place FROM (\n"
        "        SELECT stage, row_number() OVER (PARTITION BY opportunity_id ORDER BY min(entered_at)) AS place\n"
        "        FROM salgspuls.deal_stages GROUP BY opportunity_id, stage\n    ) GROUP BY stage\n)\n"
        f"SELECT stage, worth, {say.sentence('{worth:money}')} AS worth_text\nFROM (\n"
        "    SELECT stage, sum(ifNull(estimated_value, 0)) AS worth, any(currency) AS currency\n"
        f"    FROM {view('deals_at', 'at = $__toTime', ZONE)}\n"
        f"    WHERE state = 'open' AND {WHO_FILTER}\n    GROUP BY stage\n) AS open_deals\n"
        "LEFT JOIN order_of ON order_of.stage = open_deals.stage\nORDER BY usual_place, stage"
    )


@query
def forecast(say: Writer) -> str:
    """Won, expected and target over the current period, in millions."""
    return (
        "SELECT 1000 * toUnixTimestamp(toDateTime(day, '${tz}')) AS x,\n"
        "    won / 1e6 AS won_millions, forecast / 1e6 AS expected, target_value / 1e6 AS target\n"
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
        "    slips, last_contact_at, opportunity_id, seller_id\n"
        f"FROM {HEALTH} AS deals\n"
        f"{DEAL_SELLERS}\n"
        "ORDER BY health, opportunity_id"
    )
