"""Asks a running Grafana from outside whether all of it works: data sources, every panel's query, every alert rule."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from grafana_api.grafana_face import GrafanaFace

from grafana.alerts.rules import Office, rules
from grafana.macros import TimeRange, Variable, Variables, interpolate
from grafana.publish import TAG, GrafanaError, translated
from grafana.render.clickhouse_query import DATA_SOURCE
from grafana.web.ranges import RawRange

Json = Mapping[str, Any]
_DATA_SOURCE_UIDS = ("clickhouse", "prometheus")


@dataclass(frozen=True, slots=True)
class Check:
    """What was asked, and how it went."""

    name: str
    ok: bool
    detail: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.ok else 'FAIL'}  {self.name}: {self.detail}"


def smoke(grafana: GrafanaFace) -> Iterator[Check]:
    """All checks, each as soon as it is done. Nothing is raised: what goes wrong is a check that failed."""
    health = _check("health", lambda: _health(grafana))
    yield health
    if not health.ok:
        return
    yield from _data_sources(grafana)
    yield from _dashboards(grafana)
    yield from _rules(grafana)


def _check(name: str, ask: Callable[[], str]) -> Check:
    try:
        with translated("answer"):
            return Check(name, True, ask())
    except GrafanaError as error:
        return Check(name, False, str(error).removeprefix("answer: "))


def _health(grafana: GrafanaFace) -> str:
    answer = grafana.api.GET("/health")
    if answer.get("database") != "ok":
        raise GrafanaError(f"Grafana's own database is {answer.get('database')!r}")
    return f"Grafana {answer['version']}"


def _data_sources(grafana: GrafanaFace) -> Iterator[Check]:
    for uid in _DATA_SOURCE_UIDS:
        yield _check(f"data source {uid}", lambda uid=uid: _data_source_health(grafana, uid))  # type: ignore[misc]  # mypy infers no lambda with defaults


def _data_source_health(grafana: GrafanaFace, uid: str) -> str:
    answer = grafana.api.GET(f"/datasources/uid/{uid}/health")
    if answer.get("status") != "OK":
        raise GrafanaError(str(answer.get("message")))
    return str(answer["message"])


def _dashboards(grafana: GrafanaFace) -> Iterator[Check]:
    found: list[Json] = []

    def search() -> str:
        found.extend(grafana.search.search_dashboards(tag=TAG))
        if not found:
            raise GrafanaError(f"no dashboard has the tag {TAG}")
        return f"{len(found)} found"

    yield _check("dashboards", search)
    now = datetime.now(UTC)
    for entry in sorted(found, key=lambda one: str(one["uid"])):
        uid = entry["uid"]
        board: dict[str, Any] = {}
        opened = _check(
            uid,
            lambda uid=uid, board=board: _open(grafana, uid, board),  # type: ignore[misc]  # mypy infers no lambda with defaults
        )
        if not opened.ok:
            yield opened
            continue
        for label, raw in _ranges(board):
            time_range = raw.resolve(now, ZoneInfo(board["timezone"]))
            for panel in board["panels"]:
                if panel.get("targets"):
                    name = f"{uid}, {label}, {panel['id']} {panel['title']}"
                    yield _check(
                        name,
                        lambda p=panel, b=board, t=time_range: _panel(grafana, b, p, t),  # type: ignore[misc]  # mypy infers no lambda with defaults
                    )


def _open(grafana: GrafanaFace, uid: str, board: dict[str, Any]) -> str:
    board.update(grafana.dashboard.get_dashboard(uid)["dashboard"])
    return "opened"


def _ranges(board: Json) -> Sequence[tuple[str, RawRange]]:
    quick = (board.get("timepicker") or {}).get("quick_ranges") or []
    return [(one["display"], RawRange(one["from"], one["to"])) for one in quick] or [
        ("as opened", RawRange(board["time"]["from"], board["time"]["to"]))
    ]


def _panel(grafana: GrafanaFace, board: Json, panel: Json, time_range: TimeRange) -> str:
    variables = _variables(board)
    queries = [_query(target, variables, time_range) for target in panel["targets"]]
    started = time.monotonic()
    answer = grafana.api.POST(
        "/ds/query",
        json={
            "queries": queries,
            "from": str(round(time_range.start.timestamp() * 1000)),
            "to": str(round(time_range.end.timestamp() * 1000)),
        },
    )
    rows = 0
    for result in answer["results"].values():
        if result.get("error"):
            raise GrafanaError(str(result["error"]))
        for frame in result.get("frames", []):
            values = frame["data"]["values"]
            rows += len(values[0]) if values else 0
    return f"{rows} rows in {1000 * (time.monotonic() - started):.0f} ms"


def _variables(board: Json) -> Variables:
    """The dashboard's variables as it opens: everybody, and empty text boxes."""
    return {one["name"]: _variable(one) for one in board["templating"]["list"]}


def _variable(one: Json) -> Variable:
    current = (one.get("current") or {}).get("value", one.get("query", ""))
    values = tuple(map(str, current)) if isinstance(current, list) else (str(current),)
    if one["type"] == "datasource":
        values = ("clickhouse",)
    return Variable(values, multi=bool(one.get("multi")), all_value=one.get("allValue"))


def _query(target: Json, variables: Variables, time_range: TimeRange) -> dict[str, Any]:
    """The target as the browser sends it, with the variables filled in."""
    source = target["datasource"]
    query = {**target, "intervalMs": 60_000, "maxDataPoints": 1_000}
    query["datasource"] = {**source, "uid": interpolate(source["uid"], time_range, variables)}
    if source["type"] == DATA_SOURCE:
        query["rawSql"] = interpolate(target["rawSql"], time_range, variables)
    return query


def _rules(grafana: GrafanaFace) -> Iterator[Check]:
    states: dict[str, tuple[bool, str]] = {}

    def ask() -> str:
        answer = grafana.api.GET("/prometheus/grafana/api/v1/rules")
        for group in answer["data"]["groups"]:
            for rule in group["rules"]:
                states[rule["name"]] = _rule_state(rule)
        return f"{len(states)} found"

    yield _check("alert rules", ask)
    for rule in rules(Office()):
        ok, detail = states.get(rule.title.en, (False, "Grafana has no such rule"))
        yield Check(f"alert rule {rule.uid}", ok, detail)


def _rule_state(rule: Json) -> tuple[bool, str]:
    """Whether the rule could be evaluated, and how many of its alerts are in which state."""
    health: Literal["ok", "nodata", "error", "unknown"] = rule["health"]
    if health == "error":
        return False, str(rule.get("lastError") or "its query fails")
    if rule.get("lastEvaluation", "").startswith("0001"):
        return False, "was never evaluated; ask again in a minute"
    counts: dict[str, int] = {}
    for alert in rule.get("alerts") or []:
        counts[alert["state"]] = counts.get(alert["state"], 0) + 1
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no alert"
    return True, f"{rule['state']} ({told})"
