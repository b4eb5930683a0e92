"""An outage must be readable in the log: each complaint once in a while, with how often it came."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from streams.logs.limits import RateLimit


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Lines(logging.Handler):
    """Keeps what reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines(clock: Clock) -> Iterator[list[str]]:
    """The lines of a program whose Kafka clients are limited to one complaint of a kind in ten seconds."""
    handler = Lines()
    handler.addFilter(RateLimit("kafkalike", seconds=10, clock=clock))
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


def test_an_outage_logs_a_complaint_once_in_ten_seconds_with_how_often_it_came(
    clock: Clock, lines: list[str]
) -> None:
    log = logging.getLogger("kafkalike.client")
    for attempt in range(700):
        log.error("cannot reach node %s", attempt % 3)
        clock.now += 1 / 70
    assert lines == ["cannot reach node 0"]

    clock.now = 110.0
    log.error("cannot reach node %s", 7)
    assert lines[1:] == ["cannot reach node 7 (699 more like this in 10 s)"]

    clock.now = 200.0
    log.error("cannot reach node %s", 8)
    assert lines[2:] == ["cannot reach node 8"]


def test_different_complaints_do_not_hide_each_other(lines: list[str]) -> None:
    logging.getLogger("kafkalike.client").error("cannot reach node %s", 1)
    logging.getLogger("kafkalike.client").error("no coordinator for group %s", "g")
    logging.getLogger("kafkalike.client").warning("cannot reach node %s", 1)
    logging.getLogger("kafkalike.fetcher").error("cannot reach node %s", 1)
    logging.getLogger("kafkalike").error("cannot reach node %s", 1)
    assert len(lines) == 5


def test_other_loggers_are_not_limited(lines: list[str]) -> None:
    for name in ("streams.worker.pipeline", "kafkalikeness"):
        for _ in range(3):
            logging.getLogger(name).error("cannot store")
    assert lines == ["cannot store"] * 6


def test_memory_is_bounded_though_a_client_fills_in_its_messages_itself(clock: Clock) -> None:
    limit = RateLimit("kafkalike", seconds=10, clock=clock)
    for number in range(5000):
        clock.now += 0.1
        record = logging.LogRecord("kafkalike", logging.ERROR, "", 0, f"offset {number} failed", (), None)
        assert limit.filter(record)
    assert len(limit._seen) <= 501
