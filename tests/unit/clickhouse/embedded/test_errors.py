"""Errors in ClickHouse's words, with ClickHouse's HTTP statuses."""

from __future__ import annotations

import pytest

from clickhouse.embedded.errors import QueryError


def test_the_engine_s_text_is_kept_and_what_is_wrapped_around_it_is_not() -> None:
    error = QueryError.from_engine(
        "Insert failed: Code: 60. DB::Exception: Unknown table x. (UNKNOWN_TABLE)\n"
    )
    assert (error.code, error.text) == (60, "Code: 60. DB::Exception: Unknown table x. (UNKNOWN_TABLE)")


def test_of_nested_errors_the_outer_one_counts() -> None:
    error = QueryError.from_engine("Code: 164. DB::Exception: Code: 33. DB::Exception: x (A). (READONLY)")
    assert error.code == 164


def test_what_is_no_error_of_clickhouse_says_so() -> None:
    error = QueryError.from_engine("out of luck")
    assert (error.code, error.status) == (1002, 500)
    assert error.text == "Code: 1002. DB::Exception: out of luck (UNKNOWN_EXCEPTION)"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (62, 400),
        (27, 400),
        (194, 401),
        (516, 403),
        (497, 403),
        (60, 404),
        (81, 404),
        (159, 408),
        (48, 501),
        (164, 500),
    ],
)
def test_statuses(code: int, status: int) -> None:
    assert QueryError(code, "").status == status
