"""What a seller can work on: interruptions, questions, and how long they speak at a stretch; seller by seller, and each
seller's own twelve weeks against what is recommended."""

from __future__ import annotations

from typing import NamedTuple

from grafana import theme
from grafana.config import GOALS
from grafana.i18n import Text
from grafana.pages.common import texts as words
from grafana.pages.common.panels import TO_SELLER_OF_KIND
from grafana.pages.common.queries import OF_CHOSEN_KIND
from grafana.pages.team import texts
from grafana.pages.team.queries import STYLE
from grafana.panels.columns import Column, Link, Unit, hidden
from grafana.panels.panels import PeriodTrend, Table
from grafana.panels.queries import Query, query
from grafana.sql import NBSP, WHO_FILTER, Writer, quoted

WEEKS = 12
_LONG_ENOUGH = f"duration_ms >= 1000 * ${{enough_seconds}} AND {OF_CHOSEN_KIND}"
_HOURS = "(duration_ms / 3600000)"


class Habit(NamedTuple):
    """A number that is coached: its mean over calls in SQL, how it is written and shown, what is recommended."""

    name: str
    mean: str
    title: Text
    definition: Text
    how: str
    unit: Unit
    decimals: int
    scale: float = 1
    """From the mean to what is shown."""

    def bound(self, side: str) -> str:
        """SQL of the `low` or the `high` end of what is recommended, as it is shown; NULL where nothing is."""
        number = "([0-9]+)-" if side == "low" else "[0-9]+-([0-9]+)"
        return f"toFloat64OrNull(extract(${{goals:singlequote}}, '(?:^|,){self.name}={number}'))"

    @property
    def source(self) -> Text:
        """Who recommends it."""
        goal = GOALS.get(self.name)
        return texts.NO_SOURCE if goal is None else texts.SOURCE.then(goal.source).then(texts.UNLESS)


HABITS = (
    Habit(
        "talk-ratio",
        "avg(talk_ratio)",
        texts.TALK_RATIO,
        texts.OWN_TALK_RATIO_IS,
        "percent",
        Unit.PERCENT,
        0,
        100,
    ),
    Habit(
        "interruptions",
        f"sum(interruptions_seller) / nullIf(sum({_HOURS}), 0)",
        texts.INTERRUPTIONS,
        texts.INTERRUPTIONS_IS,
        "decimal",
        Unit.NUMBER,
        1,
    ),
    Habit(
        "questions",
        f"sumIf(questions_seller, consent) / nullIf(sumIf({_HOURS}, consent), 0)",
        texts.QUESTIONS,
        texts.QUESTIONS_IS,
        "decimal",
        Unit.NUMBER,
        1,
    ),
    Habit(
        "engaging",
        "sum(questions_seller_open) / nullIf(sum(questions_seller), 0)",
        texts.ENGAGING,
        texts.ENGAGING_IS,
        "percent",
        Unit.PERCENT,
        0,
        100,
    ),
    Habit(
        "own-monologue",
        "avg(longest_monologue_seller_ms) / 1000",
        texts.OWN_MONOLOGUE,
        texts.OWN_MONOLOGUE_IS,
        "seconds",
        Unit.SECONDS,
        0,
    ),
)


def _column(habit: Habit) -> str:
    return habit.name.replace("-", "_")


_SUFFIXES = {Unit.PERCENT: f"{NBSP}%", Unit.SECONDS: f"{NBSP}s"}


@query
def habits(say: Writer) -> str:
    """Each seller's habits, below what is recommended; an arrow says on which side of it they are."""

    def shown(habit: Habit) -> str:
        column = _column(habit)
        said = say.sentence(f"{{{column}:{habit.how}}}")
        low, high = habit.bound("low"), habit.bound("high")
        figure = f"{habit.scale} * {column}"
        beside = f"multiIf({low} IS NULL, '', {figure} < {low}, ' ↓', {figure} > {high}, ' ↑', ' ✓')"
        return f"ifNull(concat({said}, {beside}), '–') AS {column}_text"

    def recommended(habit: Habit) -> str:
        low, high = (f"toString({habit.bound(side)})" for side in ("low", "high"))
        suffix = quoted(_SUFFIXES.get(habit.unit, ""))
        return f"ifNull(concat({low}, '–', {high}, {suffix}), {say.text(texts.NO_GOAL)}) AS {_column(habit)}_text"

    means = ", ".join(f"{habit.mean} AS {_column(habit)}" for habit in HABITS)
    goals = ", ".join(map(recommended, HABITS))
    names = [f"{_column(habit)}_text" for habit in HABITS]
    named = f"concat(known_name, if(enough, '', concat(', ', {say.text(texts.TOO_FEW)})))"
    return (
        f"SELECT name, calls, {', '.join(names)}, seller_id\nFROM (\n"
        f"    SELECT 0 AS place, {say.text(texts.RECOMMENDED)} AS name, NULL AS calls, {goals}, NULL AS seller_id\n"
        "    UNION ALL\n"
        f"    SELECT if(enough, 1, 2) AS place, {named} AS name, calls, {', '.join(map(shown, HABITS))}, seller_id\n"
        "    FROM (\n"
        f"        SELECT seller_id, count() AS calls, {means},\n"
        f"            seller_id IN (SELECT seller_id FROM {STYLE} WHERE enough) AS enough\n"
        "        FROM salgspuls.calls\n"
        f"        WHERE $__timeFilter(call_started_at) AND {_LONG_ENOUGH} AND {WHO_FILTER}\n"
        "        GROUP BY seller_id\n    ) AS done\n"
        "    LEFT JOIN (SELECT seller_id AS id, if(name = '', seller_id, name) AS known_name FROM salgspuls.sellers)"
        " AS known ON known.id = done.seller_id\n"
        ")\nWHERE (SELECT count() FROM salgspuls.calls WHERE $__timeFilter(call_started_at)) > 0\n"
        "ORDER BY place, name"
    )


def by_week(habit: Habit) -> Query:
    """A habit of the chosen sellers week by week, whatever the range is, beside what is recommended."""
    first = f"toDateTime(toMonday(toTimeZone(now(), '${{tz}}')) - INTERVAL {WEEKS - 1} WEEK, '${{tz}}')"
    return Query(
        f"team.{habit.name}-by-week",
        lambda say: (
            "SELECT 1000 * toUnixTimestamp(toDateTime(toMonday(toTimeZone(call_started_at, '${tz}')), '${tz}')) AS x,\n"
            f"    {habit.scale} * {habit.mean} AS figure,\n"
            f"    {habit.bound('low')} AS low, {habit.bound('high')} AS high\n"
            f"FROM salgspuls.calls\nWHERE call_started_at >= {first} AND {_LONG_ENOUGH} AND {WHO_FILTER}\n"
            "GROUP BY x\nORDER BY x"
        ),
    )


HABITS_TABLE = Table(
    name="habits",
    title=texts.HABITS,
    definition=texts.HABITS_ARE,
    empty=words.NO_CALLS,
    query=habits,
    columns=[
        Column("name", words.SELLER, link=TO_SELLER_OF_KIND),
        Column("calls", texts.CALLS, unit=Unit.NUMBER, width=90),
        *(Column(f"{_column(habit)}_text", habit.title, width=165) for habit in HABITS),
        *hidden("seller_id"),
    ],
)


def trend(habit: Habit, link: Link) -> PeriodTrend:
    """A habit week by week."""
    lines = [
        Column("figure", texts.OWN, habit.unit, habit.decimals, theme.TOP_SELLERS),
        *(
            Column(name, title, habit.unit, habit.decimals, theme.TEAM, optional=True)
            for name, title in (("low", texts.GOAL_LOW), ("high", texts.GOAL_HIGH))
        ),
    ]
    return PeriodTrend(
        name=f"{habit.name}-trend",
        title=habit.title,
        definition=habit.definition.then(texts.BY_WEEK).then(habit.source),
        empty=words.NO_CALLS,
        query=by_week(habit),
        link=link,
        columns=[Column("x", unit=Unit.AXIS_DAY), *lines],
    )
