"""Runs alert rules over simulated time: the same SQL, judged as of each moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from clickhouse_connect.driver import Client

from grafana.alerts.evaluate import AlertState, Memory, observe
from grafana.alerts.rules import Rule

Stretch = tuple[datetime, datetime]
"""From when to when."""


def moments(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    """Each step of [start, end]."""
    now = start
    while now <= end:
        yield now
        now += step


def states_at(
    client: Client, rule: Rule, looks: Iterable[datetime]
) -> Iterator[tuple[datetime, list[AlertState]]]:
    """The states of a rule's alerts at moments that follow one another."""
    memory = Memory()
    for now in looks:
        yield now, observe(rule, client.query(rule.sql_at(now)).named_results(), now, memory)


def over_time(
    client: Client, rule: Rule, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, list[AlertState]]]:
    """The states of a rule's alerts at each step of [start, end]."""
    return states_at(client, rule, moments(start, end, step))


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


_NEGATIVE_CALLS = 3
_CALL_SPEAKS_MS = 8_000
_WINDOWS_MS = (90_000, 900_000)


def with_negative_calls(client: Client) -> list[Stretch]:
    """When at least three calls of a team are negative, as a spike needs it; at all other times there is none.

    So the rule's SQL need not be run at each of a year's three million moments.
    """
    said: dict[tuple[str, str], list[tuple[int, int, bool]]] = defaultdict(list)
    for team, call, start, end, negative in client.query(
        "SELECT sellers.team, call_id, toUnixTimestamp64Milli(spoken_at), end_ms - start_ms, sentiment = 'negative'"
        " FROM salgspuls.segments AS segments"
        " INNER JOIN salgspuls.sellers AS sellers ON sellers.seller_id = segments.seller_id"
        " WHERE speaker = 'customer' AND sentiment != ''"
    ).result_rows:
        said[team, call].append((start, start + end, bool(negative)))
    found = []
    for window in _WINDOWS_MS:
        steps: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for (team, _), spoken in said.items():
            for begins, ends in _negative(spoken, window):
                steps[team] += (begins, 1), (ends, -1)
        for changes in steps.values():
            calls, since = 0, 0
            for at, change in sorted(changes):
                calls += change
                if change == 1 and calls == _NEGATIVE_CALLS:
                    since = at
                elif change == -1 and calls == _NEGATIVE_CALLS - 1:
                    found.append((since, at))
    return [(_moment(begins), _moment(ends)) for begins, ends in sorted(found) if begins < ends]


def _negative(spoken: list[tuple[int, int, bool]], window: int) -> Iterator[tuple[int, int]]:
    """From when to when a call's customer is mostly negative, in ms; a segment counts once it has ended."""
    changes = [
        change
        for start, end, negative in spoken
        for change in ((end, end - start, negative), (start + window, start - end, negative))
        if end < start + window
    ]
    speech = negative_speech = 0
    since = None
    for at, ms, negative in sorted(changes):
        speech += ms
        negative_speech += ms * negative
        if speech >= _CALL_SPEAKS_MS and 2 * negative_speech >= speech:
            since = at if since is None else since
        elif since is not None:
            yield since, at
            since = None


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def looks_at(stretches: Sequence[Stretch], every: timedelta, keeps: timedelta) -> list[datetime]:
    """Each `every` of the stretches, and when an alert of theirs has ended; stretches are sorted by their beginning."""
    looks: set[datetime] = set()
    for begins, ends in stretches:
        looks.update(moments(begins, ends, every))
        looks.add(ends + keeps + every)
    return sorted(looks)
