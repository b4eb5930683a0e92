"""What is asked about what is tracked."""

from __future__ import annotations

from grafana.panels.queries import Query
from grafana.sql import RANGE, view


def trackers(kind: str) -> Query:
    """The trackers of a kind with their mentions."""
    return Query(
        f"trackers.{kind}",
        lambda say: (
            "SELECT name, arrayStringConcat(aliases, ', ') AS also_as, language, side, word_forms, compounds,"
            " mentions\n"
            "FROM (SELECT * FROM salgspuls.trackers WHERE NOT removed"
            f" AND kind = '{kind}') AS known\n"
            "LEFT JOIN (\n"
            "    SELECT tracker_id, sumIf(mentions_customer + mentions_seller, in_range) AS mentions\n"
            f"    FROM {view('keyword_mentions', RANGE)}\n    GROUP BY tracker_id\n"
            ") AS said ON said.tracker_id = known.tracker_id\nORDER BY lower(name)"
        ),
    )
