"""The numbers of a seller's style, each declared once: the call it is of, its sums by hour, its mean, its definition.

A seller's mean is over their calls, a group's over its sellers' means. From this list come the columns of the hourly
aggregate, those of the views `calls`, `seller_sums`, `seller_style` and `group_style`, the table in docs/definitions.md
and what the panels know of a number. docs/development.md says what else a new one takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "compound", "per minute", "per hour", "milliseconds"]
"""Shares and ratios are 0 to 1, compounds -1 to 1."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number. `name` is its column in `seller_style` and `group_style`, `column` the one in the view `calls`.

    `of_row` is the SQL over a row of calls, NULL where the call does not have the number; `sum_column` and
    `calls_column` are its sum by hour and how many calls that is over.
    """

    name: str
    column: str
    unit: Unit
    definition: str
    sum_column: str
    calls_column: str
    of_row: str = ""
    counts: str = ""
    """The words of a seller that it is the rate of: their name in `processors/lang/*/counted_words.py`, and the column
    of segments with how often they are said."""
    decimals: int = 0
    """With which it is shown; durations in seconds, shares in percent."""
    least: float = 0
    """A difference below this is none, however many percent it is; in its unit."""
    panels: tuple[str, ...] = ()
    """Where it is shown: page.panel."""

    @property
    def sql(self) -> str:
        """The number over a row of calls."""
        return self.of_row or self.column


def _metric(
    name: str,
    unit: Unit,
    definition: str,
    *,
    column: str = "",
    sum_column: str = "",
    calls_column: str = "",
    of_row: str = "",
    counts: str = "",
    decimals: int = 0,
    least: float = 0,
    panels: tuple[str, ...] = (),
) -> Metric:
    return Metric(
        name=name,
        column=column or name,
        unit=unit,
        definition=definition,
        sum_column=sum_column or f"{name}_sum",
        calls_column=calls_column or f"{name}_calls",
        of_row=of_row,
        counts=counts,
        decimals=decimals,
        least=least,
        panels=panels,
    )


def _words_per_minute(words: str, what: str) -> Metric:
    """How often sellers say certain words. The lists of these words are all that it takes beside this declaration and
    the columns."""
    return _metric(
        f"{words}_per_minute",
        "per minute",
        f"{what} / minutes of the seller's own talk time; unknown when one of their segments lacks consent or is "
        "neither Danish nor English",
        column=f"{words}_per_minute_seller",
        counts=words,
        decimals=2,
        least=0.5,
        panels=(f"team.{words.replace('_', '-')}-per-minute",),
    )


def _sentiment_share(kind: str, definition: str) -> Metric:
    return _metric(
        f"{kind}_share",
        "share",
        definition,
        column=f"sentiment_{kind}",
        calls_column="sentiment_calls",
        of_row=f"sentiment_{kind}_ms / nullIf(sentiment_positive_ms + sentiment_neutral_ms + sentiment_negative_ms, 0)",
    )


METRICS = (
    _metric(
        "talk_ratio",
        "share",
        "seller's talk time / both sides' talk time; unknown when nobody spoke",
        panels=("team.talk-ratio", "home.talk-bars"),
    ),
    _metric(
        "words_per_minute",
        "per minute",
        "words / minutes of the seller's own talk time; unknown when one of their segments lacks consent",
        column="words_per_minute_seller",
        panels=("team.words-per-minute",),
    ),
    _words_per_minute("filler_words", "sounds and phrases that fill a pause (um, øh, you know)"),
    _metric(
        "switches_per_hour",
        "per hour",
        "switches / duration in hours",
        panels=("team.switches-per-hour", "home.switches"),
    ),
    _metric(
        "pause_before_speaking_ms",
        "milliseconds",
        "mean over customer-to-seller switches of max(0, seller's start - end of the customer's turn)",
        calls_column="pause_before_speaking_calls",
        decimals=1,
        panels=("team.pause-before-speaking",),
    ),
    _metric(
        "longest_monologue_customer_ms",
        "milliseconds",
        "longest time that the customer speaks without a switch, pauses of at most 2 s included",
        calls_column="calls",
        panels=("team.longest-monologue-customer",),
    ),
    _sentiment_share(
        "positive", "time of the customer's positive segments / time of all that have a sentiment"
    ),
    _sentiment_share("neutral", "the same for neutral segments"),
    _sentiment_share("negative", "the same for negative segments"),
    _metric(
        "compound",
        "compound",
        "mean compound of the customer's segments, weighted by their milliseconds",
        column="sentiment_compound",
        calls_column="sentiment_calls",
    ),
)

MONTH_LEVELS = 3
"""How many levels there are by now; a month whose mark says less is read by its hours."""

_MONTH_LEVELS = f"""\
(
        SELECT (whole, first_rolled, arrayFirst(month -> NOT has(whole, month), asked))
        FROM
        (
            SELECT
                arrayFilter(month -> NOT has(edge_months, month), rolled) AS whole,
                if(empty(rolled), toDate(0), arrayMin(rolled)) AS first_rolled,
                greatest(first_rolled, arrayMin(edge_months)) AS first_asked,
                arrayMap(
                    number -> addMonths(first_asked, number),
                    range(1 + toUInt32(greatest(0, dateDiff('month', first_asked, range_to))))) AS asked
            FROM
            (
                SELECT groupArray(month) AS rolled, arrayMap(edge -> toStartOfMonth(edge), edges) AS edge_months
                FROM salgspuls_store.rolled_months FINAL
                WHERE levels >= {MONTH_LEVELS}
            )
        )
    ) AS levels_of_months,
    tupleElement(levels_of_months, 1) AS whole_months,
    tupleElement(levels_of_months, 2) AS rolled_from,
    tupleElement(levels_of_months, 3) AS hours_from"""
"""Months that are read whole, and where the others' hours are: before `rolled_from`, and from `hours_from` on. The view
defines `edges`, the hours that hold an edge of a window, and `range_to`. A subquery computes them, so that they are
constants where rows are compared with them, and not computed for each row."""

BY_NAME = {metric.name: metric for metric in METRICS}

COUNTED = tuple(metric for metric in METRICS if metric.counts)
"""The metrics that count words; their values stand in this order wherever a row has one for each."""
COUNTED_WORDS = tuple(metric.counts for metric in COUNTED)

_SHARED = ("calls", "sentiment_calls")
"""Numbers of calls that are counted for their own sake, and not by a metric."""


def sums_of_row() -> dict[str, str]:
    """The aggregate's columns that metrics need, each with what one row of calls adds to it."""
    columns: dict[str, str] = {}
    for metric in METRICS:
        columns[metric.sum_column] = f"ifNull({metric.sql}, 0)"
        if metric.calls_column not in _SHARED:
            columns[metric.calls_column] = f"isNotNull({metric.sql})"
    return columns


def fragments() -> dict[str, str]:
    """What the files of the views leave to this list: `{{name}}` -> SQL."""
    sums = sums_of_row()
    return {
        "metrics_of_call": _lines(
            metric.column if metric.sql == metric.column else f"{metric.sql} AS {metric.column}"
            for metric in METRICS
        ),
        "metric_sums": _lines(f"sum({column}) AS {column}" for column in sums),
        "metric_sum_columns": _lines(sums),
        "metric_sums_of_call": _lines(
            part
            for metric in METRICS
            for part in (
                f"ifNull({metric.column}, 0)",
                *([f"isNotNull({metric.column})"] if metric.calls_column not in _SHARED else []),
            )
        ),
        "no_metric_sums": _lines("0" for _ in sums),
        "metric_means": _lines(
            f"sum({metric.sum_column}) / nullIf(sum(style.{metric.calls_column}), 0) AS {metric.name}"
            for metric in METRICS
        ),
        "month_levels": _MONTH_LEVELS,
        "metric_group_means": _lines(f"avgOrNull({metric.name}) AS {metric.name}" for metric in METRICS),
    }


def definitions() -> str:
    """The table of docs/definitions.md."""
    rows = [
        f"| `{metric.name}` | {metric.unit} | {metric.definition} | {', '.join(metric.panels) or '-'} |"
        for metric in METRICS
    ]
    return "\n".join(["| Number | Unit | Definition over a call | Shown |", "|---|---|---|---|", *rows])


def _lines(parts: Iterable[str]) -> str:
    return ",\n    ".join(parts)
