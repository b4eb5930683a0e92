"""A defect of our own that one message brings to light: the message is rejected, the worker goes on."""

from __future__ import annotations

import traceback

from schemas.rejections import Reason, Rejection
from streams.logs.logs import logger

log = logger(__name__)

UNPROCESSABLE = (
    "Salgspuls fails on this: a defect of the program, please report it with the line of the worker's log"
)


def unprocessable() -> Rejection:
    """The rejection of a message that code fails on."""
    return Rejection(Reason.UNPROCESSABLE, UNPROCESSABLE)


def report(defect: Exception) -> None:
    """Log where code failed: the kind of error and the line, for its text may hold what was said."""
    place = traceback.extract_tb(defect.__traceback__)[-1]
    log.error(
        "a message is rejected: the code fails on it",
        error=type(defect).__name__,
        file=place.filename,
        line=place.lineno,
    )
