"""An alert rule: what is looked at (a view of the database), from which value on it counts, and what is said then.

Its words are Grafana's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from grafana.i18n import Text

Kind = Literal["sentiment", "data", "deals"]
Severity = Literal["critical", "warning", "info"]
OnError = Literal["keep", "alert"]
"""What a query that fails does to the alerts of its rule: they stay as they are, or that is what the rule is for."""

NOW = "now64(3)"
"""How a rule's SQL names the moment that it judges."""


@dataclass(frozen=True, slots=True)
class Office:
    """When calls are expected, Monday to Friday, in a time zone of the IANA database."""

    timezone: str = "Europe/Copenhagen"
    opens: time = time(8)
    closes: time = time(17)

    @property
    def zone_argument(self) -> str:
        """The zone, as a view's argument."""
        return f"tz = '{self.timezone}'"

    @property
    def hours_arguments(self) -> str:
        """The hours in minutes of the day, as a view's arguments."""
        return f"opens = {_minutes(self.opens)}, closes = {_minutes(self.closes)}"


@dataclass(frozen=True, slots=True)
class Limit:
    """From where on a value counts; the limit itself does not."""

    side: Literal["above", "below"]
    value: float

    def breached(self, value: float) -> bool:
        return value > self.value if self.side == "above" else value < self.value


@dataclass(frozen=True, slots=True)
class PanelLink:
    """A panel of a page, and what its address is given besides; `{label}` stands for a label of the alert."""

    page: str
    panel: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Each row of `source` is an alert of its own, known by its `labels`.

    `values` are SQL expressions by name; the first one is what `limit` is for, the others are only reported. An alert
    fires when the limit has been breached `for_` so long without a break, and goes on for `keep_firing_for` after that
    has ended. In `summary` `{label}` is a label, `{value}` a number without decimals; `over` is what is said when it is
    over, and `who` names whom it is about, by labels. `panel` shows the whole, `details` where it comes from.
    """

    uid: str
    title: Text
    description: Text
    summary: Text
    over: Text
    who: str
    kind: Kind
    severity: Severity
    source: str
    labels: tuple[str, ...]
    values: Mapping[str, str]
    limit: Limit
    interval: timedelta
    for_: timedelta
    keep_firing_for: timedelta
    panel: PanelLink
    details: PanelLink
    on_error: OnError = "keep"

    @property
    def condition(self) -> str:
        """The name of the value that the limit is for."""
        return next(iter(self.values))

    @property
    def sql(self) -> str:
        """All alerts with their labels and all values."""
        return self._select(tuple(self.values))

    def sql_of(self, value: str) -> str:
        """All alerts with their labels and one value: the form that Grafana takes."""
        return self._select((value,))

    def sql_at(self, moment: datetime) -> str:
        """The same as `sql`, of another moment."""
        return self.sql.replace(NOW, f"toDateTime64('{moment.astimezone(UTC):%F %T}', 3, 'UTC')")

    def _select(self, values: tuple[str, ...]) -> str:
        columns = [f"toString({label}) AS {label}" for label in self.labels]
        columns += [f"toFloat64({self.values[name]}) AS {name}" for name in values]
        # a value that is not known (NULL) would fire in Grafana
        known = f"isNotNull({self.values[self.condition]})"
        return f"SELECT {', '.join(columns)}\nFROM ({self.source})\nWHERE {known}"


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(text: str) -> list[str]:
    """The names in braces."""
    return _PLACEHOLDER.findall(text)


def filled(text: str, labels: Mapping[str, str], values: Mapping[str, float]) -> str:
    """The text with labels and rounded values in place of their names."""
    known = {**{name: f"{value:.0f}" for name, value in values.items()}, **labels}
    return _PLACEHOLDER.sub(lambda match: known[match[1]], text)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
