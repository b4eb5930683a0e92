"""Messages as the Alertmanager's own code renders them, of which Grafana's is a copy."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from grafana.alerts.files import MAILS, files
from grafana.alerts.mail import NAME, mails
from grafana.alerts.messages import TEMPLATES
from grafana.alerts.rules import Office, Rule, rules
from grafana.i18n import LANGUAGES, Language

pytestmark = pytest.mark.amtool

RULES = {rule.uid: rule for rule in rules(Office())}
SPIKE = RULES["salgspuls-negative-spike"]
DEAL = RULES["salgspuls-deal-at-risk"]


def filled(text: str, labels: dict[str, str], values: dict[str, float]) -> str:
    """An annotation as Grafana fills it before the message is rendered; what it does not know is nil."""

    def known(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if kind == "labels":
            return labels.get(name, "–")
        return f"{values[name]:.0f}" if name in values else "–"

    text = re.sub(r"\{\{ with \$(labels|values)\.(\w+) \}\}.*?\{\{ end \}\}", known, text)
    return re.sub(r"\{\{ urlquery \$labels\.(\w+) \}\}", lambda match: labels.get(match[1], ""), text)


def provisioned(rule: Rule) -> dict[str, str]:
    document = yaml.safe_load(files(Office())["rules.yaml"])
    found: dict[str, str] = next(
        one["annotations"] for group in document["groups"] for one in group["rules"] if one["uid"] == rule.uid
    )
    return found


def alert(rule: Rule, status: str = "firing", **known: str | float) -> dict[str, Any]:
    labels = {name: str(value) for name, value in known.items() if isinstance(value, str)}
    values = {name: value for name, value in known.items() if isinstance(value, int | float)}
    return {
        "status": status,
        "labels": {"alertname": rule.title.en, **labels},
        "annotations": {name: filled(text, labels, values) for name, text in provisioned(rule).items()},
        "startsAt": "2026-11-26T11:36:02Z",
        "endsAt": "0001-01-01T00:00:00Z",
    }


def rendered(tmp_path: Path, what: str, language: Language, *alerts: dict[str, Any]) -> str:
    (tmp_path / "salgspuls.tmpl").write_text(TEMPLATES, encoding="utf-8")
    return rendered_of(tmp_path, f"salgspuls.{what}.{language}", "text", *alerts)


def mail(tmp_path: Path, language: Language, *alerts: dict[str, Any]) -> str:
    """The e-mail as HTML, escaped by where a word stands."""
    (tmp_path / NAME).write_text(mails()[f"{language}/{NAME}"], encoding="utf-8")
    return rendered_of(tmp_path, NAME, "html", *alerts)


def rendered_of(tmp_path: Path, template: str, kind: str, *alerts: dict[str, Any]) -> str:
    data = {"alerts": list(alerts), "externalURL": "https://grafana.example/", "status": "firing"}
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    run = subprocess.run(
        [
            "amtool", "template", "render",
            f"--template.glob={tmp_path / ('*.tmpl' if kind == 'text' else '*.html')}",
            f"--template.type={kind}",
            f"--template.data={tmp_path / 'data.json'}",
            f'--template.text={{{{ template "{template}" . }}}}',
        ],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "TZ": "Europe/Copenhagen"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_a_title_names_the_rule_and_whom_it_is_about(tmp_path: Path) -> None:
    nord = alert(SPIKE, team="Nord", share=73, usual=20)
    assert rendered(tmp_path, "title", "en", nord) == "Salgspuls: Negative sentiment in a team: Nord"
    assert rendered(tmp_path, "title", "da", nord) == "Salgspuls: Negativt synspunkt i et team: Nord"
    others = [alert(SPIKE, team=team) for team in ("Syd", "Øst")]
    assert rendered(tmp_path, "title", "da", nord, *others).endswith("i et team: Nord og 2 mere")


def test_a_message_says_what_is_wrong_since_when_and_where_to_look(tmp_path: Path) -> None:
    said = rendered(tmp_path, "message", "da", alert(SPIKE, team="Nord", share=73, usual=20))
    assert said.splitlines()[0] == (
        "Nord: 73 % af det, kunderne sagde i de sidste minutter, er negativt; 20 % er normalt nu"
        " (siden 26.11. 12.36)"
    )
    links = re.findall(r"https://grafana\.example/d/salgspuls-sentiment-da\?\S+", said)
    assert len(links) == 2


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_over_is_said_as_over(tmp_path: Path, rule: Rule, language: Language) -> None:
    labels = dict.fromkeys(rule.labels, "x")
    over = alert(rule, "resolved", **labels)
    assert rendered(tmp_path, "title", language, over).startswith(
        {"en": "Salgspuls, over: ", "da": "Salgspuls, overstået: "}[language] + rule.title.of(language)
    )
    said = rendered(tmp_path, "message", language, over)
    assert said == {"en": "Over: ", "da": "Overstået: "}[language] + re.sub(
        r"\{\w+\}", "x", rule.over.of(language)
    )
    assert "is going on" not in said
    assert "igangværende" not in said


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_could_not_be_asked_says_so_and_nothing_else(
    tmp_path: Path, rule: Rule, language: Language
) -> None:
    """What Grafana makes of a failed query: its own name for the alert, no labels and no values of the rule."""
    failed = alert(rule) | {"labels": {"alertname": "DatasourceError", "rulename": rule.title.en}}
    expected = {"en": "cannot be read", "da": "kan ikke læses"}[language]
    said = rendered(tmp_path, "message", language, failed)
    assert expected in said
    assert not re.search(r"nil|no value|%!|–|https", said)
    no_all_clear = rendered(tmp_path, "message", language, failed | {"status": "resolved"})
    assert no_all_clear == ""


def test_nothing_is_said_in_the_other_language(tmp_path: Path) -> None:
    for rule in RULES.values():
        known: dict[str, str | float] = {**dict.fromkeys(rule.labels, "x"), **dict.fromkeys(rule.values, 1.0)}
        some = alert(rule, **known)  # type: ignore[arg-type]  # none of them is called status
        danish = rendered(tmp_path, "message", "da", some) + rendered(tmp_path, "title", "da", some)
        assert rule.summary.en[-20:] not in danish
        assert rule.title.en not in danish
        assert not re.search(r"\b(since|See it|Over)\b", danish)


WORDS = {
    "en": ("since", "See it", "Where it comes from", "Over: "),
    "da": ("siden", "Se det", "Hvor det kommer fra", "Overstået: "),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_is_in_one_language_and_its_links_are_links(
    tmp_path: Path, rule: Rule, language: Language
) -> None:
    known: dict[str, str | float] = {**dict.fromkeys(rule.labels, "x"), **dict.fromkeys(rule.values, 1.0)}
    some = alert(rule, **known)  # type: ignore[arg-type]  # none of them is called status
    said = mail(tmp_path, language, some, some | {"status": "resolved"})
    assert f'<html lang="{language}">' in said
    assert rule.title.of(language) in said
    assert [word for word in WORDS[language] if word not in said] == []
    assert [word for word in WORDS["en" if language == "da" else "da"] if re.search(rf"\b{word}", said)] == []
    links = re.findall(r'<a href="(https://grafana\.example/d/salgspuls-[^"]+)"', said)
    assert len(links) == said.count("<a ") == 2
    assert all("-da?" in link for link in links) == (language == "da")
    assert not re.search(r"no value|nil|%!|Grouped by|Grafana Labs|ZgotmplZ", said)


def test_a_name_in_a_mail_is_text_whatever_it_holds(tmp_path: Path) -> None:
    said = mail(tmp_path, "da", alert(SPIKE, team="<script>Øst & co</script>", share=73, usual=20))
    assert "&lt;script&gt;Øst &amp; co" in said
    assert "<script>" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_about_a_rule_that_could_not_be_asked_says_that_alone(
    tmp_path: Path, language: Language
) -> None:
    failed = alert(SPIKE) | {"labels": {"alertname": "DatasourceError"}}
    said = mail(tmp_path, language, failed)
    assert {"en": "cannot be read", "da": "kan ikke læses"}[language] in said
    assert "<a " not in said
    assert "Nord" not in said
    over = mail(tmp_path, language, failed | {"status": "resolved"})
    assert not re.search(r"read|læses|Over", over), "nobody knows that it is over"


def test_the_committed_frames_are_what_the_source_builds() -> None:
    committed = {
        path.relative_to(MAILS).as_posix(): path.read_text(encoding="utf-8") for path in MAILS.glob("*/*")
    }
    assert committed == mails(), "run `salgspuls grafana build` and commit"


def test_a_health_below_65_is_never_said_as_65() -> None:
    assert DEAL.values["health"] == "floor(health)"
    assert DEAL.limit.breached(64)
    assert not DEAL.limit.breached(65)
