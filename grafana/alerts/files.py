"""Grafana's alerting provisioning, written from the rules: `python -m grafana.alerts` or `salgspuls grafana build`.

Only contact points and policies have variables of the environment in them; Grafana fills those in when it starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any  # Any: YAML documents
from urllib.parse import quote

import yaml

from grafana.alerts.messages import TEMPLATES
from grafana.alerts.rules import Limit, Office, PanelLink, Rule, placeholders, rules
from grafana.i18n import LANGUAGES, Language, uid
from grafana.render.clickhouse_query import PLUGIN_VERSION
from grafana.render.grafana_columns import panel_id
from streams.config.office import closed_days

PROVISIONING = Path(__file__).parents[1] / "provisioning"
ALERTING = PROVISIONING / "alerting"
"""Where the committed files are."""
MAILS = PROVISIONING / "emails"
"""Where the frames of e-mails are, a folder a language."""

DATA_SOURCE_UID = "clickhouse"
FOLDER = "Salgspuls alerts"
"""Not the dashboards' folder: whichever came second would not be made, for folders are found by title."""

_HEADER = "# Written by `salgspuls grafana build`; change grafana/alerts instead.\n"
_EXPRESSION = "__expr__"
_MUTE = "outside-office-hours"
_HOLIDAYS = "danish-holidays"
_DANISH = "Europe/Copenhagen"
_HOLIDAY_YEARS = range(2026, 2041)
"""Quiet times name dates only, so the holidays that follow Easter are written out for these years."""
# As Grafana fills variables in, a value that is missing is empty, and empty settings stop its start: docker-compose.yml
# gives all of them.
CHANNELS = ("email", "webhook", "teams", "none")
"""Contact points, of which the setting chooses one."""
_CHANNEL = "${SALGSPULS_ALERT_CHANNEL}"
_LANGUAGE = "${SALGSPULS_ALERT_LANGUAGE}"


def files(office: Office) -> dict[str, str]:
    """Name and text of each file."""
    found = rules(office)
    documents: dict[str, dict[str, Any]] = {
        "rules.yaml": {"groups": list(_groups(found))},
        "contact-points.yaml": {"contactPoints": _contact_points()},
        "policies.yaml": {"policies": [_policy(found, office)], "muteTimes": _mute_times(office)},
        "templates.yaml": {"templates": [{"orgId": 1, "name": "salgspuls", "template": TEMPLATES}]},
    }
    return {name: _HEADER + _yaml({"apiVersion": 1, **document}) for name, document in documents.items()}


def _groups(found: Iterable[Rule]) -> Iterable[dict[str, Any]]:
    """One group an interval."""
    by_interval = sorted(found, key=lambda rule: rule.interval)
    for every, some in groupby(by_interval, key=lambda rule: rule.interval):
        yield {
            "orgId": 1,
            "name": f"every {_duration(every)}",
            "folder": FOLDER,
            "interval": _duration(every),
            "rules": [_rule(rule) for rule in some],
        }


def _rule(rule: Rule) -> dict[str, Any]:
    condition = "limit"
    document = {
        "uid": rule.uid,
        "title": rule.title.en,
        "condition": condition,
        "data": [
            *(_query(name, rule.sql_of(name)) for name in rule.values),
            _threshold(condition, rule.condition, rule.limit),
        ],
        "dashboardUid": uid(rule.panel.page, "en"),
        "panelId": panel_id(rule.panel.panel),
        "for": _duration(rule.for_),
        "noDataState": "OK",
        "execErrState": "KeepLast" if rule.on_error == "keep" else "Alerting",
        "isPaused": False,
        "labels": {"severity": rule.severity, "kind": rule.kind},
        "annotations": _annotations(rule),
    }
    if rule.keep_firing_for:
        document["keepFiringFor"] = _duration(rule.keep_firing_for)
    return document


def _query(name: str, sql: str) -> dict[str, Any]:
    model = {
        "refId": name,
        "editorType": "sql",
        "queryType": "table",
        "format": 1,
        "pluginVersion": PLUGIN_VERSION,
        "rawSql": sql,
        "intervalMs": 10000,
        "maxDataPoints": 43200,
    }
    return {
        "refId": name,
        "datasourceUid": DATA_SOURCE_UID,
        "relativeTimeRange": {"from": 900, "to": 0},
        "model": model,
    }


def _threshold(name: str, of: str, limit: Limit) -> dict[str, Any]:
    evaluator = {"type": "gt" if limit.side == "above" else "lt", "params": [limit.value]}
    model = {
        "refId": name,
        "type": "threshold",
        "expression": of,
        "datasource": {"type": _EXPRESSION, "uid": _EXPRESSION},
        "conditions": [{"type": "query", "evaluator": evaluator}],
    }
    return {
        "refId": name,
        "datasourceUid": _EXPRESSION,
        "relativeTimeRange": {"from": 900, "to": 0},
        "model": model,
    }


def _annotations(rule: Rule) -> dict[str, str]:
    """What the message templates read. Addresses are relative to Grafana's own."""
    annotations = {"description": rule.description.en, "who": _go(rule.who, rule)}
    for language in LANGUAGES:
        suffix = "" if language == "en" else f"_{language}"
        annotations[f"title{suffix}"] = rule.title.of(language)
        annotations[f"summary{suffix}"] = _go(rule.summary.of(language), rule)
        annotations[f"over{suffix}"] = _go(rule.over.of(language), rule)
        annotations[f"panel_link{suffix}"] = _address(rule.panel, language)
        annotations[f"details_link{suffix}"] = _address(rule.details, language)
    return annotations


def _go(text: str, rule: Rule) -> str:
    """The text as a template of Grafana's: labels as they are, numbers without decimals."""
    for name in placeholders(text):
        # what is not known is a dash: of no row, and of a query that failed, there are neither labels nor values
        value = (
            f"{{{{ with $labels.{name} }}}}{{{{ . }}}}{{{{ else }}}}–{{{{ end }}}}"
            if name in rule.labels
            else f'{{{{ with $values.{name} }}}}{{{{ printf "%.0f" .Value }}}}{{{{ else }}}}–{{{{ end }}}}'
        )
        text = text.replace(f"{{{name}}}", value)
    return text


def _address(link: PanelLink, language: Language) -> str:
    parameters = {**link.parameters, "viewPanel": str(panel_id(link.panel))}
    query = "&".join(f"{name}={_parameter(value)}" for name, value in parameters.items())
    return f"d/{uid(link.page, language)}?{query}"


def _parameter(value: str) -> str:
    names = placeholders(value)
    return f"{{{{ urlquery $labels.{names[0]} }}}}" if names else quote(value, safe="")


def _contact_points() -> list[dict[str, Any]]:
    """One for each channel; `SALGSPULS_ALERT_CHANNEL` chooses. All have to be complete, or Grafana does not start."""
    title = '{{ template "salgspuls.title.' + _LANGUAGE + '" . }}'
    message = '{{ template "salgspuls.message.' + _LANGUAGE + '" . }}'
    channels: dict[str, dict[str, Any]] = {
        "email": {
            "addresses": "${SALGSPULS_ALERT_EMAILS}",
            "singleEmail": True,
            "subject": title,
            "message": message,
        },
        "webhook": {
            "url": "${SALGSPULS_ALERT_WEBHOOK_URL}",
            "httpMethod": "POST",
            "title": title,
            "message": message,
        },
        "teams": {"url": "${SALGSPULS_ALERT_TEAMS_URL}", "title": title, "message": message},
        # nobody is notified; the alerts stand beside those about the workers
        "none": {"url": "${SALGSPULS_ALERTMANAGER_URL}"},
    }
    return [
        {
            "orgId": 1,
            "name": name,
            "receivers": [
                {
                    "uid": f"salgspuls-{name}",
                    "type": "prometheus-alertmanager" if name == "none" else name,
                    "settings": settings,
                    "disableResolveMessage": False,
                }
            ],
        }
        for name, settings in channels.items()
    ]


def _policy(found: Iterable[Rule], office: Office) -> dict[str, Any]:
    """What happens now is sent at once; deals, of which several may be at risk, in one message a team and hour at most.

    Nights are quiet. A group's message that falls into a quiet time is not kept: the group speaks again when its
    interval has passed, so an interval has to be much shorter than a working day.
    """
    quiet = [mute["name"] for mute in _mute_times(office)]
    by_team = ["grafana_folder", "alertname", "team"]
    routes = [
        {
            "receiver": _CHANNEL,
            "object_matchers": [["kind", "=", kind]],
            "group_by": by_team,
            "group_wait": "10s" if kind != "deals" else "5m",
            "group_interval": "1m" if kind != "deals" else "1h",
            "repeat_interval": "4h" if kind != "deals" else "24h",
            "mute_time_intervals": quiet,
        }
        for kind in sorted({rule.kind for rule in found})
    ]
    return {
        "orgId": 1,
        "receiver": _CHANNEL,
        "group_by": ["grafana_folder", "alertname"],
        "group_wait": "30s",
        "group_interval": "5m",
        "repeat_interval": "4h",
        "routes": routes,
    }


def _mute_times(office: Office) -> list[dict[str, Any]]:
    """Nights, weekends and, for an office in Denmark, its holidays."""
    mutes = {_MUTE: list(_out_of_hours(office))}
    if office.timezone == _DANISH:
        mutes[_HOLIDAYS] = list(_danish_holidays())
    return [
        {
            "orgId": 1,
            "name": name,
            "time_intervals": [{**interval, "location": office.timezone} for interval in intervals],
        }
        for name, intervals in mutes.items()
    ]


def _out_of_hours(office: Office) -> Iterator[dict[str, Any]]:
    yield {"weekdays": ["saturday", "sunday"]}
    before = {"start_time": "00:00", "end_time": f"{office.opens:%H:%M}"}
    after = {"start_time": f"{office.closes:%H:%M}", "end_time": "24:00"}
    yield {"weekdays": ["monday:friday"], "times": [before, after]}


def _danish_holidays() -> Iterator[dict[str, Any]]:
    by_year = {year: {(day.month, day.day) for day in closed_days(year)} for year in _HOLIDAY_YEARS}
    each_year = set.intersection(*by_year.values())
    yield from _months(each_year)
    for year, days in by_year.items():
        for interval in _months(days - each_year):
            yield {"years": [str(year)], **interval}


def _months(days: set[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    for month, dates in groupby(sorted(days), key=itemgetter(0)):
        yield {"months": [str(month)], "days_of_month": [str(day) for _, day in dates]}


def _duration(span: timedelta) -> str:
    """As Grafana writes durations: 30s, 10m, 2h."""
    seconds = int(span.total_seconds())
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as they are read, and no references between parts that happen to be equal."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _string)


def _yaml(document: dict[str, Any]) -> str:
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return text
