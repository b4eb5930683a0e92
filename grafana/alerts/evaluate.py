"""The state of every alert without a Grafana: the same SQL, limits and durations. Pure, but for the query passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal  # Any: values as the driver has them

from grafana.alerts.rules import Rule, filled
from grafana.i18n import Language

State = Literal["normal", "pending", "firing"]
Query = Callable[[str], Iterable[Mapping[str, Any]]]
"""Runs SQL; gives its rows by column. What it raises is an alert state of its own: `AlertState.error`."""

Key = tuple[str, tuple[str, ...]]
_LONGEST_ERROR = 300
_ORDER: dict[State, int] = {"firing": 0, "pending": 1, "normal": 2}


@dataclass(frozen=True, slots=True)
class AlertState:
    """How one alert stands. `since` is when pending or firing began, else when it was looked at. A rule whose query
    fails has its alerts as they were, and beside them a normal one with an `error` and without labels."""

    rule: Rule
    labels: Mapping[str, str]
    values: Mapping[str, float]
    state: State
    since: datetime
    error: str = ""

    def summary(self, language: Language) -> str:
        """One sentence for people."""
        return filled(self.rule.summary.of(language), self.labels, self.values)


@dataclass(frozen=True, slots=True)
class _Active:
    """An alert that is not normal, and when the limit was last breached."""

    alert: AlertState
    breached_at: datetime


@dataclass(slots=True)
class Memory:
    """What is kept from one evaluation to the next: the alerts that are not normal, and each rule's last answer."""

    alerts: dict[Key, _Active] = field(default_factory=dict)
    answers: dict[str, tuple[datetime, list[AlertState]]] = field(default_factory=dict)

    def due(self, rule: Rule, now: datetime) -> bool:
        """Whether the rule's interval has passed since it was last asked."""
        return rule.uid not in self.answers or now - self.answers[rule.uid][0] >= rule.interval


def evaluate(rules: Sequence[Rule], query: Query, now: datetime, memory: Memory) -> list[AlertState]:
    """The states of all alerts of the rules: first the firing ones, then the pending ones, each by rule.

    A rule whose interval has not passed is not asked again; its last answer stands. `memory` is changed.
    """
    for rule in rules:
        if memory.due(rule, now):
            memory.answers[rule.uid] = now, _ask(rule, query, now, memory)
    states = [state for rule in rules for state in memory.answers[rule.uid][1]]
    return sorted(states, key=lambda alert: _ORDER[alert.state])


def _ask(rule: Rule, query: Query, now: datetime, memory: Memory) -> list[AlertState]:
    try:
        rows = list(query(rule.sql))
    except Exception as error:  # whatever it is, the other rules go on
        failed = AlertState(rule, {}, {}, "normal", now, error=str(error)[:_LONGEST_ERROR] or repr(error))
        # nobody knows whether they are over
        kept = [active.alert for key, active in memory.alerts.items() if key[0] == rule.uid]
        return [*kept, failed]
    return observe(rule, rows, now, memory)


def observe(rule: Rule, rows: Iterable[Mapping[str, Any]], now: datetime, memory: Memory) -> list[AlertState]:
    """The states of a rule's alerts by the rows that its query gave at a moment; `memory` is changed.

    An alert that is no longer among the rows is judged as one that does not breach the limit.
    """
    gone = {key for key in memory.alerts if key[0] == rule.uid}
    states = []
    for row in rows:
        labels = {name: str(row[name]) for name in rule.labels}
        values = {name: float(row[name]) for name in rule.values if row[name] is not None}
        key = (rule.uid, tuple(labels.values()))
        gone.discard(key)
        found = AlertState(rule, labels, values, "normal", now)
        states.append(_step(key, found, rule.limit.breached(values[rule.condition]), memory))
    for key in sorted(gone):
        alert = _step(key, replace(memory.alerts[key].alert, state="normal", since=now), False, memory)
        if alert.state != "normal":
            states.append(alert)
    return states


def _step(key: Key, found: AlertState, breached: bool, memory: Memory) -> AlertState:
    """The alert's next state: Grafana's, with its pending period and its `keep firing for`."""
    rule, kept, now = found.rule, memory.alerts.get(key), found.since
    state: State
    since = breached_at = now
    if breached:
        if kept is None:
            state = "pending" if rule.for_ else "firing"
        elif kept.alert.state == "pending" and now - kept.alert.since >= rule.for_:
            state = "firing"
        else:
            state, since = kept.alert.state, kept.alert.since
    elif kept is not None and kept.alert.state == "firing" and now - kept.breached_at < rule.keep_firing_for:
        # what it says is of then
        state, since, breached_at, found = "firing", kept.alert.since, kept.breached_at, kept.alert
    else:
        memory.alerts.pop(key, None)
        return found
    alert = replace(found, state=state, since=since)
    memory.alerts[key] = _Active(alert, breached_at)
    return alert
