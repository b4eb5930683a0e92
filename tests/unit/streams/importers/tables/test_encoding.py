"""The encoding of a text is seen from all of its bytes, in bounded memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from streams.importers.source import UnreadableError
from streams.importers.tables import encoding

TEXT = "Sælger;Beløb\nSøren Ågård;5\nBjørn Æbelø;7\n"


def lines(path: Path, given: str | None = None) -> list[str]:
    return list(encoding.decide(path, given).lines(path))


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp865"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_is_found_by_itself(name: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(TEXT.replace("\n", end).encode(name))
    assert "".join(lines(path)) == TEXT


def test_letters_far_behind_the_beginning_count_too(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"a;b\n" * 600_000 + "Søren;1\n".encode("cp1252"))
    assert lines(path)[-1] == "Søren;1\n"


def test_broken_letters_are_mended_and_half_broken_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    broken = TEXT.encode().decode("cp1252", errors="ignore")
    path.write_text(TEXT.encode("utf-8").decode("latin-1"), encoding="utf-8")
    assert "".join(lines(path)) == TEXT
    path.write_text("Søren;1\nSÃ¸ren;2\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="some letters are broken") as caught:
        lines(path)
    assert caught.value.line == 2
    assert broken


@pytest.mark.parametrize(
    ("content", "given", "said"),
    [
        (TEXT.encode(), "cp1252", 'set encoding = "utf-8"'),
        (TEXT.encode("cp1252"), "utf-8", "is not utf-8"),
        (TEXT.encode("utf-16"), "cp1252", "is UTF-16"),
        (TEXT.encode("utf-32"), None, "is UTF-32"),
        (b"\x00\x01\x02\x03" * 100, None, "bytes of zero"),
        (b"a;b\n1;2\n" * 20_000 + b"\0" * 4096, None, "bytes of zero"),
        ("S\ufffdren;1\n".encode(), None, "letters were lost"),
    ],
)
def test_what_cannot_be_right_is_refused(
    content: bytes, given: str | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=said):
        lines(path, given)


def test_a_line_of_gigabytes_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    with path.open("wb") as file:
        file.write(b"a;b\n" + b"x" * 1024)
        file.seek(5 * 1024**3)  # a hole: five gigabytes that take no room
        file.write(b"x\n")
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError):
            lines(path)
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024**2
    finally:
        tracemalloc.stop()
    path.write_bytes(b"a;b\n" + b"x" * (8 * 1024**2) + b";1\n")
    with pytest.raises(UnreadableError, match="longer than"):
        lines(path)
