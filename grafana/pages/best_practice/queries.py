"""What is asked about best-practice keywords."""

from __future__ import annotations

from grafana.pages.best_practice import texts
from grafana.panels.queries import query
from grafana.sql import RANGE, TEAMS, ZONE, Writer, view

BEST_WORDS = view("best_practice_words", RANGE, ZONE, TEAMS)
TOP = 20
MUCH_MORE, MORE = 3, 1.5
"""From these lifts on a word's bubble is dark, and less dark."""


@query
def top(say: Writer) -> str:
    """The words by lift with their headline."""
    said = say.sentence(texts.WORDS_HEADLINE, listing=say.listed("arraySlice(items, 1, 3)"))
    return (
        f"SELECT name, uses, concat('× ', {say.sentence('{lift:decimal}')}) AS change, shade,\n"
        f"    {said} AS value\nFROM (\n"
        f"    SELECT word AS name, uses, lift, multiIf(lift >= {MUCH_MORE}, 2, lift >= {MORE}, 1, 0) AS shade,\n"
        "        row_number() OVER (ORDER BY lift DESC, word) AS place,\n"
        "        groupArray(word) OVER (ORDER BY lift DESC, word"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS items\n"
        f"    FROM (SELECT * FROM {BEST_WORDS} ORDER BY lift DESC, word LIMIT {TOP})\n)\nORDER BY place"
    )


@query
def table(say: Writer) -> str:
    """The words with how often who uses them."""
    return (
        "SELECT word, uses, lift, top_rate, other_rate, users\n"
        f"FROM {BEST_WORDS}\nORDER BY lift DESC, word\nLIMIT {TOP}"
    )
