"""What a seller can work on: interruptions, questions, and how long they speak at a stretch; seller by seller, and each
seller's own twelve weeks against what is recommended."""

from __future__ import annotations

from typing import NamedTuple

from grafana import theme
from grafana.config import GOALS, Goal
from grafana.i18n import Language, Text
from grafana.pages.common import texts as words
from grafana.pages.common.panels import TO_SELLER
from grafana.pages.team import texts
from grafana.pages.team.queries import STYLE
from grafana.panels.columns import Column, Link, Unit, hidden
from grafana.panels.panels import PeriodTrend, Table
from grafana.panels.queries import Query, query
from grafana.sql import WHO_FILTER, Writer

WEEKS = 12
_LONG_ENOUGH = "duration_ms >= 60000"
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
    """From the mean to what the chart shows."""

    @property
    def goal(self) -> Goal | None:
        """What is recommended, where something is."""
        return GOALS.get(self.name)


HABITS = (
    Habit(
        "interruptions",
        f"avg(interruptions_seller / {_HOURS})",
        texts.INTERRUPTIONS,
        texts.INTERRUPTIONS_IS,
        "decimal",
        Unit.NUMBER,
        1,
    ),
    Habit(
        "questions",
        f"avgIf(questions_seller / {_HOURS}, consent)",
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


def _recommended(goal: Goal | None, language: Language) -> str:
    return (texts.NO_GOAL if goal is None else goal.shown).of(language)


@query
def habits(say: Writer) -> str:
    """Each seller's habits, below what is recommended; an arrow says on which side of it they are."""

    def shown(habit: Habit) -> str:
        column = _column(habit)
        said = say.sentence(f"{{{column}:{habit.how}}}")
        goal = habit.goal
        if goal is None:
            return f"ifNull({said}, '–') AS {column}_text"
        beside = f"multiIf({column} < {goal.low}, ' ↓', {column} > {goal.high}, ' ↑', ' ✓')"
        return f"ifNull(concat({said}, {beside}), '–') AS {column}_text"

    means = ", ".join(f"{habit.mean} AS {_column(habit)}" for habit in HABITS)
    goals = ", ".join(
        f"'{_recommended(habit.goal, say.language)}' AS {_column(habit)}_text" for habit in HABITS
    )
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
    goal = habit.goal
    bounds = "" if goal is None else f", {habit.scale * goal.low} AS low, {habit.scale * goal.high} AS high"
    first = f"toDateTime(toMonday(toTimeZone(now(), '${{tz}}')) - INTERVAL {WEEKS - 1} WEEK, '${{tz}}')"
    return Query(
        f"team.{habit.name}-by-week",
        lambda say: (
            "SELECT 1000 * toUnixTimestamp(toDateTime(toMonday(toTimeZone(call_started_at, '${tz}')), '${tz}')) AS x,\n"
            f"    {habit.scale} * {habit.mean} AS figure{bounds}\n"
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
        Column("name", words.SELLER, link=TO_SELLER),
        Column("calls", texts.CALLS, unit=Unit.NUMBER, width=90),
        *(Column(f"{_column(habit)}_text", habit.title, width=185) for habit in HABITS),
        *hidden("seller_id"),
    ],
)


def trend(habit: Habit, link: Link) -> PeriodTrend:
    """A habit week by week."""
    goal = habit.goal
    lines = [("figure", texts.OWN, theme.TOP_SELLERS)]
    if goal is not None:
        lines += [("low", texts.GOAL_LOW, theme.TEAM), ("high", texts.GOAL_HIGH, theme.TEAM)]
    return PeriodTrend(
        name=f"{habit.name}-trend",
        title=habit.title,
        definition=habit.definition.then(texts.BY_WEEK).then(goal.source if goal else texts.NO_SOURCE),
        empty=words.NO_CALLS,
        query=by_week(habit),
        link=link,
        columns=[
            Column("x", unit=Unit.AXIS_DAY),
            *(Column(name, title, habit.unit, habit.decimals, colour) for name, title, colour in lines),
        ],
    )
