"""Where events come from: brokers, security, topics."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self  # Any: what aiokafka and Faust take

from pydantic import AfterValidator, Field, FilePath, SecretStr, model_validator

from schemas import topics
from streams.config.section import NonEmpty, Section, SettingsError, env_name, refuse_inconsistent_tls

if TYPE_CHECKING:
    from faust.types.auth import CredentialsT


_FAUST_REQUEST_TIMEOUT = 90.0
"""Seconds, Faust's own default."""


def _host_and_port_each(value: str) -> str:
    for server in value.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError(f"must be host:port, several with commas between, and {server.strip()!r} is not")
    return value


class KafkaSettings(Section):
    """Where events come from."""

    bootstrap: Annotated[str, AfterValidator(_host_and_port_each)] = "127.0.0.1:9092"
    """Brokers to start from, host:port with commas between."""
    security: Literal["PLAINTEXT", "SASL_SSL", "SSL"] = "PLAINTEXT"
    """PLAINTEXT: neither encrypted nor authenticated; SASL_SSL: TLS with user and password; SSL: TLS, with a
    client certificate (mTLS) when `cert` and `key` are given."""
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """How user and password are proved, with SASL_SSL."""
    sasl_user: str = ""
    """User, with SASL_SSL."""
    sasl_password: SecretStr = SecretStr("")
    """Password, with SASL_SSL."""
    ca: FilePath | None = None
    """PEM file of the authorities that may sign the brokers' certificates; the system's when absent."""
    cert: FilePath | None = None
    """PEM file with the client's certificate and those between it and its authority."""
    key: FilePath | None = None
    """PEM file with the client's private key, not encrypted."""
    group: NonEmpty = "salgspuls"
    """Consumer group of the workers; those of one group share the partitions."""
    client_id: NonEmpty = "salgspuls"
    """Name by which the broker's logs and quotas know this program."""
    session_timeout_seconds: Annotated[float, Field(ge=3, le=300)] = 30
    """After how long without a heartbeat a worker counts as gone and its partitions go to others."""
    idempotent: bool = True
    """Whether the broker removes what a producer's retry doubled. Tansu, the demo's broker, cannot."""
    calls_partitions: Annotated[int, Field(ge=1, le=1000)] = topics.CALLS.partitions
    """Partitions of `salgspuls.calls` when it is created: at most so many workers share it."""
    crm_partitions: Annotated[int, Field(ge=1, le=1000)] = topics.CRM.partitions
    """Partitions of `salgspuls.crm` when it is created."""
    replication: Annotated[int, Field(ge=1, le=10)] = 1
    """Copies of each partition when a topic is created; 3 on a production cluster."""

    @model_validator(mode="after")
    def _security_is_consistent(self) -> Self:
        for option in ("sasl_user", "sasl_password"):
            if self.security == "SASL_SSL" and not self.given(option):
                raise ValueError(f"{env_name('kafka', option)} is required with SASL_SSL")
            if self.security != "SASL_SSL" and self.given(option):
                raise ValueError(
                    f"{env_name('kafka', option)} is only for SASL_SSL, "
                    f"and {env_name('kafka', 'security')} is {self.security}"
                )
        refuse_inconsistent_tls("kafka", self, f"{env_name('kafka', 'security')}=SSL or SASL_SSL")
        return self

    @property
    def encrypted(self) -> bool:
        return self.security != "PLAINTEXT"

    @property
    def servers(self) -> list[str]:
        """The brokers of `bootstrap`, each as host:port."""
        return [server.strip() for server in self.bootstrap.split(",")]

    def ssl_context(self) -> ssl.SSLContext | None:
        """The TLS context, None with PLAINTEXT. Raises SettingsError when a file is not what it should be."""
        if not self.encrypted:
            return None
        try:
            context = ssl.create_default_context(cafile=self.ca)
        except (ssl.SSLError, OSError) as error:
            raise SettingsError(
                f"{env_name('kafka', 'ca')}: no PEM certificates in {self.ca}: {error}"
            ) from None
        if self.cert and self.key:
            try:
                # with an empty password an encrypted key fails, where OpenSSL would ask at the terminal
                context.load_cert_chain(self.cert, self.key, password="")
            except (ssl.SSLError, OSError) as error:
                raise SettingsError(
                    f"{env_name('kafka', 'cert')}, {env_name('kafka', 'key')}: {self.cert} and {self.key} "
                    f"are not a PEM certificate and its unencrypted key: {error}"
                ) from None
        return context

    def client_kwargs(self) -> dict[str, Any]:
        """What every aiokafka client takes: brokers, client id, security."""
        kwargs: dict[str, Any] = {
            "bootstrap_servers": self.servers,
            "client_id": self.client_id,
            "security_protocol": self.security,
            "ssl_context": self.ssl_context(),
        }
        if self.security == "SASL_SSL":
            kwargs |= {
                "sasl_mechanism": self.sasl_mechanism,
                "sasl_plain_username": self.sasl_user,
                "sasl_plain_password": self.sasl_password.get_secret_value(),
            }
        return kwargs

    def faust_broker(self) -> list[str]:
        """Faust's `broker`: one URL a server."""
        return [f"kafka://{server}" for server in self.servers]

    def faust_credentials(self) -> CredentialsT | None:
        """Faust's `broker_credentials`, which its consumer and its producer both honour."""
        if not self.encrypted:
            return None
        import faust  # takes half a second, which other commands need not spend

        context = self.ssl_context()
        if self.security == "SSL":
            return faust.SSLCredentials(context)
        return faust.SASLCredentials(
            username=self.sasl_user,
            password=self.sasl_password.get_secret_value(),
            mechanism=self.sasl_mechanism,
            ssl_context=context,
        )

    def faust_timeouts(self) -> dict[str, Any]:
        """Faust's settings of how long the group and the broker wait, in seconds."""
        session = self.session_timeout_seconds
        return {
            "broker_session_timeout": session,
            "broker_heartbeat_interval": session / 4,
            "broker_rebalance_timeout": session,
            # Faust refuses a session that is longer than a request may take
            "broker_request_timeout": max(_FAUST_REQUEST_TIMEOUT, session),
        }

    def topics(self) -> tuple[topics.TopicSpec, ...]:
        """The topics as they should exist here: the contract's, with these partitions and copies."""
        partitions = {topics.CALLS.name: self.calls_partitions, topics.CRM.name: self.crm_partitions}
        return tuple(
            replace(
                spec,
                partitions=partitions.get(spec.name, spec.partitions),
                replication=self.replication,
            )
            for spec in topics.ALL
        )
