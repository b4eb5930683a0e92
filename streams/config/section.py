"""What the sections of the configuration share: their names in the environment, their kinds of values, their errors."""

from __future__ import annotations

from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from streams.errors import SalgspulsError

PREFIX = "SALGSPULS_"

Port = Annotated[int, Field(ge=1, le=65535)]
Host = Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
NonEmpty = Annotated[str, Field(min_length=1)]


class SettingsError(SalgspulsError, ValueError):
    """The configuration cannot be used. Each line names a setting, its value, and what is allowed."""


def env_name(*path: str) -> str:
    """The environment variable of a setting: of "kafka", "bootstrap" it is SALGSPULS_KAFKA_BOOTSTRAP."""
    return PREFIX + "_".join(path).upper()


class Section(BaseModel):
    """A group of settings; the docstring of a field is its documentation."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def given(self, option: str) -> bool:
        """Whether an option has a value."""
        value = getattr(self, option)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


class Encrypting(Protocol):
    """A section whose connection can be encrypted."""

    @property
    def encrypted(self) -> bool: ...


def refuse_inconsistent_tls(section: str, settings: Encrypting, needed: str) -> None:
    """Raises ValueError where `ca`, `cert` or `key` are given without encryption, or one of a pair alone."""
    for option in ("ca", "cert", "key"):
        if getattr(settings, option) and not settings.encrypted:
            raise ValueError(f"{env_name(section, option)} is only for {needed}")
    for given, other in (("cert", "key"), ("key", "cert")):
        if getattr(settings, given) and not getattr(settings, other):
            raise ValueError(f"{env_name(section, other)} is required with {env_name(section, given)}")
