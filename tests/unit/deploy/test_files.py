"""Dockerfile, Prometheus' and ClickHouse's configuration: checked by what reads them, where that is at hand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from clickhouse import visibility
from clickhouse.schema import migrate, view_files
from clickhouse.schema.tables import STORE, VIEWS
from grafana.dashboards_ops import FOLDER
from grafana.dashboards_ops.build import files
from streams.worker.metrics import WorkerMetrics

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
CLICKHOUSE = DEPLOY / "clickhouse"
ALWAYS_SHOWN = {"settings"}
"""Tables of the server that everybody may read: what is in them is the asking user's own."""


@pytest.mark.promtool
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "rules.yml"),
        ("test", "rules", "rules_test.yml"),
    ],
    ids=" ".join,
)
def test_prometheus_takes_its_files(arguments: tuple[str, ...]) -> None:
    """promtool is in Debian's package prometheus."""
    done = subprocess.run(["promtool", *arguments], cwd=PROMETHEUS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_prometheus_alert_is_tried() -> None:
    alerts = {
        rule["alert"]
        for group in yaml.safe_load((PROMETHEUS / "rules.yml").read_text())["groups"]
        for rule in group["rules"]
    }
    tests = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())["tests"]
    assert {tried["alertname"] for test in tests for tried in test["alert_rule_test"]} == alerts


def test_every_prometheus_alert_has_its_place_in_the_runbook() -> None:
    groups = yaml.safe_load((PROMETHEUS / "rules.yml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    headings = re.findall(r"^## (\w+)$", (ROOT / "docs" / "runbook.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rule["alert"] for rule in rules) == sorted(headings)
    for rule in rules:
        assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"


def test_too_few_workers_are_fewer_than_compose_starts() -> None:
    groups = yaml.safe_load((PROMETHEUS / "rules.yml").read_text())["groups"]
    rule = next(r for group in groups for r in group["rules"] if r["alert"] == "SalgspulsTooFewWorkers")
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert rule["expr"].endswith(f" < {compose['services']['worker']['deploy']['replicas']}")


def test_what_our_commands_read_of_the_server_is_granted() -> None:
    """The server shows only those of its own tables for which a user has a grant; the embedded engine shows all."""
    read = set()
    for path in [*ROOT.glob("clickhouse/**/*.py"), *ROOT.glob("streams/**/*.py")]:
        if "embedded" not in path.parts:
            read |= set(re.findall(r"\b(?:FROM|JOIN) system\.(\w+)", path.read_text("utf-8")))
    users = ElementTree.parse(CLICKHOUSE / "users.d" / "salgspuls.xml").getroot()
    for name in ("migrator", "writer"):
        grants = {query.text for query in users.findall(f"users/{name}/grants/query")}
        assert {f"GRANT SELECT ON system.{table}" for table in read - ALWAYS_SHOWN} <= grants
    assert "disks" in read


def test_the_reader_reads_the_views_and_the_tables_behind_them_alone() -> None:
    behind = {
        f"{STORE}.{table}"
        for text in (view.statement for view in view_files.read(migrate.PRODUCT.views, VIEWS))
        for table in re.findall(rf"{STORE}\.(\w+)", text)
    }
    users = ElementTree.parse(CLICKHOUSE / "users.d" / "salgspuls.xml").getroot()
    granted = {query.text for query in users.findall("users/reader/grants/query")}
    parts = "database, table, partition_id, active, data_version, max_block_number"
    assert granted == {
        *(f"GRANT SELECT ON {name}" for name in (f"{VIEWS}.*", *behind)),
        f"GRANT SELECT({parts}) ON system.parts",
    }


def reported() -> set[str]:
    """The names of the time series that a worker reports."""
    registry = CollectorRegistry()
    metrics = WorkerMetrics(registry)
    for family in (metrics.event_delay, metrics.flush_seconds):
        family.labels("salgspuls.calls").observe(1)
    metrics.insert_seconds.labels("calls").observe(1)
    metrics.inserted_rows.labels("calls").inc()
    metrics.retries.labels("clickhouse").inc()
    metrics.lag_messages.labels("salgspuls.calls", "0").set(1)
    metrics.lag_seconds.labels("salgspuls.calls").set(1)
    metrics.last_stored.labels("salgspuls.calls").set(1)
    return set(re.findall(r"^(salgspuls_\w+)", generate_latest(registry).decode(), re.MULTILINE))


def test_alerts_and_panels_ask_for_metrics_that_workers_report() -> None:
    asked = set()
    for text in [*files().values(), (PROMETHEUS / "rules.yml").read_text()]:
        asked |= set(re.findall(r"\bsalgspuls_\w+", text))
    assert asked
    assert asked <= reported()


@pytest.mark.promtool
def test_every_query_of_the_operations_dashboard_is_promql(tmp_path: Path) -> None:
    expressions = [
        target["expr"].replace("$__rate_interval", "1m")
        for text in files().values()
        for panel in json.loads(text)["panels"]
        for target in panel["targets"]
    ]
    rules = [{"record": f"panel:{number}", "expr": text} for number, text in enumerate(expressions)]
    path = tmp_path / "panels.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    done = subprocess.run(["promtool", "check", "rules", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(expressions)} rules found" in done.stdout + done.stderr


def test_the_operations_dashboard_is_as_built_and_whole() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == files(), "run `salgspuls grafana build` and commit"
    [text] = files().values()
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(text)["panels"]:
        assert panel["title"]
        assert panel["description"]
        assert panel["fieldConfig"]["defaults"]["unit"]
        grid = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(grid["x"], grid["x"] + grid["w"])
            for y in range(grid["y"], grid["y"] + grid["h"])
        }
        assert max(x for x, _ in cells) < 24
        assert not cells & taken
        taken |= cells


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\n", " ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def test_the_image_is_pinned_slim_and_not_roots() -> None:
    found = instructions()
    for name, rest in found:
        if name == "FROM":
            assert re.fullmatch(r"python:\d+\.\d+-slim-\w+( AS \w+)?", rest), rest
    last = [name for name, _ in found[[i for i, (name, _) in enumerate(found) if name == "FROM"][-1] :]]
    user = next(rest for name, rest in found if name == "USER")
    assert int(user) > 0
    assert last.index("USER") < last.index("ENTRYPOINT")
    assert any("--require-hashes" in rest for name, rest in found if name == "RUN")


def test_the_image_is_given_every_package_and_nothing_else() -> None:
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    sources = [
        source for name, rest in instructions() if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]  # fmt: skip
    assert {f"!{source}" for source in sources} == {line for line in allowed if line.startswith("!")}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(sources)


_ASK_CHDB = """
import chdb, json, sys
connection = chdb.connect(f"{sys.argv[1]}?config-file={sys.argv[2]}")
for question in sys.stdin.read().split(";"):
    print(json.dumps(str(connection.query(question, "TSV"))))
"""


@pytest.fixture(scope="module")
def clickhouse_answers(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What ClickHouse's engine says of the users that it read from our file: profiles, settings, grants."""
    folder = tmp_path_factory.mktemp("users")
    users = ElementTree.parse(CLICKHOUSE / "users.d" / "salgspuls.xml").getroot()
    for constraint in users.iterfind("profiles/*/constraints/*"):
        for changeable in constraint.findall("changeable_in_readonly"):
            constraint.remove(changeable)  # the embedded engine has not the server's switch that this needs
    people, profiles, quotas = (users.find(name) for name in ("users", "profiles", "quotas"))
    assert people is not None
    assert profiles is not None
    assert quotas is not None
    ElementTree.SubElement(profiles, "default")
    ElementTree.SubElement(quotas, "default")
    removed = people.find("default")
    assert removed is not None
    assert removed.attrib == {"remove": "remove"}, "the server's own user has no password"
    people.remove(removed)  # the engine runs as this one
    default = ElementTree.SubElement(people, "default")
    for name, text in (("password", ""), ("profile", "default"), ("quota", "default")):
        ElementTree.SubElement(default, name).text = text
    ElementTree.SubElement(ElementTree.SubElement(default, "networks"), "ip").text = "::/0"
    ElementTree.SubElement(default, "access_management").text = "1"
    ElementTree.ElementTree(users).write(folder / "users.xml")
    server = ElementTree.parse(CLICKHOUSE / "config.d" / "salgspuls.xml").getroot()
    directories = ElementTree.SubElement(server, "user_directories")
    ElementTree.SubElement(ElementTree.SubElement(directories, "users_xml"), "path").text = str(
        folder / "users.xml"
    )
    ElementTree.ElementTree(server).write(folder / "config.xml")
    questions = (
        "SELECT name FROM system.users ORDER BY name",
        "SELECT user_name, access_type, database FROM system.grants WHERE user_name IN ('reader', 'writer')",
        "SELECT setting_name, value, max FROM system.settings_profile_elements WHERE profile_name = 'salgspuls_reader'",
    )
    done = subprocess.run(
        [sys.executable, "-c", _ASK_CHDB, str(folder / "data"), str(folder / "config.xml")],
        input=";".join(questions),
        capture_output=True,
        text=True,
        env={
            **os.environ,
            **{f"SALGSPULS_CLICKHOUSE_{name}_PASSWORD": "x" for name in ("MIGRATOR", "WRITER", "READER")},
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line).splitlines() for line in done.stdout.splitlines()]


def test_clickhouse_reads_the_three_users(clickhouse_answers: list[list[str]]) -> None:
    assert clickhouse_answers[0] == ["default", "migrator", "reader", "writer"]


def test_the_reader_may_only_look_and_the_writer_may_not_change_the_schema(
    clickhouse_answers: list[list[str]],
) -> None:
    grants = {tuple(line.split("\t")) for line in clickhouse_answers[1]}
    assert {grant for grant in grants if grant[0] == "reader"} == {
        ("reader", "SELECT", "salgspuls"),
        ("reader", "SELECT", "salgspuls_store"),
        ("reader", "SELECT", "system"),
    }
    # deletes the words of those who withdrew their consent, and nothing of another table
    assert {kind for user, kind, _ in grants if user == "writer"} == {"SELECT", "INSERT", "ALTER DELETE"}
    text = (CLICKHOUSE / "users.d" / "salgspuls.xml").read_text("utf-8")
    deletable = set(re.findall(r"GRANT ALTER DELETE ON salgspuls_store\.(\S+)<", text))
    assert deletable == {"segments", "call_names", "name_hours", "word_hours", "term_months"}


def test_the_reader_is_bounded(clickhouse_answers: list[list[str]]) -> None:
    elements = {line.split("\t")[0]: line.split("\t")[1:] for line in clickhouse_answers[2]}
    assert elements["readonly"][0] == "1"
    assert {"max_execution_time", "max_memory_usage", "max_result_bytes"} <= elements.keys()


def test_the_server_lets_the_reader_ask_for_less_and_nothing_else() -> None:
    """Grafana sends max_execution_time with each query; without this, ClickHouse would refuse all of them. And the page
    says what a manager may see."""
    users = ElementTree.parse(CLICKHOUSE / "users.d" / "salgspuls.xml").getroot()
    constraints = users.find("profiles/salgspuls_reader/constraints")
    assert constraints is not None
    assert [setting.tag for setting in constraints] == ["max_execution_time", visibility.SETTING]
    assert all(setting.find("changeable_in_readonly") is not None for setting in constraints)
    server = ElementTree.parse(CLICKHOUSE / "config.d" / "salgspuls.xml").getroot()
    switch = server.findtext("access_control_improvements/settings_constraints_replace_previous")
    assert switch == "true"
