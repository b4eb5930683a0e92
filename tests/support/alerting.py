"""Runs alert rules over simulated time: the same SQL, judged as of each moment."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from clickhouse_connect.driver import Client

from grafana.alerts.evaluate import AlertState, Memory, observe
from grafana.alerts.rules import Rule


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
_SPEECH_MS = 30_000
_ABOVE_USUAL = 0.1
_COMPOUNDS_DIFFER_BY = 1 / 3
_DEVIATIONS = 4.5
_WINDOWS_MS = (90_000, 900_000)
_NEARLY = 0.8
"""Of the score from which the rule fires: what comes so near is judged by the rule itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """A segment of a customer, in ms since 1970."""

    start: int
    end: int
    call: str
    compound: float
    negative: bool


def said_by_team(client: Client) -> Mapping[str, Sequence[Said]]:
    """What customers said to each team, in the order in which it ended."""
    said: dict[str, list[Said]] = defaultdict(list)
    for team, call, start, length, compound, negative in client.query(
        "SELECT sellers.team, call_id, toUnixTimestamp64Milli(spoken_at), end_ms - start_ms, compound,"
        " sentiment = 'negative'"
        " FROM salgspuls.segments AS segments"
        " INNER JOIN salgspuls.sellers AS sellers ON sellers.seller_id = segments.seller_id"
        " WHERE speaker = 'customer' AND sentiment != ''"
    ).result_rows:
        said[team].append(Said(start, start + length, call, compound, bool(negative)))
    return {team: sorted(some, key=lambda each: each.end) for team, some in said.items()}


def near_spikes(
    client: Client, zone: str, said: Mapping[str, Sequence[Said]], looks: Iterable[datetime]
) -> list[datetime]:
    """The moments at which the spike rule may fire, by its own formula; its SQL, which takes a sixth of a second, need
    not be run at each of a year's three million.

    What is usual for a team changes by the hour: the view is asked for it once in each that has three negative calls.
    """
    ends = {team: [each.end for each in some] for team, some in said.items()}
    usual: dict[datetime, dict[str, float]] = {}
    found = []
    for now in looks:
        at = int(now.timestamp() * 1000)
        loud = {
            team: windows
            for team, some in said.items()
            if (windows := list(_with_negative_calls(some, ends[team], at)))
        }
        if not loud:
            continue
        hour = now.replace(minute=30, second=0, microsecond=0)
        if hour not in usual:
            usual[hour] = _usual(client, zone, hour)
        if any(
            _score(usual[hour][team], *window) >= _NEARLY
            for team, windows in loud.items()
            if team in usual[hour]
            for window in windows
        ):
            found.append(now)
    return found


def _with_negative_calls(
    said: Sequence[Said], ends: Sequence[int], at: int
) -> Iterator[tuple[float, float, float]]:
    """Negative share, mean compound, and as how many statements they count, of windows with enough negative calls."""
    beyond = bisect_right(ends, at)
    for window in _WINDOWS_MS:
        speech: Counter[str] = Counter()
        negative: Counter[str] = Counter()
        felt = 0.0
        for each in said[bisect_right(ends, at - window) : beyond]:
            if each.start > at - window:
                speech[each.call] += each.end - each.start
                negative[each.call] += (each.end - each.start) * each.negative
                felt += (each.end - each.start) * each.compound
        calls = sum(ms >= _CALL_SPEAKS_MS and 2 * negative[call] >= ms for call, ms in speech.items())
        ms = speech.total()
        if calls >= _NEGATIVE_CALLS and ms >= _SPEECH_MS:
            yield negative.total() / ms, felt / ms, ms * ms / sum(each * each for each in speech.values())


def _usual(client: Client, zone: str, now: datetime) -> dict[str, float]:
    rows = client.query(
        "SELECT team, usual_share FROM salgspuls.team_negativity(at = {at:DateTime64(3)}, tz = {tz:String})",
        parameters={"at": now, "tz": zone},
    ).result_rows
    return {team: share for team, share in rows}  # noqa: C416 - rows are sequences, not tuples


def _score(usual: float, share: float, compound: float, statements: float) -> float:
    """As the view team_negativity computes it for one of its looks."""
    if share < usual + _ABOVE_USUAL:
        return 0
    above = (share - usual) / sqrt(usual * (1 - usual)) - compound / _COMPOUNDS_DIFFER_BY
    return above * sqrt(statements) / _DEVIATIONS
