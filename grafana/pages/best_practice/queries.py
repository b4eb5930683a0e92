"""What is asked about best-practice keywords."""

from __future__ import annotations

from grafana.pages.best_practice import texts
from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES
from grafana.panels.queries import query
from grafana.sql import RANGE, TEAMS, ZONE, Writer, view

BEST_WORDS = view("best_practice_words", RANGE, ZONE, TEAMS)
TOP = 20
TRENDS = 5
MUCH_MORE, MORE = 3, 1.5
"""From these lifts on a word's bubble is dark, and less dark."""
SUREST = "place, z DESC, word"
"""The languages take turns."""
NAME = "if(uniqExact(language) OVER () > 1, concat(word, ' (', language, ')'), word) AS name"
"""The word, with its language where there are several."""


@query
def top(say: Writer) -> str:
    """The words, the surest first, with their headline."""
    said = say.sentence(texts.WORDS_HEADLINE, listing=say.listed("arraySlice(items, 1, 3)"))
    return (
        f"SELECT name, uses, concat('× ', {say.sentence('{lift:decimal}')}) AS change, shade,\n"
        f"    {said} AS value\nFROM (\n"
        f"    SELECT name, word, uses, lift, multiIf(lift >= {MUCH_MORE}, 2, lift >= {MORE}, 1, 0) AS shade,\n"
        "        row_number() OVER (ORDER BY place, z DESC, word) AS nth,\n"
        "        groupArray(name) OVER (ORDER BY place, z DESC, word"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS items\n"
        f"    FROM (SELECT *, {NAME} FROM (SELECT * FROM {BEST_WORDS} ORDER BY {SUREST} LIMIT {TOP}))\n)\nORDER BY nth"
    )


@query
def mentioned(say: Writer) -> str:
    """The words to choose from."""
    return (
        f"SELECT name AS value\nFROM (\n    SELECT {NAME}, place, z, word\n"
        f"    FROM {BEST_WORDS}\n    WHERE place <= {TOP}\n)\nORDER BY {SUREST}"
    )


@query
def table(say: Writer) -> str:
    """The words of each language with how often who uses them."""
    return (
        f"SELECT {NAME}, uses, calls, lift, top_rate, other_rate, users\n"
        f"FROM {BEST_WORDS}\nWHERE place <= {TOP}\nORDER BY {SUREST}"
    )


@query
def trend(say: Writer) -> str:
    """The five surest words by day: how often they are said, and in how many calls, which two panels draw."""
    return (
        f"SELECT day AS time, {NAME}, toFloat64(uses) AS uses, toFloat64(calls) AS calls\nFROM (\n"
        f"    SELECT *, dense_rank() OVER (ORDER BY {SUREST}) AS nth\n"
        f"    FROM {view('best_practice_days', RANGE, ZONE, TEAMS)}\n)\n"
        f"WHERE nth <= {TRENDS}\nORDER BY time, name"
    )


@query
def calls(say: Writer) -> str:
    """The newest sentences in which top sellers say the words."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
        "    customer_name AS customer, call_started_at, said, sentence,\n"
        f"    call_id, {CALL_RANGE}\n"
        "FROM (\n"
        "    SELECT call_id AS found_id, start_ms, arrayStringConcat(words, ', ') AS said, text AS sentence\n"
        f"    FROM {view('best_practice_calls', RANGE, ZONE, TEAMS)}\n"
        "    WHERE has([${mentioned:singlequote}], '') OR hasAny([${mentioned:singlequote}],\n"
        "        arrayConcat(words, arrayMap(word -> concat(word, ' (', spoken, ')'), words)))\n) AS found\n"
        "INNER JOIN (SELECT * FROM salgspuls.calls WHERE $__timeFilter(call_started_at)) AS calls"
        " ON calls.call_id = found.found_id\n"
        f"{SELLER_NAMES}\nORDER BY call_started_at DESC, found.start_ms\nLIMIT 200"
    )
