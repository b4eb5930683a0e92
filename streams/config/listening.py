"""Whether a server of ours can listen where its settings say, found out before it starts and said in one line."""

from __future__ import annotations

import errno
import os
import socket

from streams.config.section import SettingsError, env_name


def check_listening(section: str, host: str, port: int) -> None:
    """Raises SettingsError, which names host and port of the section, when nobody can listen there now."""
    where = f"cannot listen on {host} port {port} ({env_name(section, 'host')}, {env_name(section, 'port')})"
    try:
        for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            socket.create_server(address, family=family).close()
    except (socket.gaierror, UnicodeError):
        raise SettingsError(f"{where}: no machine is called so") from None
    except OSError as error:
        advice = "; end the other program, or set another port" if error.errno == errno.EADDRINUSE else ""
        raise SettingsError(f"{where}: {os.strerror(error.errno or 0).lower()}{advice}") from None
