"""Compression of request and response bodies, as HTTP's Content-Encoding names it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Protocol

import lz4.frame
import zstandard

from clickhouse.embedded.errors import QueryError

# In the order in which they are chosen for an answer: fastest first.
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "lz4": lz4.frame.compress,
    "zstd": lambda data: zstandard.ZstdCompressor(level=1).compress(data),
    "gzip": lambda data: gzip.compress(data, compresslevel=1),
    "deflate": lambda data: zlib.compress(data, level=1),
}


class _Frame(Protocol):
    """A decompressor of one frame."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes | None: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def _frame_by_frame(new_frame: Callable[[], _Frame]) -> Callable[[bytes], bytes]:
    """Drivers send a frame for each block of rows, one behind the other; the libraries' own functions read the first
    and say nothing of the rest."""

    def decompress(data: bytes) -> bytes:
        parts = []
        while data:
            frame = new_frame()
            parts.append(frame.decompress(data))
            if not frame.eof:
                raise EOFError("it ends too early")
            data = frame.unused_data or b""
        return b"".join(parts)

    return decompress


_DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "lz4": _frame_by_frame(lz4.frame.LZ4FrameDecompressor),
    "zstd": _frame_by_frame(lambda: zstandard.ZstdDecompressor().decompressobj()),
    "gzip": gzip.decompress,
    "deflate": _frame_by_frame(lambda: zlib.decompressobj()),
}


def decompress(data: bytes, encoding: str) -> bytes:
    """A request's body without its Content-Encoding. Raises QueryError for an unknown one and for damaged data."""
    if not data or encoding in ("", "identity"):
        return data
    try:
        return _DECOMPRESS[encoding](data)
    except KeyError:
        raise QueryError.of(
            89,
            "UNKNOWN_COMPRESSION_METHOD",
            f"Content-Encoding {encoding!r} is none of {', '.join(_DECOMPRESS)}",
        ) from None
    except (OSError, EOFError, RuntimeError, zlib.error, zstandard.ZstdError) as error:
        raise QueryError.of(271, "CANNOT_DECOMPRESS", f"body is not {encoding}: {error}") from None


def choose(accept_encoding: str) -> str:
    """The encoding of the answer for an Accept-Encoding header, "" for none."""
    accepted = {part.partition(";")[0].strip() for part in accept_encoding.split(",")}
    return next((encoding for encoding in _COMPRESS if encoding in accepted), "")


def compress(data: bytes, encoding: str) -> bytes:
    """The body in an encoding that `choose` gave."""
    return _COMPRESS[encoding](data)
