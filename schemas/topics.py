"""The topics: what each carries, how it is keyed, partitioned and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from schemas.events import (
    ActivityLogged,
    CallEnded,
    CallSegment,
    CallStarted,
    Event,
    OpportunityChanged,
    PeriodChanged,
    SellerChanged,
    TrackerChanged,
)

Cleanup = Literal["delete", "compact"]


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """How a topic should exist on the broker; `retention` None means for ever."""

    name: str
    carries: tuple[type[Event], ...]
    key: str
    partitions: int
    cleanup: Cleanup
    retention: timedelta | None
    replication: int = 1


CALLS = TopicSpec(
    name="salgspuls.calls",
    carries=(CallStarted, CallSegment, CallEnded),
    key="call_id",
    partitions=6,
    cleanup="delete",
    retention=timedelta(days=7),
)
CRM = TopicSpec(
    name="salgspuls.crm",
    carries=(OpportunityChanged, ActivityLogged),
    key="opportunity_id, or seller_id for an activity without one",
    partitions=3,
    cleanup="delete",
    retention=timedelta(days=7),
)
SETTINGS = TopicSpec(
    name="salgspuls.settings",
    carries=(SellerChanged, TrackerChanged, PeriodChanged),
    key='kind and id, as "seller:17"',
    partitions=1,
    cleanup="compact",
    retention=None,
)
DEAD_LETTERS = TopicSpec(
    name="salgspuls.dead-letters",
    carries=(),
    key="source topic/partition/offset",
    partitions=1,
    cleanup="delete",
    retention=timedelta(days=30),
)

SOURCES = (CALLS, CRM, SETTINGS)
ALL = (*SOURCES, DEAD_LETTERS)


def topic_of(event: Event | type[Event]) -> TopicSpec:
    """The topic that carries an event."""
    kind = event if isinstance(event, type) else type(event)
    return next(topic for topic in SOURCES if kind in topic.carries)
