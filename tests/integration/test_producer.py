"""Events reach a real broker: in their topic, under their key, in order, each confirmed; and what fails is said."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord

from schemas.events import AnyEvent, CallEnded, CallSegment, SellerChanged, parse
from streams.config.kafka import KafkaSettings
from streams.demo.brokers import free_port
from streams.kafka.producer import EventProducer, KafkaUnreachable, NotDelivered
from streams.kafka.topics import ensure_topics
from streams.language import Text
from tests.support.brokers import Cluster

STARTED = datetime(2026, 11, 24, 9, tzinfo=UTC)
SENT_AT = datetime(2026, 11, 24, 9, 0, 1, 250_000, tzinfo=UTC)


def settings(cluster: Cluster) -> KafkaSettings:
    is_tansu = type(cluster.broker).__name__ == "TansuBroker"
    return KafkaSettings(bootstrap=cluster.bootstrap, idempotent=not is_tansu)


def segment(call: str, number: int) -> CallSegment:
    return CallSegment(
        call_id=call,
        call_started_at=STARTED,
        seller_id="s-1",
        consent=True,
        segment_id=str(number),
        speaker="customer",
        start_ms=number * 1000,
        end_ms=number * 1000 + 900,
        text="Vi er glade for det, Søren.",
    )


async def with_key(cluster: Cluster, topic: str, key: str, count: int) -> list[ConsumerRecord]:
    """The first records with a key; the topics are the contract's, which other tests fill too."""
    found: list[ConsumerRecord] = []
    async with (
        asyncio.timeout(20),
        AIOKafkaConsumer(
            topic, bootstrap_servers=cluster.bootstrap, auto_offset_reset="earliest"
        ) as consumer,
    ):
        while len(found) < count:
            record = await consumer.getone()
            if record.key == key.encode():
                found.append(record)
    return found


async def test_events_arrive_in_their_topics_under_their_keys_and_in_order(cluster: Cluster) -> None:
    kafka = settings(cluster)
    await ensure_topics(kafka.client_kwargs(), kafka.topics())
    call = cluster.name("call")
    sent: list[AnyEvent] = [segment(call, number) for number in range(300)]
    seller = SellerChanged(seller_id=cluster.name("seller"), name="Molly Clark", team="Nord")
    async with EventProducer(kafka, max_in_flight=20) as producer:
        for event in sent:
            await producer.send(event, at=SENT_AT)
            assert producer.in_flight <= 20
        await producer.send(seller)
        await producer.flush()
        assert producer.confirmed == 301
        assert producer.in_flight == 0
    calls = await with_key(cluster, "salgspuls.calls", call, 300)
    assert [parse(record.value or b"") for record in calls] == sent
    assert len({record.partition for record in calls}) == 1
    assert {record.timestamp for record in calls} == {int(SENT_AT.timestamp() * 1000)}
    (stored,) = await with_key(cluster, "salgspuls.settings", seller.key, 1)
    assert parse(stored.value or b"") == seller


async def test_leaving_confirms_what_was_sent(tansu: Cluster) -> None:
    topic = await tansu.create_topic()
    async with EventProducer(settings(tansu)) as producer:
        for number in range(1000):
            await producer.send_message(topic, None, b"%d" % number, headers=[("reason", b"not_json")])
    assert producer.confirmed == 1000
    assert len(await tansu.consume(topic, 1000)) == 1000


async def test_a_message_without_key_and_value_goes_too_for_a_dead_letter_may_have_neither(
    tansu: Cluster,
) -> None:
    topic = await tansu.create_topic()
    async with EventProducer(settings(tansu)) as producer:
        await producer.send_message(topic, None, None, headers=[("reason", b"empty")])
    (record,) = await tansu.consume(topic, 1)
    assert (record.key, record.value, record.headers) == (None, b"", (("reason", b"empty"),))


async def test_a_message_that_the_broker_does_not_take_is_not_passed_over(apache_kafka: Cluster) -> None:
    topic = await apache_kafka.create_topic(config={"max.message.bytes": "1000"})
    async with EventProducer(settings(apache_kafka)) as producer:
        await producer.send_message(topic, b"k", b"x" * 50_000)
        with pytest.raises(NotDelivered, match=r"MessageSizeTooLarge|RecordTooLarge"):
            await producer.flush()
    with pytest.raises(NotDelivered):
        async with EventProducer(settings(apache_kafka)) as producer:
            await producer.send_message(topic, b"k", b"x" * 50_000)


async def test_without_a_broker_it_says_where_it_looked() -> None:
    kafka = KafkaSettings(bootstrap=f"127.0.0.1:{free_port()}")
    with pytest.raises(KafkaUnreachable, match=rf"{kafka.bootstrap}.*SALGSPULS_KAFKA_BOOTSTRAP"):
        async with EventProducer(kafka):
            pass


async def test_sending_outside_its_context_is_a_mistake() -> None:
    producer = EventProducer(KafkaSettings())
    ended = CallEnded(call_id="c", call_started_at=STARTED, seller_id="s", duration_ms=1)
    with pytest.raises(RuntimeError, match="async with"):
        await asyncio.wait_for(producer.send(ended), 1)


async def test_a_broker_without_idempotent_producers_is_sent_to_without_and_that_is_said(
    tansu: Cluster,
) -> None:
    said: list[Text] = []
    settings = KafkaSettings(bootstrap=tansu.bootstrap, idempotent=True)
    await ensure_topics(settings.client_kwargs(), settings.topics())
    async with EventProducer(settings, notice=said.append) as producer:
        await producer.send(SellerChanged(seller_id="s", name="Mia", team="Nord"))
        await producer.flush()
        assert not producer.idempotent
        assert producer.sent.count == 1
    assert len(said) == 1
    assert said[0].en.startswith("the broker knows no idempotent producers")
