"""What the client makes of errors, each of them caused for real."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import (
    ClickHouseUnavailableError,
    Verdict,
    classify,
    connect,
    connect_async,
    wait_until_ready,
)
from streams.demo.brokers import free_port
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_database,
    clickhouse_server,
    running_clickhouse,
)

__all__ = ["clickhouse_database", "clickhouse_server"]


@pytest.fixture
def client(clickhouse_database: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_database.writer)
    client.command(
        "CREATE TABLE calls (id UInt32, title String, side Enum8('seller' = 1), "
        "CONSTRAINT small CHECK id < 1000) ENGINE = MergeTree ORDER BY id PARTITION BY id % 200"
    )
    yield client
    client.close()


def insert(row: list[Any], columns: list[str]) -> Callable[[Client], Any]:
    return lambda client: client.insert("calls", [row], column_names=columns)


class TestClassify:
    @pytest.mark.parametrize(
        ("action", "verdict"),
        [
            (insert([1000], ["id"]), "data"),
            (insert(["not a number"], ["id"]), "data"),
            (insert([2**40], ["id"]), "data"),
            (insert([1, None], ["id", "title"]), "data"),
            (lambda client: client.raw_insert("calls", ["id", "side"], "1\tneither\n", fmt="TSV"), "data"),
            (insert([1, "\ud800"], ["id", "title"]), "data"),
            (lambda client: client.insert("calls", [[i] for i in range(200)], column_names=["id"]), "data"),
            (insert([1, 2], ["id", "no_such_column"]), "schema"),
            (lambda client: client.insert("no_such_table", [[1]], column_names=["id"]), "schema"),
            (lambda client: client.query("SELECT no_such_column FROM calls"), "schema"),
            (lambda client: client.query("SELECT 1 FROM no_such_database.calls"), "schema"),
            (
                lambda client: client.query("SELECT sleep(1)", settings={"max_execution_time": 0.1}),
                "transient",
            ),
            (
                lambda client: client.query(
                    "SELECT number FROM numbers(9999999) ORDER BY sipHash64(number)",
                    settings={"max_memory_usage": 1_000_000},
                ),
                "transient",
            ),
            (lambda client: client.query("SELEC 1 FROM"), "fatal"),
            (lambda client: client.query("SELECT throwIf(1)"), "fatal"),
        ],
    )
    def test_verdicts(self, client: Client, action: Callable[[Client], Any], verdict: Verdict) -> None:
        with pytest.raises(Exception) as raised:  # noqa: PT011 - which one it is, is the question
            action(client)
        assert classify(raised.value) == verdict, raised.value

    def test_too_many_parts_pass(self, client: Client) -> None:
        client.command(
            "CREATE TABLE full (id UInt8) ENGINE = MergeTree ORDER BY id SETTINGS parts_to_throw_insert = 1, "
            "parts_to_delay_insert = 1, max_bytes_to_merge_at_max_space_in_pool = 1"
        )
        client.insert("full", [[1]])
        with pytest.raises(Exception, match="TOO_MANY_PARTS") as raised:
            client.insert("full", [[2]])
        assert classify(raised.value) == "transient"
        assert client.command("SELECT count() FROM full") == 1

    def test_a_wrong_password_is_fatal(self, clickhouse_database: RunningClickHouse) -> None:
        with pytest.raises(Exception, match="AUTHENTICATION_FAILED") as raised:
            connect(replace(clickhouse_database.writer, password="wrong"))
        assert classify(raised.value) == "fatal"

    def test_a_reader_that_writes_is_fatal(
        self, clickhouse_database: RunningClickHouse, client: Client
    ) -> None:
        reader = connect(clickhouse_database.reader)
        with pytest.raises(Exception, match="READONLY") as raised:
            reader.command("INSERT INTO calls (id) VALUES (1)")
        assert classify(raised.value) == "fatal"
        reader.close()

    def test_nobody_there_is_transient(self, clickhouse_database: RunningClickHouse) -> None:
        with pytest.raises(Exception, match="refused") as raised:
            connect(replace(clickhouse_database.writer, port=free_port()))
        assert classify(raised.value) == "transient"

    def test_a_server_that_is_killed_is_transient(self, tmp_path: Any) -> None:
        with running_clickhouse(tmp_path) as server:
            client = connect(server.writer)
            client.command("CREATE TABLE t (id UInt8) ENGINE = MergeTree ORDER BY id")
            threading.Timer(0.3, server.process.kill).start()
            with pytest.raises(Exception) as raised:  # noqa: PT011 - which one it is, is the question
                client.query("SELECT sleep(3)")
            assert classify(raised.value) == "transient"
            with pytest.raises(Exception) as raised:  # noqa: PT011 - which one it is, is the question
                client.insert("t", [[1]])
            assert classify(raised.value) == "transient"
            client.close()

    def test_a_silent_server_is_transient(self, clickhouse_database: RunningClickHouse) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            config = replace(clickhouse_database.writer, port=silent.getsockname()[1], read_timeout=1)
            with pytest.raises(Exception, match="timed out") as raised:
                connect(config)
        assert classify(raised.value) == "transient"

    def test_a_bug_is_fatal(self) -> None:
        assert classify(KeyError("x")) == "fatal"


class TestConnect:
    def test_inserts_are_synchronous_for_whoever_may_insert(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        for config in (clickhouse_database.writer, clickhouse_database.reader):
            client = connect(config)
            assert client.command("SELECT getSetting('async_insert')") == "false"
            client.close()

    def test_no_database_is_needed_where_none_is_wanted(self, clickhouse_server: RunningClickHouse) -> None:
        config = replace(clickhouse_server.writer, database="not_there_yet")
        client = connect(config, database="")
        assert client.command("SELECT currentDatabase()") == "default"
        client.close()

    async def test_the_asynchronous_client_is_set_up_alike(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        client = await connect_async(clickhouse_database.writer)
        found = await client.query("SELECT getSetting('async_insert'), currentDatabase()")
        assert found.result_rows == [(False, clickhouse_database.writer.database)]
        await client.close()

    def test_the_password_is_not_shown(self, clickhouse_database: RunningClickHouse) -> None:
        assert clickhouse_database.writer.password not in repr(clickhouse_database.writer)


class TestWaiting:
    def test_it_waits_for_a_server_that_starts_later(
        self, tmp_path: Any, clickhouse_database: RunningClickHouse
    ) -> None:
        port, said = free_port(), list[str]()
        config = replace(clickhouse_database.writer, port=port, database="default")
        started = threading.Event()

        def waiting(line: str) -> None:
            said.append(line)
            started.set()

        with closing(_Later(tmp_path, port, started)):
            client = wait_until_ready(config, timeout=30, waiting=waiting)
            assert client.command("SELECT 1") == 1
            client.close()
        assert said[0].startswith(
            f"ClickHouse at http://127.0.0.1:{port} as salgspuls: connection refused; waiting, 0 of"
        )

    def test_it_gives_up_when_time_is_up(self, clickhouse_database: RunningClickHouse) -> None:
        config = replace(clickhouse_database.writer, port=free_port())
        with pytest.raises(ClickHouseUnavailableError, match="connection refused; gave up after"):
            wait_until_ready(config, timeout=0.5, waiting=lambda line: None)

    def test_it_stops_waiting_when_told(self, clickhouse_database: RunningClickHouse) -> None:
        stopped = threading.Event()
        config = replace(clickhouse_database.writer, port=free_port())
        with pytest.raises(ClickHouseUnavailableError, match="stopped while waiting"):
            wait_until_ready(config, timeout=60, waiting=lambda line: stopped.set(), stopped=stopped)

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"password": "wrong"}, "as salgspuls: Code: 516.*Authentication failed"),
            ({"database": "not_there"}, "Database not_there does not exist.*run `salgspuls migrate` first"),
        ],
    )
    def test_what_waiting_cannot_mend_is_said_at_once(
        self, clickhouse_database: RunningClickHouse, change: dict[str, Any], complaint: str
    ) -> None:
        def waiting(line: str) -> None:
            raise AssertionError(f"it waits: {line}")

        with pytest.raises(ClickHouseUnavailableError, match=complaint):
            wait_until_ready(replace(clickhouse_database.writer, **change), timeout=60, waiting=waiting)


class _Later:
    """A server that starts when an event is set."""

    def __init__(self, path: Any, port: int, start: threading.Event) -> None:
        self._done = threading.Event()

        def run() -> None:
            start.wait(timeout=30)
            with running_clickhouse(path, port=port):
                self._done.wait(timeout=60)

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def close(self) -> None:
        self._done.set()
        self._thread.join(timeout=30)
