"""The child process behind a broker: started, watched until it answers, stopped by its id."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from streams.demo.brokers import HOST, BrokerError, port_taken
from streams.demo.children import start_logged
from streams.kafka.topics import unreachable


class BrokerProcess:
    """One broker process on a loopback port; output goes to `log`.

    On Linux the process ends with the thread that called `start` (the kernel's parent death signal), so that
    no broker outlives a parent that was killed: start it from a thread that lives as long as it is needed.
    """

    def __init__(self, name: str, port: int, log: Path) -> None:
        self._name = name
        self._port = port
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self._port}"

    @property
    def pid(self) -> int | None:
        if self._process is None or self._process.poll() is not None:
            return None
        return self._process.pid

    def start(self, command: Sequence[str], timeout: float) -> None:
        """Run `command` until topic metadata is answered, at most `timeout` seconds."""
        if self.pid is not None:
            return
        if port_taken(self._port):
            raise BrokerError(
                f"{self._name} cannot start: port {self._port} on {HOST} is taken by another program; "
                f"stop that program or choose another port"
            )
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._process = start_logged(command, self._log)
        try:
            self._wait_until_ready(timeout)
        except BaseException:
            self.kill()
            raise

    def stop(self, timeout: float = 30.0) -> None:
        self._end(signal.SIGTERM, timeout)

    def kill(self) -> None:
        self._end(signal.SIGKILL, timeout=30.0)

    def _end(self, sig: signal.Signals, timeout: float) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(sig)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait_until_ready(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while not self._answers():
            process = self._process
            if process is None or process.poll() is not None:
                raise BrokerError(f"{self._name} ended while starting; its last words:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise BrokerError(
                    f"{self._name} did not answer on {self.bootstrap} within {timeout:.0f} s; "
                    f"its last words:\n{self._last_words()}"
                )
            time.sleep(0.05)

    def _answers(self) -> bool:
        # in a thread of its own, for the caller's may have a running loop
        with ThreadPoolExecutor(1) as thread:
            probe = thread.submit(lambda: asyncio.run(unreachable({"bootstrap_servers": self.bootstrap})))
            return probe.result() is None

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]
