"""What the worker waits for is told in words and as metrics, and only as long as it waits."""

from prometheus_client import CollectorRegistry

from streams.worker.metrics import WorkerMetrics
from streams.worker.waits import Waits


def test_a_wait_is_told_until_it_ends() -> None:
    registry = CollectorRegistry()
    now = 100.0
    waits = Waits(WorkerMetrics(registry), lambda: now)

    def metric(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(f"salgspuls_{name}", labels)

    assert waits.reason is None
    waits.begin("clickhouse", "ClickHouse: refused")
    now = 110.0
    waits.begin("dead_letters", "Kafka takes no dead letters")
    waits.begin("clickhouse", "ClickHouse: timed out")
    assert waits.reason == "ClickHouse: timed out; Kafka takes no dead letters"
    assert metric("waiting", part="clickhouse") == metric("waiting", part="dead_letters") == 1
    assert metric("waiting_since_timestamp_seconds") == 100
    assert waits.end("clickhouse")
    assert not waits.end("clickhouse")
    assert metric("waiting_since_timestamp_seconds") == 110
    assert waits.end("dead_letters")
    assert (waits.reason, metric("waiting", part="clickhouse")) == (None, 0)
    assert metric("waiting_since_timestamp_seconds") == 0
