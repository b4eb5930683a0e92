"""From an HTTP request to the query that it asks for, after ClickHouse's HTTP interface.

Statement: URL parameter `query`, else the form field of that name, then the body; parameters `param_name`; every other
parameter that is not part of the interface is a setting. Sessions are not kept: each request is its own session.
"""

from __future__ import annotations

import asyncio
import binascii
import hmac
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import BasicAuth, web

from clickhouse.embedded import codecs
from clickhouse.embedded.config import EmbeddedConfig
from clickhouse.embedded.engine import Query, Rows
from clickhouse.embedded.errors import QueryError
from clickhouse.sql import insert_head

# Parameters of the interface, not settings of the engine. Progress headers and cancelling are the front's own affair:
# an answer is sent when it is complete, and a read whose client has gone is always stopped.
_INTERFACE = frozenset(
    (
        *("query", "database", "default_format", "user", "password", "query_id", "quota_key", "role"),
        *("session_id", "session_timeout", "session_check", "close_session", "client_protocol_version"),
        *(
            "buffer_size",
            "wait_end_of_query",
            "stacktrace",
            "compress",
            "decompress",
            "enable_http_compression",
        ),
        *("send_progress_in_http_headers", "http_headers_progress_interval_ms"),
        "cancel_http_readonly_queries_on_client_close",
    )
)
# An INSERT's rows begin within this much of its text, or the whole text is given to the engine as it is.
_LONGEST_INSERT_HEAD = 256 * 1024
# For the answer's headers only; the engine reads the statement itself.
_FORMAT_CLAUSE = re.compile(rb"\bFORMAT\s+(\w+)\s*(?:SETTINGS\b[^)]*)?[\s;]*$", re.IGNORECASE)
_LONGEST_FORMAT_CLAUSE = 512


@dataclass(frozen=True, slots=True)
class Call:
    """A request, understood: the query, and how to answer."""

    query: Query
    query_id: str
    encoding: str
    protocol_revision: int


def authenticate(request: web.Request, config: EmbeddedConfig) -> bool:
    """Whether the request is the reader's (else the writer's).

    Raises QueryError 516 for anybody else, and 497 for a web page that has this machine's browser ask: it would come
    from loopback, and know a default password.
    """
    from_page = "Origin" in request.headers or request.headers.get("Sec-Fetch-Site", "none") != "none"
    if from_page or not (request.url.host == config.host or _is_local(request.url.host)):
        raise QueryError.of(
            497, "ACCESS_DENIED", "web pages have no access, nor has any other name of this machine"
        )
    name, password = _credentials(request)
    for login in (config.writer, config.reader):
        if hmac.compare_digest(name.encode(), login.name.encode()):
            if hmac.compare_digest(password.encode(), login.password.encode()):
                return login is config.reader
            break
    raise QueryError.of(
        516,
        "AUTHENTICATION_FAILED",
        f"{name}: Authentication failed: password is incorrect, or there is no user with such name.",
    )


def _is_local(host: str | None) -> bool:
    """Whether the name under which a client knows this machine is one that no name server can point here."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _credentials(request: web.Request) -> tuple[str, str]:
    if "X-ClickHouse-User" in request.headers:
        return request.headers["X-ClickHouse-User"], request.headers.get("X-ClickHouse-Key", "")
    if "Authorization" in request.headers:
        try:
            basic = BasicAuth.decode(request.headers["Authorization"], encoding="utf-8")
        except (ValueError, binascii.Error):
            raise QueryError.of(
                516, "AUTHENTICATION_FAILED", "the Authorization header is not Basic with user:password"
            ) from None
        return basic.login, basic.password
    return request.query.get("user", "default"), request.query.get("password", "")


async def read(request: web.Request, *, reader: bool) -> Call:
    """Read the request. Raises QueryError for what cannot be understood or is not supported."""
    given = dict(request.query)
    header = request.headers
    body = b""
    # curl calls any body a form (application/x-www-form-urlencoded); as on a server, only multipart is one.
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                raise QueryError.of(
                    48, "NOT_IMPLEMENTED", f"external table {name!r}: not supported by the embedded engine"
                )
            given[name] = value if isinstance(value, str) else bytes(value).decode()
    else:
        body = await request.read()
        if encoding := header.get("Content-Encoding"):
            body = await asyncio.to_thread(codecs.decompress, body, encoding)
    for name in ("compress", "decompress"):
        if given.get(name, "0") not in ("0", "false"):
            raise QueryError.of(
                48,
                "NOT_IMPLEMENTED",
                f"{name}=1 (ClickHouse's own framing): use Accept-Encoding and Content-Encoding",
            )
    sql, rows = _statement(given.get("query", "").encode(errors="surrogateescape"), body)
    if not sql.strip():
        raise QueryError.of(62, "SYNTAX_ERROR", "Empty query")
    query = Query(
        sql=sql,
        rows=rows,
        reader=reader,
        output_format=_output_format(sql, given.get("default_format", header.get("X-ClickHouse-Format", ""))),
        database=given.get("database", header.get("X-ClickHouse-Database", "")),
        settings={k: v for k, v in given.items() if k not in _INTERFACE and not k.startswith("param_")},
        parameters={k.removeprefix("param_"): v for k, v in given.items() if k.startswith("param_")},
        read_only_request=request.method in ("GET", "HEAD"),
    )
    compressed = given.get("enable_http_compression", "1") not in ("0", "false")
    return Call(
        query=query,
        query_id=given.get("query_id") or str(uuid.uuid4()),
        encoding=codecs.choose(header.get("Accept-Encoding", "")) if compressed else "",
        protocol_revision=_number(given, "client_protocol_version"),
    )


def _statement(sql: bytes, body: bytes) -> tuple[bytes, Rows | None]:
    """The statement in the URL with the body that continues it, and the rows of an INSERT apart."""
    text = sql + b"\n" + body if sql and body else sql or body
    # Latin-1 gives each byte its character, so that places in the text are places in the bytes.
    head = insert_head(text[:_LONGEST_INSERT_HEAD].decode("latin-1"))
    if head is None:
        return text, None
    rows = Rows(text[head.data_start :], head.format, settings_clause=head.settings.encode("latin-1"))
    return head.target.encode("latin-1"), rows


def _output_format(sql: bytes, default: str) -> str:
    """The format that the answer will have: the statement's FORMAT clause, else the client's default."""
    clause = _FORMAT_CLAUSE.search(sql[-_LONGEST_FORMAT_CLAUSE:])
    return clause[1].decode() if clause else default or "TabSeparated"


def _number(given: Mapping[str, str], name: str) -> int:
    try:
        return int(given.get(name) or 0)
    except ValueError:
        raise QueryError.of(
            36, "BAD_ARGUMENTS", f"{name} is {given[name]!r}, it must be a whole number"
        ) from None
