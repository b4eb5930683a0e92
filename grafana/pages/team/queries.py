"""What is asked about top sellers and the team."""

from __future__ import annotations

from typing import NamedTuple

from grafana.i18n import Text
from grafana.pages.common.queries import CURRENCY, SHARES
from grafana.pages.team import texts
from grafana.panels.columns import Unit
from grafana.panels.queries import Query, query
from grafana.sql import RANGE, TEAMS, ZONE, Writer, view

STYLE = view("seller_style", RANGE, ZONE, TEAMS)
GROUPS = view("group_style", RANGE, ZONE, TEAMS)
ENGAGEMENT = view("engagement", RANGE, ZONE, TEAMS)
DIFFERS_FROM = 0.05
INSIGHTS = 12


def _compared(say: Writer, figure: str, more: Text, less: Text, same: Text, **expressions: str) -> str:
    """The headline on two groups: higher, lower, or the same when both are written alike; nothing when one lacks."""
    top, team = f"top_{figure}", f"team_{figure}"
    return (
        f"multiIf({top} IS NULL OR {team} IS NULL, NULL, round({top}, 2) = round({team}, 2),"
        f" {say.sentence(same, **expressions)},"
        f" {top} > {team}, {say.sentence(more, **expressions)},"
        f" {say.sentence(less, **expressions)})"
    )


@query
def groups(say: Writer) -> str:
    """Both groups with all their figures and the headlines on them, for every panel that compares them."""
    top, team = say.text(texts.TOP_SELLERS), say.text(texts.TEAM_AVERAGE)
    figures = {"talk": "talk_ratio", "positive": "positive_share", "switches": "switches_per_hour"}
    windows = ",\n        ".join(
        f"maxOrNullIf({column}, group_name = '{group}') OVER () AS {group}_{name}"
        for name, column in figures.items()
        for group in ("top", "team")
    )
    talk = _compared(
        say,
        "talk",
        texts.TALK_MORE,
        texts.TALK_LESS,
        texts.TALK_SAME,
        top_listen="1 - top_talk",
        team_listen="1 - team_talk",
    )
    mood = _compared(say, "positive", texts.MOOD_BETTER, texts.MOOD_WORSE, texts.MOOD_SAME)
    switching = _compared(say, "switches", texts.SWITCHES_MORE, texts.SWITCHES_LESS, texts.SWITCHES_SAME)
    return (
        f"SELECT if(group_name = 'top', {top}, {team}) AS group_title,\n"
        f"    100 * talk_ratio AS talks, 100 - talks AS listens, {SHARES}, switches_per_hour AS switches,\n"
        f"    {talk} AS talk,\n    {mood} AS mood,\n    {switching} AS switching\n"
        f"FROM (\n    SELECT *,\n        {windows}\n    FROM {GROUPS}\n)\n"
        "WHERE talk_ratio IS NOT NULL\nORDER BY group_name DESC"
    )


@query
def engagement(say: Writer) -> str:
    """Hours with customers by mode, of both groups, and the headline."""
    kinds = ", ".join(
        f"kind = '{raw}', {say.text(text)}" for raw, text in (("email", texts.EMAIL), ("phone", texts.PHONE))
    )
    said = _compared(say, "total", texts.ENGAGEMENT_MORE, texts.ENGAGEMENT_LESS, texts.ENGAGEMENT_SAME)
    return (
        f"SELECT multiIf({kinds}, {say.text(texts.MEETING)}) AS kind_title,\n"
        f"    ifNull(top_hours, 0) AS top, ifNull(team_hours, 0) AS team,\n    {said} AS value\n"
        "FROM (\n    SELECT *, sumOrNull(top_hours) OVER () AS top_total, sumOrNull(team_hours) OVER () AS team_total\n"
        f"    FROM {ENGAGEMENT}\n)\nWHERE team_total > 0\nORDER BY indexOf(['email', 'phone', 'meeting'], kind)"
    )


class Metric(NamedTuple):
    """A figure of conversation style: its column, how it is shown, and what more and less of it is called."""

    column: str
    title: Text
    definition: Text
    scale: float
    unit: Unit
    decimals: int
    more: Text
    less: Text

    @property
    def name(self) -> str:
        """What its panel is called."""
        return self.column.removesuffix("_ms").replace("_", "-")


METRICS = (
    Metric(
        column="talk_ratio",
        title=texts.TALK_RATIO,
        definition=texts.TALK_RATIO_IS,
        scale=100,
        unit=Unit.PERCENT,
        decimals=0,
        more=texts.MORE_TALK,
        less=texts.LESS_TALK,
    ),
    Metric(
        column="words_per_minute",
        title=texts.SPEED,
        definition=texts.SPEED_IS,
        scale=1,
        unit=Unit.NUMBER,
        decimals=0,
        more=texts.FASTER,
        less=texts.SLOWER,
    ),
    Metric(
        column="switches_per_hour",
        title=texts.SWITCHES,
        definition=texts.SWITCHES_BY_SELLER_IS,
        scale=1,
        unit=Unit.NUMBER,
        decimals=0,
        more=texts.MORE_SWITCHES,
        less=texts.LESS_SWITCHES,
    ),
    Metric(
        column="pause_before_speaking_ms",
        title=texts.PAUSE,
        definition=texts.PAUSE_IS,
        scale=0.001,
        unit=Unit.SECONDS,
        decimals=1,
        more=texts.LONGER_PAUSE,
        less=texts.SHORTER_PAUSE,
    ),
    Metric(
        column="longest_monologue_customer_ms",
        title=texts.MONOLOGUE,
        definition=texts.MONOLOGUE_IS,
        scale=0.001,
        unit=Unit.SECONDS,
        decimals=0,
        more=texts.LONGER_MONOLOGUE,
        less=texts.SHORTER_MONOLOGUE,
    ),
)

_NEGATIVE = Metric(
    column="negative_share",
    title=texts.MOOD,
    definition=texts.MOOD_IS,
    scale=1,
    unit=Unit.SHARE,
    decimals=0,
    more=texts.MORE_NEGATIVE,
    less=texts.LESS_NEGATIVE,
)


def insights(page: str, only: str) -> Query:
    """The largest differences of sellers from the mean of the sellers; `only` says of whom."""
    return Query(f"{page}.insights", lambda say: _insights(say, only))


def _insights(say: Writer, only: str) -> str:
    metrics = (*METRICS, _NEGATIVE)
    deviations = ", ".join(
        f"('{metric.column}', {metric.column} / nullIf(avg({metric.column}) OVER (), 0) - 1)"
        for metric in metrics
    )
    cases = ", ".join(
        f"metric = '{metric.column}' AND deviation > 0, {say.sentence(metric.more)},"
        f" metric = '{metric.column}', {say.sentence(metric.less)}"
        for metric in metrics
    )
    return (
        f"SELECT multiIf({cases}, '') AS insight, seller_id\nFROM (\n"
        "    SELECT seller_id, name, tupleElement(item, 1) AS metric, tupleElement(item, 2) AS deviation,\n"
        "        abs(deviation) AS by\n"
        f"    FROM (\n        SELECT seller_id, name, arrayJoin([{deviations}]) AS item\n        FROM {STYLE}\n    )\n"
        f"    WHERE by >= {DIFFERS_FROM} AND {only}\n"
        f")\nORDER BY by DESC, seller_id, metric\nLIMIT {INSIGHTS}"
    )


@query
def sentiment_by_seller(say: Writer) -> str:
    """The three shares of each seller."""
    return (
        f"SELECT name AS seller, {SHARES}\n"
        f"FROM {STYLE}\nWHERE positive_share IS NOT NULL\nORDER BY negative_share DESC, name"
    )


def by_seller(metric: Metric) -> Query:
    """A figure of each seller, and the mean of the sellers."""
    column, scale = metric.column, metric.scale
    return Query(
        f"team.{metric.name}",
        lambda say: (
            f"SELECT name AS seller, {scale} * {column} AS figure,\n"
            f"    {scale} * avg({column}) OVER () AS team_average\n"
            f"FROM {STYLE}\nWHERE {column} IS NOT NULL\nORDER BY figure DESC, name"
        ),
    )


@query
def sellers(say: Writer) -> str:
    """Each seller's calls, revenue and style."""
    return (
        f"WITH {CURRENCY}\n"
        f"SELECT name, team, is_top, calls, {say.sentence('{revenue:money}')} AS revenue_text, talk_ratio,\n"
        "    words_per_minute, switches_per_hour, pause_before_speaking_ms / 1000 AS pause,\n"
        "    longest_monologue_customer_ms / 1000 AS monologue, negative_share, seller_id\n"
        f"FROM {STYLE}\nORDER BY revenue DESC, name"
    )
