"""The alerting files that Grafana is given: as built, whole, in the form that a running Grafana was seen to take."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from grafana.alerts.files import ALERTING, PROVISIONING, files
from grafana.alerts.rules import Office, rules
from grafana.dashboards import FOLDER
from grafana.i18n import LANGUAGES, uid
from streams.config.office import closed_days

RULES = {rule.uid: rule for rule in rules(Office())}
BOARDS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}


def document(name: str) -> Any:
    return yaml.safe_load((ALERTING / name).read_text(encoding="utf-8"))


def provisioned_rules() -> list[dict[str, Any]]:
    return [rule for group in document("rules.yaml")["groups"] for rule in group["rules"]]


def test_the_committed_files_are_what_the_source_builds() -> None:
    built = files(Office())
    committed = {path.name: path.read_text(encoding="utf-8") for path in ALERTING.iterdir()}
    assert committed == built, "run `salgspuls grafana build` and commit"


def test_every_rule_is_there_once() -> None:
    assert sorted(rule["uid"] for rule in provisioned_rules()) == sorted(RULES)
    assert len({rule["title"] for rule in provisioned_rules()}) == len(RULES)


@pytest.mark.parametrize("rule", provisioned_rules(), ids=lambda rule: str(rule["uid"]))
def test_a_rule_has_the_form_that_grafana_evaluates(rule: dict[str, Any]) -> None:
    *queries, threshold = rule["data"]
    for query in queries:
        model = query["model"]
        assert (model["format"], model["queryType"]) == (1, "table")  # a word instead of the number fails
        assert "$" not in model["rawSql"]  # variables are filled in by browsers only
        assert query["refId"] == model["refId"]
        assert query["datasourceUid"] == "clickhouse"
    assert rule["condition"] == threshold["refId"] == threshold["model"]["refId"]
    assert threshold["datasourceUid"] == "__expr__"
    assert threshold["model"]["expression"] == queries[0]["refId"]
    assert rule["noDataState"] == "OK"
    assert rule["execErrState"] == ("Alerting" if rule["uid"] == "salgspuls-unreadable" else "KeepLast")


@pytest.mark.parametrize("rule", provisioned_rules(), ids=lambda rule: str(rule["uid"]))
def test_what_a_message_says_comes_from_labels_and_queries_of_the_rule(rule: dict[str, Any]) -> None:
    known = {query["refId"] for query in rule["data"]}
    told = " ".join(rule["annotations"].values())
    assert set(re.findall(r"\$values\.(\w+)", told)) <= known
    assert set(re.findall(r"\$labels\.(\w+)", told)) <= set(RULES[rule["uid"]].labels)
    assert {
        *("title", "title_da", "summary", "summary_da", "over", "over_da", "who", "description"),
    } <= rule["annotations"].keys()


@pytest.mark.parametrize("rule", provisioned_rules(), ids=lambda rule: str(rule["uid"]))
def test_every_link_of_a_rule_leads_to_a_panel_that_exists(rule: dict[str, Any]) -> None:
    assert rule["panelId"] in panels(rule["dashboardUid"])
    for language in LANGUAGES:
        suffix = "" if language == "en" else f"_{language}"
        for kind in ("panel_link", "details_link"):
            link = rule["annotations"][kind + suffix]
            match = re.fullmatch(r"d/(?P<uid>[\w-]+)\?(?P<query>.*)", link)
            assert match, link
            assert match["uid"].endswith("-da") == (language == "da")
            given = dict(part.split("=", 1) for part in match["query"].split("&"))
            assert int(given.pop("viewPanel")) in panels(match["uid"])
            names = {name.removeprefix("var-") for name in given if name.startswith("var-")}
            assert names <= {one["name"] for one in BOARDS[match["uid"]]["templating"]["list"]}


def panels(board: str) -> set[int]:
    return {panel["id"] for panel in BOARDS[board]["panels"]}


def test_every_alert_goes_somewhere_and_is_quiet_at_night() -> None:
    policies = document("policies.yaml")
    [policy] = policies["policies"]
    points = {point["name"] for point in document("contact-points.yaml")["contactPoints"]}
    assert points == {"email", "webhook", "teams", "none"}
    assert policy["receiver"] == "${SALGSPULS_ALERT_CHANNEL}"
    routed = {route["object_matchers"][0][2] for route in policy["routes"]}
    assert routed == {rule.kind for rule in RULES.values()}
    muted = {name for route in policy["routes"] for name in route["mute_time_intervals"]}
    assert muted == {time["name"] for time in policies["muteTimes"]}
    for mute in policies["muteTimes"]:
        assert {interval["location"] for interval in mute["time_intervals"]} == {"Europe/Copenhagen"}


def test_it_is_quiet_on_danish_holidays_and_on_no_other_day() -> None:
    [mute] = [mute for mute in document("policies.yaml")["muteTimes"] if mute["name"] == "danish-holidays"]
    day, muted = date(2026, 1, 1), set()
    while day.year < 2041:
        if any(names(interval, day) for interval in mute["time_intervals"]):
            muted.add(day)
        day += timedelta(days=1)
    assert muted == {day for year in range(2026, 2041) for day in closed_days(year)}
    assert date(2027, 5, 17) in muted, "Whit Monday"


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("kind", ["deals", "sentiment"])
def test_what_is_born_in_a_quiet_time_is_sent_soon_after_it(kind: str, hour: int) -> None:
    """A group's message that falls into a quiet time is not kept; the group speaks again after its interval."""
    policies = document("policies.yaml")
    [policy] = policies["policies"]
    [route] = [one for one in policy["routes"] if one["object_matchers"][0][2] == kind]
    every = duration(route["group_interval"])
    born = datetime(2026, 11, 27, hour, 1)  # a Friday
    told = born + duration(route["group_wait"])
    while is_quiet(policies["muteTimes"], told):
        told += every
    opens = born.replace(hour=8, minute=0) + timedelta(days=0 if hour < 8 else 3)
    assert told <= (born if 8 <= hour < 17 else opens) + every


def duration(text: str) -> timedelta:
    return (
        int(text[:-1])
        * {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}[text[-1]]
    )


def is_quiet(mutes: list[dict[str, Any]], moment: datetime) -> bool:
    """Whether an interval of a quiet time has the moment in it; weekdays are as we write them."""
    for interval in (interval for mute in mutes for interval in mute["time_intervals"]):
        if "months" in interval:
            if names(interval, moment.date()):
                return True
            continue
        weekend = "saturday" in interval["weekdays"]
        spans = interval.get("times", [{"start_time": "00:00", "end_time": "24:00"}])
        if weekend == (moment.weekday() > 4) and any(
            span["start_time"] <= f"{moment:%H:%M}" < span["end_time"] for span in spans
        ):
            return True
    return False


def names(interval: dict[str, Any], day: date) -> bool:
    """Whether an interval of Grafana's has the day in it."""
    if (
        str(day.year) not in interval.get("years", [str(day.year)])
        or str(day.month) not in interval["months"]
    ):
        return False
    spans = [span.split(":") for span in interval["days_of_month"]]
    return any(int(span[0]) <= day.day <= int(span[-1]) for span in spans)


def test_other_office_hours_reach_the_rules_and_the_quiet_times() -> None:
    office = replace(Office(), timezone="Europe/Lisbon", opens=time(9), closes=time(18, 30))
    built = files(office)
    assert "tz = 'Europe/Lisbon', opens = 540, closes = 1110" in built["rules.yaml"]
    [mute] = yaml.safe_load(built["policies.yaml"])["muteTimes"]
    assert mute["time_intervals"][1]["times"] == [
        {"start_time": "00:00", "end_time": "09:00"},
        {"start_time": "18:30", "end_time": "24:00"},
    ]


def test_intervals_are_multiples_of_what_grafana_can_do() -> None:
    for group in document("rules.yaml")["groups"]:
        assert re.fullmatch(r"\d+[smh]", group["interval"])
    for rule in RULES.values():
        assert rule.interval % timedelta(seconds=10) == timedelta(0)


def test_templates_exist_in_both_languages_for_every_channel() -> None:
    [template] = document("templates.yaml")["templates"]
    defined = set(re.findall(r'define "([\w.]+)"', template["template"]))
    for point in document("contact-points.yaml")["contactPoints"]:
        if point["name"] == "none":
            continue  # shown in Alertmanager, by their labels
        used = re.findall(r'template "([^"]+)"', json.dumps(point).replace('\\"', '"'))
        assert used
        for language in LANGUAGES:
            assert {name.replace("${SALGSPULS_ALERT_LANGUAGE}", language) for name in used} <= defined


def test_dashboards_of_one_folder_have_titles_of_their_own_and_no_folders_name() -> None:
    """Grafana stops updating a folder that holds a title twice, and does not save a dashboard called as a folder."""
    providers = yaml.safe_load((PROVISIONING / "dashboards" / "salgspuls.yaml").read_text())["providers"]
    slugs = {slug(provider["folder"]) for provider in providers} | {slug("Salgspuls alerts")}
    boards = [*BOARDS.values(), *operations()]
    assert not slugs & {slug(board["title"]) for board in boards}
    titles = [board["title"] for board in BOARDS.values()]
    assert sorted(titles) == sorted(set(titles))
    assert uid("home", "en") in BOARDS


def operations() -> list[Any]:
    folder = Path(PROVISIONING).parent / "dashboards_ops" / "json"
    return [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
