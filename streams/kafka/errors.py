"""Kafka's errors in words, each with what to do about it: the library's own text is a number and a name."""

from __future__ import annotations

from aiokafka import errors

from streams.config.section import env_name
from streams.errors import SalgspulsError
from streams.language import Language, Text, same

_RIGHTS = Text(
    f"give the user of {env_name('kafka', 'sasl_user')} the right to it (kafka-acls.sh --add)",
    f"giv brugeren i {env_name('kafka', 'sasl_user')} ret til det (kafka-acls.sh --add)",
)
_SLOW = (
    Text("the broker did not answer in time", "brokeren svarede ikke i tide"),
    Text("look at its load, and at the network", "se på dens belastning og på netværket"),
)
_FEW_COPIES = (
    Text("too few copies of the partition are in step", "for få kopier af partitionen er ajour"),
    Text(
        "bring the missing brokers back, or lower min.insync.replicas",
        "få de manglende brokere tilbage, eller sænk min.insync.replicas",
    ),
)
_TOO_OLD = (
    Text("the broker is too old for this", "brokeren er for gammel til det"),
    Text("use Apache Kafka 2.1 or later", "brug Apache Kafka 2.1 eller nyere"),
)
_WORDS: dict[type[errors.KafkaError], tuple[Text, Text]] = {
    errors.KafkaConnectionError: (
        Text("no broker answers", "ingen broker svarer"),
        Text(
            f"start it, or set {env_name('kafka', 'bootstrap')}",
            f"start den, eller sæt {env_name('kafka', 'bootstrap')}",
        ),
    ),
    errors.UnknownTopicOrPartitionError: (
        Text("the topic does not exist", "emnet (topic) findes ikke"),
        Text("run `salgspuls topics ensure`", "kør `salgspuls topics ensure`"),
    ),
    errors.TopicAuthorizationFailedError: (
        Text(
            "the broker does not let this user write to the topic",
            "brokeren lader ikke denne bruger skrive til emnet (topic)",
        ),
        _RIGHTS,
    ),
    errors.ClusterAuthorizationFailedError: (
        Text("the broker does not let this user do that", "brokeren lader ikke denne bruger gøre det"),
        _RIGHTS,
    ),
    errors.GroupAuthorizationFailedError: (
        Text(
            "the broker does not let this user read the group",
            "brokeren lader ikke denne bruger læse gruppen",
        ),
        _RIGHTS,
    ),
    errors.MessageSizeTooLargeError: (
        Text("the message is larger than the broker takes", "beskeden er større, end brokeren tager"),
        Text(
            "raise the topic's max.message.bytes to at least 1 MB",
            "hæv emnets (topic) max.message.bytes til mindst 1 MB",
        ),
    ),
    errors.KafkaTimeoutError: _SLOW,
    errors.RequestTimedOutError: _SLOW,
    errors.NotEnoughReplicasError: _FEW_COPIES,
    errors.NotEnoughReplicasAfterAppendError: _FEW_COPIES,
    errors.LeaderNotAvailableError: (
        Text("the partition has no leader", "partitionen har ingen leder"),
        Text("wait, or look at the brokers", "vent, eller se på brokerne"),
    ),
    errors.NotLeaderForPartitionError: (
        Text("the partition has moved to another broker", "partitionen er flyttet til en anden broker"),
        Text("try again", "prøv igen"),
    ),
    errors.UnsupportedSaslMechanismError: (
        Text(
            "the broker does not know this way to sign in", "brokeren kender ikke denne måde at logge ind på"
        ),
        Text(
            f"set {env_name('kafka', 'sasl_mechanism')} to one that it has",
            f"sæt {env_name('kafka', 'sasl_mechanism')} til en, den har",
        ),
    ),
    errors.IllegalSaslStateError: (
        Text(
            "the broker does not expect user and password there",
            "brokeren venter ikke bruger og adgangskode dér",
        ),
        Text(
            f"look at {env_name('kafka', 'security')} and the port of {env_name('kafka', 'bootstrap')}",
            f"se på {env_name('kafka', 'security')} og porten i {env_name('kafka', 'bootstrap')}",
        ),
    ),
    errors.UnsupportedVersionError: _TOO_OLD,
    errors.IncompatibleBrokerVersion: _TOO_OLD,
    errors.InvalidReplicationFactorError: (
        Text("there are fewer brokers than copies are wanted", "der er færre brokere, end der ønskes kopier"),
        Text(f"lower {env_name('kafka', 'replication')}", f"sænk {env_name('kafka', 'replication')}"),
    ),
    errors.PolicyViolationError: (
        Text("the broker's policy does not allow it", "brokerens regler tillader det ikke"),
        Text("ask who runs the brokers", "spørg dem, der driver brokerne"),
    ),
}
NO_IDEMPOTENCE = (
    errors.UnknownError,
    errors.UnsupportedVersionError,
    errors.IncompatibleBrokerVersion,
)
"""What a broker says that knows no idempotent producers: Tansu the first."""


def describe(error: BaseException, language: Language = "en") -> str:
    """An error of Kafka in words, with the remedy where one is known."""
    return in_words(error).of(language)


def in_words(error: BaseException) -> Text:
    """The same in both languages; an error of ours is said as it says itself."""
    name = type(error).__name__
    for kind in type(error).__mro__:
        if kind in _WORDS:
            words, remedy = _WORDS[kind]
            return Text(
                f"Kafka: {words.en}: {remedy.en} ({name})", f"Kafka: {words.da}: {remedy.da} ({name})"
            )
    if isinstance(error, errors.AuthenticationFailedError | errors.SaslAuthenticationFailed):
        names = env_name("kafka", "sasl_user"), env_name("kafka", "sasl_password")
        return Text(
            f"Kafka: user or password is not right: look at {names[0]} and {names[1]} ({name})",
            f"Kafka: bruger eller adgangskode passer ikke: se på {names[0]} og {names[1]} ({name})",
        )
    if isinstance(error, errors.KafkaError):
        return Text(
            f"Kafka: {error} (`salgspuls doctor` looks at every part)",
            f"Kafka: {error} (`salgspuls doctor` ser på hver del)",
        )
    if isinstance(error, SalgspulsError):
        return Text(str(error), error.danish or str(error))
    return same(f"{name}: {error}")
