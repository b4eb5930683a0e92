"""Record batches as the worker reads them: whatever stands in one, it is read, and its offsets come one after another.

aiokafka ends for good on a header whose name is no UTF-8, and takes any amount of memory for a batch that was
compressed to nearly nothing. A broker stores both. Here a batch is decompressed up to a bound, and what the client
cannot read is read without its headers, which nobody needs; what even then makes no record stands for one that cannot
be understood.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple  # Any: aiokafka has no types

import lz4.frame
import zstandard
from aiokafka.codec import snappy_decode
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.memory_records import _MemoryRecordsPy

from streams.kafka.messages import MAX_MESSAGE_BYTES

MAX_BATCH_BYTES: Final = 32 * 1024 * 1024
"""So much a batch may become; larger ones are as messages that are too large."""

_HEADER_BYTES: Final = 61
_ATTRIBUTES: Final = 21  # two bytes at this place of the header
_CODEC_MASK: Final = 0b111
_XERIAL: Final = b"\x82SNAPPY\x00"
_TOO_LARGE: Final = bytes(MAX_MESSAGE_BYTES + 1)


class Record(NamedTuple):
    """A record as aiokafka's fetcher wants it."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: tuple[()] = ()
    checksum: None = None


class TooLargeError(Exception):
    """A batch becomes larger than MAX_BATCH_BYTES."""


class Records(_MemoryRecordsPy):  # type: ignore[misc]  # aiokafka has no types
    """In the place of aiokafka's MemoryRecords: the batches of a fetch."""

    def next_batch(self) -> Any:
        raw = self._next_slice
        batch = super().next_batch()
        return Batch(batch, bytes(raw)) if isinstance(batch, DefaultRecordBatch) else batch


class Batch:
    """One batch; for what it says of itself it asks aiokafka's."""

    def __init__(self, batch: Any, raw: bytes) -> None:
        self._batch = batch
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        """The records in order, each offset once. One that lies outside of the batch would take the fetcher elsewhere:
        what follows the last one that is right stands for records that cannot be understood."""
        first, end = self._batch.base_offset, self._batch.next_offset
        expected, is_odd = first, False
        for record in self._read():
            if expected <= record.offset < end:
                expected = record.offset + 1
                yield record
            is_odd = is_odd or not first <= record.offset < end
        if is_odd:
            yield from self._in_place_of_records(b"", expected)

    def _read(self) -> Iterator[Any]:
        """What can be read; after a failure from the first record on."""
        try:
            payload = decompressed(self._raw[_HEADER_BYTES:], self._codec)
        except TooLargeError:
            yield from self._in_place_of_records(_TOO_LARGE)
            return
        except Exception:  # whatever a codec says of what is not in its format
            yield from self._in_place_of_records(b"")
            return
        try:
            yield from self._as_aiokafka_reads(payload)
        except Exception:  # whatever the client makes of odd bytes
            yield from self._without_headers(payload)

    @property
    def _codec(self) -> int:
        return self._raw[_ATTRIBUTES + 1] & _CODEC_MASK

    def _as_aiokafka_reads(self, payload: bytes) -> Iterator[Any]:
        if not self._codec:
            return iter(self._batch)
        plain = bytearray(self._raw[:_HEADER_BYTES])
        plain[_ATTRIBUTES + 1] &= ~_CODEC_MASK
        return iter(DefaultRecordBatch(bytes(plain) + payload))

    def _without_headers(self, payload: bytes) -> Iterator[Record]:
        at = 0
        expected = self._batch.base_offset
        try:
            while at < len(payload):
                length, begin = _varint(payload, at)
                if length <= 0:
                    raise ValueError("a record of no length would be read for ever")
                record = self._record(payload, begin)
                if not expected <= record.offset < self._batch.next_offset:
                    raise ValueError("an offset of another batch")
                expected = record.offset + 1
                yield record
                at = begin + length
        except (IndexError, ValueError, OverflowError):
            pass
        yield from self._in_place_of_records(b"", expected)

    def _record(self, payload: bytes, at: int) -> Record:
        delta, at = _varint(payload, at + 1)
        offset, at = _varint(payload, at)
        key, at = _bytes(payload, at)
        value, at = _bytes(payload, at)
        batch = self._batch
        timestamp = batch.max_timestamp if batch.timestamp_type else batch.first_timestamp + delta
        return Record(batch.base_offset + offset, timestamp, batch.timestamp_type, key, value)

    def _in_place_of_records(self, value: bytes, first: int | None = None) -> Iterator[Record]:
        batch = self._batch
        for offset in range(batch.base_offset if first is None else first, batch.next_offset):
            yield Record(offset, batch.max_timestamp, batch.timestamp_type, None, value)


def decompressed(data: bytes, codec: int) -> bytes:
    """The records of a batch. Raises TooLargeError, without taking more memory than that, and what the codecs raise."""
    limit = MAX_BATCH_BYTES + 1
    match codec:
        case 0:
            return data
        case 1:  # gzip
            found = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, limit)
        case 2:  # snappy
            if _snappy_size(data) > MAX_BATCH_BYTES:
                raise TooLargeError
            found = snappy_decode(data)
        case 3:  # lz4
            found = lz4.frame.LZ4FrameDecompressor().decompress(data, max_length=limit)
        case 4:  # zstd
            with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as reader:
                found = reader.read(limit)
        case _:
            raise ValueError(f"no codec {codec}")
    if len(found) > MAX_BATCH_BYTES:
        raise TooLargeError
    return bytes(found)


def _snappy_size(data: bytes) -> int:
    """What snappy says that it will become: of one block, or of those in the framing of Java's library."""
    if not data.startswith(_XERIAL):
        return _unsigned(data, 0)[0]
    size, at = 0, 16
    while at + 4 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        size += _unsigned(data, at + 4)[0]
        at += 4 + length
    return size


def _unsigned(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("a number of more than 64 bits")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A signed number in Kafka's zigzag encoding, and where it ends."""
    value, at = _unsigned(data, at)
    return (value >> 1) ^ -(value & 1), at


def _bytes(data: bytes, at: int) -> tuple[bytes | None, int]:
    length, at = _varint(data, at)
    if length < 0:
        return None, at
    if at + length > len(data):
        raise ValueError("shorter than it says")
    return data[at : at + length], at + length
