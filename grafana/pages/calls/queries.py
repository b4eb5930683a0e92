"""What is asked about all calls of the range."""

from __future__ import annotations

from grafana.pages.calls import texts
from grafana.pages.common.queries import (
    CALL_RANGE,
    CALL_TITLE,
    OF_CHOSEN_KIND,
    SELLER_NAME,
    SELLER_NAMES,
    chosen,
    options,
)
from grafana.panels.queries import query
from grafana.sql import WHO_FILTER, Writer

MOST_CALLS = 200
KEYWORD, COMPETITOR = "keyword", "competitor"
"""Values of `mentions`: any tracked keyword; any tracked competitor or other brand or organization."""


def _mentioning(which: str) -> str:
    return (
        "call_id IN (SELECT call_id FROM salgspuls.call_keywords WHERE tracker_id IN (\n"
        f"        SELECT tracker_id FROM salgspuls.trackers WHERE NOT removed AND toString(kind) {which}))"
    )


_ASKED = "has([${mentions:singlequote}], '%s')"
_KEYWORDS, _COMPETITORS = _mentioning("= 'keyword'"), _mentioning("!= 'keyword'")
_NAMES = "call_id IN (SELECT call_id FROM salgspuls.call_names)"
_MENTIONS = (
    f"({_ASKED % ''}\n    OR ({_ASKED % KEYWORD} AND {_KEYWORDS})\n"
    f"    OR ({_ASKED % COMPETITOR} AND ({_COMPETITORS}\n        OR {_NAMES})))"
)
_MATCHING = (
    f"salgspuls.calls\nWHERE $__timeFilter(call_started_at) AND {WHO_FILTER}\n"
    f"    AND {chosen('sentiment', 'sentiment_label')} AND {OF_CHOSEN_KIND}\n"
    f"    AND {_MENTIONS}"
)


@query
def mentioned(say: Writer) -> str:
    """What calls may mention."""
    return options(say, {KEYWORD: texts.ANY_KEYWORD, COMPETITOR: texts.ANY_COMPETITOR})


@query
def headline(say: Writer) -> str:
    """How many calls fit, and how long they are."""
    many = say.sentence(texts.HEADLINE_MANY, most=f"'{MOST_CALLS}'")
    return (
        f"SELECT multiIf(count = 0, {say.text(texts.NONE)}, count > {MOST_CALLS}, {many},"
        f" {say.sentence(texts.HEADLINE)}) AS value\n"
        f"FROM (SELECT count() AS count, sum(toFloat64(duration_ms)) / 3600000 AS hours FROM {_MATCHING})"
    )


@query
def calls(say: Writer) -> str:
    """The newest calls that fit."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME}, customer_name AS customer, call_started_at,\n"
        "    toFloat64(duration_ms) / 60000 AS minutes, talk_ratio, kind, sentiment_label,\n"
        f"    call_id, {CALL_RANGE}\n"
        f"FROM (\nSELECT * FROM {_MATCHING}\nORDER BY call_started_at DESC, call_id\nLIMIT {MOST_CALLS}\n) AS calls\n"
        f"{SELLER_NAMES}\nORDER BY call_started_at DESC, call_id"
    )
