"""Whatever is broken in a file, it is read or told: no importer breaks."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.importers import Options, Problem, Source, read
from tests.support.transcripts import DATA, SELLERS

OPTIONS = Options(True, "seller-17", SELLERS, datetime(2026, 9, 14, tzinfo=UTC))
FILES = sorted((DATA / "importers").glob("*.*")) + sorted((DATA / "transcripts").glob("*.*"))
ODD: tuple[Any, ...] = (
    None, {}, [], "", "x", -1, 0, 1e308, float("inf"), 10**30, True, [None], [[]], {"a": 1}, "2026-13-45", "\ud800",
    "\x00", "9" * 50, "PT1S", " ", ["x"],
)  # fmt: skip
PIECES = (
    b"\n",
    b"-->",
    b":",
    b"<v ",
    b">",
    b"\n\n",
    b"99",
    b"NOTE ",
    b"\xff\xfe",
    b"[",
    b"{",
    b"1\n",
    b'"',
    b"\x8d",
)


def spoilt(value: Any, how_often: float, rng: random.Random) -> Any:
    """A JSON value in which some parts are odd, missing or twice."""
    if rng.random() < how_often:
        return rng.choice(ODD)
    if isinstance(value, dict):
        return {
            key: spoilt(each, how_often, rng) for key, each in value.items() if rng.random() > how_often / 3
        }
    if isinstance(value, list):
        parts = [spoilt(each, how_often, rng) for each in value]
        return [*parts, rng.choice(parts)] if parts and rng.random() < 2 * how_often else parts
    return value


def spoilt_text(content: bytes, times: int, rng: random.Random) -> bytes:
    """Bytes of which some are others, missing or more."""
    spoilt = bytearray(content)
    for _ in range(times):
        place = rng.randrange(len(spoilt)) if spoilt else 0
        match rng.randrange(3):
            case 0:
                spoilt[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del spoilt[place : place + 1]
            case _:
                spoilt[place:place] = rng.choice(PIECES)
    return bytes(spoilt)


def of_json(text: str, how_often: float, rng: random.Random) -> bytes | None:
    """Spoilt JSON or JSON Lines; None of a text that is neither."""
    try:
        try:
            return json.dumps(spoilt(json.loads(text), how_often, rng)).encode()
        except ValueError:
            lines = [json.loads(line) for line in text.splitlines()]
    except ValueError:
        return None
    return "\n".join(json.dumps(spoilt(line, how_often, rng)) for line in lines).encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@given(rng=st.integers(0, 2**32).map(random.Random))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_broken_file_is_read_or_told(
    path: Path, rng: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = of_json(path.read_text(encoding="utf-8", errors="replace"), rng.choice([0.005, 0.02, 0.1]), rng)
    if content is None:
        content = spoilt_text(path.read_bytes(), rng.choice([1, 5, 40]), rng)
    broken = tmp_path_factory.mktemp("broken") / path.name
    broken.write_bytes(content)
    for item in read(Source(broken), OPTIONS):
        assert not isinstance(item, Problem) or item.reason
