"""Settings as a file and the environment give them, and certificates that they may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.config.section import SettingsError
from streams.config.settings import Settings

TLS = Path(__file__).parents[1] / "data" / "tls"
PASSWORD = "correct horse battery staple"
CERTIFICATE, KEY = TLS / "client.crt", TLS / "client.key"


def load(config_file: Path | None = None, /, **env: str) -> Settings:
    """The settings of a file and of variables, whose names go without the prefix."""
    return Settings.load(config_file, {f"SALGSPULS_{name.upper()}": value for name, value in env.items()})


def refusal(config_file: Path | None = None, /, **env: str) -> str:
    """What is said of settings that are refused."""
    with pytest.raises(SettingsError) as caught:
        load(config_file, **env)
    return str(caught.value)


def written(tmp_path: Path, toml: str) -> Path:
    """A file of settings."""
    path = tmp_path / "salgspuls.toml"
    path.write_text(toml)
    return path
