"""Tracker events: one under the next revision, sent, and looked for until it is stored."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Container, Iterable, Iterator
from dataclasses import asdict
from itertools import chain, count
from typing import Protocol, TypeVar

from pydantic import ValidationError
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

from clickhouse.client import ClickHouseConfig
from clickhouse.schema.rows import TrackerRow
from clickhouse.store import Store, opened
from schemas.events import SellerChanged, TrackerChanged
from streams.config.kafka import KafkaSettings
from streams.config.settings import WorkerSettings
from streams.kafka.producer import EventProducer, NotDelivered
from streams.trackers.model import InvalidTrackerError, TrackerForm
from streams.worker.active_trackers import looked_up_within
from streams.worker.facts import holds_private_number

_PAUSE = 0.1
_SEND_SECONDS = 10.0
_LONGEST_STEM = 64
_MAX_VALUE_LENGTH = 60


def statement(
    tracker_id: str, stored: TrackerRow | None, form: TrackerForm, *, removed: bool = False
) -> TrackerChanged:
    """The event that makes a tracker what the form says, newer than what is stored. Raises InvalidTrackerError."""
    revision = 1 + (stored.revision if stored else 0)
    try:
        event = TrackerChanged(tracker_id=tracker_id, revision=revision, removed=removed, **asdict(form))
    except ValidationError as error:
        raise InvalidTrackerError(reason="; ".join(_problems(error))) from None
    if holds_private_number(event) and not removed:
        raise InvalidTrackerError(
            reason="It holds a phone number, an e-mail address or another such number: texts do not keep them."
        )
    return event


def identifier(name: str, taken: Container[str] = ()) -> str:
    """A readable id that is not taken: the name in small letters with dashes, numbered when another one has it."""
    stem = re.sub(r"[\W_]+", "-", name.casefold())[:_LONGEST_STEM].strip("-") or "tracker"
    candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


async def send(event: TrackerChanged | SellerChanged, kafka: KafkaSettings) -> None:
    """Send, and wait for the acknowledgement. Raises KafkaUnreachable, NotDelivered, and aiokafka's KafkaError."""
    try:
        async with asyncio.timeout(_SEND_SECONDS), EventProducer(kafka) as producer:
            await producer.send(event)
    except TimeoutError:
        raise NotDelivered(f"Kafka at {kafka.bootstrap} took nothing within {_SEND_SECONDS:g} s") from None


async def stored_trackers(clickhouse: ClickHouseConfig) -> dict[str, TrackerRow]:
    """All trackers by id, also removed ones. Views do not have revisions, so this reads as the writer.

    Raises ClickHouseUnavailableError.
    """
    async with opened(clickhouse) as store:
        return {row.tracker_id: row for row in await store.trackers()}


class _Revised(Protocol):
    @property
    def revision(self) -> int: ...


_Row = TypeVar("_Row", bound=_Revised)


async def await_stored(
    event: TrackerChanged, clickhouse: ClickHouseConfig, within: float
) -> TrackerRow | None:
    """The tracker as it is stored, see `await_revision`."""

    async def look(store: Store) -> TrackerRow | None:
        return next((row for row in await store.trackers() if row.tracker_id == event.tracker_id), None)

    return await await_revision(look, event.revision, clickhouse, within)


async def await_revision(
    look: Callable[[Store], Awaitable[_Row | None]],
    revision: int,
    clickhouse: ClickHouseConfig,
    within: float,
) -> _Row | None:
    """The row that `look` finds, once it has this revision or a later one.

    None when no worker has stored it within so many seconds. Raises ClickHouseUnavailableError.
    """
    async with opened(clickhouse) as store:
        retrying = AsyncRetrying(
            retry=retry_if_result(lambda row: row is None or row.revision < revision),
            wait=wait_fixed(_PAUSE),
            stop=stop_after_delay(within),
            retry_error_callback=lambda _: None,
        )
        found: _Row | None = await retrying(look, store)
    return found


async def await_listening(
    events: Iterable[TrackerChanged], clickhouse: ClickHouseConfig, worker: WorkerSettings, within: float
) -> bool:
    """Wait until all workers listen for these trackers: each is stored, and each worker has looked since.

    What is said before that is not searched for them. False when not all are stored within so many seconds.
    Raises ClickHouseUnavailableError.
    """
    deadline = time.monotonic() + within
    for event in events:
        if await await_stored(event, clickhouse, deadline - time.monotonic()) is None:
            return False
    await asyncio.sleep(looked_up_within(worker))
    return True


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        field = ".".join(map(str, problem["loc"]))
        value = repr(problem["input"])
        shown = value if len(value) <= _MAX_VALUE_LENGTH else f"{value[:_MAX_VALUE_LENGTH]}…"
        yield f"{field}: {problem['msg']} (got {shown})"
