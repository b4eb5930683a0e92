"""What is asked about what customers mention: tracked keywords, tracked competitors, and names that nobody tracks."""

from __future__ import annotations

from dataclasses import dataclass

from grafana.config import GROWTH_FROM, GROWTH_STEADY
from grafana.i18n import Text
from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES, chips, chosen
from grafana.pages.mentions import texts
from grafana.panels.queries import Query
from grafana.sql import ANY_KIND, BUCKET_SPAN, RANGE, WHO, WHO_FILTER, Writer, bucket, view

TOP = 20
TRENDS = 5
ON_THE_WALL = 5


@dataclass(frozen=True, slots=True)
class Source:
    """Where one kind's ranking and mentions come from: `ranking` and `mentions` are views, `key` is their column,
    `calls` the view of what was mentioned in which call, of which `known` are counted (SQL after its FROM)."""

    name: str
    headline: Text
    ranking: str
    only: str
    mentions: str
    calls: str
    key: str
    known: str = ""
    unknown: str = ""

    @property
    def grows(self) -> bool:
        """Whether it has been mentioned before, so that it can grow."""
        return self.headline is not texts.APPEARING


def _tracked(name: str, kind: str) -> Source:
    known = f"(SELECT tracker_id, name FROM salgspuls.trackers WHERE kind = '{kind}' AND NOT removed)"
    return Source(
        name=name,
        headline=texts.GROWING,
        ranking="keyword_ranking",
        only=f"kind = '{kind}'",
        mentions="keyword_mentions",
        calls="call_keywords",
        key="tracker_id",
        known=f"    INNER JOIN {known} AS known USING (tracker_id)\n",
    )


KEYWORDS = _tracked("keywords", "keyword")
COMPETITORS = _tracked("competitors", "competitor")
BRANDS = Source(
    name="brands",
    headline=texts.APPEARING,
    ranking="name_ranking",
    only="1",
    mentions="name_mentions",
    calls="call_names",
    key="name_key",
    unknown="AND lowerUTF8(name) NOT IN (SELECT lowerUTF8(name) FROM salgspuls.trackers WHERE NOT removed)",
)


def _top(source: Source, count: int = TOP) -> str:
    # what was said in neither of the two windows has not grown, and is not new
    return (
        f"SELECT * REPLACE (if(recent = before, 0, growth) AS growth)\n    FROM {view(source.ranking, RANGE, WHO)}\n"
        f"    WHERE {source.only} ORDER BY mentions DESC, name LIMIT {count}"
    )


def top(source: Source) -> Query:
    """The top 20 for headline and bubbles alike.

    Headline: the three that grow most of those that are mentioned often enough, else those that are mentioned most; of
    names the three most mentioned of those that are new, else, in a range that holds everything, of all.
    """
    return Query(f"{source.name}.top", lambda say: _with_headline(source, say))


def _with_headline(source: Source, say: Writer) -> str:
    def said(headline: Text, items: str) -> str:
        return say.sentence(headline, listing=say.listed(f"arraySlice({items}, 1, 3)"))

    def collected(item: str, order: str) -> str:
        return f"({item}) OVER (ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"

    most, fastest = "mentions DESC, name", "growth IS NULL, growth DESC, mentions DESC, name"
    often = f"recent + before >= {GROWTH_FROM}"
    grows = f"ifNull(growth > {GROWTH_STEADY}, 1)"
    grown = f"if({often}, concat(name, ' (', change, ')'), name)"
    if source.grows:
        value = (
            f"multiIf(notEmpty(growing), {said(source.headline, 'growing')}, any_grows, {said(texts.MOST, 'items')},"
            f" {said(texts.NONE_GROWS, 'items')})"
        )
        items = (
            f"groupArray{collected(grown, most)} AS items,\n"
            f"        max({grows}) OVER () AS any_grows,\n"
            f"        groupArrayIf{collected(f'{grown}, {often} AND {grows}', fastest)} AS growing"
        )
    else:
        value = f"if(notEmpty(appearing), {said(source.headline, 'appearing')}, {said(texts.MOST, 'items')})"
        items = (
            f"groupArray{collected('name', most)} AS items,\n"
            f"        groupArrayIf{collected('name, growth IS NULL', most)} AS appearing"
        )
    return (
        f"SELECT name, mentions, change, shade, {value} AS value\nFROM (\n"
        f"    SELECT name, mentions, growth, recent, before, {say.growth('growth')} AS change,\n"
        f"        multiIf(growth IS NULL, 3, growth > {GROWTH_STEADY}, 2, growth < -{GROWTH_STEADY}, 0, 1) AS shade,\n"
        f"        row_number() OVER (ORDER BY {most}) AS place,\n"
        f"        {items}\n"
        f"    FROM (\n    {_top(source)})\n)\nORDER BY place"
    )


def few(source: Source) -> Query:
    """The few that are mentioned most, for the wall."""
    return Query(
        f"{source.name}.few",
        lambda say: (
            f"SELECT concat(name, '  ', {say.growth('growth')}) AS said, mentions\n"
            f"FROM (\n    {_top(source, ON_THE_WALL)})"
        ),
    )


def table(source: Source) -> Query:
    """The top 20 with the conversations in which they are mentioned."""
    return Query(
        f"{source.name}.table",
        lambda say: (
            "WITH (\n"
            f"    SELECT sum(calls) FROM {view('seller_sums', RANGE, ANY_KIND)} WHERE {WHO_FILTER}\n) AS all_calls\n"
            f"SELECT name, mentions, {say.growth('growth')} AS change, conversations,\n"
            "    conversations / nullIf(all_calls, 0) AS of_all, seller_mentions\n"
            f"FROM (\n    {_top(source)})"
        ),
    )


def mentioned(source: Source) -> Query:
    """The top 20 to choose from."""
    return Query(f"{source.name}.mentioned", lambda say: f"SELECT name AS value\nFROM (\n    {_top(source)})")


def trend(source: Source, counted: str) -> Query:
    """The five that are mentioned most over time; `counted` is a column of the view of mentions."""
    key = source.key
    return Query(
        f"{source.name}.{counted}",
        lambda say: (
            f"WITH {BUCKET_SPAN},\n"
            f"    (SELECT (groupArray(toString({key})), groupArray(name)) FROM (\n    {_top(source, TRENDS)})) AS top\n"
            "SELECT time, name, toFloat64(counts[key]) AS n\nFROM (\n"
            f"    SELECT {bucket('at')} AS time, sumMap(map(toString({key}), toUInt64({counted}))) AS counts\n"
            f"    FROM {view(source.mentions, RANGE)}\n"
            f"    WHERE in_range AND {WHO_FILTER} AND has(tupleElement(top, 1), {key})\n"
            "    GROUP BY time\n)\nARRAY JOIN tupleElement(top, 1) AS key, tupleElement(top, 2) AS name\n"
            "ORDER BY time, indexOf(tupleElement(top, 1), key)"
        ),
    )


def calls(source: Source) -> Query:
    """The latest calls in which a customer mentions one, or one of the chosen, with what was mentioned."""
    fits = (
        f"$__timeFilter(call_started_at) AND mentions_customer > 0 AND {WHO_FILTER} {source.unknown}"
        f" AND {chosen('mentioned', 'name')}"
    )
    # which calls are shown comes first, from narrow columns: of a year of mentions whole rows are too many to be joined
    latest = (
        "SELECT (groupArray(call_id), min(call_started_at))\n"
        f"    FROM (SELECT call_id, call_started_at FROM salgspuls.{source.calls} AS found\n{source.known}"
        f"    WHERE {fits}\n    ORDER BY call_started_at DESC, call_id LIMIT 1 BY call_id LIMIT 200)"
    )
    is_latest = "call_started_at >= tupleElement(latest, 2) AND has(tupleElement(latest, 1), call_id)"
    return Query(
        f"{source.name}.calls",
        lambda say: (
            f"WITH (\n    {latest}\n) AS latest\n"
            f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
            "    customer_name AS customer, call_started_at,\n"
            f"    {chips('found.mentioned')} AS mentioned, sentiment_label, call_id, {CALL_RANGE}\n"
            "FROM (\n"
            "    SELECT call_id AS found_id, arrayStringConcat(groupArray(name), ', ') AS mentioned\n"
            f"    FROM (SELECT call_id, name FROM salgspuls.{source.calls} AS found\n{source.known}"
            f"    WHERE {fits} AND {is_latest}\n"
            "    ORDER BY call_started_at DESC, mentions_customer DESC, name)\n"
            "    GROUP BY call_id\n) AS found\n"
            f"INNER JOIN (SELECT * FROM salgspuls.calls WHERE $__timeFilter(call_started_at) AND {is_latest}) AS calls"
            " ON calls.call_id = found.found_id\n"
            f"{SELLER_NAMES}\nORDER BY call_started_at DESC, call_id\nLIMIT 200"
        ),
    )
