"""A file that is being imported: its beginning, its lines or its JSON, in bounded memory, and how far it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any  # Any: JSON as somebody sent it

from streams.importers import file_texts as texts
from streams.language import Language, Text

SAMPLE_BYTES = 64 * 1024
MAX_LINE_BYTES = 1024 * 1024
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""A day of speech with the time of each word is less; read, it takes some twenty times as much memory."""

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])', re.DOTALL)


class UnreadableError(Exception):
    """A file cannot be read as a whole; the text says why, and `line` where, when that is known."""

    def __init__(self, reason: Text, line: int | None = None, **values: object) -> None:
        self.reason = reason.filled(**values) if values else reason
        super().__init__(self.reason.en)
        self.line = line


class Source:
    """A file. `position` tells how many of its `size` bytes are read, `line` at which line reading is.

    `told_in` is the language of what is said of it.
    """

    def __init__(self, path: Path, told_in: Language = "en") -> None:
        self.path = path
        self.told_in = told_in
        self.size = path.stat().st_size
        self.position = 0
        self.line: int | None = None

    def say(self, text: Text, place: str = "", **values: object) -> str:
        """A sentence about the file, or about a `place` in it, in the reader's language."""
        message = text.of(self.told_in).format(**values) if values else text.of(self.told_in)
        return f"{place}: {message}" if place else message

    @cached_property
    def head(self) -> bytes:
        """The first bytes, as they are."""
        with self.path.open("rb") as file:
            return file.read(64)

    @cached_property
    def sample(self) -> bytes:
        """The beginning of the file, without a byte order mark."""
        with self.path.open("rb") as file:
            return file.read(SAMPLE_BYTES).removeprefix(_BOM)

    def lines(self) -> Iterator[bytes]:
        """The lines with their ends; of one longer than MAX_LINE_BYTES only the beginning, without its end."""
        with self.path.open("rb") as file:
            self.line = 0
            while line := file.readline(MAX_LINE_BYTES):
                self.line += 1
                yield line.removeprefix(_BOM) if self.line == 1 else line
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
                self.position = file.tell()

    def text(self) -> str:
        """All of the file as text: UTF-16 where its byte order mark says so, else UTF-8, else Windows' Western letters.

        Raises UnreadableError when it is too large, or has lines that nobody wrote.
        """
        _check_size(self.size, "text", "én tekst")
        content = self.path.read_bytes()
        self.position = self.size
        if longest := next(
            (number for number, line in enumerate(content.splitlines(), 1) if len(line) > MAX_LINE_BYTES), 0
        ):
            raise UnreadableError(texts.LONG_LINE, longest, most=MAX_LINE_BYTES)
        return decoded(content)

    def document(self) -> Any:
        """The file as one JSON value; a comma after a last element is forgiven. Raises UnreadableError."""
        if isinstance(self._parsed, UnreadableError):
            raise self._parsed
        return self._parsed

    def object(self) -> dict[str, Any]:
        """The file as one JSON object; an empty one when it is anything else."""
        return self._parsed if isinstance(self._parsed, dict) else {}

    def array(self) -> list[Any]:
        """The file as one JSON array; an empty one when it is anything else."""
        return self._parsed if isinstance(self._parsed, list) else []

    def messages(self) -> Iterator[tuple[int | None, Any]]:
        """The objects of JSON Lines with their lines, else those of a JSON array or of one behind the other.

        A line that is no JSON yields an UnreadableError in the place of its object.
        """
        if not self.is_json_lines:
            document = self.document()
            for value in document if isinstance(document, list) else [document]:
                yield None, value
            return
        for line in self.lines():
            if line.strip():
                value = json_object(line)
                yield self.line, UnreadableError(texts.NO_OBJECT) if value is None else value

    def first_message(self) -> dict[str, Any]:
        """The first of the messages; an empty object when there is none."""
        if self.is_json_lines:
            return self._first_line or {}
        first = self._parsed[0] if isinstance(self._parsed, list) and self._parsed else self._parsed
        return first if isinstance(first, dict) else {}

    @property
    def is_json_lines(self) -> bool:
        """Whether the first line is a JSON object by itself."""
        return self._first_line is not None

    @property
    def is_one_document(self) -> bool:
        """Whether it is not JSON Lines, or may as well be one JSON object that stands in one line."""
        return not self.is_json_lines or not self.sample.partition(b"\n")[2].strip()

    @cached_property
    def _first_line(self) -> dict[str, Any] | None:
        return json_object(self.sample.partition(b"\n")[0])

    @cached_property
    def _parsed(self) -> Any:
        try:
            return _parse(self.path, self.size)
        except UnreadableError as error:
            return error
        finally:
            self.position = self.size


def json_object(text: bytes) -> dict[str, Any] | None:
    """The JSON object that a text is; None when it is anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-16 where a byte order mark says so, else UTF-8, else Windows' Western letters."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sequence(text: str, line: int) -> list[Any]:
    """JSON objects one behind the other, as Firehose writes a stream into a file. Raises UnreadableError at `line`."""
    decoder, found, at = json.JSONDecoder(), list[Any](), 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise UnreadableError(texts.SEVERAL_VALUES, line) from None
        if not isinstance(value, dict):
            raise UnreadableError(texts.SEVERAL_VALUES, line)
        found.append(value)
        at = next((place for place in range(at, len(text)) if not text[place].isspace()), len(text))
    return found


def _check_size(size: int, what: str, what_da: str) -> None:
    if size > MAX_DOCUMENT_BYTES:
        raise UnreadableError(texts.TOO_LARGE, size=size, most=MAX_DOCUMENT_BYTES, what=what, what_da=what_da)


def _parse(path: Path, size: int) -> Any:
    _check_size(size, "JSON document", "ét JSON-dokument")
    content = path.read_bytes()
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(texts.NOT_UTF8, why=error.reason, at=error.start) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _sequence(text, error.lineno)
        text = _TRAILING_COMMA.sub(lambda found: found[1] or "", text)
    except RecursionError:
        raise UnreadableError(texts.TOO_DEEP) from None
    except ValueError:
        raise UnreadableError(texts.LONG_NUMBER) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(texts.NOT_JSON, error.lineno, why=error.msg) from None
    except (RecursionError, ValueError):
        raise UnreadableError(texts.NO_TRANSCRIPTS_JSON) from None
