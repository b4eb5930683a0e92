"""Runs alert rules over simulated time: the same SQL, judged as of each moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clickhouse_connect.driver import Client

from grafana.alerts.evaluate import AlertState, Memory, observe
from grafana.alerts.rules import Rule


def over_time(
    client: Client, rule: Rule, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, list[AlertState]]]:
    """The states of a rule's alerts at each step of [start, end]."""
    memory, now = Memory(), start
    while now <= end:
        yield now, observe(rule, client.query(rule.sql_at(now)).named_results(), now, memory)
        now += step


@dataclass(frozen=True, slots=True)
class Episode:
    """An alert that fired: from when to when it was seen firing."""

    labels: tuple[str, ...]
    began: datetime
    ended: datetime


def episodes(states: Iterator[tuple[datetime, list[AlertState]]]) -> Sequence[Episode]:
    """What fired over time, in the order in which it began."""
    firing: dict[tuple[tuple[str, ...], datetime], datetime] = {}
    for now, alerts in states:
        for alert in alerts:
            if alert.state == "firing":
                firing[tuple(alert.labels.values()), alert.since] = now
    found = [Episode(labels, began, ended) for (labels, began), ended in firing.items()]
    return sorted(found, key=lambda episode: episode.began)
