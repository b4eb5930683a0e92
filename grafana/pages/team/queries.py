"""What is asked about top sellers and the team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clickhouse.schema import metrics
from grafana.i18n import Text
from grafana.pages.common.queries import (
    CALL_RANGE,
    CALL_TITLE,
    CURRENCY,
    OF_CHOSEN_KIND,
    SELLER_NAME,
    SELLER_NAMES,
    SHARES,
)
from grafana.pages.team import texts
from grafana.panels.columns import Unit
from grafana.panels.queries import Query, query
from grafana.sql import ANY_KIND, ENOUGH, OF_KIND, RANGE, TEAMS, WHO_FILTER, ZONE, Writer, view

STYLE = view("seller_style", RANGE, ZONE, TEAMS, OF_KIND, ENOUGH)
"""Of the chosen kinds of calls."""
EVERY_SELLER = view("seller_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH)
GROUPS = view("group_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH)
ENGAGEMENT = view("engagement", RANGE, ZONE, TEAMS, ENOUGH)
DIFFERS_FROM = 0.05
"""What differs by less of the team's mean is about the same."""
DIFFERS_BY_POINTS = 0.02
"""Of shares, so many are enough."""
INSIGHTS = 12


def _compared(
    say: Writer, figure: str, differs: str, more: Text, less: Text, same: Text, **expressions: str
) -> str:
    """The headline on two groups: higher, lower, or about the same, for which `differs` is the SQL; nothing when one
    of them lacks. With how many of the sellers count, when not all of them do."""
    top, team = f"top_{figure}", f"team_{figure}"
    headline = (
        f"multiIf({top} IS NULL OR {team} IS NULL, NULL, NOT ({differs}), {say.sentence(same, **expressions)},"
        f" {top} > {team}, {say.sentence(more, **expressions)}, {say.sentence(less, **expressions)})"
    )
    return f"concat({headline}, if(counted < of_all, {say.sentence(texts.COUNTED)}, ''))"


def _by(figure: str) -> str:
    return f"abs(top_{figure} - team_{figure})"


def _error(figure: str) -> str:
    """The standard error of a mean of so many sellers as the top group has."""
    return f"team_{figure}_spread / sqrt(top_sellers)"


def _differs(figure: str, is_share: bool) -> str:
    """Whether two groups differ: by two percentage points or by 5 %, and beyond the standard error."""
    by = _by(figure)
    points = f"{by} >= {DIFFERS_BY_POINTS} OR " if is_share else ""
    return f"({points}{by} >= {DIFFERS_FROM} * abs(team_{figure})) AND {by} > {_error(figure)}"


@query
def groups(say: Writer) -> str:
    """Both groups with all their figures and the headlines on them, for every panel that compares them."""
    top, team = say.text(texts.TOP_SELLERS), say.text(texts.TEAM_AVERAGE)
    figures = {"talk": "talk_ratio", "positive": "positive_share", "switches": "switches_per_hour"}
    columns = {
        **{
            f"{group}_{name}": (column, group)
            for name, column in figures.items()
            for group in ("top", "team")
        },
        **{f"team_{name}_spread": (f"{column}_spread", "team") for name, column in figures.items()},
        "top_sellers": ("sellers", "top"),
        "counted": ("sellers", "team"),
        "of_all": ("all_sellers", "team"),
    }
    windows = ",\n        ".join(
        f"maxOrNullIf({column}, group_name = '{group}') OVER () AS {name}"
        for name, (column, group) in columns.items()
    )
    talk = _compared(
        say,
        "talk",
        _differs("talk", is_share=True),
        texts.TALK_MORE,
        texts.TALK_LESS,
        texts.TALK_SAME,
        top_listen="1 - top_talk",
        team_listen="1 - team_talk",
    )
    mood = _compared(
        say,
        "positive",
        _differs("positive", is_share=True),
        texts.MOOD_BETTER,
        texts.MOOD_WORSE,
        texts.MOOD_SAME,
    )
    switching = _compared(
        say,
        "switches",
        _differs("switches", is_share=False),
        texts.SWITCHES_MORE,
        texts.SWITCHES_LESS,
        texts.SWITCHES_SAME,
    )
    said = {"talk": texts.COMPARED_SHARE, "positive": texts.COMPARED_SHARE, "switches": texts.COMPARED_RATE}
    compared = ",\n    ".join(
        f"{say.sentence(text, group='group_title', figure=figures[name], by=_by(name), error=_error(name))}"
        f" AS {name}_compared"
        for name, text in said.items()
    )
    return (
        f"SELECT if(group_name = 'top', {top}, {team}) AS group_title,\n"
        f"    100 * talk_ratio AS talks, 100 - talks AS listens, {SHARES}, switches_per_hour AS switches,\n"
        f"    {talk} AS talk,\n    {mood} AS mood,\n    {switching} AS switching,\n    {compared}\n"
        f"FROM (\n    SELECT *,\n        {windows}\n    FROM {GROUPS}\n)\n"
        "WHERE talk_ratio IS NOT NULL\nORDER BY group_name DESC"
    )


@query
def engagement(say: Writer) -> str:
    """Hours with customers by mode, of both groups, and the headline."""
    kinds = ", ".join(
        f"kind = '{raw}', {say.text(text)}" for raw, text in (("email", texts.EMAIL), ("phone", texts.PHONE))
    )
    said = _compared(
        say,
        "total",
        _differs("total", is_share=False),
        texts.ENGAGEMENT_MORE,
        texts.ENGAGEMENT_LESS,
        texts.ENGAGEMENT_SAME,
    )
    compared = say.sentence(texts.COMPARED_HOURS, by=_by("total"), error=_error("total"))
    return (
        f"SELECT multiIf({kinds}, {say.text(texts.MEETING)}) AS kind_title,\n"
        f"    ifNull(top_hours, 0) AS top, ifNull(team_hours, 0) AS team,\n    {said} AS value,\n"
        f"    {compared} AS compared\n"
        "FROM (\n    SELECT *, spread AS team_total_spread, sumOrNull(top_hours) OVER () AS top_total,\n"
        "        sumOrNull(team_hours) OVER () AS team_total, sellers AS counted, all_sellers AS of_all\n"
        f"    FROM {ENGAGEMENT}\n)\nWHERE team_total > 0\nORDER BY indexOf(['email', 'phone', 'meeting'], kind)"
    )


_SHOWN_AS: Mapping[metrics.Unit, tuple[float, Unit]] = {
    "share": (100, Unit.PERCENT),
    "per minute": (1, Unit.NUMBER),
    "per hour": (1, Unit.NUMBER),
    "milliseconds": (0.001, Unit.SECONDS),
}
"""By what a number is times how much of what."""


class Metric(NamedTuple):
    """A figure of conversation style: its panel's name, its column, how it is shown, and what it is called."""

    name: str
    column: str
    scale: float
    unit: Unit
    decimals: int
    texts: texts.MetricTexts


def _shown(metric: metrics.Metric) -> Iterator[Metric]:
    """The metric as it is shown on this page, if it is."""
    for page, _, panel in (name.partition(".") for name in metric.panels):
        if page == "team":
            scale, unit = _SHOWN_AS[metric.unit]
            yield Metric(panel, metric.name, scale, unit, metric.decimals, texts.METRICS[metric.name])


METRICS = tuple(shown for metric in metrics.METRICS for shown in _shown(metric))


def insights(page: str, only: str) -> Query:
    """The largest differences of sellers from the mean of the sellers; `only` says of whom."""
    return Query(f"{page}.insights", lambda say: _insights(say, only))


def _insights(say: Writer, only: str) -> str:
    deviations = ", ".join(
        f"('{metric.name}', {deviation(metric)})"
        for metric in metrics.METRICS
        if metric.name in texts.METRICS
    )
    cases = ", ".join(
        f"metric = '{column}' AND deviation > 0, {say.sentence(said.more)},"
        f" metric = '{column}', {say.sentence(said.less)}"
        for column, said in texts.METRICS.items()
    )
    return (
        f"SELECT multiIf({cases}, '') AS insight, seller_id\nFROM (\n"
        "    SELECT seller_id, name, tupleElement(item, 1) AS metric, tupleElement(item, 2) AS deviation,\n"
        "        abs(deviation) AS by\n"
        f"    FROM (\n        SELECT seller_id, name, arrayJoin([{deviations}]) AS item\n"
        f"        FROM {STYLE} WHERE enough\n    )\n"
        f"    WHERE by >= {DIFFERS_FROM} AND {only}\n"
        f")\nORDER BY by DESC, seller_id, metric\nLIMIT {INSIGHTS}"
    )


def deviation(metric: metrics.Metric) -> str:
    """A seller's difference from the mean of the sellers, as a share of it."""
    mean = f"avg({metric.name}) OVER ()"
    share = f"{metric.name} / nullIf({mean}, 0) - 1"
    return f"if(abs({metric.name} - {mean}) < {metric.least}, 0, {share})" if metric.least else share


def _named(say: Writer) -> str:
    """A seller, and whether there are too few calls to judge them by."""
    return f"if(enough, name, concat(name, ', ', {say.text(texts.TOO_FEW)}))"


@query
def sentiment_by_seller(say: Writer) -> str:
    """The three shares of each seller."""
    return (
        f"SELECT {_named(say)} AS seller, {SHARES}, seller_id, NOT enough AS too_few\n"
        f"FROM {STYLE}\nWHERE positive_share IS NOT NULL\nORDER BY enough DESC, negative_share DESC, name"
    )


def by_seller(metric: Metric) -> Query:
    """A figure of each seller, and the mean of the sellers."""
    column, scale = metric.column, metric.scale
    return Query(
        f"team.{metric.name}",
        lambda say: (
            f"SELECT {_named(say)} AS seller, {scale} * {column} AS figure,\n"
            f"    {scale} * avgOrNullIf({column}, enough) OVER () AS team_average, seller_id,\n"
            "    NOT enough AS too_few\n"
            f"FROM {STYLE}\nWHERE {column} IS NOT NULL\nORDER BY enough DESC, figure DESC, name"
        ),
    )


@query
def sellers(say: Writer) -> str:
    """Each seller's calls, revenue and style."""
    return (
        f"WITH {CURRENCY}\n"
        "SELECT name, team, if(enough, toUInt8(is_top), 2) AS is_top, calls,\n"
        f"    {say.sentence('{revenue:money}')} AS revenue_text, talk_ratio,\n"
        "    words_per_minute, switches_per_hour, pause_before_speaking_ms / 1000 AS pause,\n"
        "    longest_monologue_customer_ms / 1000 AS monologue, negative_share, seller_id\n"
        f"FROM {STYLE}\nORDER BY revenue DESC, name"
    )


@query
def history(say: Writer) -> str:
    """The latest calls."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME}, customer_name AS customer, call_started_at,\n"
        "    toFloat64(duration_ms) / 60000 AS minutes, talk_ratio, switches_per_hour, sentiment_label,\n"
        f"    call_id, {CALL_RANGE}\n"
        f"FROM salgspuls.calls AS calls\n{SELLER_NAMES}\n"
        f"WHERE $__timeFilter(call_started_at) AND {WHO_FILTER}\n    AND {OF_CHOSEN_KIND}\n"
        "ORDER BY call_started_at DESC, call_id\nLIMIT 200"
    )
