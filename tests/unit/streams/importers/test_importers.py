"""Every format tells the same call, and is known by its content; what is none is said to be none.

The files in tests/data/importers are one short call as each system writes it, after the public documentation of each.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import IMPORTERS, Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data" / "importers"
OPTIONS = Options(consent=True, seller_id="seller-17", started_at=datetime(2026, 9, 14, 8, 30, tzinfo=UTC))

CALL = [
    ("seller", 500, 4200, "Hello Søren, this is Molly from Nordlys. How is the printer trial going?"),
    ("seller", 7000, 7600, "Mhm."),
    ("customer", 4700, 9100, "Hi Molly. Really great so far, we are happy with it."),
    ("seller", 9600, 12800, "Wonderful. Shall I send you the offer for ten?"),
    ("customer", 13300, 17050, "Yes please. But the price at Contoso was lower."),
    ("seller", 17500, 20250, "I will send it today, with a better price."),
]
"""In the order in which the segments end."""

CALLS = {
    "events.jsonl": ("", "trial-1"),
    "transcribe.json": ("", "trial-follow-up"),
    "contact_lens.json": ("", "5d2c7a3e-9a44-4d4b-8a55-3b1f0d9c0e11"),
    "bedrock.json": ("ch_0", "calls/2026/trial.wav"),
    "trial.transcript.json": ("", "0f7d2c44-61f0-4f0e-8a38-2f4c1a2b3c4d"),
    "teams.vtt": ("molly clark", None),
    "zoom.vtt": ("Molly Clark", None),
    "webex.vtt": ("Molly Clark", None),
    "graph_metadata.vtt": ("Molly Clark", None),
    "whisperx.srt": ("SPEAKER_00", None),
    "whisperx.json": ("SPEAKER_00", None),
    "whisper_cpp.json": ("0", None),
    "whisper_insanely_fast.json": ("speaker_00", None),
    "openai_diarized.json": ("A", None),
    "amazon_transcribe_speakers.json": ("spk_0", "trial-follow-up-standard"),
    "amazon_transcribe_channels.json": ("ch_0", "trial-follow-up-channels"),
    "azure_batch.json": ("spk_1", "recordings.blob.core.windows.net/calls/2026/trial.wav"),
    "azure_fast.json": ("ch_0", None),
    "contact_lens_live.jsonl": ("", "5d2c7a3e-9a44-4d4b-8a55-3b1f0d9c0e12"),
    "live_call_analytics.jsonl": ("", "lca-trial-1"),
    "twilio.json": ("1", "GT00000000000000000000000000000001"),
    "fireflies.json": ("Molly Clark", "01J8TRIAL"),
    "fireflies_export.json": ("Molly Clark", None),
    "gong.json": ("", "7782342274025937895"),
    "deepgram_channels.json": ("ch_0", "a847f427-4ad5-4d67-9b95-000000000001"),
    "deepgram_speakers.json": ("spk_0", "a847f427-4ad5-4d67-9b95-000000000002"),
    "assemblyai_channels.json": ("1", "9ea68fd3-0002"),
    "assemblyai_speakers.json": ("A", "9ea68fd3-0001"),
}
"""Each file with who sells in it, where it does not tell, and with the call's id."""

WITH_DURATION = {
    "events.jsonl",
    "transcribe.json",
    "contact_lens.json",
    "bedrock.json",
    "deepgram_channels.json",
    "deepgram_speakers.json",
    "assemblyai_channels.json",
    "assemblyai_speakers.json",
    "openai_diarized.json",
    "azure_batch.json",
    "azure_fast.json",
    "live_call_analytics.jsonl",
    "fireflies.json",
    "gong.json",
}
"""The calls of the others last as long as somebody speaks."""


def items(path: Path, options: Options = OPTIONS) -> list[Item]:
    return list(read(Source(path), options))


def with_seller(who: str, options: Options = OPTIONS) -> Options:
    return replace(options, seller_speakers=frozenset([who] if who else []))


@pytest.mark.parametrize("name", CALLS)
def test_every_format_tells_the_same_call(name: str) -> None:
    seller, call_id = CALLS[name]
    started, *segments, ended = items(DATA / name, with_seller(seller))
    assert isinstance(started, CallStarted)
    assert isinstance(ended, CallEnded)
    found = [each for each in segments if isinstance(each, CallSegment)]
    assert len(found) == len(segments)
    assert (
        sorted(
            ((each.speaker, each.start_ms, each.end_ms, each.text) for each in found),
            key=lambda each: each[2],
        )
        == CALL
    )
    assert {each.call_id for each in found} == {started.call_id} == {ended.call_id}
    assert call_id in (None, started.call_id)
    assert {each.call_started_at for each in found} == {OPTIONS.started_at}
    assert {each.consent for each in found} == {True}
    assert ended.duration_ms == (21_000 if name in WITH_DURATION else 20_250)
    assert all(each.confidence is None or 0.5 < each.confidence < 1 for each in found)


@pytest.mark.parametrize("name", CALLS)
def test_reading_twice_gives_the_same(name: str) -> None:
    options = with_seller(CALLS[name][0])
    assert items(DATA / name, options) == items(DATA / name, options)


@pytest.mark.parametrize(
    "path", sorted(path for path in DATA.iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_a_format_is_known_by_content_and_by_one_importer_only(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "nameless"
    shutil.copy(path, renamed)
    recognising = [each.name for each in IMPORTERS if each.recognises(Source(renamed), OPTIONS)]
    assert len(recognising) == (0 if path.suffix == ".toml" else 1), recognising


@pytest.mark.parametrize("name", [name for name in CALLS if name != "events.jsonl"])
def test_without_consent_stated_nothing_is_read(name: str) -> None:
    options = with_seller(CALLS[name][0], Options(seller_id="s", started_at=OPTIONS.started_at))
    (problem,) = items(DATA / name, options)
    assert isinstance(problem, Problem)
    assert problem.reason == (
        "the file does not say whether the call may be analysed: --consent or --no-consent"
    )


@pytest.mark.parametrize("name", CALLS)
def test_a_refused_consent_holds_for_every_segment(name: str) -> None:
    options = with_seller(CALLS[name][0], Options(False, "s", started_at=OPTIONS.started_at))
    segments = [each for each in items(DATA / name, options) if isinstance(each, CallSegment)]
    assert [each.consent for each in segments] == [False] * len(CALL)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02", "of no known format"),
        (b'{"hello": "world"}', "of no known format"),
        (b'[1, 2, {"a": "b"}]', "of no known format"),
        (b"account,sector\nNordlys,print\n", "For other CSV give --mapping"),
        (b'{"Transcript": [\n  {"Content": "hello"\n', "is not JSON"),
        (b'{"a": 1}\n{"b": 2}\n', "of no known format"),
        (b'{\n"a": 1}\n{"b": 2}\n', "of no known format"),
        (b'{"a": 1}, {"b": 2}', "is more than one JSON value"),
        (b'{"Transcript": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_of_no_known_format_is_said_to_be_so(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    (problem,) = items(path)
    assert isinstance(problem, Problem)
    assert said in problem.reason


def test_a_problem_names_the_file_and_the_line() -> None:
    assert str(Problem(Path("a.csv"), 12, "x: must be y")) == "a.csv:12: x: must be y"
    assert str(Problem(Path("a.json"), None, "x: must be y")) == "a.json: x: must be y"
