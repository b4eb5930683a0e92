"""Thins out log lines that repeat: a Kafka client says the same some seventy times a second while it is cut off."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

_MAX_TEMPLATES = 500


class RateLimit(logging.Filter):
    """Lets a message of some loggers pass once in `seconds`, with the number of those held back before it.

    Messages are the same when logger, level and template are, whatever is filled in. Give each handler one of its
    own: on a logger, a filter does not see what the loggers below it say.
    """

    def __init__(
        self,
        *loggers: str,
        seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`loggers` are names, each standing for itself and all below it."""
        super().__init__()
        self._loggers = loggers
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()  # Kafka's clients log from threads of their own
        self._seen: dict[tuple[str, int, str], tuple[float, int]] = {}  # passed at, held back since

    def filter(self, record: logging.LogRecord) -> bool:
        if not self._concerns(record.name) or not isinstance(record.msg, str):
            return True
        key = (
            record.name,
            record.levelno,
            record.msg.partition("\n")[0],
        )  # asyncio adds the task on a second line
        now = self._clock()
        with self._lock:
            passed_at, held_back = self._seen.get(key, (now - self._seconds, 0))
            if now - passed_at < self._seconds:
                self._seen[key] = (passed_at, held_back + 1)
                return False
            self._seen[key] = (now, 0)
            self._forget(now)
        if held_back:
            record.msg += f" ({held_back} more like this in {now - passed_at:.0f} s)"
        return True

    def _concerns(self, name: str) -> bool:
        return any(name == logger or name.startswith(logger + ".") for logger in self._loggers)

    def _forget(self, now: float) -> None:
        if len(self._seen) > _MAX_TEMPLATES:
            self._seen = {key: seen for key, seen in self._seen.items() if now - seen[0] < self._seconds}
