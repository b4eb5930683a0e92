"""`salgspuls analyze`: a file's call in numbers, without any server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clickhouse.schema.metrics import COUNTED
from streams.cli.analyze import command
from streams.cli.session import Session

DATA = Path(__file__).parents[3] / "data" / "importers"
CALL = {"call_id": "trial-1", "call_started_at": "2026-09-14T08:30:00Z", "seller_id": "seller-17"}
KEYS = [
    "call_id",
    "duration_ms",
    "talk_ms",
    "talk_ratio",
    "words",
    "words_per_minute",
    *(metric.name for metric in COUNTED),
    "switches",
    "switches_per_hour",
    "pause_before_speaking_ms",
    "longest_monologue_ms",
    "interruptions",
    "silence_ms",
    "questions",
    "sentiment",
    "keywords",
]
TRACKERS: list[dict[str, Any]] = [
    {"type": "tracker_changed", "tracker_id": "contoso", "name": "Contoso", "kind": "competitor"},
    {"type": "tracker_changed", "tracker_id": "printer", "name": "printer", "kind": "keyword"},
    {"type": "tracker_changed", "tracker_id": "scanner", "name": "scanner", "kind": "keyword"},
    {"type": "tracker_changed", "tracker_id": "offer", "name": "offer", "kind": "keyword"},
    {
        "type": "tracker_changed", "tracker_id": "offer", "name": "offer", "kind": "keyword",
        "revision": 2, "removed": True,
    },
]  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], obj=Session())


def numbers(*arguments: str | Path) -> dict[str, Any]:
    ended = run(*arguments, "--json")
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str, *records: dict[str, Any]) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
        return path

    return written


def events(name: str = "events.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


@pytest.mark.real_data(twin="test_each_number_is_as_computed_by_hand")
def test_a_real_call_gives_its_known_numbers(shared_data: Path) -> None:
    found = numbers(shared_data / "calls" / "example-call.json")
    assert list(found) == KEYS
    assert found["call_id"] == "example-call.wav"
    assert found["duration_ms"] == 182_890
    assert found["talk_ms"] == {"seller": 114_740, "customer": 64_211}
    assert found["talk_ratio"] == pytest.approx(114_740 / 178_951)
    # 34 changes of speaker, less two of the backchannel
    assert found["switches"] == 32
    assert found["switches_per_hour"] == pytest.approx(32 * 3_600_000 / 182_890)
    assert found["silence_ms"] == 0
    mood = found["sentiment"]
    assert list(mood) == ["compound", "positive", "neutral", "negative", "label", "direction"]
    assert mood["positive"] + mood["neutral"] + mood["negative"] == pytest.approx(1)
    assert mood["label"] == "positive"


def test_each_number_is_as_computed_by_hand(write: Callable[..., Path]) -> None:
    found = numbers(DATA / "events.jsonl", "--trackers", write("trackers.jsonl", *TRACKERS))
    seller, customer = 3700 + 600 + 3200 + 2750, 4400 + 3750
    mood, keywords = found.pop("sentiment"), found.pop("keywords")
    counted = {metric.name: found.pop(metric.name) for metric in COUNTED}
    assert counted["filler_words_per_minute"] == 0
    assert found == {
        "call_id": "trial-1",
        "duration_ms": 21_000,
        "talk_ms": {"seller": seller, "customer": customer},
        "talk_ratio": pytest.approx(seller / (seller + customer)),
        "words": {"seller": 13 + 1 + 9 + 9, "customer": 11 + 9},
        "words_per_minute": {
            "seller": pytest.approx(32 * 60_000 / seller),
            "customer": pytest.approx(20 * 60_000 / customer),
        },
        "switches": 4,
        "switches_per_hour": pytest.approx(4 * 3_600_000 / 21_000),
        "pause_before_speaking_ms": pytest.approx((500 + 450) / 2),
        "longest_monologue_ms": {"seller": 3700, "customer": 4400},
        "interruptions": {"seller": 0, "customer": 0},
        "silence_ms": 0,
        "questions": {"seller": 2, "customer": 0},
    }
    # "Yes please." is courtesy, and the price is no feeling
    assert (mood["positive"], mood["label"]) == (pytest.approx(4400 / customer), "positive")
    assert keywords == [
        {
            "tracker_id": "printer", "name": "printer", "kind": "keyword",
            "mentions": {"seller": 1, "customer": 0}, "first_ms": 500,
        },
        {
            "tracker_id": "contoso", "name": "Contoso", "kind": "competitor",
            "mentions": {"seller": 0, "customer": 1}, "first_ms": 13_300,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "seller"),
    [
        ("transcribe.json", "any"),
        ("contact_lens.json", "any"),
        ("bedrock.json", "ch_0"),
        ("trial.transcript.json", "any"),
        ("deepgram_channels.json", "ch_0"),
        ("assemblyai_speakers.json", "A"),
        ("teams.vtt", "Molly Clark"),
        ("zoom.vtt", "Molly Clark"),
    ],
)
def test_every_format_gives_the_same_numbers(name: str, seller: str) -> None:
    ours = numbers(DATA / "events.jsonl")
    theirs = numbers(DATA / name, "--seller-speaker", seller)
    depends_on_duration = (
        () if theirs["duration_ms"] == 21_000 else ("duration_ms", "switches_per_hour", "sentiment")
    )
    for key in KEYS[1:]:
        if key not in depends_on_duration:
            assert theirs[key] == ours[key], key


def test_trackers_in_the_file_itself_are_listened_for(write: Callable[..., Path]) -> None:
    path = write("events.jsonl", *TRACKERS, *events())
    assert [each["tracker_id"] for each in numbers(path)["keywords"]] == ["printer", "contoso"]


def test_without_consent_there_are_times_only(write: Callable[..., Path]) -> None:
    silent = [each | ({"consent": False} if each["type"] == "call_segment" else {}) for each in events()]
    found = numbers(write("events.jsonl", *TRACKERS, *silent))
    assert found["switches"] == 4
    assert found["words"] == {"seller": 0, "customer": 0}
    assert found["words_per_minute"] == {"seller": None, "customer": None}
    assert found["questions"] == {"seller": 0, "customer": 0}
    assert found["sentiment"]["label"] is None
    assert found["keywords"] == []


def test_one_of_several_calls_is_chosen(write: Callable[..., Path]) -> None:
    other = [each | {"call_id": "trial-2"} for each in events()[:3]]
    path = write("events.jsonl", *events(), *other)
    ended = run(path)
    assert ended.exit_code == 2
    assert "has several calls: choose one with --call-id, as trial-1 or trial-2" in ended.output
    assert numbers(path, "--call-id", "trial-2")["switches"] == 1
    assert numbers(path, "--call-id", "trial-1") == numbers(DATA / "events.jsonl")
    none = run(path, "--call-id", "trial-3")
    assert none.exit_code == 1
    assert "has no call 'trial-3'; its calls are 'trial-1', 'trial-2'" in none.output


def test_the_numbers_are_shown_and_what_is_not_in_them_is_told(write: Callable[..., Path]) -> None:
    path = write("events.jsonl", *events(), {"type": "call_segment", **CALL, "text": "a customer's secret"})
    ended = run(path)
    assert ended.exit_code == 1
    assert "Call trial-1" in ended.stdout
    assert "Talk ratio" in ended.stdout
    assert f"{path}:9: consent: Field required" in ended.stderr
    assert "could not be read and are not in the numbers: 1 records" in ended.stderr
    assert "secret" not in ended.output


def test_the_table_shows_what_is_mentioned(write: Callable[..., Path]) -> None:
    shown = run(write("events.jsonl", *TRACKERS, *events())).stdout
    (line,) = [line for line in shown.splitlines() if "Contoso" in line]
    assert line.split() == ["Competitor", "Contoso", "first", "0:13", "0", "1"]


def test_the_table_is_danish_for_danish_readers(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALGSPULS_WEB_LANGUAGE", "da")
    path = write("events.jsonl", *TRACKERS, *events(), {"type": "call_segment", **CALL, "text": "x"})
    ended = run(path)
    for said in (
        "Opkald trial-1",
        "Sælger",
        "Taleforhold, sælgerens andel",
        "Kundesynspunkt",
        "Konkurrent Contoso",
        " %",
    ):
        assert said in ended.stdout
    assert "kunne ikke læses og er ikke med i tallene: 1 poster" in ended.stderr
    for english in ("Seller", "Talk", "Words", "positive", "%,"):
        assert english not in ended.stdout


def test_a_call_that_contradicts_itself_is_one_sentence(write: Callable[..., Path]) -> None:
    ended = run(write("events.jsonl", *events(), events()[-1] | {"seller_id": "seller-18", "revision": 2}))
    assert ended.exit_code == 1
    assert "seller_id: another one than the call is known by" in ended.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "is empty"), ("account,sector\n", "of no known format"), ("{", "is not JSON")],
)
def test_what_has_no_call_is_told(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    ended = run(path)
    assert ended.exit_code == 1
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, "one cause is one line"


def test_a_segment_of_nothing_but_marks_is_no_speech() -> None:
    found = numbers(DATA.parent / "transcripts" / "events-noise-marks.jsonl")
    assert found["talk_ms"] == {"seller": 2000, "customer": 1500}
    assert found["words"] == {"seller": 3, "customer": 3}
    assert (found["switches"], found["duration_ms"], found["silence_ms"]) == (1, 6000, 0)
    assert found["sentiment"]["neutral"] == 1.0, "only what is said has a sentiment"


def test_a_call_that_is_not_in_the_file_is_told_with_those_that_are(tmp_path: Path) -> None:
    ended = run(DATA / "live_call_analytics.jsonl", "--call-id", "none")
    assert ended.exit_code == 1
    assert "has no call 'none'; its calls are 'lca-trial-1'" in ended.stderr
