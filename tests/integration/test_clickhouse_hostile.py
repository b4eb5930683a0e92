"""The embedded front against who means it harm: bombs, other tables, other files, odd headers."""

from __future__ import annotations

import gzip
import io
import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import lz4.frame
import psutil
import pytest
import zstandard
from clickhouse_connect.driver import Client

from clickhouse.client import ClickHouseConfig, connect
from clickhouse.schema.tables import STORE
from tests.integration.test_clickhouse_front import ask
from tests.support.embedded_clickhouse import (
    READER,
    ROOT,
    RunningClickHouse,
    clickhouse_server,
    migrated,
    running_clickhouse,
)

__all__ = ["clickhouse_server"]

MIB = 1 << 20
BLANKS = b" " * MIB


def _zstd(count: int) -> bytes:
    one = zstandard.ZstdCompressor().compressobj()
    return b"".join(one.compress(BLANKS) for _ in range(count)) + one.flush()


def _lz4(count: int) -> bytes:
    one = lz4.frame.LZ4FrameCompressor(block_size=lz4.frame.BLOCKSIZE_MAX4MB)
    return b"".join([one.begin(), *(one.compress(BLANKS) for _ in range(count)), one.flush()])


def _gzip(count: int) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as one:
        for _ in range(count):
            one.write(BLANKS)
    return buffer.getvalue()


def _deflate(count: int) -> bytes:
    one = zlib.compressobj()
    return b"".join(one.compress(BLANKS) for _ in range(count)) + one.flush()


BOMBS: dict[str, Callable[[int], bytes]] = {"zstd": _zstd, "lz4": _lz4, "gzip": _gzip, "deflate": _deflate}


@pytest.fixture(scope="module")
def server(clickhouse_server: RunningClickHouse) -> RunningClickHouse:
    """With the product's tables and views; nothing here may change them."""
    migrated(clickhouse_server)
    return clickhouse_server.with_database("salgspuls")


@pytest.fixture(scope="module")
def store(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_server.writer, database="")
    yield client
    client.close()


class TestBombs:
    @pytest.mark.parametrize("encoding", BOMBS)
    def test_some_kilobytes_that_become_gigabytes_cost_next_to_nothing(
        self, server: RunningClickHouse, encoding: str
    ) -> None:
        process = psutil.Process(server.process.pid)
        ask(server.reader, "SELECT 1")
        before = process.memory_info().rss
        body = BOMBS[encoding](1536)
        for path in ("/?query=SELECT+1", "/"):
            answer = ask(server.reader, body, headers={"Content-Encoding": encoding}, path=path)
            assert (answer.status, answer.code) == (413, 229)
        assert process.memory_info().rss - before < 64 * MIB

    def test_neither_do_many_small_frames(self, server: RunningClickHouse) -> None:
        for encoding, bomb in BOMBS.items():
            body = bomb(1) * 500
            answer = ask(server.reader, body, headers={"Content-Encoding": encoding})
            assert answer.code == 229, encoding

    def test_nor_a_body_that_is_large_as_it_is(self, server: RunningClickHouse) -> None:
        assert ask(server.reader, BLANKS * 5 + b"SELECT 1").code == 229

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_nor_an_encoded_field_of_a_form(self, server: RunningClickHouse, encoding: str) -> None:
        head = f'--b\r\nContent-Disposition: form-data; name="query"\r\nContent-Encoding: {encoding}\r\n\r\n'
        body = head.encode() + BOMBS[encoding](1024) + b"\r\n--b--\r\n"
        process = psutil.Process(server.process.pid)
        before = process.memory_info().rss
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        assert ask(server.reader, body, headers=form).status in (400, 413, 501)
        assert process.memory_info().rss - before < 64 * MIB

    @pytest.mark.parametrize(
        "body", [b"", b"no form", b"--b\r\n\r\nx\r\n--b--\r\n", b"--b\r\nContent-Disposition"]
    )
    def test_what_is_no_form_is_answered_by_400(self, server: RunningClickHouse, body: bytes) -> None:
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        assert ask(server.reader, body, headers=form).status == 400
        assert ask(server.reader, body, headers={"Content-Type": "multipart/form-data"}).status == 400


class TestReach:
    """The reader reads the views; whatever else there is it does not reach."""

    @pytest.mark.parametrize(
        "statement",
        [
            f"SELECT * FROM {STORE}.calls",
            f"SELECT * FROM `{STORE}`.`calls`",
            f'SELECT * FROM "{STORE}" . "calls" FINAL',
            f"SELECT 1 IN {STORE}.epochs",
            f"SELECT count() FROM salgspuls.calls WHERE call_id GLOBAL NOT IN {STORE}.calls",
            f"WITH x AS (SELECT * FROM {STORE}.calls) SELECT * FROM x",
            f"SELECT (SELECT count() FROM {STORE}.calls)",
            f"SELECT * FROM view(SELECT * FROM {STORE}.calls)",
            f"SELECT * FROM salgspuls.calls AS a JOIN {STORE}.calls AS b ON a.call_id = b.call_id",
            f"SELECT 1 UNION ALL SELECT count() FROM {STORE}.calls",
            f"SELECT * FROM merge('{STORE}', '.*')",
            f"SELECT * FROM merge('^{STORE}$', 'calls')",
            f"SELECT * FROM mergeTreeIndex('{STORE}', 'calls')",
            f"SELECT * FROM mergeTreeProjection('{STORE}', 'calls', 'x')",
            f"SELECT * FROM loop('{STORE}', 'calls')",
            f"SELECT * FROM loop({STORE}.calls)",
            f"SELECT * FROM cluster('default', '{STORE}', 'calls')",
            f"SELECT * FROM remote('127.0.0.1', {STORE}.calls)",
            f"SELECT * FROM viewExplain('EXPLAIN', '', (SELECT * FROM {STORE}.calls))",
            f"SELECT * FROM viewIfPermitted(SELECT * FROM {STORE}.calls ELSE null('x Int8'))",
            f"SELECT joinGet('{STORE}.calls', 'title', 1)",
            f"SELECT hasColumnInTable('{STORE}', 'calls', 'title')",
            f"EXPLAIN SELECT * FROM {STORE}.calls",
            f"EXPLAIN ESTIMATE SELECT * FROM {STORE}.calls",
            f"EXPLAIN QUERY TREE SELECT * FROM {STORE}.calls",
            f"DESCRIBE TABLE {STORE}.calls",
            f"DESCRIBE (SELECT * FROM {STORE}.calls)",
            f"SHOW CREATE TABLE {STORE}.calls",
            f"SHOW TABLES FROM {STORE}",
            f"SHOW COLUMNS FROM calls FROM {STORE}",
            f"SHOW INDEX FROM calls FROM {STORE}",
            f"EXISTS TABLE {STORE}.calls",
            f"CHECK TABLE {STORE}.calls",
            f"SELECT * FROM salgspuls.calls PARALLEL WITH SELECT * FROM {STORE}.calls",
            "SELECT * FROM system.disks",
            "SELECT * FROM system.parts",
            "SELECT * FROM system.processes",
            "SELECT * FROM system.query_log",
            "SELECT * FROM system.mutations",
            "SELECT * FROM system.server_settings",
            "SELECT 1 IN system.disks",
            "SELECT * FROM `system`.disks",
            "SHOW PROCESSLIST",
            "SHOW GRANTS",
            "SHOW ENGINES",
            "SELECT * FROM information_schema.tables",
            "SELECT * FROM INFORMATION_SCHEMA.TABLES",
            "SELECT * FROM default.`/etc/hostname`",
            "SELECT * FROM `default`.`{folder}/secret`",
            "SELECT * FROM `{folder}/secret`",
            "SELECT 1 IN default.`{folder}/secret`",
            "SELECT * FROM sqlite('{folder}/made.db', 't')",
            "SELECT * FROM SQLite('{folder}/made.db', 't')",
            "SELECT * FROM `sqlite`('{folder}/made.db', 't')",
            "SELECT * FROM \"sqlite\"('{folder}/made.db', 't')",
            "SELECT * FROM `sq\\x6cite`('{folder}/made.db', 't')",
            "SELECT * FROM `sqlite\\n`('{folder}/made.db', 't')",
            "SELECT 1 IN sqlite('{folder}/made.db', 't')",
            "SELECT 1 IN (sqlite('{folder}/made.db', 't'))",
            "SELECT 'a' GLOBAL IN file('{folder}/secret', 'LineAsString')",
            "SELECT 1 WHERE 1 NOT IN url('http://127.0.0.1:{port}/', 'CSV', 'a Int8')",
            "SELECT in(1, sqlite('{folder}/made.db', 't'))",
            "SELECT notIn(1, numbers_mt(3)), nullIn(1, sqlite('{folder}/made.db', 't'))",
            "SELECT * FROM salgspuls.sqlite('{folder}/made.db', 't')",
            "SELECT * FROM view(SELECT * FROM sqlite('{folder}/made.db', 't'))",
            "SELECT 1 AS `k\n     TableIdentifier x` FROM sqlite('{folder}/made.db', 't')",
            "SELECT * FROM sqlite('{folder}/made.db', 't') AS `x\n      Function numbers`",
            *(
                f"SELECT in((1, now(), 'a'), {STORE}.epochs) AS `x{end}     ExpressionList{end}      a{end}      b`"
                for end in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r")
            ),
            "EXPLAIN SELECT * FROM sqlite('{folder}/made.db', 't')",
            "EXPLAIN SYNTAX SELECT * FROM sqlite('{folder}/made.db', 't')",
            "EXPLAIN AST SELECT * FROM sqlite('{folder}/made.db', 't')",
            "EXPLAIN TABLE OVERRIDE mysql('127.0.0.1:{port}', 'd', 't', 'u', 'p') PARTITION BY x",
            "DESCRIBE sqlite('{folder}/made.db', 't')",
            "DESCRIBE TABLE `sqlite`('{folder}/made.db', 't')",
            "SELECT * FROM filesystem('{folder}')",
            "SELECT * FROM fileCluster('default', '{folder}/secret', 'LineAsString')",
            "SELECT * FROM urlCluster('default', 'http://127.0.0.1:{port}/')",
            "SELECT * FROM s3('http://127.0.0.1:{port}/b/k', 'CSV', 'a Int8')",
            "SELECT * FROM gcs('http://127.0.0.1:{port}/b/k', 'CSV', 'a Int8')",
            "SELECT * FROM hdfs('hdfs://127.0.0.1:{port}/x', 'CSV', 'a Int8')",
            "SELECT * FROM azureBlobStorage('http://127.0.0.1:{port}/', 'c', 'b')",
            "SELECT * FROM iceberg('http://127.0.0.1:{port}/')",
            "SELECT * FROM icebergLocal('{folder}')",
            "SELECT * FROM deltaLakeLocal('{folder}')",
            "SELECT * FROM paimonLocal('{folder}')",
            "SELECT * FROM mysql('127.0.0.1:{port}', 'd', 't', 'u', 'p')",
            "SELECT * FROM postgresql('127.0.0.1:{port}', 'd', 't', 'u', 'p')",
            "SELECT * FROM mongodb('127.0.0.1:{port}', 'd', 't', 'u', 'p', 'a Int8')",
            "SELECT * FROM redis('127.0.0.1:{port}', 'k', 'k String')",
            "SELECT * FROM odbc('DSN=x', 'd', 't')",
            "SELECT * FROM jdbc('x', 'd', 't')",
            "SELECT * FROM ytsaurus('http://127.0.0.1:{port}', '//t', 'x', 'a Int8')",
            "SELECT * FROM arrowstream('127.0.0.1:{port}')",
            "SELECT * FROM bigquery('p', 'd', 't')",
            "SELECT * FROM remoteSecure('127.0.0.1:{port}', 'system', 'one')",
            "SELECT * FROM clusterAllReplicas('default', 'system', 'one')",
            "SELECT * FROM executable('touch {folder}/made', 'TSV', 'a String')",
            "SELECT * FROM python('os')",
            "SELECT * FROM Python(os)",
            "SELECT * FROM eval('1')",
            "SELECT * FROM input('a String')",
            "SELECT * FROM dictionary('x')",
            "SELECT * FROM generateRandom('a Array(Array(String))', 1, 1000000, 1000000)",
            "SELECT * FROM fuzzQuery('SELECT 1', 500, 8956)",
            "SELECT * FROM format(LineAsString, '{folder}')",
            "SELECT file('{folder}/secret')",
            "SELECT arrayMap(file, ['{folder}/secret'])",
            "SELECT arrayMap(x -> file(x), ['{folder}/secret'])",
            "SELECT * APPLY(file) FROM values('a String', '{folder}/secret')",
            "SELECT * APPLY(x -> file(x)) FROM values('a String', '{folder}/secret')",
            "SELECT dictGet('{folder}/secret', 'a', 1)",
            "SELECT filesystemAvailable()",
            "SELECT aiGenerate('x', 'y')",
            "SELECT catboostEvaluate('{folder}/secret', 1)",
            "SELECT 1; SELECT 2",
            "SET max_execution_time = 0",
            "USE system",
        ],
    )
    def test_it_is_refused_before_anything_is_opened(
        self, server: RunningClickHouse, tmp_path: Path, statement: str
    ) -> None:
        (tmp_path / "secret").write_text("secret words\n")
        with closing(socket.create_server(("127.0.0.1", 0))) as elsewhere:
            elsewhere.settimeout(0.02)
            port = elsewhere.getsockname()[1]
            filled = statement.replace("{folder}", str(tmp_path)).replace("{port}", str(port))
            answer = ask(server.reader, filled)
            with pytest.raises(TimeoutError):
                elsewhere.accept()
        assert answer.code in (46, 60, 62, 164, 497), answer
        assert b"secret words" not in answer.body
        assert [path.name for path in tmp_path.iterdir()] == ["secret"]

    @pytest.mark.parametrize("database", [STORE, "system", "information_schema", "INFORMATION_SCHEMA"])
    def test_neither_by_the_database_of_its_session(self, server: RunningClickHouse, database: str) -> None:
        for path, headers in ((f"/?database={database}", {}), ("/", {"X-ClickHouse-Database": database})):
            answer = ask(server.reader, "SELECT * FROM calls", path=path, headers=headers)
            assert (answer.status, answer.code) == (403, 497)

    @pytest.mark.parametrize(
        ("statement", "parameters"),
        [
            ("SELECT * FROM {d:Identifier}.calls", {"param_d": STORE}),
            ("SELECT * FROM {d:Identifier}.{t:Identifier}", {"param_d": "system", "param_t": "disks"}),
            ("SELECT 1 IN {d:Identifier}.epochs", {"param_d": STORE}),
            ("SELECT arrayMap({f:Identifier}, ['/etc/hostname'])", {"param_f": "file"}),
            (
                "SELECT 1 AS {a:Identifier} FROM sqlite('/nowhere/x', 't')",
                {"param_a": "x\n Function numbers"},
            ),
            *(
                (f"SELECT in((1, now(), 'a'), {STORE}.epochs) AS {{a:{kind}}}", {"param_a": name})
                for kind in ("Identifier", "/*}*/ identifier", "`Identifier`")
                for name in (
                    "x\n ExpressionList\n  Literal\n  Literal",
                    "x\\n ExpressionList\\n  Literal\\n  Literal",
                )
            ),
        ],
    )
    def test_nor_by_parameters(
        self, server: RunningClickHouse, statement: str, parameters: dict[str, str]
    ) -> None:
        assert ask(server.reader, statement, path=f"/?{urlencode(parameters)}").code in (62, 497)

    def test_the_case_s_own_statement_makes_no_file(self, server: RunningClickHouse) -> None:
        made = Path("/tmp/made-by-reader.db")
        made.unlink(missing_ok=True)
        statement = (ROOT / "tests/data/robustness/reader_creates_file.sql").read_text()
        assert ask(server.reader, statement).code == 497
        assert not made.exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT count() FROM calls",
            "SELECT count() FROM salgspuls.calls WHERE call_id IN (SELECT call_id FROM salgspuls.call_keywords)",
            "SELECT * FROM salgspuls.deals_at(at = now64(3), tz = 'Europe/Copenhagen')",
            "WITH x AS (SELECT 1 AS a) SELECT a FROM x WHERE a IN x",
            "SELECT 1 IN (1, 2), 3 IN [3], 'a' IN tuple('a'), 1 IN (SELECT 1), (1, 2) IN ((1, 2), (3, 4))",
            "SELECT 'IN salgspuls_store.calls' AS `file name`, 'sqlite(1)' AS \"url\" -- FROM system.disks",
            "SELECT 'one\\ntwo', $x$ FROM file('a') $x$",
            "SELECT version(), timezone(), currentDatabase(), hostName()",
            "SELECT name FROM system.functions LIMIT 1",
            "SELECT name, value FROM system.settings WHERE name = 'readonly'",
            "SELECT name FROM system.tables WHERE database = 'salgspuls' LIMIT 1",
            "SHOW DATABASES",
            "SHOW TABLES FROM salgspuls",
            "SHOW TABLES",
            "DESCRIBE TABLE salgspuls.calls",
            "DESC salgspuls.deals_at(at = now64(3), tz = 'UTC')",
            "EXPLAIN SELECT * FROM salgspuls.calls",
        ],
    )
    def test_what_pages_and_grafana_ask_is_answered(self, server: RunningClickHouse, statement: str) -> None:
        for database in ("salgspuls", "default", ""):
            answer = ask(server.reader, statement, database=database)
            assert answer.status == 200, answer

    def test_the_writer_is_as_free_as_before(self, server: RunningClickHouse, store: Client) -> None:
        assert store.query(f"SELECT count() FROM {STORE}.calls").result_rows == [(0,)]
        assert ask(server.writer, "SELECT count() >= 0 FROM system.parts FORMAT TSV").body == b"1\n"


class TestLimits:
    @pytest.mark.parametrize("name", ["max_execution_time", "max_memory_usage", "max_result_bytes"])
    @pytest.mark.parametrize(
        "asked",
        [
            "0",
            "0.0",
            "-0",
            "-1",
            "1e-300",
            "0.0000001",
            "0.4",
            "nan",
            "inf",
            "-inf",
            "1e400",
            "99999999999999",
        ],
    )
    def test_no_number_lifts_a_limit(self, server: RunningClickHouse, name: str, asked: str) -> None:
        answer = ask(
            server.reader,
            f"SELECT toFloat64(value) FROM system.settings WHERE name = '{name}' FORMAT TSV",
            path=f"/?{name}={asked}",
        )
        assert answer.status == 400 or float(answer.body) > 0, answer
        default = ask(
            server.reader,
            f"SELECT toFloat64(value) FROM system.settings WHERE name = '{name}' FORMAT TSV",
        )
        assert answer.status == 400 or float(answer.body) <= float(default.body)


class TestOddHeaders:
    @pytest.mark.parametrize(
        "line",
        [
            "Host: [::1",
            "Host: [",
            "Host: a:b:c",
            "Host: 127.0.0.1:99999999",
            "Host: \x80\xff",
            "Host: 127.0.0.1 x",
            "Host: ",
            "Host: %",
        ],
    )
    def test_an_odd_host_is_no_fault_of_the_server(self, server: RunningClickHouse, line: str) -> None:
        assert _raw(server.reader, "/?query=SELECT%201", line) in (400, 403)

    @pytest.mark.parametrize(
        "parameter",
        [
            "query_id=a%0d%0aX-Evil:%201",
            "query_id=a%00",
            "query_id=%ff",
            "query_id=%C3%A6",
            "query_id=" + "x" * 1000,
            "default_format=JSON%0d%0aX-Evil:%201",
            "default_format=%ff",
            "client_protocol_version=x",
        ],
    )
    def test_an_odd_parameter_is_answered_by_400(self, server: RunningClickHouse, parameter: str) -> None:
        assert _raw(server.reader, f"/?query=SELECT%201&{parameter}") == 400

    def test_an_odd_login_is_refused(self, server: RunningClickHouse) -> None:
        for header in ("X-ClickHouse-User: \xff", "X-ClickHouse-User: x\r\nX-ClickHouse-Key: \xe6"):
            assert _raw(server.reader, "/?query=SELECT%201", header, login=False) == 403
        assert _raw(server.reader, "/?query=SELECT%201&user=%ff", login=False) == 403

    def test_an_odd_setting_is_named(self, server: RunningClickHouse) -> None:
        for parameter in ("a%20b=1", "%ff=1", "max_threads%3D1,readonly=2", "param_%ff=1"):
            assert _raw(server.reader, f"/?query=SELECT%201&{parameter}") in (200, 400, 404, 500)
        assert ask(server.reader, "SELECT 1").status == 200


def test_a_config_left_in_the_data_folder_does_not_keep_the_engine_from_starting(tmp_path: Path) -> None:
    with running_clickhouse(tmp_path):
        pass
    for folder in (tmp_path, tmp_path / "engine", tmp_path / "incoming"):
        (folder / "config.xml").write_text("no XML at all")
    with running_clickhouse(tmp_path) as server:
        assert ask(server.reader, "SELECT 1").status == 200


def _raw(config: ClickHouseConfig, target: str, *lines: str, login: bool = True) -> int:
    """The status of a request whose lines are sent as they are."""
    user = [f"X-ClickHouse-User: {READER[0]}", f"X-ClickHouse-Key: {READER[1]}"] if login else []
    host = [] if any(line.startswith("Host:") for line in lines) else ["Host: 127.0.0.1"]
    request = "\r\n".join([f"GET {target} HTTP/1.1", *host, *user, *lines, "Connection: close", "", ""])
    with closing(socket.create_connection((config.host, config.port), timeout=30)) as client:
        client.sendall(request.encode("latin-1"))
        answer = HTTPConnection(config.host).response_class(client)
        answer.begin()
        return answer.status
