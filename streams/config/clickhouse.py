"""Where results go, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, FilePath, SecretStr, model_validator

from streams.config.section import Host, NonEmpty, Port, Section, env_name, refuse_inconsistent_tls

if TYPE_CHECKING:
    from clickhouse.client import ClickHouseConfig

Days = Annotated[int, Field(ge=1, le=7_300)]  # see schemas.fields.LATEST
Engine = Literal["ReplacingMergeTree", "ReplicatedReplacingMergeTree", "SharedReplacingMergeTree"]


class ClickHouseSettings(Section):
    """Where results go, and for how long."""

    host: Host = "127.0.0.1"
    """Host of ClickHouse's HTTP interface."""
    port: Port = 8123
    """Port of ClickHouse's HTTP interface; 8443 is usual with TLS."""
    secure: bool = False
    """Whether to speak TLS."""
    ca: FilePath | None = None
    """PEM file of the authorities that may sign the server's certificate; the system's when absent."""
    cert: FilePath | None = None
    """PEM file with the client's certificate, where the server asks for one."""
    key: FilePath | None = None
    """PEM file with the client's private key."""
    writer_user: NonEmpty = "writer"
    """User of `worker` and `migrate`; may create and insert."""
    writer_password: SecretStr = SecretStr("")
    """Password of the writer."""
    reader_user: NonEmpty = "reader"
    """User of pages, Grafana and everything that only looks; may read the views in `salgspuls`."""
    reader_password: SecretStr = SecretStr("")
    """Password of the reader."""
    engine: Engine = "ReplacingMergeTree"
    """Table engine that `migrate` uses: Replicated… on an own cluster, Shared… on ClickHouse Cloud."""
    segments_days: Days = 400
    """How long transcripts are kept, from the call's start on; events of older calls are rejected. Thirteen
    months, to read the same month of last year; a shorter time spares customers' words."""
    calls_days: Days = 760
    """How long each call's numbers are kept: two years and a month, to compare a year with the one before."""
    aggregates_days: Days = 1825
    """How long the hourly numbers of sellers, keywords and names are kept: five years."""
    crm_days: Days = 7300
    """How long changes of deals and activities are kept: twenty years, for they are few and all count."""
    dead_letters_days: Days = 90
    """How long it is known which messages were rejected and why."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        refuse_inconsistent_tls("clickhouse", self, f"{env_name('clickhouse', 'secure')}=true")
        if not self.segments_days <= self.calls_days <= self.aggregates_days:
            raise ValueError(
                f"{env_name('clickhouse', 'segments_days')} ({self.segments_days}), "
                f"{env_name('clickhouse', 'calls_days')} ({self.calls_days}), "
                f"{env_name('clickhouse', 'aggregates_days')} ({self.aggregates_days}): "
                "each must be at least the one before, for what is derived outlives its source"
            )
        if self.writer_user == self.reader_user:
            raise ValueError(
                f"{env_name('clickhouse', 'writer_user')} and {env_name('clickhouse', 'reader_user')} "
                f"must differ, and both are {self.writer_user!r}: readers may not write"
            )
        return self

    @property
    def encrypted(self) -> bool:
        return self.secure

    def config(self, user: Literal["writer", "reader"]) -> ClickHouseConfig:
        """What the client needs to connect as one of the two users."""
        from clickhouse.client import ClickHouseConfig  # loads the driver, which not every command needs

        password = self.writer_password if user == "writer" else self.reader_password
        return ClickHouseConfig(
            host=self.host,
            port=self.port,
            username=self.writer_user if user == "writer" else self.reader_user,
            password=password.get_secret_value(),
            secure=self.secure,
            ca_cert=self.ca,
            client_cert=self.cert,
            client_key=self.key,
        )

    def migration_variables(self) -> dict[str, str]:
        """What the SQL of the migrations leaves open: the engine, and the days that each table is kept."""
        kept = ("segments_days", "calls_days", "crm_days", "aggregates_days", "dead_letters_days")
        return {"engine": self.engine} | {name: str(getattr(self, name)) for name in kept}
