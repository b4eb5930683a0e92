"""What the embedded ClickHouse is started with, and why it may refuse to start."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from pathlib import Path


class EmbeddedError(Exception):
    """The embedded ClickHouse cannot run as asked; the text says what to do."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Login:
    """A user's name and password."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What one query of the reader may use at most; a client may ask for less, never for more."""

    seconds: float = 30.0
    memory_bytes: int = 4_000_000_000
    result_bytes: int = 256_000_000

    def __post_init__(self) -> None:
        for name in ("seconds", "memory_bytes", "result_bytes"):
            if getattr(self, name) <= 0:
                raise EmbeddedError(
                    f"reader limit {name} is {getattr(self, name)}; it must be greater than 0"
                )


@dataclass(frozen=True, slots=True)
class EmbeddedConfig:
    """How to serve the engine: address, data folder, the two users, limits.

    The writer may do anything; the reader runs with readonly = 1 and `limits`. `writer_seconds` is how long a
    statement of the writer runs when its client sets no max_execution_time of its own. The reader reads the tables of
    `reader_databases`; its sessions are in the first of them unless it asks for another one.
    """

    path: Path
    writer: Login
    reader: Login
    host: str = "127.0.0.1"
    port: int = 8123
    limits: ReaderLimits = ReaderLimits()
    writer_seconds: float = 600.0
    reader_databases: tuple[str, ...] = ("salgspuls",)

    def __post_init__(self) -> None:
        if self.writer.name == self.reader.name:
            raise EmbeddedError(
                f"writer and reader are both called {self.writer.name!r}; give them different names"
            )
        if not 0 < self.port < 65536:
            raise EmbeddedError(f"port is {self.port}; it must be between 1 and 65535")
        if not _is_loopback(self.host):
            raise EmbeddedError(
                f"host is {self.host!r}; the embedded ClickHouse listens on loopback only (127.0.0.1, ::1, localhost). "
                "For other machines run a ClickHouse server."
            )


def _is_loopback(host: str) -> bool:
    """Whether every address of the host is this machine's loopback."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ipaddress.ip_address(address[4][0]).is_loopback for address in found)
