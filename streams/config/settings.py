"""All configuration of Salgspuls: one frozen model a section, from a TOML file and from the environment.

`SALGSPULS_KAFKA_BOOTSTRAP` in the environment is `bootstrap` in the table `[kafka]` of the file, and goes
before it. docs/settings.md and .env.example are generated from here (streams/config/settings_docs.py).
"""

from __future__ import annotations

import difflib
import os
import re
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self  # Any: aiokafka's keyword arguments
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FilePath,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from schemas import topics
from schemas.fields import Currency
from streams.errors import SalgspulsError

if TYPE_CHECKING:
    from faust.types.auth import CredentialsT

    from clickhouse.client import ClickHouseConfig

PREFIX = "SALGSPULS_"
CONFIG_VARIABLE = PREFIX + "CONFIG"

_MAX_VALUE_LENGTH = 80


class SettingsError(SalgspulsError, ValueError):
    """The configuration cannot be used. Each line names a setting, its value, and what is allowed."""


def env_name(*path: str) -> str:
    """The environment variable of a setting: of "kafka", "bootstrap" it is SALGSPULS_KAFKA_BOOTSTRAP."""
    return PREFIX + "_".join(path).upper()


def _host_and_port_each(value: str) -> str:
    for server in value.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError(f"must be host:port, several with commas between, and {server.strip()!r} is not")
    return value


def _known_timezone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        hint = f", as {near[0]!r}" if near else ""
        raise ValueError(f"must be a name of the IANA time zone database{hint}")
    return value


def _recording_address(value: str) -> str:
    """Nothing, or an address of the web in which the recording has its place."""
    if not value:
        return value
    known = re.sub(r"\{(recording|seconds)\}", "", value)
    try:
        parts = urlsplit(known)
    except ValueError:
        raise ValueError("must be an address, as https://calls.example.com/{recording}#t={seconds}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s{}\"'<>\\^`|$]", known):
        raise ValueError(
            "must be an address that begins with https:// or http:// and has no braces but {recording} and {seconds}, "
            "as https://calls.example.com/{recording}#t={seconds}"
        )
    if "{" in value.split("://", 1)[1].split("/", 1)[0]:
        raise ValueError("must name a fixed server: {recording} and {seconds} stand after its name")
    if "{recording}" not in value:
        raise ValueError("must have {recording} where the recording's id belongs")
    return value


_HABITS = ("talk-ratio", "interruptions", "questions", "engaging", "own-monologue")


def _known_goals(value: str) -> str:
    """Ranges by habit: name=low-high, with commas between."""
    for part in filter(None, (part.strip() for part in value.split(","))):
        found = re.fullmatch(r"([a-z-]+)=(\d{1,4})-(\d{1,4})", part)
        if found is None or found[1] not in _HABITS or int(found[2]) > int(found[3]):
            raise ValueError(
                f"must be ranges as questions=22-28 with commas between, and {part!r} is not: known are "
                f"{', '.join(_HABITS)}, in whole numbers, the lower one first"
            )
    return value


Port = Annotated[int, Field(ge=1, le=65535)]
Days = Annotated[int, Field(ge=1, le=7_300)]  # see schemas.fields.LATEST
Host = Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
NonEmpty = Annotated[str, Field(min_length=1)]
Engine = Literal["ReplacingMergeTree", "ReplicatedReplacingMergeTree", "SharedReplacingMergeTree"]


class Section(BaseModel):
    """A group of settings; the docstring of a field is its documentation."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def _given(self, option: str) -> bool:
        value = getattr(self, option)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


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
            if self.security == "SASL_SSL" and not self._given(option):
                raise ValueError(f"{env_name('kafka', option)} is required with SASL_SSL")
            if self.security != "SASL_SSL" and self._given(option):
                raise ValueError(
                    f"{env_name('kafka', option)} is only for SASL_SSL, "
                    f"and {env_name('kafka', 'security')} is {self.security}"
                )
        _refuse_inconsistent_tls("kafka", self, f"{env_name('kafka', 'security')}=SSL or SASL_SSL")
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
        _refuse_inconsistent_tls("clickhouse", self, f"{env_name('clickhouse', 'secure')}=true")
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


class WorkerSettings(Section):
    """How the worker batches, bounds its memory, and reports on itself."""

    flush_seconds: Annotated[float, Field(ge=0.01, le=60)] = 0.9
    """Within which an event is to be stored: events are gathered, from a batch's first on, as long as that allows."""
    hours_seconds: Annotated[float, Field(ge=0.1, le=60)] = 10
    """From one computation of the hours that events touched to the next. Pages count the hour that lasts from calls."""
    flush_rows: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    """At how many gathered events they are stored at once."""
    max_open_calls: Annotated[int, Field(ge=1, le=1_000_000)] = 5000
    """Calls held in memory; beyond, the longest silent one is evicted, and read back when it speaks again."""
    max_open_mb: Annotated[int, Field(ge=1, le=100_000)] = 128
    """Memory for the calls held, in MB as estimated; beyond, calls are evicted as beyond `max_open_calls`."""
    max_call_segments: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    """Segments that one call may have; further ones are rejected."""
    host: Host = "127.0.0.1"
    """Address of /metrics, /live and /ready; 0.0.0.0 in a container, where Prometheus comes from outside."""
    port: Port = 6066
    """Port of /metrics, /live and /ready."""
    memo_entries: Annotated[int, Field(ge=10_000, le=10_000_000)] = 400_000
    """What the analyses may remember about words that were said, some 300 bytes each, all of them together."""
    sales_lexicon: bool = True
    """Whether sentiment goes by the lexicon of sales talk; without it English is VADER's. When it changes, an epoch of
    the analysis begins, and `salgspuls rebuild --resume` brings history up to date."""
    tracker_poll_seconds: Annotated[float, Field(ge=0.1, le=60)] = 4
    """How often the worker looks whether trackers changed."""
    stop_seconds: Annotated[float, Field(ge=0.5, le=300)] = 5
    """How long the worker may take to store what it has when it is stopped."""


class ReportingSettings(Section):
    """How business numbers are read."""

    currency: Currency = "DKK"
    """Currency of all money, ISO 4217; events in another are rejected."""
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Europe/Copenhagen"
    """Time zone in which days and months begin."""
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] = 1
    """Month in which the fiscal year begins, 1 to 12; sales quarters follow from it."""
    own_names: str = ""
    """The own company and its products, with commas between: never shown as other brands, nor as words of the best."""
    recording_url: Annotated[str, AfterValidator(_recording_address)] = ""
    """Where a call's recording is played, as https://calls.example.com/{recording}#t={seconds}: `{recording}` is the
    call's `recording_id`, `{seconds}` where a sentence begins. Without, no sentence links to its recording."""
    goals: Annotated[str, AfterValidator(_known_goals)] = ""
    """What is recommended of sellers' habits where it is not what the pages recommend, as
    `questions=20-30, talk-ratio=40-50`: talk-ratio and engaging (open questions) in percent, questions and
    interruptions an hour, own-monologue in seconds."""
    enough_calls: Annotated[int, Field(ge=1, le=10_000)] = 5
    """A seller counts in means, comparisons and insights with so many calls in the time range, and is shown as one with
    too few calls otherwise."""
    enough_seconds: Annotated[int, Field(ge=0, le=36_000)] = 60
    """How long a call has to be to count among these, and in what is coached. With another length than a minute it is
    counted call by call, which takes longer over many calls."""
    enough_minutes: Annotated[int, Field(ge=0, le=100_000)] = 10
    """How many minutes both sides have to speak in these calls all together."""
    office_opens: time = time(8)
    """From when on, Monday to Friday, calls are expected, so that their absence is worth an alert."""
    office_closes: time = time(17)
    """Until when calls are expected."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.office_opens >= self.office_closes:
            raise ValueError(
                f"{env_name('reporting', 'office_opens')} ({self.office_opens:%H:%M}) must be before "
                f"{env_name('reporting', 'office_closes')} ({self.office_closes:%H:%M})"
            )
        return self

    @property
    def own_name_list(self) -> tuple[str, ...]:
        """The own company's names and products, one by one."""
        return tuple(name for each in self.own_names.split(",") if (name := each.strip()))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class WebSettings(Section):
    """The built-in page."""

    host: Host = "127.0.0.1"
    """Address that the page is served on. Whoever reaches it sees it, unless `users` says who may sign in."""
    port: Port = 8080
    """Port that the page is served on."""
    hosts: str = ""
    """Names under which the page may be asked for besides localhost, with commas between: those that stand in
    people's browsers, as sales.example.com. Any other name is answered with 421."""
    max_pages: int = Field(default=200, ge=1, le=100_000)
    """Pages that may be open at once; one more is answered with 503."""
    language: Literal["en", "da"] = "en"
    """Language of titles and sentences."""
    users: Path | None = None
    """File of those who may sign in, and of what they see; `salgspuls users add` makes it. Without, nobody is asked."""
    edit_trackers: bool = True
    """Whether who sees the page (an admin, where one signs in) may change the active trackers. That takes Kafka and
    ClickHouse's writer; with false the page only reads."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of `hosts`, and the address that the page is served on."""
        return (self.host, *(name for part in self.hosts.split(",") if (name := part.strip())))


class LogSettings(Section):
    """What is logged, to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least serious that is logged."""
    format: Literal["json", "console"] = "json"
    """json: one object a line, for machines; console: for eyes."""


class Settings(BaseSettings):
    """All settings. `Settings()` are the defaults; `Settings.load()` reads file and environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
    )

    kafka: KafkaSettings = Field(default_factory=KafkaSettings)
    clickhouse: ClickHouseSettings = Field(default_factory=ClickHouseSettings)
    worker: WorkerSettings = Field(default_factory=WorkerSettings)
    reporting: ReportingSettings = Field(default_factory=ReportingSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    log: LogSettings = Field(default_factory=LogSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed: `load` reads file and environment, settings made by hand depend on neither."""
        return (init_settings,)

    @classmethod
    def load(cls, config_file: Path | str | None = None, env: Mapping[str, str] = os.environ) -> Settings:
        """The settings of `config_file`, else of the file that SALGSPULS_CONFIG names; `env` overrides it.

        Raises SettingsError, which names each setting that is wrong.
        """
        path = config_file or env.get(CONFIG_VARIABLE)
        merged = _read_file(Path(path)) if path else {}
        for section, values in _read_environment(env).items():
            merged[section] = {**_table(merged, section), **values}
        try:
            return cls(**merged)
        except ValidationError as error:
            raise SettingsError("\n".join(_sentences(error))) from None

    def redacted(self) -> dict[str, dict[str, Any]]:
        """The settings by section, as they may be shown: a secret that is set is `**********`."""
        return self.model_dump(mode="json")

    def as_environment(self) -> dict[str, str]:
        """The variables that give a child process these settings. Secrets are in the clear: not to be shown."""
        variables = {}
        for section, kind in sections().items():
            for name in kind.model_fields:
                value = getattr(getattr(self, section), name)
                if value != getattr(kind(), name):
                    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
                    variables[env_name(section, name)] = str(plain)
        return variables

    def child_environment(self) -> dict[str, str]:
        """This process's environment, for a child that has these settings and no others. Not to be shown."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return inherited | self.as_environment()


def sections() -> dict[str, type[Section]]:
    """The sections by name, in their order."""
    return {
        name: field.annotation
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
    }


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot read the settings: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: not TOML: {error}") from None


def _table(tables: Mapping[str, Any], section: str) -> dict[str, Any]:
    table = tables.get(section, {})
    if not isinstance(table, dict):
        raise SettingsError(f"[{section}]: must be a table in the settings file")
    return table


def _read_environment(env: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """By section; an empty variable counts as absent, as Compose files pass what is not set."""
    ours = {name.lower(): value for name, value in env.items() if name.startswith(PREFIX) and value}
    ours.pop(CONFIG_VARIABLE.lower(), None)
    for name in ours:
        section, _, field = name.removeprefix(PREFIX.lower()).partition("_")
        if section not in sections() or not field:
            raise SettingsError(_no_such_setting(name.upper()))
    source = EnvSettingsSource(Settings)
    source.env_vars = ours
    try:
        return source()
    except SourceError as error:
        raise SettingsError(str(error)) from None


def _refuse_inconsistent_tls(section: str, settings: KafkaSettings | ClickHouseSettings, needed: str) -> None:
    for option in ("ca", "cert", "key"):
        if getattr(settings, option) and not settings.encrypted:
            raise ValueError(f"{env_name(section, option)} is only for {needed}")
    for given, other in (("cert", "key"), ("key", "cert")):
        if getattr(settings, given) and not getattr(settings, other):
            raise ValueError(f"{env_name(section, other)} is required with {env_name(section, given)}")


def _sentences(error: ValidationError) -> list[str]:
    """One sentence a problem. What a section says of itself names its settings, never a secret."""
    sentences = []
    for problem in error.errors(include_url=False):
        path = tuple(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        if problem["type"] == "extra_forbidden":
            sentences.append(_no_such_setting(env_name(*path)))
        elif len(path) == 1:
            is_own = problem["type"] == "value_error"
            sentences.append(message if is_own else f"[{path[0]}]: must be a table in the settings file")
        else:
            message = message[0].lower() + message[1:]
            sentences.append(f"{env_name(*path)}: {message}{_got(path, problem['input'])}")
    return sentences


def _got(path: tuple[str, ...], value: object) -> str:
    if sections()[path[0]].model_fields[path[1]].annotation is SecretStr:
        return ""
    shown = str(value) if isinstance(value, Path) else repr(value)
    return f" (got {shown if len(shown) <= _MAX_VALUE_LENGTH else shown[:_MAX_VALUE_LENGTH] + '…'})"


def _no_such_setting(name: str) -> str:
    known = [env_name(section, field) for section, kind in sections().items() for field in kind.model_fields]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "`salgspuls settings` lists all"
    return f"{name}: no such setting; {hint}"
