"""Splitting SQL: what is joined comes apart again, and quoting hides anything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clickhouse.sql import insert_head, split_statements, tokens

_WORDS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
_STRINGS = st.text().map(lambda text: "'" + text.replace("\\", "\\\\").replace("'", "''") + "'")
_QUOTED = st.text().map(lambda text: "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`")
_COMMENTS = st.text().map(lambda text: "/*" + text.replace("*/", "") + " */") | st.text().map(
    lambda text: "--" + text.replace("\n", "") + "\n"
)
_STATEMENTS = st.builds(
    lambda first, middle, last: " ".join([first, *middle, last]),
    _WORDS,
    st.lists(_WORDS | _STRINGS | _QUOTED | _COMMENTS),
    _WORDS | _STRINGS | _QUOTED,
)


@given(st.lists(_STATEMENTS), st.lists(_COMMENTS))
def test_statements_come_apart_as_they_were_joined(statements: list[str], between: list[str]) -> None:
    filling = "".join(between)
    assert split_statements(filling + f";{filling}".join(statements) + f"{filling};{filling}") == statements


@given(_STATEMENTS)
def test_tokens_lie_in_order_and_are_the_text_at_their_places(statement: str) -> None:
    found = list(tokens(statement))
    assert all(statement[token.start : token.end] == token.text for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(_QUOTED, st.binary())
def test_rows_begin_where_they_begin_whatever_they_hold(table: str, rows: bytes) -> None:
    """Every byte is a character here, as where the server reads an insert."""
    head = f"INSERT INTO {table} ".encode().decode("latin-1")
    found = insert_head(head + "FORMAT Native\n" + rows.decode("latin-1"))
    assert found is not None
    assert (found.target, found.data_start) == (head, len(head) + len("FORMAT Native\n"))
