"""What is asked about one deal, which the variable `deal` names."""

from __future__ import annotations

from grafana.config import HEALTHY_FROM
from grafana.i18n import Text
from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES, named_rows
from grafana.pages.deal import texts
from grafana.panels.queries import Query, query
from grafana.sql import ZONE, Writer, view

THIS_DEAL = "opportunity_id = ${deal:singlequote}"
EVERYBODY = "teams = [''], sellers = ['']"
WARNINGS = view("deal_warnings", "at = $__toTime", ZONE, EVERYBODY)
ITS_CALLS = f"(SELECT call_id FROM salgspuls.calls WHERE {THIS_DEAL})"
ENOUGH_TO_FIND = 80
"""Characters of a sentence by which the call's page finds it again."""


@query
def headline(say: Writer) -> str:
    """Name, value, stage, close and seller."""
    closing = (
        f"multiIf(status = 'won', {say.sentence(texts.WON_ON)}, status = 'lost', {say.sentence(texts.LOST_ON)},"
        f" estimated_close_on IS NULL, {say.text(texts.NO_CLOSE)}, {say.sentence(texts.CLOSES_ON)})"
    )
    return (
        f"SELECT ifNull({say.sentence(texts.HEADLINE)}, name) AS value\nFROM (\n"
        f"    SELECT {SELLER_NAME}, if(name = '', opportunity_id, name) AS name, stage, toString(state) AS"
        f" status,\n"
        f"        {say.sentence('{amount:money}')} AS worth, {closing} AS closing\n"
        "    FROM (\n"
        "        SELECT *, toFloat64(if(state = 'won', ifNull(actual_value, estimated_value),"
        " estimated_value)) AS amount\n"
        f"        FROM salgspuls.opportunities WHERE {THIS_DEAL}\n"
        f"    ) AS calls\n    {SELLER_NAMES}\n)"
    )


@query
def health(say: Writer) -> str:
    """Health and each part of it, a row a number."""

    def part(name: str, column: str, note: str) -> str:
        return f"('{name}', {say.sentence(f'{{{column}:percent}}')}, {note})"

    contact = f"if(last_contact_at IS NULL, {say.text(texts.NO_CONTACT)}, {say.sentence(texts.LAST_CONTACT)})"
    usual = f"if(usual_days_in_stage IS NULL, {say.text(texts.NO_USUAL)}, {say.sentence(texts.USUAL)})"
    judged = f"if(health < {HEALTHY_FROM}, {say.text(texts.AT_RISK)}, {say.text(texts.ON_TRACK)})"
    rows = [
        f"('health', toString(floor(health)), {judged})",
        part("recency", "recency", f"ifNull({contact}, '')"),
        part("sentiment", "sentiment", say.text(texts.LAST_CALLS)),
        part("engagement", "engagement", f"ifNull({say.sentence(texts.CONTACT_MINUTES)}, '')"),
        part("stability", "stability", f"ifNull({say.sentence(texts.SLIPS)}, '')"),
        f"('in-stage', ifNull({say.sentence(texts.DAYS)}, '–'), ifNull({usual}, ''))",
    ]
    return named_rows(rows, f"{WARNINGS}\n    WHERE {THIS_DEAL}")


@query
def warnings(say: Writer) -> str:
    """What should worry, and why, a row each."""
    reasons = {
        "overdue": (texts.OVERDUE, texts.OVERDUE_WHY),
        "no_contact": (texts.NEVER, texts.NEVER_WHY),
        "silent": (texts.SILENT, texts.SILENT_WHY),
        "one_person": (texts.ONE_PERSON, texts.ONE_PERSON_WHY),
        "stalled": (texts.STALLED, texts.STALLED_WHY),
        "competitor": (texts.COMPETITOR, texts.COMPETITOR_WHY),
    }
    rivals = say.listed("competitors")
    why = "multiIf(" + ", ".join(
        f"code = '{code}', {say.sentence(reason, late='-days_to_close', rivals=rivals)}"
        for code, (_, reason) in reasons.items()
    )
    name = "multiIf(" + ", ".join(
        f"code = '{code}', {say.text(title)}" for code, (title, _) in reasons.items()
    )
    return (
        f"SELECT {name}, code) AS warning, ifNull({why}, ''), '') AS why\n"
        f"FROM {WARNINGS}\nARRAY JOIN warnings AS code\nWHERE {THIS_DEAL}"
    )


@query
def history(say: Writer) -> str:
    """Each change, with how much later it moved the close."""
    return (
        f"SELECT changed_at, stage, worth, estimated_close_on, if(slipped > 0,"
        f" {say.sentence(texts.SLIPPED)}, '') AS slip\n"
        "FROM (\n"
        f"    SELECT changed_at, stage, {say.sentence('{estimated_value:money}')} AS worth, estimated_close_on,\n"
        "        ifNull(dateDiff('day', lagInFrame(estimated_close_on) OVER (\n"
        "            ORDER BY changed_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),\n"
        "            estimated_close_on), 0) AS slipped\n"
        f"    FROM salgspuls.opportunity_changes\n    WHERE {THIS_DEAL}\n)\nORDER BY changed_at DESC"
    )


@query
def calls(say: Writer) -> str:
    """Its calls, the newest first."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME}, customer_name AS customer, call_started_at,\n"
        "    sentiment_positive, sentiment_neutral, sentiment_negative,\n"
        f"    call_id, {CALL_RANGE}\n"
        f"FROM (SELECT * FROM salgspuls.calls WHERE {THIS_DEAL}) AS calls\n{SELLER_NAMES}\n"
        "ORDER BY call_started_at DESC, call_id\nLIMIT 500"
    )


@query
def activities(say: Writer) -> str:
    """What the CRM logged."""
    kind = (
        f"multiIf(kind = 'email', {say.text(texts.EMAIL)}, kind = 'phone', {say.text(texts.PHONE)},"
        f" {say.text(texts.MEETING)})"
    )
    return (
        f"SELECT started_at, {kind} AS activity, duration_minutes,\n"
        f"    if(with_customer, {say.text(texts.YES)}, {say.text(texts.NO)}) AS met\n"
        f"FROM salgspuls.activities\nWHERE {THIS_DEAL}\nORDER BY started_at DESC, activity_id\nLIMIT 500"
    )


@query
def people(say: Writer) -> str:
    """Who took part on the customer's side."""
    return (
        f"SELECT name, calls, last_call_at\nFROM salgspuls.deal_people\nWHERE {THIS_DEAL}\n"
        "ORDER BY calls DESC, name\nLIMIT 100"
    )


@query
def mentions(say: Writer) -> str:
    """Trackers in its calls, by mentions of the customer."""
    kind = f"if(toString(tracked.kind) = 'competitor', {say.text(texts.RIVAL)}, {say.text(texts.KEYWORD)})"
    return (
        f"SELECT tracked.name AS name, {kind} AS kind_title,\n"
        "    sum(mentions_customer) AS mentions, countIf(mentions_customer > 0) AS conversations,\n"
        f"    (SELECT any(customer_id) FROM salgspuls.opportunities WHERE {THIS_DEAL}) AS customer_id\n"
        f"FROM (SELECT * FROM salgspuls.call_keywords WHERE call_id IN {ITS_CALLS}) AS found\n"
        "INNER JOIN (SELECT tracker_id, name, kind FROM salgspuls.trackers WHERE NOT removed) AS tracked"
        " ON tracked.tracker_id = found.tracker_id\n"
        "GROUP BY name, kind_title\nHAVING mentions > 0\nORDER BY mentions DESC, name"
    )


@query
def mood(say: Writer) -> str:
    """The customer's compound, call by call."""
    return (
        "SELECT call_started_at AS time, sentiment_compound AS compound\nFROM salgspuls.calls\n"
        f"WHERE {THIS_DEAL} AND $__timeFilter(call_started_at) AND sentiment_compound IS NOT NULL\nORDER BY time"
    )


def sentences(name: str, column: str, condition: str = "1") -> Query:
    """Sentences that a column of the segments of its calls has, with the place in the call."""

    def write(say: Writer) -> str:
        side = f"if(speaker = 'seller', {say.text(texts.SELLER_SIDE)}, {say.text(texts.CUSTOMER_SIDE)})"
        return (
            f"SELECT item, {side} AS side, {CALL_TITLE}, calls.call_started_at AS call_started_at,\n"
            f"    calls.call_id AS call_id, {CALL_RANGE}, substringUTF8(item, 1, {ENOUGH_TO_FIND}) AS found_by\n"
            "FROM (\n"
            "    SELECT call_id, speaker, start_ms, segment_id, item\n"
            f"    FROM salgspuls.segments\n    ARRAY JOIN {column} AS item\n"
            f"    WHERE call_id IN {ITS_CALLS} AND {condition}\n"
            ") AS said\n"
            f"INNER JOIN (SELECT * FROM salgspuls.calls WHERE {THIS_DEAL}) AS calls ON calls.call_id ="
            f" said.call_id\n"
            "ORDER BY call_started_at DESC, start_ms DESC, segment_id, item\nLIMIT 200"
        )

    return Query(f"deal.{name}", write)


PARTS: tuple[tuple[str, Text], ...] = (
    ("health", texts.HEALTH),
    ("recency", texts.RECENCY),
    ("sentiment", texts.SENTIMENT),
    ("engagement", texts.ENGAGEMENT),
    ("stability", texts.STABILITY),
)
"""The numbers of `health` that the definition of health explains."""
