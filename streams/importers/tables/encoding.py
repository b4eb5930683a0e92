"""In which encoding a text is, seen from all of its bytes; and letters that were already broken when it was saved."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from streams.importers import file_texts as texts
from streams.importers.source import UnreadableError

MAX_LINE_BYTES = 1024 * 1024
_CHUNK = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp865")
"""What exports of Windows, of the Mac and of DOS are in, the most usual first."""
_EXPECTED = frozenset("æøåÆØÅäöüÄÖÜßéÉèÈàÀáÁíÍóÓúÚñÑçÇêëïôâîûãõðÐþÞýÝšŠžŽ€£§°·–—’‘“”»«´¨…½¼®©™\u00a0")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_HIGH = re.compile(rb"[^\x00-\x7f]")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text."""

    name: str
    bom: int = 0
    """Bytes of the mark at the beginning."""
    mends: bool = False
    """Whether all letters beyond ASCII were read in a wrong encoding before the file was saved, and are put right."""

    def lines(self, path: Path) -> Iterator[str]:
        """The lines, whatever ends them, each with a line feed. Raises UnreadableError for one that is no row."""
        with path.open("rb") as raw:
            raw.seek(self.bom)
            text = io.TextIOWrapper(raw, encoding=self.name, newline=None)
            number = 0
            while line := _next_line(text, self.name, number):
                number += 1
                if len(line) == MAX_LINE_BYTES and not line.endswith("\n"):
                    raise UnreadableError(texts.LONG_ROW, number, most=MAX_LINE_BYTES)
                yield mended(line) if self.mends else line


def _next_line(text: io.TextIOWrapper, encoding: str, number: int) -> str:
    try:
        return text.readline(MAX_LINE_BYTES)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise UnreadableError(texts.NO_LETTER, number + 1, byte=f"{byte:#04x}", encoding=encoding) from None


def decide(path: Path, given: str | None = None) -> Encoding:
    """The encoding of a file, and whether its letters are to be mended. Raises UnreadableError when none fits.

    A `given` one that the bytes contradict is refused.
    """
    found = _by_bytes(path, given)
    clean, broken = _letters(path, found)
    if broken is not None and clean is not None:
        raise UnreadableError(texts.TWO_ENCODINGS, broken, clean=clean)
    return found if broken is None else Encoding(found.name, found.bom, mends=True)


def mended(text: str) -> str:
    """A text whose letters were read in a wrong encoding, as it was meant: of SÃ¸ren, Søren."""
    return text if text.isascii() else _NOT_ASCII.sub(lambda run: _mend(run[0]) or run[0], text)


def _mend(run: str) -> str | None:
    """What a run of letters beyond ASCII was, where it is UTF-8 that was read as cp1252; None where it is not."""
    try:
        raw = b"".join(bytes([ord(char)]) if ord(char) < 0xA0 else char.encode("cp1252") for char in run)
        return raw.decode("utf-8")
    except (UnicodeError, ValueError):
        return None


def _letters(path: Path, encoding: Encoding) -> tuple[int | None, int | None]:
    """The first line with letters beyond ASCII that are right, and the first with broken ones."""
    clean: int | None = None
    broken: int | None = None
    for number, line in enumerate(encoding.lines(path), start=1):
        if line.isascii():
            continue
        if _REPLACEMENT in line:
            raise UnreadableError(texts.LOST_LETTERS, number)
        for run in _NOT_ASCII.findall(line):
            if len(run) > 1 and _mend(run) is not None:
                broken = broken or number
            elif any(char.isalpha() for char in run):
                clean = clean or number
        if clean and broken:
            break
    return clean, broken


def _by_bytes(path: Path, given: str | None) -> Encoding:
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    for mark, name in _BOMS:
        if head.startswith(mark):
            if not name:
                raise UnreadableError(texts.UTF_32, 1)
            _agree(given, name)
            return _checked(path, Encoding(name, len(mark)))
    if b"\0" in head:
        name = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        if head.count(0) < len(head) / 3:
            raise UnreadableError(texts.ZEROS, 1)
        _agree(given, name)
        return _checked(path, Encoding(name))
    is_utf8, has_high = _is_utf8(path)
    if is_utf8:
        if given is not None and has_high and _canonical(given) != "utf-8":
            raise UnreadableError(texts.IS_UTF8, 1, given=given)
        return Encoding("utf-8")
    if given is not None:
        return _checked(path, Encoding(given))
    return Encoding(_single_byte(path))


def _canonical(name: str) -> str:
    return codecs.lookup(name).name.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


def _agree(given: str | None, found: str) -> None:
    if given is not None and _canonical(given) != _canonical(found):
        name = _canonical(found)
        raise UnreadableError(texts.IS_ENCODED, 1, name=name.upper(), given=given, found=name)


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a text; raises UnreadableError as soon as a line is longer than a row can be, or a byte is zero."""
    since_end, lines = 0, 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            since_end = len(chunk) - end - 1 if end >= 0 else since_end + len(chunk)
            if b"\0" in chunk:
                raise UnreadableError(texts.ZEROS, lines + chunk[: chunk.index(b"\0")].count(b"\n"))
            lines += chunk.count(b"\n")
            if since_end > 4 * MAX_LINE_BYTES:
                raise UnreadableError(texts.LONG_ROW, most=MAX_LINE_BYTES)
            yield chunk


def _is_utf8(path: Path) -> tuple[bool, bool]:
    """Whether a file is UTF-8, and whether it has bytes beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_high = False
    try:
        for chunk in _chunks(path):
            if not chunk.isascii():
                has_high = True
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False, True
    return True, has_high


def _checked(path: Path, encoding: Encoding) -> Encoding:
    """The encoding, when the whole file is in it."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    lines = 1
    with path.open("rb") as file:
        file.seek(encoding.bom)
        try:
            while chunk := file.read(_CHUNK):
                lines += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line = lines + error.object[: error.start].count(b"\n") if encoding.bom == 0 else lines
            raise UnreadableError(texts.NOT_ENCODED, line, encoding=encoding.name) from None
    return encoding


def _single_byte(path: Path) -> str:
    """Which of the encodings with one byte a letter makes the most likely text of it."""
    surroundings = bytearray()
    for chunk in _chunks(path):
        for found in _HIGH.finditer(chunk):
            surroundings += chunk[max(0, found.start() - 1) : found.start() + 2] + b" "
            if len(surroundings) > 400_000:
                break
    costs = {name: _cost(bytes(surroundings), name) for name in _SINGLE_BYTE}
    return min(_SINGLE_BYTE, key=costs.__getitem__)


def _cost(surroundings: bytes, name: str) -> int:
    """How many letters are ones that hardly stand there: strange ones, and capitals within a word."""
    text = surroundings.decode(name, errors="replace")
    strange = sum(not char.isascii() and char not in _EXPECTED for char in text)
    inside = sum(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(text))
    return 2 * strange + inside
