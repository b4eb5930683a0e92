"""Compression of request and response bodies, as HTTP's Content-Encoding names it.

What a body becomes is bounded while it is decompressed: some kilobytes can stand for gigabytes.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

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

_STEP = 1 << 20
_ZSTD_GROWTH = 1 << 15
"""How much larger a block of zstd may become: 4 bytes say 128 kB."""
_ZSTD_WINDOW = 1 << 27
"""What a frame may ask for to look back into, as zstd's own command allows."""


def _zlib(window_bits: int) -> Callable[[bytes, int], Iterator[bytes]]:
    def parts(data: bytes, largest: int) -> Iterator[bytes]:
        while data:
            frame = zlib.decompressobj(window_bits)
            while not frame.eof:
                part = frame.decompress(data, _STEP)
                data = frame.unconsumed_tail
                if not part and not data and not frame.eof:
                    raise EOFError("it ends too early")
                yield part
            data = frame.unused_data

    return parts


def _lz4(data: bytes, largest: int) -> Iterator[bytes]:
    while data:
        frame = lz4.frame.LZ4FrameDecompressor()
        part = frame.decompress(data, _STEP)
        yield part
        while not frame.eof:
            if frame.needs_input:
                raise EOFError("it ends too early")
            yield frame.decompress(b"", _STEP)
        data = frame.unused_data or b""


def _zstd(data: bytes, largest: int) -> Iterator[bytes]:
    """Its decompressor knows no bound on what comes out: it is given so little at a time that it stays within one."""
    step = max(64, largest // _ZSTD_GROWTH)
    rest = memoryview(data)
    while rest:
        frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        while not frame.eof:
            if not rest:
                raise EOFError("it ends too early")
            some, rest = rest[:step], rest[step:]
            yield frame.decompress(some)
        if unused := len(frame.unused_data or b""):
            rest = memoryview(data)[len(data) - len(rest) - unused :]


_DECOMPRESS: dict[str, Callable[[bytes, int], Iterator[bytes]]] = {
    "lz4": _lz4,
    "zstd": _zstd,
    "gzip": _zlib(zlib.MAX_WBITS | 16),
    "deflate": _zlib(zlib.MAX_WBITS),
}
"""The pieces of what a body says. Drivers send a frame for each block of rows, one behind the other."""


def decompress(data: bytes, encoding: str, largest: int) -> bytes:
    """A request's body without its Content-Encoding.

    Raises QueryError for an unknown one, for damaged data, and as soon as more than `largest` bytes come out.
    """
    if not data or encoding in ("", "identity"):
        return data
    if encoding not in _DECOMPRESS:
        raise QueryError.of(
            89,
            "UNKNOWN_COMPRESSION_METHOD",
            f"Content-Encoding {encoding!r} is none of {', '.join(_DECOMPRESS)}",
        )
    found = bytearray()
    try:
        for part in _DECOMPRESS[encoding](data, largest):
            if len(found) + len(part) > largest:
                raise QueryError.of(
                    229, "QUERY_IS_TOO_LARGE", f"the {encoding} body becomes more than {largest} bytes"
                )
            found += part
    except (OSError, EOFError, RuntimeError, MemoryError, zlib.error, zstandard.ZstdError) as error:
        raise QueryError.of(271, "CANNOT_DECOMPRESS", f"body is not {encoding}: {error}") from None
    return bytes(found)


def choose(accept_encoding: str) -> str:
    """The encoding of the answer for an Accept-Encoding header, "" for none."""
    accepted = {part.partition(";")[0].strip() for part in accept_encoding.split(",")}
    return next((encoding for encoding in _COMPRESS if encoding in accepted), "")


def compress(data: bytes, encoding: str) -> bytes:
    """The body in an encoding that `choose` gave."""
    return _COMPRESS[encoding](data)
