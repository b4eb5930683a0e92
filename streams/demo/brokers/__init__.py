"""Kafka brokers that Salgspuls can run by itself, for the demo and for the tests.

Production brings its own Kafka. Here a broker is a child process on loopback, gone when its parent is gone.
"""

from __future__ import annotations

import secrets
import socket
from typing import Protocol

from streams.errors import SalgspulsError

HOST = "127.0.0.1"


class BrokerError(SalgspulsError):
    """A broker could not be started; the message says why and what to do."""


class Broker(Protocol):
    """A broker on loopback. All methods block.

    On Linux it ends with the thread that started it, so start it from the main thread or one that lives as long.
    """

    @property
    def bootstrap(self) -> str:
        """`host:port` for `bootstrap_servers`; the same over restarts."""

    @property
    def pid(self) -> int | None:
        """Process id while it runs, else None."""

    def start(self) -> None:
        """Start and return once topic metadata is answered. Raises BrokerError; starting twice is one."""

    def stop(self) -> None:
        """Stop in order, as an operator would (SIGTERM). Nothing happens when it does not run."""

    def kill(self) -> None:
        """End at once (SIGKILL), as a crash would."""


def free_port() -> int:
    """A free port on loopback, below the range that the kernel takes for outgoing connections.

    Above it, a client that reconnects while the broker is down can be given the broker's own port as its
    source port, connects to itself, and the broker cannot bind again.
    """
    while True:
        # not by the generator that a test may have seeded: two that run at once would choose the same
        port = 20_000 + secrets.randbelow(12_000)
        if not port_taken(port):
            return port


def port_taken(port: int) -> bool:
    """Whether a server could not listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
