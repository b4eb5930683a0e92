"""What a worker finds and makes on a broker before it consumes, on the embedded broker and on Apache Kafka."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas.topics import CALLS, SETTINGS, TopicSpec
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.topics import ensure_topics, unreachable, wait_for_broker
from tests.support.brokers import Cluster


@pytest.fixture
def specs(cluster: Cluster) -> tuple[TopicSpec, TopicSpec]:
    """A topic of facts with three partitions and one of settings, by names of this test alone."""
    return (
        replace(CALLS, name=cluster.name("calls"), partitions=3, retention=timedelta(days=7)),
        replace(SETTINGS, name=cluster.name("settings")),
    )


async def topic_config(cluster: Cluster, topic: str) -> dict[str, str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap)
    await admin.start()
    try:
        [response] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
        return {option: value for option, value, *_ in response.resources[0][4]}
    finally:
        await admin.close()


async def test_missing_topics_are_created_as_specified_and_can_be_used_at_once(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    calls, settings = specs
    reports = await ensure_topics(cluster.client, specs)
    assert [(r.name, r.created, r.partitions, r.problems) for r in reports] == [
        (calls.name, True, 3, ()),
        (settings.name, True, 1, ()),
    ]
    await cluster.produce(calls.name, [b"hello"])
    assert [record.value for record in await cluster.consume(calls.name, 1)] == [b"hello"]

    assert (await topic_config(cluster, calls.name))["cleanup.policy"] == "delete"
    assert (await topic_config(cluster, calls.name))["retention.ms"] == "604800000"
    assert (await topic_config(cluster, settings.name))["cleanup.policy"] == "compact"


async def test_topics_that_are_there_are_left_as_they_are(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    await ensure_topics(cluster.client, specs)
    reports = await ensure_topics(cluster.client, specs)
    assert [(r.created, r.problems) for r in reports] == [(False, ()), (False, ())]


async def test_workers_that_start_at_the_same_time_do_not_disturb_each_other(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    for reports in await asyncio.gather(*[ensure_topics(cluster.client, specs) for _ in range(4)]):
        assert [(r.partitions, r.problems) for r in reports] == [(3, ()), (1, ())]


async def test_a_topic_with_too_few_partitions_or_that_deletes_is_a_problem_and_is_not_changed(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    calls, settings = specs
    await cluster.create_topic(calls.name, partitions=2)
    await cluster.create_topic(settings.name, config={"cleanup.policy": "delete"})
    [calls_report, settings_report] = await ensure_topics(cluster.client, specs)
    assert calls_report.partitions == 2
    assert not calls_report.created
    [problem] = calls_report.problems
    assert "2 partitions, 3 are wanted" in problem
    [problem] = settings_report.problems
    assert "cleanup.policy is delete, and must be compact" in problem
    assert (await topic_config(cluster, settings.name))["cleanup.policy"] == "delete"


async def test_facts_in_a_compacted_topic_are_a_problem(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    calls, _ = specs
    await cluster.create_topic(calls.name, partitions=3, config={"cleanup.policy": "compact"})
    [report] = await ensure_topics(cluster.client, [calls])
    [problem] = report.problems
    assert "must be delete" in problem


async def test_more_partitions_than_asked_for_are_no_problem(
    cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]
) -> None:
    calls, _ = specs
    await cluster.create_topic(calls.name, partitions=8)
    [report] = await ensure_topics(cluster.client, [calls])
    assert (report.partitions, report.problems) == (8, ())


async def test_looking_only_creates_nothing(cluster: Cluster, specs: tuple[TopicSpec, TopicSpec]) -> None:
    for _ in range(2):
        reports = await ensure_topics(cluster.client, specs, create=False)
        assert [(r.created, r.partitions, r.problems) for r in reports] == [
            (False, 0, ("the topic does not exist",))
        ] * 2


async def test_what_the_broker_refuses_to_create_is_reported_with_its_reason(apache_kafka: Cluster) -> None:
    good = replace(CALLS, name=apache_kafka.name("calls"), partitions=1)
    bad = replace(CALLS, name=apache_kafka.name("calls"), replication=3)
    [good_report, bad_report] = await ensure_topics(apache_kafka.client, [good, bad])
    assert (good_report.created, good_report.problems) == (True, ())
    assert not bad_report.created
    [problem] = bad_report.problems
    assert problem.startswith("the topic could not be created: InvalidReplicationFactorError")


@pytest.fixture
def late_broker(tmp_path: Path) -> Iterator[TansuBroker]:
    broker = TansuBroker(tmp_path, free_port())
    yield broker
    broker.stop()


async def test_a_worker_that_comes_before_its_broker_waits_and_says_what_for(
    late_broker: TansuBroker, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    waiting = asyncio.create_task(
        wait_for_broker({"bootstrap_servers": late_broker.bootstrap}, announce=said.append, pause=0.05)
    )
    await asyncio.sleep(0.5)
    assert not waiting.done()
    await asyncio.to_thread(late_broker.start)
    async with asyncio.timeout(5):
        await waiting
    assert len(said) == 1, "the same reason again and again is noise"
    assert said[0].startswith("waiting for Kafka: ")
    assert late_broker.bootstrap in said[0]
    assert "Connect call failed" in said[0]
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING], "the announcement says it all"


async def test_one_who_waits_long_is_reminded(late_broker: TansuBroker) -> None:
    said: list[str] = []
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await wait_for_broker(
                {"bootstrap_servers": late_broker.bootstrap}, announce=said.append, pause=0.05, remind=0.3
            )
    assert len(said) >= 3


async def test_two_who_look_at_the_same_time_both_learn_the_reason(late_broker: TansuBroker) -> None:
    kafka = {"bootstrap_servers": late_broker.bootstrap}
    reasons = await asyncio.gather(*[unreachable(kafka) for _ in range(5)])
    assert all("Connect call failed" in str(reason) for reason in reasons)
