"""Asks a running Grafana from outside whether all of it works: data sources, contact points, every query of every
dashboard (panels, variables, annotations), where its links lead, every alert rule."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal  # Any: JSON
from zoneinfo import ZoneInfo

from grafana_api.grafana_face import GrafanaFace

from grafana.alerts.files import CHANNELS
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
    yield _check("contact points", lambda: _contact_points(grafana))
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


def _contact_points(grafana: GrafanaFace) -> str:
    """Every channel of ours is there, and none is a placeholder that mails to a stranger."""
    points = grafana.api.GET("/v1/provisioning/contact-points")
    names = {point["name"] for point in points}
    missing = sorted(set(CHANNELS) - names)
    if missing:
        raise GrafanaError(f"there is no contact point {', '.join(missing)}")
    strangers = [point["name"] for point in points if "example@email.com" in json.dumps(point["settings"])]
    if strangers:
        raise GrafanaError(
            f"{', '.join(strangers)} still mails to example@email.com: delete it or give it an address"
        )
    return ", ".join(sorted(names))


def _dashboards(grafana: GrafanaFace) -> Iterator[Check]:
    found: list[Json] = []

    def search() -> str:
        found.extend(grafana.search.search_dashboards(tag=TAG))
        if not found:
            raise GrafanaError(f"no dashboard has the tag {TAG}")
        return f"{len(found)} found"

    yield _check("dashboards", search)
    now = datetime.now(UTC)
    uids = {str(entry["uid"]) for entry in found}
    for uid in sorted(uids):
        board: dict[str, Any] = {}
        opened = _check(uid, partial(_open, grafana, uid, board))
        if not opened.ok:
            yield opened
            continue
        yield _check(f"{uid}, links", partial(_links, board, uids))
        zone = ZoneInfo(board["timezone"])
        for label, raw in _ranges(board):
            for name, target in _targets(board):
                time_range = raw.resolve(now, zone)
                yield _check(f"{uid}, {label}, {name}", partial(_ask, grafana, board, target, time_range))
        for panel in board["panels"]:
            if panel.get("targets"):
                yield _check(f"{uid}, {panel['title']}, drawn", partial(_drawn, panel))


def _targets(board: Json) -> Iterator[tuple[str, Json]]:
    """Everything that a dashboard asks, by what asks it: variables, annotations, panels."""
    for one in board["templating"]["list"]:
        if one["type"] == "query":
            yield f"variable {one['name']}", {"datasource": one["datasource"], "format": 1, **one["query"]}
    for one in board["annotations"]["list"]:
        if one.get("target"):
            yield f"annotation {one['name']}", {"datasource": one["datasource"], **one["target"]}
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            yield f"{panel['id']} {panel['title']}", target


def _links(board: Json, uids: set[str]) -> str:
    """Every address of a dashboard in the panels is one that is there."""
    addresses = re.findall(r"/d/([\w-]+)", json.dumps(board["panels"]))
    lost = sorted(set(addresses) - uids)
    if lost:
        raise GrafanaError(f"links lead to {', '.join(lost)}, which is not there")
    return f"{len(addresses)} links"


def _drawn(panel: Json) -> str:
    """Nothing in the panel makes the browser draw nothing of a good answer."""
    options = panel.get("options", {})
    defaults = panel["fieldConfig"]["defaults"]
    if panel["type"] == "xychart" and any("frame" not in series for series in options["series"]):
        raise GrafanaError("a series without a frame is not drawn")
    if panel["type"] == "trend" and "min" in defaults:
        raise GrafanaError("a minimum by default also begins the axis of days, at 1970")
    if options.get("xTickLabelMaxLength") == 0:
        raise GrafanaError("labels of length 0 are written as ...")
    return str(panel["type"])


def _open(grafana: GrafanaFace, uid: str, board: dict[str, Any]) -> str:
    board.update(grafana.dashboard.get_dashboard(uid)["dashboard"])
    return "opened"


def _ranges(board: Json) -> Sequence[tuple[str, RawRange]]:
    quick = (board.get("timepicker") or {}).get("quick_ranges") or []
    return [(one["display"], RawRange(one["from"], one["to"])) for one in quick] or [
        ("as opened", RawRange(board["time"]["from"], board["time"]["to"]))
    ]


def _ask(grafana: GrafanaFace, board: Json, target: Json, time_range: TimeRange) -> str:
    query = _query(target, _variables(board), time_range)
    started = time.monotonic()
    answer = grafana.api.POST(
        "/ds/query",
        json={
            "queries": [query],
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
        # the slowest group is asked every ten minutes, the first time as long after the start
        return True, "not evaluated yet, its group is still to come"
    counts: dict[str, int] = {}
    for alert in rule.get("alerts") or []:
        counts[alert["state"]] = counts.get(alert["state"], 0) + 1
    summary = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no alert"
    return True, f"{rule['state']} ({summary})"
