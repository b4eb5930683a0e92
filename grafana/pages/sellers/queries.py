"""What is asked about who counts as a top seller."""

from __future__ import annotations

from grafana.pages.common.queries import CURRENCY
from grafana.pages.sellers import texts
from grafana.pages.team.queries import EVERY_SELLER
from grafana.panels.queries import query
from grafana.sql import Writer

_CHOSEN = "(has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))"


@query
def headline(say: Writer) -> str:
    """How top sellers are chosen, and how many there are."""
    return (
        f"SELECT if(stars, {say.sentence(texts.BY_STAR)}, {say.sentence(texts.AUTOMATIC)}) AS value\n"
        "FROM (\n    SELECT countIf(is_top) AS tops, count() AS of_all,\n"
        "        max(seller_id IN (SELECT seller_id FROM salgspuls.sellers WHERE starred)) AS stars\n"
        f"    FROM {EVERY_SELLER}\n)\nWHERE of_all > 0"
    )


@query
def sellers(say: Writer) -> str:
    """All sellers, the top ones first."""
    return (
        f"WITH {CURRENCY}\n"
        "SELECT name, team, manager, calls,\n"
        f"    {say.sentence('{revenue:money}')} AS revenue_text,\n"
        "    multiIf(starred, 2, is_top, 1, 0) AS counts_as, toUInt8(enough) AS style, seller_id, starred\n"
        f"FROM (SELECT * FROM {EVERY_SELLER} WHERE {_CHOSEN}) AS found\n"
        "LEFT JOIN (SELECT seller_id AS id, manager_id, toUInt8(starred) AS starred FROM salgspuls.sellers) AS known\n"
        "    ON known.id = found.seller_id\n"
        "LEFT JOIN (SELECT seller_id AS id, name AS manager FROM salgspuls.sellers) AS managers\n"
        "    ON managers.id = known.manager_id\n"
        "ORDER BY counts_as DESC, revenue DESC, name"
    )
