"""Answers of transcribers that hold no transcript: the job failed, or is not done yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON as somebody sent it

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source

_WRAPPED = ("TranscriptionJob", "CallAnalyticsJob", "transcript", "job", "properties", "data")
_STATUS = (
    "status",
    "Status",
    "JobStatus",
    "jobStatus",
    "TranscriptionJobStatus",
    "CallAnalyticsJobStatus",
    "state",
)
_FAILED = {"failed", "error", "canceled", "cancelled", "aborted", "expired", "failure"}
_UNFINISHED = {
    "queued",
    "in_progress",
    "processing",
    "running",
    "notstarted",
    "pending",
    "submitted",
    "in-progress",
}
_REASONS = (
    "FailureReason",
    "failureReason",
    "failure_reason",
    "error",
    "err_msg",
    "message",
    "error_message",
)
_LONGEST = 200
_NOT_DONE = "not done"


class FailedJob:
    """What a transcriber answers when it has no transcript."""

    name = "the answer of a job that failed"

    def recognises(self, source: Source, _options: Options) -> bool:
        return _verdict(source.object()) is not None

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        because = _verdict(source.object())
        unfinished = because is None or because == _NOT_DONE
        verdict = texts.JOB_UNFINISHED if unfinished else texts.JOB_FAILED
        yield Problem(source.path, None, verdict.of(options.told_in).format(because=because))


def _verdict(document: Mapping[str, Any]) -> str | None:
    """Why a job failed, as it says itself, or that it is not done; None of a document that may hold a transcript."""
    for part in (document, *(document.get(name) for name in _WRAPPED)):
        if not isinstance(part, dict):
            continue
        status = next((part[name] for name in _STATUS if isinstance(part.get(name), str)), "").casefold()
        if status in _FAILED:
            return _because(part)
        if status in _UNFINISHED:
            return _NOT_DONE
    errors = document.get("errors")
    if isinstance(errors, list) and errors and not document.get("data"):
        first = errors[0] if isinstance(errors[0], dict) else {"message": errors[0]}
        return _because(first)
    if document.keys() <= {
        "err_code",
        "err_msg",
        "request_id",
        "code",
        "message",
        "error",
        "innerError",
        "status",
    } and (reason := _because(document)):
        return reason
    return None


def _because(part: Mapping[str, Any]) -> str:
    for name in _REASONS:
        reason = part.get(name)
        if isinstance(reason, dict):
            reason = reason.get("message") or reason.get("code")
        if isinstance(reason, str) and reason.strip():
            return f" ({' '.join(reason.split())[:_LONGEST]})"
    return ""
