"""A job that failed, or is not done, is told as such and is no call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from streams.importers import Problem
from tests.support.transcripts import (
    items,
)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            {"TranscriptionJob": {"TranscriptionJobStatus": "FAILED", "FailureReason": "no sound"}},
            "(no sound)",
        ),
        (
            {"JobStatus": "FAILED", "Transcript": [], "Participants": [], "ConversationCharacteristics": {}},
            "failed",
        ),
        ({"jobName": "j", "status": "FAILED", "results": {"transcripts": [], "items": []}}, "failed"),
        (
            {"id": "1", "status": "error", "audio_url": "x", "utterances": None, "error": "no audio"},
            "(no audio)",
        ),
        ({"err_code": "Bad Request", "err_msg": "corrupt", "request_id": "1"}, "(corrupt)"),
        ({"status": "Failed", "properties": {"error": {"code": "X", "message": "bad link"}}}, "failed"),
        ({"data": None, "errors": [{"message": "object_not_found"}]}, "(object_not_found)"),
        ({"requestId": "1", "errors": ["no calls"]}, "(no calls)"),
        ({"error": {"message": "quota"}}, "(quota)"),
        ({"sid": "GT1", "status": "failed"}, "failed"),
        ({"CallAnalyticsJob": {"CallAnalyticsJobStatus": "IN_PROGRESS"}}, "fetch the transcript again"),
        ({"status": "Running", "links": {}}, "fetch the transcript again"),
    ],
)
def test_a_failed_job_is_told_as_such_and_is_no_call(document: Any, reason: str, tmp_path: Path) -> None:
    (problem,) = items(document, tmp_path)
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    if "again" not in reason:
        assert problem.reason.startswith("the job failed")
