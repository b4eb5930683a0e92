"""docker-compose.yml without a container engine: its schema, its files, its variables, and the commands it runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from clickhouse.schema.tables import STORE
from streams.config.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = ROOT / "docker-compose.yml"
TEXT = COMPOSE.read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<rest>[^}]*))?\}")
EXAMPLE = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
REQUIRED = dict.fromkeys(re.findall(r"^(\w+)=$", EXAMPLE, re.MULTILINE), "a-password") | {
    "SALGSPULS_ALERT_CHANNEL": "none"
}


def services() -> dict[str, Any]:
    """The services as Compose reads them, with the required variables given and the others at their defaults."""

    def value(match: re.Match[str]) -> str:
        return REQUIRED[match["name"]] if match["how"] == "?" else (match["rest"] or "")

    found: dict[str, Any] = yaml.safe_load(VARIABLE.sub(value, TEXT))["services"]
    return found


OURS = sorted(name for name, service in services().items() if service["image"].startswith("salgspuls:"))


def test_it_follows_the_compose_specification() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            *("--builtin-schema", "vendor.compose-spec", str(COMPOSE)),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_images_are_pinned() -> None:
    for name, service in services().items():
        _, _, tag = service["image"].rpartition(":")
        assert re.search(r"\d+\.\d+", tag), f"{name}: {service['image']}"


def test_what_runs_on_is_watched_and_started_again_and_what_ends_is_not() -> None:
    for name, service in services().items():
        if name in ("topics", "migrate"):
            assert service["restart"] == "no"
        elif name != "simulator":
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name


def test_services_wait_for_what_they_need() -> None:
    found = services()
    for name, service in found.items():
        for other, how in service.get("depends_on", {}).items():
            condition = how["condition"]
            if condition == "service_healthy":
                assert "healthcheck" in found[other], (
                    f"{name} waits for {other}, which tells nothing of its health"
                )
            if condition == "service_completed_successfully":
                assert found[other]["restart"] == "no", f"{name} waits for the end of {other}, which goes on"
    assert found["worker"]["deploy"]["replicas"] == 2
    assert found["simulator"]["profiles"] == ["demo"]


def test_mounted_files_exist_and_named_volumes_are_declared() -> None:
    declared = set(yaml.safe_load(TEXT)["volumes"])
    used = set()
    for service in services().values():
        for volume in service.get("volumes", []):
            source, target, *_ = volume.split(":")
            if source.startswith("."):
                assert (ROOT / source).exists(), volume
                assert volume.endswith(":ro"), volume
            else:
                used.add(source)
            assert target.startswith("/")
    assert used == declared


def test_ports_are_reached_from_this_machine_only() -> None:
    ports = [port for service in services().values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_variable_is_documented_with_its_default() -> None:
    used = {match["name"]: match for match in VARIABLE.finditer(TEXT)}
    documented = dict(re.findall(r"^(?:# )?(\w+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert documented.keys() == used.keys()
    for name, match in used.items():
        default = "" if match["how"] == "?" else match["rest"]
        assert documented[name] == default, name


def test_grafana_is_given_every_variable_of_its_provisioning() -> None:
    given = services()["grafana"]["environment"]
    for path in (ROOT / "grafana" / "provisioning").rglob("*.yaml"):
        for name in re.findall(r"(?<!\$)\$\{(\w+)\}", path.read_text(encoding="utf-8")):
            assert given.get(name), f"{path.name}: {name}"


def test_dashboards_are_mounted_where_grafana_looks_for_them() -> None:
    grafana = services()["grafana"]
    provisioning = ROOT / "grafana" / "provisioning" / "dashboards" / "salgspuls.yaml"
    targets = {volume.split(":")[1] for volume in grafana["volumes"]}
    for provider in yaml.safe_load(provisioning.read_text())["providers"]:
        folder = grafana["environment"]["SALGSPULS_DASHBOARDS"]
        assert provider["options"]["path"].replace("${SALGSPULS_DASHBOARDS}", folder) in targets


def test_the_plugin_is_the_one_that_the_queries_are_written_for() -> None:
    from grafana.render.clickhouse_query import DATA_SOURCE, PLUGIN_VERSION

    text = (ROOT / "deploy" / "grafana" / "Dockerfile").read_text(encoding="utf-8")
    assert f" plugins install {DATA_SOURCE} {PLUGIN_VERSION} " in text


def test_grafana_starts_without_the_internet_and_changes_nothing_by_itself() -> None:
    grafana = services()["grafana"]
    text = (ROOT / grafana["build"]["context"] / "Dockerfile").read_text(encoding="utf-8")
    assert f"FROM grafana/grafana:{grafana['image'].rpartition(':')[2]}\n" in text
    given = grafana["environment"]
    assert not any(name.startswith("GF_PLUGINS_PREINSTALL_SYNC") for name in given)
    assert given["GF_PLUGINS_PREINSTALL_AUTO_UPDATE"] == "false"
    [plugins] = re.findall(r"^ENV GF_PATHS_PLUGINS=(\S+)$", text, re.MULTILINE)
    assert f"--pluginsDir {plugins} " in text
    assert not any(plugins.startswith(volume.split(":")[1]) for volume in grafana["volumes"])


def test_grafanas_own_contact_point_is_replaced_before_anything_is_sent() -> None:
    """Its policy waits half a minute for a group to be complete."""
    poll = services()["grafana"]["environment"]["GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL"]
    assert int(poll.removesuffix("s")) < 30


def test_each_image_of_ours_is_built_once_and_never_fetched() -> None:
    built = [service for service in services().values() if "build" in service]
    assert len({service["image"] for service in built}) == len(built) == 2
    assert all(service["pull_policy"] == "build" for service in built)
    others = [services()[name] for name in OURS if "build" not in services()[name]]
    assert all(service["pull_policy"] == "never" for service in others)


def test_each_service_has_a_limit_of_memory() -> None:
    for name, service in services().items():
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name


def test_up_asks_where_alerts_go_and_both_who_send_them_know() -> None:
    match = next(match for match in VARIABLE.finditer(TEXT) if match["name"] == "SALGSPULS_ALERT_CHANNEL")
    assert match["how"] == "?"
    given = [services()[name]["environment"] for name in ("grafana", "alertmanager")]
    assert given[0].items() >= given[1].items()
    points = yaml.safe_load((ROOT / "grafana/provisioning/alerting/contact-points.yaml").read_text())
    known = {point["name"] for point in points["contactPoints"]}
    script = (ROOT / "deploy" / "alertmanager" / "start.sh").read_text(encoding="utf-8")
    assert (
        known == set(re.findall(r"^(\w+)\)$", script, re.MULTILINE)) == {"email", "webhook", "teams", "none"}
    )


def test_kafka_is_the_one_that_the_tests_run() -> None:
    pom = (ROOT / "streams" / "demo" / "brokers" / "pom.xml").read_text(encoding="utf-8")
    [version] = re.findall(r"<artifactId>kafka_2\.13</artifactId>\s*<version>([\d.]+)</version>", pom)
    assert services()["kafka"]["image"] == f"apache/kafka:{version}"


def test_the_document_says_who_may_reach_what() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| ([\d-]+) \|", text, re.MULTILINE)
    said = {name: (set(networks.split(", ")), port.replace("-", "")) for name, networks, port in rows}
    found = {
        name: (
            set(service["networks"]),
            ",".join(port.split(":")[1] for port in service.get("ports", [])),
        )
        for name, service in services().items()
    }
    assert said == found


def test_services_share_a_network_with_what_they_talk_to() -> None:
    found = services()
    for name, service in found.items():
        said = {str(value) for value in service.get("environment", {}).values()}
        for other in found:
            if any(re.search(rf"(^|//){other}(:|$)", value) for value in said) and other != name:
                needless = other == "clickhouse" and name in ("topics", "simulator")
                needless |= other == "kafka" and name == "migrate"
                assert needless or set(service["networks"]) & set(found[other]["networks"]), (name, other)
    prometheus = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    [manager] = prometheus["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
    assert manager == "alertmanager:9093"
    assert {"worker", "alertmanager"} <= {
        name
        for name, service in found.items()
        if set(service["networks"]) & set(found["prometheus"]["networks"])
    }


def environment(name: str) -> dict[str, str]:
    return {
        key: value for key, value in services()[name]["environment"].items() if key.startswith("SALGSPULS_")
    }


@pytest.mark.parametrize("name", OURS)
def test_our_commands_take_the_arguments_and_settings_that_they_are_given(name: str) -> None:
    settings = Settings.load(env=environment(name))
    assert settings.kafka.bootstrap == "kafka:19092"
    assert settings.clickhouse.host == "clickhouse"
    command, *arguments = services()[name]["command"]
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", command, *arguments, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    given = {argument for argument in arguments if argument.startswith("--")}
    assert all(option in done.stdout for option in given)


def test_the_worker_is_reached_from_other_containers_where_prometheus_looks() -> None:
    settings = Settings.load(env=environment("worker"))
    assert settings.worker.host == "0.0.0.0"
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    [discovery] = config["scrape_configs"][0]["dns_sd_configs"]
    assert (discovery["names"], discovery["port"]) == (["worker"], settings.worker.port)
    probe = " ".join(services()["worker"]["healthcheck"]["test"])
    assert f"127.0.0.1:{settings.worker.port}/ready" in probe


def test_users_are_those_of_the_clickhouse_server() -> None:
    users = (ROOT / "deploy" / "clickhouse" / "users.d" / "salgspuls.xml").read_text(encoding="utf-8")
    for name in OURS:
        settings = Settings.load(env=environment(name)).clickhouse
        assert f"<{settings.writer_user}>" in users
        assert f"<{settings.reader_user}>" in users
    given = services()["clickhouse"]["environment"]
    assert set(re.findall(r'from_env="(\w+)"', users)) <= given.keys()
    assert STORE in users
