"""What the worker waits for at this moment: said in /ready, in words, and as a metric."""

from __future__ import annotations

import time
from collections.abc import Callable

from streams.worker.metrics import WorkerMetrics


class Waits:
    """Each part of the worker says when it begins to wait, and when it goes on. `clock` gives seconds since 1970."""

    def __init__(self, metrics: WorkerMetrics, clock: Callable[[], float] = time.time) -> None:
        self._metrics = metrics
        self._clock = clock
        self._reasons: dict[str, str] = {}
        self._since: dict[str, float] = {}

    def begin(self, part: str, reason: str) -> None:
        """A part waits, or waits for another reason than before. The reason is for people, without customers' words."""
        self._reasons[part] = reason
        self._since.setdefault(part, self._clock())
        self._measure(part)

    def end(self, part: str) -> bool:
        """A part goes on. Whether it had waited."""
        if self._reasons.pop(part, None) is None:
            return False
        del self._since[part]
        self._measure(part)
        return True

    @property
    def reason(self) -> str | None:
        """What is waited for, in words; None when nothing is."""
        return "; ".join(self._reasons.values()) or None

    def _measure(self, part: str) -> None:
        self._metrics.waiting.labels(part).set(part in self._reasons)
        self._metrics.waiting_since.set(min(self._since.values(), default=0.0))
