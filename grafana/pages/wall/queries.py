"""What is asked for the wall alone."""

from __future__ import annotations

from grafana.config import SPIKE_SCORE, TURNED_COMPOUND
from grafana.pages.wall import texts
from grafana.panels.queries import clocked_query
from grafana.sql import ZONE, Writer

_OF_TEAM = "(has([${team:singlequote}], '') OR has([${team:singlequote}], team))"


@clocked_query
def alerts(say: Writer) -> str:
    """The most urgent alert of this moment, and how many more there are."""
    spike = say.sentence(texts.SPIKE, share="negative_share", usual="usual_share")
    turned = say.sentence(texts.TURNED)
    more = say.sentence(texts.MORE, said="said[1]", more="toString(length(said) - 1)")
    return (
        f"SELECT multiIf(empty(said), {say.text(texts.NO_ALERT)}, length(said) = 1, said[1], {more}) AS value\n"
        "FROM (\n    SELECT arrayMap(one -> one.3, arraySort(groupArray((urgency, strength, words)))) AS said\n"
        "    FROM (\n"
        f"        SELECT 1 AS urgency, -score AS strength, {spike} AS words\n"
        f"        FROM salgspuls.team_negativity(at = now64(3), {ZONE})\n"
        f"        WHERE score > {SPIKE_SCORE} AND {_OF_TEAM}\n"
        "        UNION ALL\n"
        f"        SELECT 2 AS urgency, compound AS strength, {turned} AS words\n"
        "        FROM salgspuls.calls_turned_negative(at = now64(3))\n"
        f"        WHERE compound < {TURNED_COMPOUND} AND {_OF_TEAM}\n    )\n)"
    )


@clocked_query
def clock(say: Writer) -> str:
    """What time it is."""
    how = "%H.%i" if say.language == "da" else "%H:%i"
    return f"SELECT formatDateTime(now(), '{how}', '${{tz}}') AS value"
