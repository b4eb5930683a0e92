"""All configuration of Salgspuls: one frozen model a section, from a TOML file and from the environment.

`SALGSPULS_KAFKA_BOOTSTRAP` in the environment is `bootstrap` in the table `[kafka]` of the file, and goes
before it. docs/settings.md and .env.example are generated from these models (streams/config/settings_docs.py).
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal  # Any: tables before they are checked

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from streams.config.clickhouse import ClickHouseSettings
from streams.config.kafka import KafkaSettings
from streams.config.reporting import ReportingSettings
from streams.config.section import PREFIX, Host, Port, Section, SettingsError, env_name

CONFIG_VARIABLE = PREFIX + "CONFIG"

_MAX_VALUE_LENGTH = 80


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
