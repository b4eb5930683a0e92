"""Kafka's errors are told in words, with the remedy; none is a number and a name."""

from __future__ import annotations

import pytest
from aiokafka import errors

from streams.kafka.errors import describe
from streams.kafka.producer import SentRanges


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.UnknownTopicOrPartitionError(), "the topic does not exist: run `salgspuls topics ensure`"),
        (errors.TopicAuthorizationFailedError(), "does not let this user write to the topic"),
        (errors.SaslAuthenticationFailed(), "SALGSPULS_KAFKA_SASL_PASSWORD"),
        (errors.InvalidReplicationFactorError(), "lower SALGSPULS_KAFKA_REPLICATION"),
        (errors.UnknownError(), "`salgspuls doctor` looks at every part"),
    ],
)
def test_an_error_is_told_with_its_remedy(error: Exception, words: str) -> None:
    assert describe(error).startswith("Kafka: ")
    assert words in describe(error)


def test_where_messages_lie_is_kept_in_ranges() -> None:
    sent = SentRanges()
    for offset in (3, 4, 5, 9):
        sent.add("t", 0, offset)
    assert sent.ranges == {("t", 0): [(3, 5), (9, 9)]}
    assert [sent.before(("t", 0), offset) for offset in (0, 4, 6, 10)] == [0, 1, 3, 4]
    assert sent.before(("t", 1), 10) == 0
