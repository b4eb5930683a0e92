"""Whatever people are told, they are told in Danish and in English, with the same places to fill."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from aiokafka import errors
from click.testing import CliRunner
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.client import describe as describe_clickhouse
from streams.cli import cli
from streams.importers import Options, Problem, Source, change_texts, file_texts, read, texts
from streams.jobs import call_corrections, doctor_texts
from streams.jobs.importing import terminal
from streams.kafka.errors import describe
from streams.kafka.producer import KafkaUnreachable
from streams.language import Text

MODULES: tuple[ModuleType, ...] = (texts, file_texts, change_texts, doctor_texts, call_corrections, terminal)
ALIKE = {"NOTHING", "MINUTES", "SECONDS", "FORM"}
TWO_LANGUAGES_OF_ITS_OWN = {"ONE_PAGE", "SOME_PAGES", "TOO_LARGE", "NO_NEEDED_COLUMN"}
"""Their Danish has a place of its own, for a word that is put in."""


def all_texts() -> Iterator[tuple[str, Text]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, Text):
                yield name, value


@pytest.mark.parametrize(("name", "text"), all_texts())
def test_both_languages_have_the_same_places(name: str, text: Text) -> None:
    places = [{field for _, field, _, _ in string.Formatter().parse(each) if field} for each in text]
    if name in TWO_LANGUAGES_OF_ITS_OWN:
        places = [{place.removesuffix("_da") for place in each} for each in places]
    assert places[0] == places[1]
    assert name in ALIKE or text.en != text.da


@pytest.mark.parametrize(
    ("name", "content", "danish"),
    [
        ("empty.csv", b"", "er tom: blev den gemt færdig?"),
        ("a.json", b'{"Transcript": "\xff"}', "er ikke UTF-8"),
        ("a.json", b"[" * 100_000, "er indlejret for dybt"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "er ikke en projektmappe, der kan læses"),
        ("a.csv", b'Record ID,Deal Name,Deal Stage,Amount\n1,"a,Won,2\n', "åbner et anførselstegn, der aldrig lukkes"),
        ("a.jsonl", (b'{"payload": {"ChangeEventHeader": {"entityName": "Lead", "recordIds": ["1"], '
         b'"changeType": "CREATE", "commitTimestamp": 1}}}\n'), "skal være Opportunity; andre poster læses ikke"),
        ("a.json", (b'{"PrimaryEntityName": "opportunity", "MessageName": "Update", "OperationCreatedOn": '
         b'"/Date(1795000000000)/", "PrimaryEntityId": "7", "InputParameters": []}'), "har ingen felter: platformen"),
        ("a.jsonl", b'{"type": "period_changed", "period_id": "Q4"}\n', "starts_on: skal være der"),
    ],
)  # fmt: skip
def test_reasons_about_files_are_danish_for_a_dane(
    tmp_path: Path, name: str, content: bytes, danish: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    options = Options(told_in="da", seller_id="mia")
    found = {each.reason for each in read(Source(path), options) if isinstance(each, Problem)}
    assert any(danish in reason for reason in found), found
    english = {
        each.reason
        for each in read(Source(path), replace(options, told_in="en"))
        if isinstance(each, Problem)
    }
    assert found.isdisjoint(english)


def test_errors_of_servers_are_danish_for_a_dane() -> None:
    missing = describe(errors.UnknownTopicOrPartitionError(), "da")
    assert missing.startswith("Kafka: emnet (topic) findes ikke: kør `salgspuls topics ensure`")
    assert describe(KafkaUnreachable("here:9092"), "da").startswith(
        "Kafka svarer ikke på here:9092: start den, eller sæt"
    )
    error = DatabaseError("code 497 server response: not enough rights", code=497)
    assert describe_clickhouse(error, "da").endswith("giv brugeren retten, som deploy/clickhouse gør")


def test_the_command_line_says_it_in_the_language_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALGSPULS_WEB_LANGUAGE", "da")
    monkeypatch.setenv("SALGSPULS_KAFKA_BOOTSTRAP", "127.0.0.1:1")
    monkeypatch.setenv("SALGSPULS_CLICKHOUSE_PORT", "1")
    monkeypatch.setenv("SALGSPULS_WORKER_PORT", "1")
    ended = CliRunner().invoke(cli, ["doctor", "--json"])
    findings = {each["part"]: each for each in json.loads(ended.output)}
    assert findings["Kafka"]["message"].startswith("svarer ikke på 127.0.0.1:1")
    assert findings["Kafka"]["remedy"].startswith("start brokeren, eller sæt SALGSPULS_KAFKA_BOOTSTRAP")
    assert findings["worker"]["remedy"].startswith("start den: `salgspuls worker`")
