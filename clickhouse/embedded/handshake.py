"""The first statement of clickhouse-go, and so of Grafana's plugin, on a connection.

It asks for name, version, protocol revision and time zone in the Native format of the revision that it speaks itself,
and from then on reads what the answer's revision says. chDB writes revision 0 only: so this one block is written here
at the revision asked for, says "revision 0", and everything after it is the engine's plain Native.
"""

from __future__ import annotations

from clickhouse.sql import SqlSyntaxError, tokens

_STATEMENT = "select displayname ( ) , version ( ) , revision ( ) , timezone ( )"
_LONGEST = 1000  # with a comment of the client's

# Protocol revisions at which a block begins with its info, and a column says how it is serialized.
_WITH_BLOCK_INFO = 1
_WITH_SERIALIZATION_KIND = 54454


def is_handshake(sql: str) -> bool:
    """Whether this is the statement with which clickhouse-go opens a connection."""
    if len(sql) > _LONGEST:
        return False
    try:
        return " ".join(token.text.lower() for token in tokens(sql) if token.text != ";") == _STATEMENT
    except SqlSyntaxError:
        return False


def answer(revision: int, *, name: str, version: str, timezone: str) -> bytes:
    """The one-row block of the answer, in Native at the client's protocol revision."""
    block = bytearray()
    if revision >= _WITH_BLOCK_INFO:
        block += b"\x01\x00" + b"\x02\xff\xff\xff\xff" + b"\x00"  # no overflow row; bucket -1; end
    block += _varint(4) + _varint(1)
    for column, kind, value in (
        ("displayName()", "String", _string(name)),
        ("version()", "String", _string(version)),
        ("revision()", "UInt32", (0).to_bytes(4, "little")),
        ("timezone()", "String", _string(timezone)),
    ):
        block += _string(column) + _string(kind)
        if revision >= _WITH_SERIALIZATION_KIND:
            block += b"\x00"
        block += value
    return bytes(block)


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def _string(text: str) -> bytes:
    data = text.encode()
    return _varint(len(data)) + data
