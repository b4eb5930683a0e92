"""Content-Encoding both ways."""

from __future__ import annotations

import io
import tracemalloc

import pytest
import zstandard

from clickhouse.embedded.codecs import choose, compress, decompress
from clickhouse.embedded.errors import QueryError

LARGEST = 1 << 22


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
def test_all_frames_of_a_body_are_read(encoding: str) -> None:
    """Drivers send one for each block of rows."""
    parts = [b"first " * 1000, b"second", b"third " * 10]
    assert decompress(b"".join(compress(part, encoding) for part in parts), encoding, LARGEST) == b"".join(
        parts
    )


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 1000])
def test_what_is_compressed_comes_back(encoding: str, data: bytes) -> None:
    assert decompress(compress(data, encoding), encoding, LARGEST) == data


def test_a_stream_that_does_not_tell_its_length_is_read() -> None:
    buffer = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(buffer, closefd=False) as stream:
        stream.write(b"x" * 100_000)
        stream.write(b"y")
    assert decompress(buffer.getvalue(), "zstd", LARGEST) == b"x" * 100_000 + b"y"


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
@pytest.mark.parametrize("cut", [1, 5])
def test_half_a_body_is_refused(encoding: str, cut: int) -> None:
    with pytest.raises(QueryError) as refused:
        decompress(compress(b"some rows" * 50, encoding)[:-cut], encoding, LARGEST)
    assert refused.value.code == 271


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
@pytest.mark.parametrize("frames", [1, 300])
def test_a_body_that_becomes_more_than_it_may_is_refused_before_it_fills_the_memory(
    encoding: str, frames: int
) -> None:
    """256 MB of blanks from some kilobytes: in one frame, and in many small ones."""
    blanks = b" " * (1 << 28 if frames == 1 else 1 << 20)
    bomb = compress(blanks, encoding) * frames
    del blanks
    tracemalloc.start()
    try:
        with pytest.raises(QueryError) as refused:
            decompress(bomb, encoding, LARGEST)
        assert tracemalloc.get_traced_memory()[1] < 6 * LARGEST
    finally:
        tracemalloc.stop()
    assert (refused.value.code, refused.value.status) == (229, 413)


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
def test_as_much_as_may_be_is_read(encoding: str) -> None:
    body = b"0123456789abcdef" * (LARGEST // 16)
    assert decompress(compress(body, encoding), encoding, LARGEST) == body
    with pytest.raises(QueryError):
        decompress(compress(body + b".", encoding), encoding, LARGEST)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("lz4,zstd,gzip", "lz4"),
        ("deflate, gzip, br, zstd", "zstd"),
        ("gzip;q=1.0, identity", "gzip"),
        ("br", ""),
        ("", ""),
    ],
)
def test_the_fastest_that_the_client_takes_is_chosen(accepted: str, chosen: str) -> None:
    assert choose(accepted) == chosen
