"""Kafka's errors in words, each with what to do about it: the library's own text is a number and a name."""

from __future__ import annotations

from aiokafka import errors

from streams.config.settings import env_name

_RIGHTS = f"give the user of {env_name('kafka', 'sasl_user')} the right to it (kafka-acls.sh --add)"
_WORDS: dict[type[errors.KafkaError], tuple[str, str]] = {
    errors.KafkaConnectionError: (
        "no broker answers",
        f"start it, or set {env_name('kafka', 'bootstrap')}",
    ),
    errors.UnknownTopicOrPartitionError: ("the topic does not exist", "run `salgspuls topics ensure`"),
    errors.TopicAuthorizationFailedError: ("the broker does not let this user write to the topic", _RIGHTS),
    errors.ClusterAuthorizationFailedError: ("the broker does not let this user do that", _RIGHTS),
    errors.GroupAuthorizationFailedError: ("the broker does not let this user read the group", _RIGHTS),
    errors.MessageSizeTooLargeError: (
        "the message is larger than the broker takes",
        "raise the topic's max.message.bytes to at least 1 MB",
    ),
    errors.KafkaTimeoutError: ("the broker did not answer in time", "look at its load, and at the network"),
    errors.RequestTimedOutError: (
        "the broker did not answer in time",
        "look at its load, and at the network",
    ),
    errors.NotEnoughReplicasError: (
        "too few copies of the partition are in step",
        "bring the missing brokers back, or lower min.insync.replicas",
    ),
    errors.NotEnoughReplicasAfterAppendError: (
        "too few copies of the partition are in step",
        "bring the missing brokers back, or lower min.insync.replicas",
    ),
    errors.LeaderNotAvailableError: ("the partition has no leader", "wait, or look at the brokers"),
    errors.NotLeaderForPartitionError: ("the partition has moved to another broker", "try again"),
    errors.UnsupportedSaslMechanismError: (
        "the broker does not know this way to sign in",
        f"set {env_name('kafka', 'sasl_mechanism')} to one that it has",
    ),
    errors.IllegalSaslStateError: (
        "the broker does not expect user and password there",
        f"look at {env_name('kafka', 'security')} and the port of {env_name('kafka', 'bootstrap')}",
    ),
    errors.UnsupportedVersionError: ("the broker is too old for this", "use Apache Kafka 2.1 or later"),
    errors.IncompatibleBrokerVersion: ("the broker is too old for this", "use Apache Kafka 2.1 or later"),
    errors.InvalidReplicationFactorError: (
        "there are fewer brokers than copies are wanted",
        f"lower {env_name('kafka', 'replication')}",
    ),
    errors.PolicyViolationError: ("the broker's policy does not allow it", "ask who runs the brokers"),
}
NO_IDEMPOTENCE = (
    errors.UnknownError,
    errors.UnsupportedVersionError,
    errors.IncompatibleBrokerVersion,
)
"""What a broker says that knows no idempotent producers: Tansu the first."""


def told(error: BaseException) -> str:
    """An error of Kafka in words, with the remedy where one is known."""
    for kind in type(error).__mro__:
        if kind in _WORDS:
            words, remedy = _WORDS[kind]
            return f"Kafka: {words}: {remedy} ({type(error).__name__})"
    if isinstance(error, errors.AuthenticationFailedError | errors.SaslAuthenticationFailed):
        names = f"{env_name('kafka', 'sasl_user')} and {env_name('kafka', 'sasl_password')}"
        return f"Kafka: user or password is not right: look at {names} ({type(error).__name__})"
    if isinstance(error, errors.KafkaError):
        return f"Kafka: {error} (`salgspuls doctor` looks at every part)"
    return f"{type(error).__name__}: {error}"
