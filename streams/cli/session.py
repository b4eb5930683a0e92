"""What every command is given: the settings, read when they are first asked for."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from streams.config.settings import Settings
    from streams.language import Language

_OWN = ("SALGSPULS_CONFIG", "SALGSPULS_KAFKA_", "SALGSPULS_CLICKHOUSE_", "SALGSPULS_WORKER_")
"""Variables that name servers: where one of them is set, a command leaves the demo's servers alone."""


class Session:
    """One run of the command line."""

    def __init__(self, config_file: Path | None = None) -> None:
        self.config_file = config_file

    @cached_property
    def settings(self) -> Settings:
        """The effective settings. Raises SettingsError, which the command line shows as it is.

        Where nobody has said which servers to use, they are those of a demo that runs on this machine.
        """
        from streams.config.settings import Settings

        settings = Settings.load(self.config_file)
        if self.config_file or any(name.startswith(_OWN) and value for name, value in os.environ.items()):
            return settings
        return self._demos(settings) or settings

    @cached_property
    def own_settings(self) -> Settings:
        """The settings without those of a running demo: for who starts one."""
        from streams.config.settings import Settings

        return Settings.load(self.config_file)

    def _demos(self, settings: Settings) -> Settings | None:
        from streams.demo.registry import running

        demo = running()
        if demo is None:
            return None
        click.echo(
            f"using the demo that runs on this machine, http://127.0.0.1:{demo.web.port} "
            "(SALGSPULS_KAFKA_BOOTSTRAP or --config names other servers)",
            err=True,
        )
        servers = {"kafka": demo.kafka, "clickhouse": demo.clickhouse, "worker": demo.worker}
        return settings.model_copy(update=servers | {"reporting": demo.reporting})

    @property
    def language(self) -> Language:
        """The language of messages for people; English while the settings cannot be read."""
        from streams.config.section import SettingsError

        try:
            return self.own_settings.web.language
        except SettingsError:
            return "en"

    def configure_logs(self) -> None:
        """Logs as the settings say; for commands that go on running."""
        from streams.logs import logs

        logs.configure(self.settings.log)
