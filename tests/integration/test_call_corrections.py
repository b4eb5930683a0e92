"""A call that was imported with the wrong seller, start or words is put right, and nothing ends as a dead letter."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.support.embedded_clickhouse import ROOT
from tests.support.pipeline import Pipeline, running_pipeline

DATA = ROOT / "tests" / "data" / "transcripts"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with running_pipeline(
        TansuBroker(tmp_path / "tansu", free_port()), tmp_path, idempotent=False
    ) as pipeline:
        yield pipeline


def imported(pipeline: Pipeline, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        **pipeline.settings.as_environment(),
        "SALGSPULS_WORKER_TRACKER_POLL_SECONDS": "0.5",
    }
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", "import", *map(str, arguments), "--consent"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def calls(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    return pipeline.query(
        "SELECT seller_id, formatDateTime(call_started_at, '%H:%i'), segments, talk_seller_ms FROM salgspuls.calls"
    )


async def test_a_wrong_seller_and_start_are_put_right_by_a_higher_revision(pipeline: Pipeline) -> None:
    pipeline.start_worker(SALGSPULS_WORKER_TRACKER_POLL_SECONDS="0.5")
    path = DATA / "import-corrects-the-seller.json"
    speaker = ("--seller-speaker", "spk_0")
    eight, nine = (f"{YESTERDAY:%Y-%m-%d}T{hour}:00:00Z" for hour in ("08", "09"))

    assert imported(pipeline, path, "--seller", "wrong", *speaker, "--started-at", eight).returncode == 0
    await pipeline.until_committed(4)
    assert calls(pipeline) == [("wrong", "08:00", 2, 1000)]

    refused = imported(pipeline, path, "--seller", "right", *speaker, "--started-at", eight)
    assert refused.returncode == 1
    assert "is stored as a call of 'wrong', and not of 'right': --revision 2 moves it" in refused.stderr
    assert "sent: nothing" in refused.stdout

    moved = imported(pipeline, path, "--seller", "right", *speaker, "--started-at", eight, "--revision", "2")
    assert moved.returncode == 0, moved.stderr
    await pipeline.until_committed(8)
    assert calls(pipeline) == [("right", "08:00", 2, 1000)]

    moved = imported(pipeline, path, "--seller", "right", *speaker, "--started-at", nine, "--revision", "3")
    assert moved.returncode == 0, moved.stderr
    await pipeline.until_committed(12)
    assert calls(pipeline) == [("right", "09:00", 2, 1000)]
    assert pipeline.query(
        "SELECT seller_id, sum(calls) AS n FROM salgspuls.seller_hours GROUP BY 1 HAVING n > 0"
    ) == [("right", 1)]
    assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(0,)]
    late = imported(pipeline, path, "--seller", "right", *speaker, "--started-at", nine)
    assert late.returncode == 1
    assert "is stored" in late.stderr or "was replaced" in late.stderr


def watched(arguments: list[str], environment: dict[str, str], until_gone: Path) -> int:
    """Run a watching import until it has dealt with a file; its exit code."""
    watching = subprocess.Popen(arguments, cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 90
        while until_gone.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
    finally:
        watching.send_signal(signal.SIGINT)
    return watching.wait(timeout=30)


async def test_files_that_are_dropped_into_a_folder_are_imported_and_moved(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline.start_worker()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    how = ("--seller", "w", "--seller-speaker", "Anna Lund", "--consent")
    arguments = [sys.executable, "-m", "streams.cli", "import", "--watch", str(inbox), *how]
    environment = {**os.environ, **pipeline.settings.as_environment()}
    began = f"GMT{YESTERDAY:%Y%m%d}-080000_"
    for name in ("vtt-webex.vtt", "srt-with-names.srt"):
        # the second time as after a restart
        shutil.copy(DATA / name, inbox / f"{began}{name}")
        assert watched(arguments, environment, inbox / f"{began}{name}") == 130
    assert (inbox / "imported" / f"{began}srt-with-names.srt").is_file()
    assert (inbox / "failed" / f"{began}vtt-webex.vtt").is_file()
    report = (inbox / "failed" / f"{began}vtt-webex.vtt.report.txt").read_text()
    assert f"{began}vtt-webex.vtt:12: does not say who speaks" in report
    await pipeline.until_committed(8)
    assert pipeline.query("SELECT count() FROM salgspuls.calls WHERE seller_id = 'w'") == [(2,)]


async def test_a_meeting_is_one_call_whatever_its_line_ends_or_corrected_words(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline.start_worker(SALGSPULS_WORKER_TRACKER_POLL_SECONDS="0.5")
    how = (
        "--seller",
        "k7",
        "--seller-speaker",
        "Anna Lund",
        "--started-at",
        f"{YESTERDAY:%Y-%m-%d}T08:00:00Z",
    )
    assert imported(pipeline, DATA / "vtt-same-meeting-lf.vtt", *how).returncode == 0
    assert imported(pipeline, DATA / "vtt-same-meeting-crlf.vtt", *how).returncode == 0
    await pipeline.until_committed(8)
    corrected = tmp_path / "corrected.vtt"
    corrected.write_text((DATA / "vtt-same-meeting-lf.vtt").read_text().replace("begin", "start"))
    told = imported(pipeline, corrected, *how)
    assert told.returncode == 1
    assert "1 of its 2 segments differ: --revision 2 corrects it" in told.stderr
    assert imported(pipeline, corrected, *how, "--revision", "2").returncode == 0
    await pipeline.until_committed(12)
    assert pipeline.query("SELECT count(), sum(segments) FROM salgspuls.calls WHERE seller_id = 'k7'") == [
        (1, 2)
    ]
    assert pipeline.query("SELECT text FROM salgspuls.segments ORDER BY start_ms") == [
        ("Shall we start?",), ("Yes, let us.",)
    ]  # fmt: skip
    assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(0,)]
