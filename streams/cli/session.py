"""What every command is given: the settings, read when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.config.settings import Settings


class Session:
    """One run of the command line."""

    def __init__(self, config_file: Path | None = None) -> None:
        self.config_file = config_file

    @cached_property
    def settings(self) -> Settings:
        """The effective settings. Raises SettingsError, which the command line shows as it is."""
        from streams.config.settings import Settings

        return Settings.load(self.config_file)

    def configure_logs(self) -> None:
        """Logs as the settings say; for commands that go on running."""
        from streams.logs import logs

        logs.configure(self.settings.log)
