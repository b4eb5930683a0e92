"""What is asked about the chosen sellers."""

from __future__ import annotations

from grafana.pages.common.queries import CURRENCY, OF_CHOSEN_KIND, named_rows
from grafana.pages.seller import texts
from grafana.pages.team.queries import STYLE
from grafana.panels.queries import query
from grafana.sql import WHO_FILTER, Writer

CHOSEN = "(has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))"


@query
def names(say: Writer) -> str:
    """Who is looked at."""
    return (
        f"SELECT if(has([${{seller:singlequote}}], ''), {say.text(texts.EVERYBODY)},"
        " arrayStringConcat(groupArray(name), ', ')) AS value\n"
        f"FROM (SELECT name FROM {STYLE} WHERE {CHOSEN} ORDER BY name)\nHAVING count() > 0"
    )


@query
def against_team(say: Writer) -> str:
    """The figures of the chosen sellers, beside those of the team."""

    def row(name: str, chosen: str, team: str, how: str) -> str:
        value = say.sentence(f"{{value:{how}}}", value=chosen)
        beside = say.sentence(f"{{value:{how}}}", value=team)
        said = say.sentence(texts.AGAINST_TEAM, team_value=f"ifNull({beside}, '–')")
        return f"('{name}', ifNull({value}, '–'), {said})"

    def mean(name: str, column: str, how: str) -> str:
        return row(name, f"avgOrNullIf({column}, {CHOSEN})", f"avgOrNullIf({column}, enough)", how)

    rows = [
        row("calls", f"sumIf(calls, {CHOSEN})", "sum(calls) / nullIf(count(), 0)", "whole"),
        row("revenue", f"sumIf(revenue, {CHOSEN})", "sum(revenue) / nullIf(count(), 0)", "money"),
        mean("talk-ratio", "talk_ratio", "percent"),
        mean("positive", "positive_share", "percent"),
        mean("speed", "words_per_minute", "whole"),
        mean("switches", "switches_per_hour", "whole"),
        mean("pause", "pause_before_speaking_ms / 1000", "seconds"),
        mean("monologue", "longest_monologue_customer_ms / 1000", "seconds"),
    ]
    return f"WITH {CURRENCY}\n" + named_rows(rows, STYLE)


@query
def sentiment_per_call(say: Writer) -> str:
    """The customer's mean compound in the latest calls."""
    return (
        "SELECT time, compound\nFROM (\n"
        "    SELECT call_started_at AS time, sentiment_compound AS compound\n"
        "    FROM salgspuls.calls\n"
        f"    WHERE $__timeFilter(call_started_at) AND {WHO_FILTER} AND sentiment_compound IS NOT NULL\n"
        f"        AND {OF_CHOSEN_KIND}\n"
        "    ORDER BY call_started_at DESC\n    LIMIT 100\n)\nORDER BY time"
    )
