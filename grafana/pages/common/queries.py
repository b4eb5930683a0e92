"""Pieces of SQL and queries that several pages share."""

from __future__ import annotations

from collections.abc import Mapping

from grafana.i18n import Text
from grafana.pages.common import texts
from grafana.panels.queries import query
from grafana.sql import RANGE, ZONE, Writer, quoted, view

CALL_TITLE = "if(title = '', if(customer_name = '', call_id, customer_name), title) AS title"
SELLER_NAMES = (
    "LEFT JOIN (SELECT seller_id AS id, name AS seller_name FROM salgspuls.sellers) AS sellers"
    " ON sellers.id = calls.seller_id"
)
SELLER_NAME = "if(seller_name = '', seller_id, seller_name) AS seller"
CALL_RANGE = (
    "toUnixTimestamp64Milli(call_started_at) AS from_ms,"
    " toUnixTimestamp64Milli(call_started_at) + greatest(duration_ms, 1000) AS to_ms"
)
"""Columns that a link to a call needs, beside `call_id`."""

CURRENCY = "(SELECT anyOrNull(currency) FROM salgspuls.opportunity_changes) AS currency"
SHARES = "100 * positive_share AS positive, 100 * neutral_share AS neutral, 100 * negative_share AS negative"


CHIPS = 8
"""Names that fit into two lines: Grafana gives a row of a table no more room."""


def chips(listed: str, most: int = CHIPS) -> str:
    """The first names of a list in one text, and how many more there are."""
    parts = f"splitByString(', ', {listed})"
    return (
        f"if(length({parts}) <= {most}, {listed},"
        f" concat(arrayStringConcat(arraySlice({parts}, 1, {most}), ', '), ', +', toString(length({parts}) - {most})))"
    )


def chosen(variable: str, column: str) -> str:
    """Whether a column has one of the values that are chosen of a variable."""
    return (
        f"(has([${{{variable}:singlequote}}], '') OR has([${{{variable}:singlequote}}], toString({column})))"
    )


OF_CHOSEN_KIND = " AND ".join(chosen(name, name) for name in ("kind", "direction", "language"))
"""Whether a call is of a chosen kind, direction and language."""


def options(say: Writer, values: Mapping[str, Text]) -> str:
    """Values of a variable with their words."""
    pairs = ", ".join(f"({quoted(value)}, {say.text(label)})" for value, label in values.items())
    return (
        "SELECT tupleElement(option, 1) AS value, tupleElement(option, 2) AS label\n"
        f"FROM (SELECT arrayJoin([{pairs}]) AS option)"
    )


@query
def sentiments(say: Writer) -> str:
    """The three classes."""
    classes = {"positive": texts.POSITIVE, "neutral": texts.NEUTRAL, "negative": texts.NEGATIVE}
    return options(say, classes)


@query
def directions(say: Writer) -> str:
    """Who called."""
    return options(say, {"inbound": texts.INBOUND, "outbound": texts.OUTBOUND})


@query
def kinds(say: Writer) -> str:
    """The kinds that calls of the range have."""
    return _known(named(say, "kind", texts.KINDS), "kind")


@query
def languages(say: Writer) -> str:
    """The languages of the range's calls."""
    return _known(named(say, "language", texts.LANGUAGES), "language")


def _known(label: str, column: str) -> str:
    return (
        f"SELECT DISTINCT toString({column}) AS value, {label} AS label FROM salgspuls.calls\n"
        f"WHERE $__timeFilter(call_started_at) AND {column} != ''\nORDER BY label, value"
    )


def named(say: Writer, column: str, names: Mapping[str, Text]) -> str:
    """A column's values in words; one that has none stays as it is."""
    values = ", ".join(map(quoted, names))
    words = ", ".join(map(say.text, names.values()))
    return f"transform(toString({column}), [{values}], [{words}], toString({column}))"


def named_rows(rows: list[str], source: str) -> str:
    """Rows of `name`, `value` and `note`, of which each panel of a strip shows one; `rows` are SQL tuples."""
    return (
        "SELECT tupleElement(kpi, 1) AS name, tupleElement(kpi, 2) AS value, tupleElement(kpi, 3) AS note\n"
        f"FROM (\n    SELECT arrayJoin([\n        {(',' + chr(10) + '        ').join(rows)}\n    ]) AS kpi\n"
        f"    FROM {source}\n)"
    )


@query
def teams(say: Writer) -> str:
    """The teams to choose from."""
    return "SELECT DISTINCT team AS value FROM salgspuls.sellers ORDER BY value"


@query
def sellers(say: Writer) -> str:
    """The sellers to choose from, of the chosen teams."""
    return (
        "SELECT seller_id AS value, if(name = '', seller_id, name) AS label FROM salgspuls.sellers\n"
        "WHERE has([${team:singlequote}], '') OR has([${team:singlequote}], team)\nORDER BY label, value"
    )


@query
def trackers_changed(say: Writer) -> str:
    """When trackers were added, changed or removed."""
    changed = say.text(texts.TRACKERS_CHANGED)
    return (
        f"SELECT time, time_end AS timeEnd,\n"
        f"    concat({changed}, ': ', arrayStringConcat(arrayConcat(changed, removed_names), ', ')) AS text\n"
        f"FROM {view('tracker_changes', RANGE)}\nORDER BY time DESC\nLIMIT 20"
    )


@query
def rebuilds(say: Writer) -> str:
    """When past calls were reprocessed."""
    rebuilt = say.text(texts.REBUILT)
    return (
        "SELECT begun_at AS time, begun_at AS timeEnd,\n"
        f"    if(reason = '', {rebuilt}, concat({rebuilt}, ': ', reason)) AS text\n"
        "FROM salgspuls.rebuilds\nWHERE $__timeFilter(begun_at)\nORDER BY time DESC\nLIMIT 20"
    )


@query
def gaps(say: Writer) -> str:
    """When no data came."""
    return (
        f"SELECT time, time_end AS timeEnd, {say.text(texts.NO_DATA_CAME)} AS text\n"
        f"FROM {view('data_gaps', RANGE, ZONE)}\nORDER BY time DESC\nLIMIT 20"
    )
