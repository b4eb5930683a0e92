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
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import BasicAuth, BodyPartReader, web

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
_LARGEST_STATEMENT = 4 << 20  # the reader sends nothing else
_LARGEST_INSERT = 1 << 30
_CHUNK = 1 << 18
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?", re.ASCII)
_QUERY_ID = re.compile(r"[!-~]{1,200}")
_FORMAT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
_MAY_HOLD = {
    _QUERY_ID: "up to 200 visible ASCII characters",
    _FORMAT: "the name of a format (letters, digits, underscores)",
}
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
    host = _host(request)
    if from_page or not (host == config.host or _is_local(host)):
        raise QueryError.of(
            497, "ACCESS_DENIED", "web pages have no access, nor has any other name of this machine"
        )
    name, password = _credentials(request)
    for login in (config.writer, config.reader):
        if hmac.compare_digest(_bytes(name), _bytes(login.name)):
            if hmac.compare_digest(_bytes(password), _bytes(login.password)):
                return login is config.reader
            break
    raise QueryError.of(
        516,
        "AUTHENTICATION_FAILED",
        f"{name}: Authentication failed: password is incorrect, or there is no user with such name.",
    )


def _bytes(text: str) -> bytes:
    """Text of a header or address, whatever bytes it came as."""
    return text.encode(errors="surrogateescape")


def _host(request: web.Request) -> str | None:
    """The name under which the client knows this machine. Raises QueryError 36 for what is no name."""
    given = _HOST.fullmatch(request.host)
    if given is None or (given["port"] and int(given["port"]) > 65535):
        raise QueryError.of(36, "BAD_ARGUMENTS", "the Host header is no host")
    return given["name"].strip("[]")


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
    """Read the request. Raises QueryError for what cannot be understood or is not supported, or is too large."""
    given = dict(request.query)
    header = request.headers
    largest = _LARGEST_STATEMENT if reader else _LARGEST_INSERT
    body = b""
    # curl calls any body a form (application/x-www-form-urlencoded); as on a server, only multipart is one.
    if request.content_type == "multipart/form-data":
        given |= await _form(request, largest)
    else:
        body = await _all_of(request.content.iter_chunked(_CHUNK), largest)
        if encoding := header.get("Content-Encoding"):
            body = await asyncio.to_thread(codecs.decompress, body, encoding, largest)
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
    asked_format = given.get("default_format", header.get("X-ClickHouse-Format", ""))
    query = Query(
        sql=sql,
        rows=rows,
        reader=reader,
        output_format=_output_format(
            sql, _token({"default_format": asked_format}, "default_format", _FORMAT)
        ),
        database=given.get("database", header.get("X-ClickHouse-Database", "")),
        settings={k: v for k, v in given.items() if k not in _INTERFACE and not k.startswith("param_")},
        parameters={k.removeprefix("param_"): v for k, v in given.items() if k.startswith("param_")},
        read_only_request=request.method in ("GET", "HEAD"),
    )
    compressed = given.get("enable_http_compression", "1") not in ("0", "false")
    return Call(
        query=query,
        query_id=_token(given, "query_id", _QUERY_ID) or str(uuid.uuid4()),
        encoding=codecs.choose(header.get("Accept-Encoding", "")) if compressed else "",
        protocol_revision=_number(given, "client_protocol_version"),
    )


async def _all_of(chunks: AsyncIterable[bytes], largest: int) -> bytes:
    found = bytearray()
    async for chunk in chunks:
        if len(found) + len(chunk) > largest:
            raise QueryError.of(229, "QUERY_IS_TOO_LARGE", f"the body is larger than {largest} bytes")
        found += chunk
    return bytes(found)


async def _form(request: web.Request, largest: int) -> dict[str, str]:
    """The fields of a form, together at most `largest` bytes; as they came, for no client encodes a single field."""
    fields: dict[str, str] = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise QueryError.of(36, "BAD_ARGUMENTS", "a part of the form has no name")
            if part.filename is not None:
                raise QueryError.of(
                    48,
                    "NOT_IMPLEMENTED",
                    f"external table {part.name!r}: not supported by the embedded engine",
                )
            if part.headers.keys() & {"Content-Encoding", "Content-Transfer-Encoding"}:
                raise QueryError.of(
                    48, "NOT_IMPLEMENTED", f"field {part.name!r} is encoded: send it as it is"
                )
            value = await _all_of(_chunks(part), largest)
            largest -= len(value)
            fields[part.name] = value.decode()
    except UnicodeDecodeError:
        raise QueryError.of(36, "BAD_ARGUMENTS", "a field of the form is not UTF-8") from None
    except QueryError:
        raise
    except Exception:  # aiohttp has many ways to say that a body is no form
        raise QueryError.of(36, "BAD_ARGUMENTS", "the body is no form") from None
    return fields


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_CHUNK):
        yield chunk


def _token(given: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    """A value that goes into a header of the answer."""
    value = given.get(name, "")
    if value and not pattern.fullmatch(value):
        raise QueryError.of(36, "BAD_ARGUMENTS", f"{name} may hold {_MAY_HOLD[pattern]} only")
    return value


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
