"""The embedded ClickHouse as its users meet it: production client, curl, Grafana's plugin, operator, attacker."""

from __future__ import annotations

import base64
import gzip
import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import clickhouse_connect
import lz4.frame
import pytest
import zstandard
from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.client import ClickHouseConfig, connect
from streams.demo.brokers import free_port
from tests.support.embedded_clickhouse import (
    READER,
    WRITER,
    RunningClickHouse,
    clickhouse_database,
    clickhouse_server,
    running_clickhouse,
    start_clickhouse,
)

__all__ = ["clickhouse_database", "clickhouse_server"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> int | None:
        """ClickHouse's error code."""
        value = self.headers.get("x-clickhouse-exception-code")
        return None if value is None else int(value)


def ask(
    config: ClickHouseConfig,
    body: bytes | str = b"",
    *,
    method: str = "POST",
    path: str = "/",
    headers: dict[str, str] | None = None,
    login: tuple[str, str] | None = None,
    **params: object,
) -> Answer:
    """One request as curl would send it, with Basic authentication (`login` in place of the configured user)."""
    user, password = login or (config.username, config.password)
    authorization = {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
    with closing(HTTPConnection(config.host, config.port, timeout=30)) as connection:
        connection.request(
            method,
            f"{path}?{urlencode(params)}" if params else path,
            body=body.encode() if isinstance(body, str) else body,
            headers=(authorization if user else {}) | (headers or {}),
        )
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


@contextmanager
def sent(config: ClickHouseConfig, body: str) -> Iterator[None]:
    """A request whose client goes away, without reading the answer, when the block ends."""
    token = base64.b64encode(f"{config.username}:{config.password}".encode()).decode()
    headers = {"Host": "localhost", "Authorization": f"Basic {token}", "Content-Length": len(body)}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with closing(socket.create_connection((config.host, config.port))) as client:
        client.sendall(f"POST / HTTP/1.1\r\n{head}\r\n{body}".encode())
        yield


@pytest.fixture
def writer(clickhouse_database: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_database.writer)
    yield client
    client.close()


@pytest.fixture
def reader(clickhouse_database: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_database.reader)
    yield client
    client.close()


@pytest.fixture
def calls(writer: Client) -> Client:
    """A writer whose database has a small table."""
    writer.command("CREATE TABLE calls (id UInt32, title String) ENGINE = MergeTree ORDER BY id")
    writer.command("INSERT INTO calls VALUES (1, 'first'), (2, 'second')")
    return writer


class TestProductionClient:
    """clickhouse-connect, as the worker and the page use it."""

    def test_every_type_of_the_schema_comes_back_as_it_was_inserted(
        self, writer: Client, reader: Client
    ) -> None:
        row: list[Any] = [
            "æøå\n\t'\"\\\0",
            2**64 - 1,
            -5,
            datetime(2026, 11, 24, 8, 30, 0, 123000),
            date(2026, 11, 24),
            Decimal("1234.56"),
            None,
            True,
            ["a", ""],
            "seller",
            0.25,
        ]
        writer.command(
            "CREATE TABLE t (s String, u UInt64, i Int16, at DateTime64(3, 'UTC'), d Date, money Decimal(18, 2), "
            "n Nullable(Float32), b Bool, a Array(LowCardinality(String)), e Enum8('seller' = 1, 'customer' = 2), "
            "f Float64) ENGINE = MergeTree ORDER BY s"
        )
        writer.insert("t", [row])
        assert reader.query("SELECT * FROM t").result_rows == [tuple(row)]

    def test_parameters_are_bound_whatever_they_hold(self, reader: Client) -> None:
        given = {
            "text": "it's\na \\ tab\t",
            "texts": ["x'y", "\\N"],
            "at": datetime(2026, 1, 2, 3, 4, 5),
            "none": None,
        }
        sql = "SELECT {text:String}, {texts:Array(String)}, {at:DateTime}, {none:Nullable(String)}"
        assert reader.query(sql, parameters=given).result_rows == [
            (given["text"], given["texts"], given["at"], None)
        ]

    def test_parameters_may_come_as_a_form(self, clickhouse_database: RunningClickHouse) -> None:
        config = clickhouse_database.reader
        client = clickhouse_connect.get_client(
            host=config.host,
            port=config.port,
            username=config.username,
            password=config.password,
            form_encode_query_params=True,
            autogenerate_session_id=False,
        )
        many = list(range(20_000))
        found = client.query(
            "SELECT length({many:Array(UInt32)}), {text:String}", parameters={"many": many, "text": "å\n"}
        )
        assert found.result_rows == [(20_000, "å\n")]
        client.close()

    def test_parameters_name_tables_also_where_rows_are_inserted(self, calls: Client) -> None:
        calls.command(
            "INSERT INTO {table:Identifier} VALUES (3, {title:String})",
            parameters={"table": "calls", "title": "x"},
        )
        assert calls.command("SELECT title FROM calls WHERE id = 3") == "x"

    @pytest.mark.parametrize("compression", [False, "lz4", "zstd", "gzip", True])
    def test_compression_both_ways(
        self, clickhouse_database: RunningClickHouse, calls: Client, compression: Any
    ) -> None:
        config = clickhouse_database.writer
        client = clickhouse_connect.get_client(
            host=config.host,
            port=config.port,
            username=config.username,
            password=config.password,
            database=config.database,
            compress=compression,
        )
        rows = [[number, "title " * 20] for number in range(10, 60_010)]  # several blocks, a frame each
        client.insert("calls", rows)
        assert client.query("SELECT id, title FROM calls WHERE id >= 10 ORDER BY id").result_rows == list(
            map(tuple, rows)
        )
        client.close()

    def test_summary_tells_the_engine_s_counts(self, calls: Client) -> None:
        written = calls.insert("calls", [[7, "x"]] * 500)
        assert written.written_rows == 500
        read = calls.query("SELECT id FROM calls WHERE title = 'x'")
        assert (read.summary["read_rows"], read.summary["result_rows"]) == ("502", "500")

    def test_inserting_a_row_that_does_not_fit_stores_none_of_them(self, calls: Client) -> None:
        calls.command(
            "CREATE TABLE strict (id UInt32, CONSTRAINT small CHECK id < 100) ENGINE = MergeTree ORDER BY id"
        )
        with pytest.raises(DatabaseError) as refused:
            calls.insert("strict", [[1], [1000]])
        assert refused.value.code == 469
        assert calls.command("SELECT count() FROM strict") == 0

    def test_settings_of_a_query_count_for_that_query_only(self, calls: Client) -> None:
        setting = "SELECT getSetting('max_block_size')"
        usual = calls.command(setting)
        assert calls.query(setting, settings={"max_block_size": 7}).first_item == {
            "getSetting('max_block_size')": 7
        }
        assert calls.command(setting) == usual

    def test_streams_and_empty_results(self, calls: Client) -> None:
        with calls.query_row_block_stream("SELECT number FROM numbers(200000)") as blocks:
            assert sum(len(block) for block in blocks) == 200_000
        nothing = calls.query("SELECT id, title FROM calls LIMIT 0")
        assert (nothing.column_names, nothing.result_rows) == (("id", "title"), [])


class TestCurl:
    """Plain HTTP, as the manual of ClickHouse shows it."""

    def test_the_statement_may_stand_in_the_url_in_the_body_or_in_both(
        self, clickhouse_database: RunningClickHouse, calls: Client
    ) -> None:
        config = clickhouse_database.reader
        assert ask(config, query="SELECT 1 + 1", method="GET").body == b"2\n"
        assert ask(config, "SELECT 1 + 1").body == b"2\n"
        assert ask(config, "+ 1", query="SELECT 1").body == b"2\n"
        form = {"Content-Type": "application/x-www-form-urlencoded"}  # what curl --data says of any body
        assert ask(config, "SELECT 1 + 1 = 2 & 1", headers=form).code == 62
        assert ask(config, "SELECT 1 + 1", headers=form).body == b"2\n"

    def test_rows_are_inserted_in_the_format_that_the_statement_names(
        self, clickhouse_database: RunningClickHouse, calls: Client
    ) -> None:
        config, database = clickhouse_database.writer, clickhouse_database.writer.database
        into = f"INSERT INTO {database}.calls"
        rows = b'{"id": 3, "title": "a;b"}\n\n{"id": 4, "title": "FORMAT CSV"}\n'
        assert ask(config, rows, query=f"{into} FORMAT JSONEachRow").status == 200
        assert ask(config, f"{into} (id, title) FORMAT CSV\n5,x\n6,y\n").status == 200
        assert ask(config, f"{into} /* VALUES */ VALUES (7, concat('a', 'b')),\n\n(8, ';')").status == 200
        assert ask(config, "9\tlast", query="INSERT INTO calls FORMAT TSV", database=database).status == 200
        answer = ask(config, f"SELECT * FROM {database}.calls WHERE id > 2 ORDER BY id FORMAT TSV")
        assert answer.body == b"3\ta;b\n4\tFORMAT CSV\n5\tx\n6\ty\n7\tab\n8\t;\n9\tlast\n"
        assert answer.headers["content-type"].startswith("text/tab-separated-values")

    @pytest.mark.parametrize(
        ("encoding", "compress", "decompress"),
        [
            ("gzip", gzip.compress, gzip.decompress),
            ("lz4", lz4.frame.compress, lz4.frame.decompress),
            ("zstd", zstandard.compress, lambda data: zstandard.ZstdDecompressor().decompress(data)),
        ],
    )
    def test_bodies_are_compressed_as_negotiated(
        self, clickhouse_database: RunningClickHouse, encoding: str, compress: Any, decompress: Any
    ) -> None:
        config = clickhouse_database.reader
        statement = compress(b"SELECT number FROM numbers(3000)")
        answer = ask(
            config, statement, headers={"Content-Encoding": encoding, "Accept-Encoding": f"{encoding};q=1"}
        )
        assert answer.headers["content-encoding"] == encoding
        assert decompress(answer.body) == b"".join(b"%d\n" % number for number in range(3000))

    def test_a_damaged_or_unknown_compression_is_an_error(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        config = clickhouse_database.reader
        assert ask(config, b"nonsense", headers={"Content-Encoding": "lz4"}).code == 271
        assert ask(config, b"nonsense", headers={"Content-Encoding": "snappy"}).code == 89
        assert ask(config, b"SELECT 1", decompress=1).code == 48

    def test_health_needs_no_password(self, clickhouse_database: RunningClickHouse) -> None:
        for path in ("/ping", "/replicas_status", "/"):
            answer = ask(clickhouse_database.reader, method="GET", path=path, login=("", ""))
            assert (answer.status, answer.body) == (200, b"Ok.\n")

    def test_a_get_changes_nothing(self, clickhouse_database: RunningClickHouse, calls: Client) -> None:
        config = clickhouse_database.writer
        answer = ask(
            config, query="INSERT INTO calls VALUES (9, 'x')", method="GET", database=config.database
        )
        assert answer.code == 164
        assert calls.command("SELECT count() FROM calls") == 2

    @pytest.mark.parametrize(
        ("statement", "status", "code", "name"),
        [
            ("SELECT", 400, 62, "SYNTAX_ERROR"),
            ("", 400, 62, "SYNTAX_ERROR"),
            ("hello", 400, 62, "SYNTAX_ERROR"),
            ("SELECT 1; SELECT 2", 400, 62, "Multi-statements are not allowed"),
            ("SELECT nope", 404, 47, "UNKNOWN_IDENTIFIER"),
            ("SELECT * FROM nope", 404, 60, "UNKNOWN_TABLE"),
            ("SELECT 1 FORMAT Nope", 404, 73, "UNKNOWN_FORMAT"),
            ("SELECT throwIf(1)", 500, 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
            ("SELECT {x:UInt8}", 500, 456, "UNKNOWN_QUERY_PARAMETER"),
            ("INSERT INTO nope VALUES (1)", 404, 60, "UNKNOWN_TABLE"),
            ("INSERT INTO calls FORMAT JSONEachRow {oops", 400, 26, "CANNOT_PARSE_QUOTED_STRING"),
            ("INSERT INTO calls FORMAT TSV x\ty\n", 400, 27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED"),
            ("INSERT INTO calls (id FORMAT TSV 1", 400, 62, "SYNTAX_ERROR"),
            ("INSERT INTO calls (nope) VALUES (1)", 500, 16, "NO_SUCH_COLUMN_IN_TABLE"),
        ],
    )
    def test_errors_are_a_server_s(
        self,
        clickhouse_database: RunningClickHouse,
        calls: Client,
        statement: str,
        status: int,
        code: int,
        name: str,
    ) -> None:
        config = clickhouse_database.writer
        answer = ask(config, statement, database=config.database)
        assert (answer.status, answer.code) == (status, code)
        text = answer.body.decode()
        assert text.startswith(f"Code: {code}. DB::Exception: ")
        assert name in text
        assert "formatQuery" not in text

    def test_unknown_database_and_setting_are_named(self, clickhouse_database: RunningClickHouse) -> None:
        config = clickhouse_database.writer
        no_database = ask(config, "SELECT 1", database="nope")
        assert (no_database.status, no_database.code) == (404, 81)
        no_setting = ask(config, "SELECT 1", no_such_setting=1)
        assert (no_setting.status, no_setting.code) == (404, 115)
        assert b"no_such_setting" in no_setting.body
        forged: dict[str, Any] = {"max_threads = 1, readonly": 0}
        injected = ask(config, "SELECT 1", **forged)
        assert (injected.status, injected.code) == (404, 115)

    def test_of_two_statements_the_first_is_not_run_either(
        self, clickhouse_database: RunningClickHouse, calls: Client
    ) -> None:
        config = clickhouse_database.writer
        for rest in ("SELECT 1", "nonsense ((("):
            answer = ask(config, f"TRUNCATE TABLE {config.database}.calls; {rest}")
            assert answer.code == 62
        assert calls.command("SELECT count() FROM calls") == 2

    def test_the_answer_says_what_it_is(self, clickhouse_database: RunningClickHouse) -> None:
        answer = ask(clickhouse_database.reader, "SELECT 1 AS x FORMAT JSON", query_id="mine")
        assert answer.headers["x-clickhouse-query-id"] == "mine"
        assert answer.headers["x-clickhouse-format"] == "JSON"
        assert answer.headers["x-clickhouse-timezone"] == "UTC"
        assert answer.headers["content-type"].startswith("application/json")
        assert json.loads(answer.body)["data"] == [{"x": 1}]


class TestLogins:
    """Three ways to say who asks, two users."""

    def test_headers_basic_and_url(self, clickhouse_database: RunningClickHouse) -> None:
        config, nobody = clickhouse_database.reader, ("", "")
        user, key = {"X-ClickHouse-User": READER[0]}, {"X-ClickHouse-Key": READER[1]}
        assert ask(config, "SELECT 1").status == 200
        assert ask(config, "SELECT 1", headers=user | key, login=nobody).status == 200
        assert ask(config, "SELECT 1", login=nobody, user=READER[0], password=READER[1]).status == 200

    def test_wrong_ones_are_refused_as_by_a_server(self, clickhouse_database: RunningClickHouse) -> None:
        config = clickhouse_database.reader
        for login in ((READER[0], "wrong"), (READER[0], WRITER[1]), ("nobody", READER[1]), ("", "")):
            answer = ask(config, "SELECT 1", login=login)
            assert (answer.status, answer.code) == (403, 516)
            assert b"AUTHENTICATION_FAILED" in answer.body
        malformed = ask(config, "SELECT 1", login=("", ""), headers={"Authorization": "Bearer x"})
        assert (malformed.status, malformed.code) == (403, 516)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-origin"},
            {"Host": "evil.example:8123"},
        ],
    )
    def test_a_web_page_cannot_ask_through_the_browser_even_with_the_password(
        self, clickhouse_database: RunningClickHouse, headers: dict[str, str]
    ) -> None:
        answer = ask(clickhouse_database.writer, "SELECT 1", headers=headers)
        assert (answer.status, answer.code) == (403, 497)

    def test_a_person_can_ask_through_the_browser_and_by_any_name_of_loopback(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        config = clickhouse_database.reader
        for headers in ({"Sec-Fetch-Site": "none"}, {"Host": f"localhost:{config.port}"}, {"Host": "[::1]"}):
            assert ask(config, query="SELECT 1", method="GET", headers=headers).status == 200


class TestGrafana:
    """clickhouse-go over HTTP, byte by byte where it differs from other clients."""

    HELLO = "SELECT displayName(), version(), revision(), timezone()"

    def test_the_hello_is_answered_at_the_revision_asked_for(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        config = clickhouse_database.reader
        answer = ask(
            config,
            self.HELLO,
            default_format="Native",
            client_protocol_version=54460,
            database="default",
            max_execution_time=60,
        )
        assert answer.status == 200
        block = answer.body
        assert block[:8] == b"\x01\x00\x02\xff\xff\xff\xff\x00", "block info"
        assert block[8:10] == b"\x04\x01", "four columns, one row"
        columns, place = [], 10
        for _ in range(4):
            name, place = _read_string(block, place)
            kind, place = _read_string(block, place)
            assert block[place] == 0, "no custom serialization"
            place += 1
            if kind == "UInt32":
                value: str | int = int.from_bytes(block[place : place + 4], "little")
                place += 4
            else:
                value, place = _read_string(block, place)
            columns.append((name, value))
        assert place == len(block)
        version = ask(config, "SELECT version() FORMAT TSV").body.decode().strip()
        assert columns == [
            ("displayName()", "salgspuls"),
            ("version()", version),
            ("revision()", 0),
            ("timezone()", "UTC"),
        ]

    def test_what_follows_is_plain_native(self, clickhouse_database: RunningClickHouse) -> None:
        answer = ask(
            clickhouse_database.reader,
            "SELECT 7::UInt8 AS seven",
            default_format="Native",
            client_protocol_version=0,
            max_execution_time=60,
        )
        assert answer.body == b"\x01\x01\x05seven\x05UInt8\x07"

    def test_its_time_limit_is_accepted_and_lowered_to_the_reader_s(
        self, clickhouse_database: RunningClickHouse
    ) -> None:
        config, limit = clickhouse_database.reader, "SELECT getSetting('max_execution_time')"
        assert [
            ask(config, limit, max_execution_time=asked).body for asked in ("60", "0", "5", "-1", "nan")
        ] == [*(b"30\n", b"30\n", b"5\n", b"30\n", b"30\n")]
        assert ask(config, limit, max_execution_time="soon").code == 72

    def test_its_queries_are_not_compiled(self, clickhouse_database: RunningClickHouse) -> None:
        assert [
            ask(login, "SELECT getSetting('compile_expressions')").body
            for login in (clickhouse_database.reader, clickhouse_database.writer)
        ] == [b"false\n", b"true\n"]

    def test_ten_panels_at_a_time(self, clickhouse_database: RunningClickHouse) -> None:
        def panel(number: int) -> bytes:
            return ask(clickhouse_database.reader, f"SELECT sleep(0.5), {number} FORMAT TSV").body

        started = time.monotonic()
        with ThreadPoolExecutor(10) as panels:
            assert list(panels.map(panel, range(10))) == [b"0\t%d\n" % number for number in range(10)]
        assert time.monotonic() - started < 4.5, "one after the other they take five seconds"


def _read_string(data: bytes, place: int) -> tuple[str, int]:
    length = data[place]
    return data[place + 1 : place + 1 + length].decode(), place + 1 + length


class TestReader:
    """What the reader cannot do, however it asks."""

    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO calls VALUES (3, 'x')",
            "INSERT INTO calls SELECT 3, 'x'",
            "INSERT INTO FUNCTION file('{folder}/x.csv', 'CSV', 'a UInt8') VALUES (1)",
            "DROP TABLE calls",
            "TRUNCATE TABLE calls",
            "ALTER TABLE calls DELETE WHERE 1",
            "CREATE TABLE mine (a UInt8) ENGINE = Memory",
            "CREATE TEMPORARY TABLE mine (a UInt8)",
            "CREATE FUNCTION mine AS x -> x",
            "OPTIMIZE TABLE calls FINAL",
            "SYSTEM FLUSH LOGS",
            "KILL QUERY WHERE 1",
            "BACKUP TABLE calls TO File('{folder}/x.zip')",
            "SET readonly = 0",
            "SET max_execution_time = 0",
            "SET ROLE DEFAULT",
            "USE system",
            "SELECT 1 SETTINGS readonly = 0",
            "SELECT 1 SETTINGS max_execution_time = 1000",
            "SELECT 1 /* comment */ SETTINGS /* */ readonly /* */ = 0",
            "SELECT 1 -- ' \nSETTINGS max_memory_usage = 1",
            "SELECT * FROM (SELECT * FROM file('{folder}/secret', 'LineAsString') SETTINGS readonly = 0)",
            "SELECT * FROM (SELECT * FROM url('http://127.0.0.1:{port}/', 'CSV', 'a UInt8') SETTINGS readonly = 0)",
            "SELECT 1 INTO OUTFILE '{folder}/x.csv'",
            "SHOW TABLES INTO OUTFILE '{folder}/x.csv'",
            "EXPLAIN SELECT 1 INTO OUTFILE '{folder}/x.csv'",
            "(SELECT 1) INTO OUTFILE '{folder}/x.csv' TRUNCATE",
            "SELECT * FROM file('{folder}/secret', 'LineAsString')",
            "SELECT * FROM url('http://127.0.0.1:{port}/', 'CSV', 'a String')",
            "SELECT * FROM remote('127.0.0.1', 'system', 'one')",
            "SELECT * FROM executable('id', 'TSV', 'a String')",
            "SELECT * FROM view(SELECT * FROM file('{folder}/secret', 'LineAsString'))",
            "SELECT * FROM `{folder}/secret`",
            "DESCRIBE file('{folder}/secret', 'CSVWithNames')",
            "DESC TABLE url('http://127.0.0.1:{port}/')",
            "\u00a0DESCRIBE/**/url('http://127.0.0.1:{port}/')",
            "DESCRIBE url('http://127.0.0.1:{port}/') FORMAT Native",
            "DESC TABLE url('http://127.0.0.1:{port}/') SETTINGS max_threads = 2 FORMAT Null",
            "DESCRIBE `u\\x72l`('http://127.0.0.1:{port}/') -- x",
            "DESCRIBE (SELECT * FROM url('http://127.0.0.1:{port}/', 'CSV'))",
            "SELECT file('{folder}/secret')",
            "SELECT `fi\\x6ce`('{folder}/secret')",
            "SELECT arrayMap(file, ['{folder}/secret'])",
            "SELECT * APPLY(file) FROM values('a String', '{folder}/secret')",
            "WITH (SELECT file('{folder}/secret')) AS s SELECT s",
            "SELECT 1; DROP TABLE calls",
            "SELECT 1; KILL QUERY WHERE 1",
            "KILL QUERY WHERE 1; nonsense (((",
            "DROP TABLE calls /* SELECT 1 */",
            "/* SELECT 1 */ DROP TABLE calls",
        ],
    )
    def test_nothing_is_written_read_from_elsewhere_or_unlocked(
        self, clickhouse_database: RunningClickHouse, calls: Client, tmp_path: Path, statement: str
    ) -> None:
        (tmp_path / "secret").write_text("secret,words\nmore,of them\n")
        config = clickhouse_database.reader
        with closing(socket.create_server(("127.0.0.1", 0))) as elsewhere:
            elsewhere.settimeout(0.05)
            filled = statement.replace("{folder}", str(tmp_path)).replace(
                "{port}", str(elsewhere.getsockname()[1])
            )
            answer = ask(config, filled, database=config.database)
            with pytest.raises(TimeoutError):
                elsewhere.accept()
        assert answer.code in (60, 62, 164, 497), answer
        assert b"secret" not in answer.body.replace(str(tmp_path).encode() + b"/secret", b"")
        assert [path.name for path in tmp_path.iterdir()] == ["secret"]
        assert calls.query("SELECT id FROM calls ORDER BY id").result_columns == [[1, 2]]
        assert [row[0] for row in calls.query("SHOW TABLES").result_rows] == ["calls"]

    @pytest.mark.parametrize(
        "parameters",
        [{"readonly": "0"}, {"readonly": "2"}, {"max_threads": "64"}, {"log_comment": "x"}, {"profile": "x"}],
    )
    def test_settings_in_the_url_unlock_nothing(
        self, clickhouse_database: RunningClickHouse, calls: Client, parameters: dict[str, Any]
    ) -> None:
        config = clickhouse_database.reader
        answer = ask(config, "SELECT 1", database=config.database, **parameters)
        assert answer.code in (164, 180)
        answer = ask(config, "INSERT INTO calls VALUES (3, 'x')", database=config.database, **parameters)
        assert answer.code in (164, 180)
        assert calls.command("SELECT count() FROM calls") == 2

    def test_identifiers_given_as_parameters_open_no_file(
        self, clickhouse_database: RunningClickHouse, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("words")
        answer = ask(
            clickhouse_database.reader,
            f"SELECT arrayMap({{f:Identifier}}, ['{tmp_path}/secret'])",
            param_f="file",
        )
        assert (answer.status, answer.code) == (403, 497)
        assert b"Traceback" not in answer.body

    def test_what_grafana_needs_to_look_around_is_there(
        self, clickhouse_database: RunningClickHouse, calls: Client
    ) -> None:
        config = clickhouse_database.reader
        for statement in (
            "SELECT name FROM system.databases",
            "SELECT name, type FROM system.columns WHERE table = 'calls'",
            "SHOW TABLES",
            "SHOW CREATE TABLE calls",
            "DESCRIBE TABLE calls",
            "DESCRIBE (SELECT * FROM calls)",
            "EXPLAIN SELECT * FROM calls",
            "EXISTS TABLE calls",
            "WITH 1 AS x SELECT * FROM calls WHERE id = x",
            "SELECT * FROM numbers(3)",
        ):
            answer = ask(config, statement, database=config.database)
            assert answer.status == 200, answer
            assert answer.body

    def test_time_memory_and_result_are_limited(self, tmp_path: Path) -> None:
        limits = {"seconds": 1.0, "memory_bytes": 100_000_000, "result_bytes": 1_000_000}
        with running_clickhouse(tmp_path, limits=limits) as server:
            slow = ask(
                server.reader, "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1"
            )
            assert (slow.status, slow.code) == (408, 159)
            assert ask(server.reader, "SELECT sleep(2)").code == 159
            assert (
                ask(server.reader, "SELECT * FROM (SELECT sleep(2) SETTINGS max_execution_time = 0)").code
                == 159
            )
            assert ask(server.reader, "SELECT uniqExact(number) FROM numbers(50000000)").code == 241
            assert ask(server.reader, "SELECT number FROM numbers(10000000)", max_result_bytes=0).code == 396
            lowered = ask(server.reader, "SELECT sleep(0.9)", max_execution_time=0.2)
            assert lowered.code == 159
            assert ask(server.writer, "SELECT sleep(1.2) FORMAT TSV").body == b"0\n"


class TestTogether:
    """Many at a time, and clients that go away."""

    def test_reads_go_on_while_rows_come_in_and_slow_ones_hold_nobody_up(
        self, clickhouse_database: RunningClickHouse, calls: Client
    ) -> None:
        """Sixteen sleepers fill the reader's threads; inserts and /ping do not notice."""
        stop = threading.Event()

        def count() -> list[int]:
            client, seen = connect(clickhouse_database.reader), []
            while not stop.is_set():
                seen.append(int(client.query("SELECT count() FROM calls").result_rows[0][0]))
            client.close()
            return seen

        with ThreadPoolExecutor(26) as pool:
            readers = [pool.submit(count) for _ in range(10)]
            for batch in range(20):
                calls.insert("calls", [[100 + batch, "x"]] * 100)
            stop.set()
            for reader in readers:
                seen = reader.result()
                assert seen == sorted(seen), "a count never falls"
                assert {(number - 2) % 100 for number in seen} == {0}, "an insert is seen whole or not at all"
            sleepers = [pool.submit(ask, clickhouse_database.reader, "SELECT sleep(2)") for _ in range(16)]
            time.sleep(0.3)
            started = time.monotonic()
            calls.insert("calls", [[999, "x"]])
            assert ask(clickhouse_database.reader, method="GET", path="/ping").body == b"Ok.\n"
            assert time.monotonic() - started < 1.5, "the others sleep longer"
            assert {sleeper.result().status for sleeper in sleepers} == {200}

    def test_a_read_ends_when_its_client_goes_away(
        self, clickhouse_database: RunningClickHouse, writer: Client
    ) -> None:
        mark = "12345678987654321"
        running = f"SELECT count() FROM system.processes WHERE query LIKE '%{mark}%' AND query NOT LIKE '%processes%'"
        config = clickhouse_database.reader
        body = f"SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = {mark}"
        with sent(config, body):
            _until(lambda: writer.command(running) == 1, "the read runs")
        _until(lambda: writer.command(running) == 0, "the read is stopped")

    @pytest.mark.parametrize("rows", ["VALUES (1)", "SELECT 1"])
    def test_an_insert_is_finished_though_its_client_goes_away(
        self, clickhouse_database: RunningClickHouse, calls: Client, rows: str
    ) -> None:
        calls.command(
            "CREATE TABLE slow (id UInt32, x UInt8 MATERIALIZED sleep(0.5)) ENGINE = MergeTree ORDER BY id"
        )
        config = clickhouse_database.writer
        body = f"INSERT INTO {config.database}.slow (id) {rows}"
        with sent(config, body):
            time.sleep(0.2)
        _until(lambda: calls.command("SELECT count() FROM slow") == 1, "the row is stored")


def _until(condition: Any, what: str, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


class TestOperator:
    """Starting, stopping, being killed."""

    def test_what_was_acknowledged_survives_kill_minus_nine(self, tmp_path: Path) -> None:
        with running_clickhouse(tmp_path) as server:
            client = connect(server.writer)
            client.command("CREATE DATABASE kept")
            client.command("CREATE TABLE kept.rows (id UInt64) ENGINE = ReplacingMergeTree ORDER BY id")
            for batch in range(20):
                client.insert("kept.rows", [[batch * 1000 + row] for row in range(1000)])
            server.process.kill()
            server.process.wait()
            client.close()
        with running_clickhouse(tmp_path) as server:
            answer = ask(server.writer, "SELECT count(), uniqExact(id) FROM kept.rows FORMAT TSV")
            assert answer.body == b"20000\t20000\n"

    def test_it_stops_within_seconds_whatever_runs(self, tmp_path: Path) -> None:
        """A heavy read is told so; a statement that waits for an address that never answers ends with the process."""
        with (
            running_clickhouse(tmp_path) as server,
            closing(socket.create_server(("127.0.0.1", 0))) as silent,
            ThreadPoolExecutor(2) as pool,
        ):
            heavy = pool.submit(
                ask, server.reader, "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1"
            )
            port = silent.getsockname()[1]
            stuck = pool.submit(
                ask, server.writer, f"SELECT * FROM url('http://127.0.0.1:{port}/', 'CSV', 'a String')"
            )
            silent.accept()
            time.sleep(0.3)
            started = time.monotonic()
            server.process.terminate()
            assert server.process.wait(timeout=30) == 0
            assert time.monotonic() - started < 10
            assert heavy.result().code == 394
            assert isinstance(stuck.exception(), OSError | HTTPException)

    def test_a_folder_belongs_to_one_process(self, tmp_path: Path) -> None:
        with running_clickhouse(tmp_path) as server:
            complaint = _refusal(start_clickhouse(tmp_path))
            assert f"{tmp_path} is in use by process {server.process.pid}" in complaint
            assert ask(server.reader, "SELECT 1").status == 200

    def test_a_taken_port_is_named(self, tmp_path: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as other:
            port = other.getsockname()[1]
            assert f"127.0.0.1 port {port}" in _refusal(start_clickhouse(tmp_path, port=port))

    def test_the_port_is_free_and_the_folder_usable_right_after_stopping(self, tmp_path: Path) -> None:
        port = free_port()
        for expected in (b"0\n", b"1\n"):
            with running_clickhouse(tmp_path, port=port) as server:
                found = ask(
                    server.writer, "SELECT count() FROM system.databases WHERE name = 'kept' FORMAT TSV"
                )
                assert found.body == expected
                ask(server.writer, "CREATE DATABASE IF NOT EXISTS kept")

    def test_only_its_owner_can_look_into_the_folder(self, tmp_path: Path) -> None:
        with running_clickhouse(tmp_path / "data"):
            assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def _refusal(process: subprocess.Popen[str]) -> str:
    """What a process that cannot start says."""
    try:
        _, complaint = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 1
    assert "Traceback" not in complaint
    return complaint
