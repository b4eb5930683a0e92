"""Topic administration: waits for the broker, creates topics that are missing, says what is wrong with others.

Nothing that exists is changed: more partitions move keys, another cleanup policy deletes. Existence is only ever
asked of the list of all topics, because a broker may create a topic that it is asked about by name.

`kafka` is everywhere what an aiokafka client takes: `bootstrap_servers`, `client_id` and security.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any  # Any: aiokafka's keyword arguments

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, wait_fixed

from schemas.topics import TopicSpec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_PROBE_TIMEOUT_MS = 5000
_collected: ContextVar[list[str] | None] = ContextVar("_collected", default=None)
_LEADER_TIMEOUT = 15.0  # seconds until the partitions of a new topic can be used


@dataclass(frozen=True, slots=True)
class TopicReport:
    """How a topic stands on the broker; without `problems` it is as specified."""

    name: str
    created: bool
    """Whether this call created it."""
    partitions: int
    """Partitions it has; 0 when it does not exist."""
    problems: tuple[str, ...]
    """What is wrong and what to do, one sentence each."""


async def wait_for_broker(
    kafka: Mapping[str, Any],
    *,
    announce: Callable[[str], None],
    pause: float = 1.0,
    remind: float = 30.0,
) -> None:
    """Return once a broker answers; until then try every `pause` seconds.

    `announce` gets a sentence with the reason at the first failure, when the reason changes, and every `remind`
    seconds.
    """
    announced, announced_at = "", 0.0

    def remind_of(state: RetryCallState) -> None:
        nonlocal announced, announced_at
        assert state.outcome is not None, "tenacity waits after an attempt"
        reason, now = str(state.outcome.result()), time.monotonic()
        if reason != announced or now - announced_at >= remind:
            announce(f"waiting for Kafka: {reason}")
            announced, announced_at = reason, now

    retrying = AsyncRetrying(
        retry=retry_if_result(lambda reason: reason is not None),
        wait=wait_fixed(pause),
        before_sleep=remind_of,
    )
    await retrying(unreachable, kafka)


async def unreachable(kafka: Mapping[str, Any]) -> str | None:
    """Why no broker answers a request for metadata; None when one does."""
    with _said_by("aiokafka") as said:
        client = AIOKafkaClient(**kafka, request_timeout_ms=_PROBE_TIMEOUT_MS)
        try:
            await client.bootstrap()
        except (KafkaError, OSError) as error:
            return "; ".join(said) or str(error)
        finally:
            await client.close()
    return None


async def ensure_topics(
    kafka: Mapping[str, Any], topics: Sequence[TopicSpec], *, create: bool = True
) -> list[TopicReport]:
    """Check `topics`, creating those that are missing unless `create` is false; one report each, in order.

    A topic that this call created can be written to when it returns. Two that create at once do not disturb each
    other. Raises aiokafka's KafkaError when the broker does not answer.
    """
    async with _admin(kafka) as admin:
        existing = await _describe(admin)
        missing = [spec for spec in topics if spec.name not in existing]
        refused = await _create(admin, missing) if create and missing else {}
        if create and missing:
            existing = await _wait_for_leaders(admin, {spec.name for spec in missing} - refused.keys())
        policies = await _cleanup_policies(admin, [spec.name for spec in topics if spec.name in existing])
        return [
            TopicReport(
                name=spec.name,
                created=create and spec in missing and spec.name not in refused,
                partitions=len(existing.get(spec.name, ())),
                problems=tuple(_problems(spec, existing.get(spec.name), policies, refused.get(spec.name))),
            )
            for spec in topics
        ]


async def missing_partitions(kafka: Mapping[str, Any], topics: Sequence[TopicSpec]) -> dict[str, int]:
    """Of each topic, how many of its partitions cannot be read now: it was deleted, has fewer, or has no leader.

    Raises aiokafka's KafkaError when the broker does not answer.
    """
    async with _admin(kafka) as admin:
        existing = await _describe(admin)
    return {spec.name: max(0, spec.partitions - sum(existing.get(spec.name, ()))) for spec in topics}


def _problems(
    spec: TopicSpec, partitions: Sequence[bool] | None, policies: Mapping[str, str], refused: str | None
) -> Iterator[str]:
    if refused is not None:
        yield f"the topic could not be created: {refused}"
        return
    if partitions is None:
        yield "the topic does not exist"
        return
    if not all(partitions):
        yield "partitions without a leader: look at the brokers"
    if len(partitions) < spec.partitions:
        yield (
            f"it has {len(partitions)} partitions, {spec.partitions} are wanted: add them while no producer is "
            f"running, since keys move (kafka-topics.sh --alter --topic {spec.name} "
            f"--partitions {spec.partitions})"
        )
    policy = policies[spec.name]
    if policy != spec.cleanup:
        yield (
            f"its cleanup.policy is {policy}, and must be {spec.cleanup} lest events are lost (kafka-configs.sh "
            f"--alter --entity-type topics --entity-name {spec.name} --add-config cleanup.policy={spec.cleanup})"
        )


async def _describe(admin: AIOKafkaAdminClient) -> dict[str, list[bool]]:
    """Of each topic on the cluster, whether each of its partitions has a leader."""
    return {
        topic["topic"]: [partition["leader"] >= 0 for partition in topic["partitions"]]
        for topic in await admin.describe_topics()
    }


async def _create(admin: AIOKafkaAdminClient, specs: Sequence[TopicSpec]) -> dict[str, str]:
    """Create topics; name -> reason of those the broker refused."""
    response = await admin.create_topics(
        [
            NewTopic(spec.name, spec.partitions, spec.replication, topic_configs=_configs(spec))
            for spec in specs
        ]
    )
    return {
        name: f"{for_code(code).__name__}, {message}"
        for name, code, message in response.topic_errors
        if code not in (0, TopicAlreadyExistsError.errno)
    }


def _configs(spec: TopicSpec) -> dict[str, str]:
    configs: dict[str, str] = {"cleanup.policy": spec.cleanup}
    if spec.cleanup == "delete":
        configs["retention.ms"] = str(spec.retention // timedelta(milliseconds=1)) if spec.retention else "-1"
    return configs


async def _wait_for_leaders(admin: AIOKafkaAdminClient, names: set[str]) -> dict[str, list[bool]]:
    """All topics, as soon as `names` are among them with leaders, or time is up."""
    deadline = time.monotonic() + _LEADER_TIMEOUT
    while True:
        existing = await _describe(admin)
        usable = {name for name, leaders in existing.items() if leaders and all(leaders)}
        if names <= usable or time.monotonic() > deadline:
            return existing
        await asyncio.sleep(0.1)


async def _cleanup_policies(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, str]:
    """Topic -> its cleanup policy, "delete" being Kafka's default where the broker names none."""
    policies = dict.fromkeys(names, "delete")
    for name in names:
        for response in await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)]):
            for _, _, _, _, entries in response.resources:
                for option, value, *_ in entries:
                    if option == "cleanup.policy":
                        policies[name] = value
    return policies


@asynccontextmanager
async def _admin(kafka: Mapping[str, Any]) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**kafka)
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()


@contextmanager
def _said_by(name: str) -> Iterator[list[str]]:
    """Collect what a logger says in this task, instead of logging it: aiokafka gives reasons nowhere else."""
    said: list[str] = []

    def collect(record: logging.LogRecord) -> bool:
        if _collected.get() is not said:  # another task's or thread's
            return True
        if record.levelno >= logging.WARNING:
            said.append(record.getMessage())
        return False

    logger = logging.getLogger(name)
    logger.addFilter(collect)
    token = _collected.set(said)
    try:
        yield said
    finally:
        _collected.reset(token)
        logger.removeFilter(collect)
