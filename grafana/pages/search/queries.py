"""What the search asks: sentences by their words, and what there is to filter by."""

from __future__ import annotations

from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES, options
from grafana.pages.search import texts
from grafana.panels.queries import query
from grafana.sql import RANGE, WHO, Writer, view

MOST_HITS = 200
ENOUGH_TO_FIND = 80
"""Characters of a sentence by which the call's page finds it again."""

MINUTES = "toFloat64OrNull(replaceOne(trimBoth(${minutes:singlequote}), ',', '.'))"
"""With the decimals of either language; nothing where it is no number."""

HITS = view(
    "search",
    RANGE,
    WHO,
    "words = ${words:singlequote}",
    "customer = ${customer:singlequote}",
    f"least_minutes = ifNull({MINUTES}, 0)",
    *(
        f"{name}s = [${{{name}:singlequote}}]"
        for name in ("speaker", "sentiment", "tracker", "kind", "direction", "language")
    ),
)


@query
def speakers(say: Writer) -> str:
    """Either side."""
    return options(say, {"customer": texts.CUSTOMER_SIDE, "seller": texts.SELLER_SIDE})


@query
def trackers(say: Writer) -> str:
    """The active trackers."""
    return (
        "SELECT tracker_id AS value, name AS label FROM salgspuls.trackers\n"
        "WHERE NOT removed\nORDER BY lower(name), value"
    )


@query
def headline(say: Writer) -> str:
    """How much was found, or what is wrong with the question."""
    return (
        f"SELECT multiIf(trimBoth(${{minutes:singlequote}}) != '' AND {MINUTES} IS NULL, {say.text(texts.NO_MINUTES)},"
        f" hits = 0, {say.text(texts.NONE)}, hits >= {MOST_HITS}, {say.text(texts.HEADLINE_MANY)},"
        f" {say.sentence(texts.HEADLINE)}) AS value\n"
        f"FROM (SELECT count() AS hits, uniqExact(call_id) AS found_calls FROM {HITS})"
    )


@query
def hits(say: Writer) -> str:
    """The sentences with their neighbours."""
    side = f"if(speaker = 'seller', {say.text(texts.SELLER_SIDE)}, {say.text(texts.CUSTOMER_SIDE)})"
    at = "toDateTime(intDiv(start_ms, 1000), 'UTC')"
    return (
        f"SELECT text_before, text, text_after, {side} AS side, sentiment,\n"
        f"    if(start_ms >= 3600000, formatDateTime({at}, '%k:%i:%S'), formatDateTime({at}, '%i:%S')) AS at,\n"
        f"    {CALL_TITLE}, {SELLER_NAME}, customer_name AS customer, call_started_at,\n"
        f"    call_id, {CALL_RANGE}, substringUTF8(text, 1, {ENOUGH_TO_FIND}) AS found_by\n"
        f"FROM {HITS} AS calls\n{SELLER_NAMES}\nORDER BY call_started_at DESC, call_id, start_ms"
    )
