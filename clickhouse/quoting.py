"""Text as SQL: values and names, as clickhouse-connect binds them. Nothing else of ours puts quotes around a value."""

from __future__ import annotations

from clickhouse_connect.driver.binding import format_bind_value, format_str, quote_identifier


def string(text: str) -> str:
    """A string literal."""
    quoted: str = format_str(text)
    return quoted


def strings(texts: list[str]) -> str:
    """String literals with commas between, for IN (...)."""
    return ", ".join(map(string, texts))


def identifier(name: str) -> str:
    """The name of a database, table or column, in backticks whatever it is."""
    quoted: str = quote_identifier(name)
    return quoted


def parameter(text: str) -> str:
    """A text as the value of a query parameter of type String."""
    value: str = format_bind_value(text)
    return value
