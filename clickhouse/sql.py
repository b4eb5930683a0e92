"""As much of ClickHouse's lexical grammar as it takes to find where a statement ends and where inserted rows begin.

Knows strings, quoted identifiers, heredocs and comments, so that a semicolon or a keyword inside of them counts for
nothing. It does not parse: whether a statement is right, and what it may do, the engine decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*|\#[ !][^\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.|'')*'|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    | (?P<quoted>`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*")
    | (?P<word>[A-Za-z_]\w*)
    | (?P<number>\d\w*)
    | (?P<unclosed>['"`]|/\*|\$\w*\$)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)

# What may stand between a format's name and the first byte of the rows.
_REST_OF_LINE = re.compile(r"[ \t\f]*\r?\n?")


class SqlSyntaxError(ValueError):
    """A string, quoted identifier or comment that does not end."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `kind` is word, quoted, string, number or other."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the keywords (given in capitals), in any case."""
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class InsertHead:
    """An INSERT whose rows come as data: INSERT INTO ... (columns), its SETTINGS clause ("" for none), the format
    of the rows, and where they start."""

    target: str
    settings: str
    format: str
    data_start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens that count: neither white space nor comments. Raises SqlSyntaxError at a quote that never closes."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "tag" else "string"
        if kind == "unclosed":
            line = text.count("\n", 0, match.start()) + 1
            raise SqlSyntaxError(f"line {line}: {match.group()} is opened and never closed")
        if kind is not None and kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start(), match.end())


def split_statements(text: str) -> list[str]:
    """The statements of a file, without their semicolons and without what is only a comment."""
    statements: list[str] = []
    first: int | None = None
    last = 0
    for token in tokens(text):
        if token.text != ";":
            first = token.start if first is None else first
            last = token.end
        elif first is not None:
            statements.append(text[first:last])
            first = None
    if first is not None:
        statements.append(text[first:last])
    return statements


def insert_head(text: str) -> InsertHead | None:
    """The head of an INSERT that is followed by rows (VALUES ..., FORMAT name ...), None for every other statement.

    `text` may run on into the rows, be they binary: nothing after the format's name is looked at.
    """
    found = tokens(text)
    try:
        if not next(found).is_word("INSERT") or not _skip_target(found):
            return None
        depth, settings = 0, None
        for token in found:
            if token.text in "([{":
                depth += 1
            elif token.text in ")]}":
                depth -= 1
            elif depth:
                continue
            elif token.text == ";" or token.is_word("SELECT", "WITH", "FROM", "WATCH"):
                return None
            elif token.is_word("SETTINGS"):
                settings = token.start
            elif token.is_word("VALUES", "FORMAT"):
                target, clause = (
                    text[:settings][: token.start],
                    text[settings : token.start] if settings else "",
                )
                if token.is_word("VALUES"):
                    return InsertHead(target, clause, "Values", token.end)
                name = next(found)
                rest = _REST_OF_LINE.match(text, name.end)
                return InsertHead(target, clause, name.text, rest.end() if rest else name.end)
    except (StopIteration, SqlSyntaxError):
        pass
    return None


def _skip_target(found: Iterator[Token]) -> bool:
    """Go past INTO [TABLE] [FUNCTION] name: a table may have a keyword's name. False when that is not there."""
    if not next(found).is_word("INTO"):
        return False
    token = next(found)
    while token.is_word("TABLE", "FUNCTION"):
        token = next(found)
    if token.text == "{":  # a parameter: {name:Identifier}
        while token.text != "}":
            token = next(found)
        return True
    return token.kind in ("word", "quoted")
