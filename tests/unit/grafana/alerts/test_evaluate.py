"""An alert's life without a Grafana: pending, firing, kept for a while, over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grafana.alerts.evaluate import AlertState, Memory, evaluate
from grafana.alerts.rules import Limit, Office, Rule, rules

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SPIKE = next(rule for rule in rules(Office()) if rule.uid == "salgspuls-negative-spike")


def a_rule(for_: float = 0, keep_firing_for: float = 0, interval: float = 30) -> Rule:
    return replace(
        SPIKE,
        limit=Limit("above", 1),
        for_=timedelta(seconds=for_),
        keep_firing_for=timedelta(seconds=keep_firing_for),
        interval=timedelta(seconds=interval),
    )


class Team:
    """Answers the rule's query with one team and a score that the test sets; None for no row."""

    def __init__(self) -> None:
        self.score: float | None = 0.0
        self.asked: list[str] = []

    def __call__(self, sql: str) -> Iterable[Mapping[str, Any]]:
        self.asked.append(sql)
        if self.score is None:
            return []
        return [{"team": "Nord", "score": self.score, "share": 24.2 * self.score, "usual": 12.0}]


def states(rule: Rule, scores: list[float | None], seconds: float = 30) -> list[str]:
    """The states of the one alert over scores that come one after the other; "" where it is not listed."""
    memory, team = Memory(), Team()
    found: list[str] = []
    for step, score in enumerate(scores):
        team.score = score
        alerts = evaluate([rule], team, START + timedelta(seconds=step * seconds), memory)
        found.append(alerts[0].state if alerts else "")
    return found


def test_an_alert_that_need_not_last_fires_at_once_and_ends_with_its_cause() -> None:
    assert states(a_rule(), [0, 2, 2, 0]) == ["normal", "firing", "firing", "normal"]


def test_an_alert_that_has_to_last_is_pending_first() -> None:
    assert states(a_rule(for_=60), [2, 2, 2, 2]) == ["pending", "pending", "firing", "firing"]


def test_a_break_starts_the_pending_time_anew() -> None:
    assert states(a_rule(for_=60), [2, 2, 0, 2, 2, 2]) == [
        *("pending", "pending", "normal"),
        *("pending", "pending", "firing"),
    ]


def test_a_firing_alert_is_kept_while_its_value_swings_around_the_limit() -> None:
    assert (
        states(a_rule(keep_firing_for=90), [2, 0.9, 1.1, 0.9, 0.9, 0.9, 0.9])
        == ["firing"] * 5 + ["normal"] * 2
    )


def test_the_limit_itself_does_not_count() -> None:
    assert states(a_rule(), [1.0, 1.0001]) == ["normal", "firing"]
    below = replace(a_rule(), limit=Limit("below", 1))
    assert states(below, [1.0, 0.9999]) == ["normal", "firing"]


def test_an_alert_whose_row_is_gone_is_kept_as_long_as_the_rule_says_and_then_forgotten() -> None:
    assert states(a_rule(keep_firing_for=60), [2, None, None, None]) == ["firing", "firing", "", ""]


def test_what_is_kept_still_says_its_numbers() -> None:
    memory, team = Memory(), Team()
    team.score = 2
    evaluate([a_rule(keep_firing_for=60)], team, START, memory)
    team.score = None
    [alert] = evaluate([a_rule(keep_firing_for=60)], team, START + timedelta(seconds=30), memory)
    assert (alert.state, alert.since) == ("firing", START)
    expected = "Nord: 48 % of what customers said in the last minutes is negative, 12 % is usual now"
    assert alert.summary("en") == expected
    assert alert.summary("da").startswith("Nord: 48 % af det, kunderne sagde")


def test_what_is_kept_says_the_numbers_of_when_it_was_so() -> None:
    memory, team, rule = Memory(), Team(), a_rule(keep_firing_for=60)
    for seconds, score in ((0, 2.0), (30, 0.5)):
        team.score = score
        [alert] = evaluate([rule], team, START + timedelta(seconds=seconds), memory)
    assert alert.state == "firing"
    assert alert.summary("en").startswith("Nord: 48 % of"), "not the 12 % of now"


def test_a_rule_is_asked_again_only_after_its_interval() -> None:
    memory, team, rule = Memory(), Team(), a_rule(interval=60)
    for seconds in (0, 20, 40, 60, 80):
        assert len(evaluate([rule], team, START + timedelta(seconds=seconds), memory)) == 1
    assert team.asked == [rule.sql] * 2


def test_a_failing_query_is_said_and_the_other_rules_go_on() -> None:
    broken = replace(a_rule(), uid="broken", source="broken")
    team = Team()
    team.score = 2

    def query(sql: str) -> Iterable[Mapping[str, Any]]:
        if "broken" in sql:
            raise OSError("ClickHouse is away")
        return team(sql)

    firing, failed = evaluate([broken, a_rule()], query, START, Memory())
    assert (firing.state, firing.error) == ("firing", "")
    assert (failed.rule, failed.state, failed.error) == (broken, "normal", "ClickHouse is away")


def test_a_failing_query_does_not_end_an_alert() -> None:
    memory, team, rule = Memory(), Team(), a_rule(keep_firing_for=300)
    team.score = 2
    evaluate([rule], team, START, memory)

    def away(sql: str) -> Iterable[Mapping[str, Any]]:
        raise OSError("ClickHouse is away")

    evaluate([rule], away, START + timedelta(seconds=30), memory)
    team.score = 0
    [alert] = evaluate([rule], team, START + timedelta(seconds=60), memory)
    assert (alert.state, alert.since) == ("firing", START)


def test_while_nobody_can_know_whether_it_is_over_an_alert_stays() -> None:
    memory, team, rule = Memory(), Team(), a_rule()
    team.score = 2
    evaluate([rule], team, START, memory)

    def away(sql: str) -> Iterable[Mapping[str, Any]]:
        raise OSError("ClickHouse is away")

    firing, failed = evaluate([rule], away, START + timedelta(seconds=30), memory)
    assert (firing.state, firing.labels, failed.error) == ("firing", {"team": "Nord"}, "ClickHouse is away")


def test_firing_alerts_come_first() -> None:
    calm = replace(a_rule(), uid="calm", limit=Limit("above", 100))
    lasting = replace(a_rule(for_=60), uid="lasting")
    team = Team()
    team.score = 2
    alerts: list[AlertState] = evaluate([calm, lasting, a_rule()], team, START, Memory())
    assert [alert.state for alert in alerts] == ["firing", "pending", "normal"]


@pytest.mark.parametrize("rule", rules(Office()), ids=lambda rule: rule.uid)
def test_every_rule_says_only_what_it_knows(rule: Rule) -> None:
    labels = dict.fromkeys(rule.labels, "x")
    values = dict.fromkeys(rule.values, 1.0)
    alert = AlertState(rule, labels, values, "firing", START)
    for language in ("en", "da"):
        assert "{" not in alert.summary(language)
