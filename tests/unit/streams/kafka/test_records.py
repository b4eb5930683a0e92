"""Batches are read whatever stands in them, and never become larger than a bound."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Sequence
from typing import Any

import pytest
import zstandard
from aiokafka.record.default_records import DefaultRecordBatchBuilder, _DefaultRecordBatchBuilderPy

from streams.kafka.messages import MAX_MESSAGE_BYTES
from streams.kafka.records import MAX_BATCH_BYTES, Records, TooLargeError, decompressed

VALUES = [b"one", b"", None, b"x" * 1000, "æøå".encode()]


class Odd(str):
    """A header's name that is no UTF-8 on the wire."""

    def encode(self, *_given: Any) -> bytes:
        return b"\xff\xfe"


def batch(values: Sequence[bytes | None], codec: int = 0, odd_at: int | None = None) -> bytes:
    builder = (DefaultRecordBatchBuilder if odd_at is None else _DefaultRecordBatchBuilderPy)(
        magic=2, compression_type=codec, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1,
        batch_size=1 << 30,
    )  # fmt: skip
    for offset, value in enumerate(values):
        headers = [(Odd("h"), b"v")] if offset == odd_at else [("h", b"v")]
        builder.append(offset, timestamp=1000 + offset, key=b"k%d" % offset, value=value, headers=headers)
    return bytes(builder.build())


def read(raw: bytes) -> list[tuple[int, bytes | None, bytes | None, int]]:
    records = Records(raw)
    found = []
    while records.has_next():
        found += [
            (record.offset, record.key, record.value, record.timestamp) for record in records.next_batch()
        ]
    return found


WANTED = [(number, b"k%d" % number, value, 1000 + number) for number, value in enumerate(VALUES)]


@pytest.mark.parametrize("codec", range(5))
def test_a_batch_of_every_codec_is_read(codec: int) -> None:
    assert read(batch(VALUES, codec) * 2) == WANTED * 2


@pytest.mark.parametrize("codec", range(5))
def test_a_header_that_is_no_text_is_left_out_and_every_record_read(codec: int) -> None:
    assert read(batch(VALUES, codec, odd_at=2)) == WANTED


@pytest.mark.parametrize("codec", range(1, 5))
def test_what_becomes_too_large_stands_as_too_large_and_takes_no_memory(codec: int) -> None:
    raw = batch([bytes(3 * MAX_BATCH_BYTES), b"two"], codec)
    tracemalloc.start()
    found = read(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(offset, len(value or b"")) for offset, _, value, _ in found] == [
        (0, MAX_MESSAGE_BYTES + 1),
        (1, MAX_MESSAGE_BYTES + 1),
    ]
    assert peak < 2.5 * MAX_BATCH_BYTES


def test_frames_behind_each_other_are_bounded_together() -> None:
    frame = zstandard.ZstdCompressor().compress(bytes(MAX_BATCH_BYTES // 2 + 1))
    assert len(decompressed(frame, 4)) == MAX_BATCH_BYTES // 2 + 1
    with pytest.raises(TooLargeError):
        decompressed(frame + frame, 4)


def test_damaged_bytes_raise_nothing() -> None:
    rng = random.Random(1)
    for codec in range(5):
        whole = batch(VALUES, codec)
        for _ in range(400):
            raw = bytearray(whole)
            for _ in range(rng.choice((1, 3))):
                raw[rng.randrange(61, len(raw))] = rng.randrange(256)
            offsets = [offset for offset, *_ in read(bytes(raw))]
            assert offsets, "what cannot be read stands for a message that cannot be understood"
            assert offsets == sorted(set(offsets) & set(range(len(VALUES))))


@pytest.mark.parametrize("codec", range(5))
@pytest.mark.parametrize("delta", [-1, -(2**62), 5, 2**31 - 1, 2**62])
def test_an_offset_outside_of_the_batch_leads_nowhere(codec: int, delta: int) -> None:
    """Followed, it would skip what comes behind, or go on without an end."""
    builder = _DefaultRecordBatchBuilderPy(
        magic=2, compression_type=codec, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1,
        batch_size=1 << 20,
    )  # fmt: skip
    for offset in (0, delta, 2):
        builder.append(offset, timestamp=1000, key=b"k", value=b"v", headers=[])
    raw = bytearray(builder.build())
    raw[23:27] = (2).to_bytes(4, "big")  # the last offset of three
    assert [(offset, value) for offset, _, value, _ in read(bytes(raw))] in (
        [(0, b"v"), (1, b""), (2, b"")],
        [(0, b"v"), (2, b"v")],
    )


@pytest.mark.parametrize("length", [0, 1, 3], ids=["zero", "minus one", "minus two"])
def test_a_record_of_no_length_ends_the_batch(length: int) -> None:
    raw = bytearray(batch(VALUES, 0))
    raw[61] = length  # zigzag: odd numbers are negative
    assert len(read(bytes(raw))) == len(VALUES)
