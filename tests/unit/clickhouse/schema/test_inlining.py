"""Views in the place of where they are read."""

from __future__ import annotations

import pytest

from clickhouse import visibility
from clickhouse.schema import migrate
from clickhouse.schema.inlining import InliningError, inlined
from clickhouse.schema.tables import VIEWS
from clickhouse.schema.view_files import NARROWED, read
from clickhouse.sql import tokens

BODIES = {
    "calls": "SELECT * FROM store.calls FINAL -- all of them",
    "since": "SELECT * FROM store.calls WHERE at >= {from:DateTime} AND has({teams:Array(String)}, team)",
}


def test_a_view_becomes_a_subquery_of_its_name() -> None:
    assert (
        inlined("SELECT calls.id FROM views.calls WHERE 'views.calls' != ''", BODIES, "views")
        == f"SELECT calls.id FROM (\n{BODIES['calls']}\n) AS calls WHERE 'views.calls' != ''"
    )
    assert inlined("SELECT c.id FROM views.calls AS c", BODIES, "views").endswith("\n) AS c")


def test_parameters_are_handed_on_or_put_in_with_their_type() -> None:
    text = "FROM views.since(from = {to:DateTime}, teams = ['a, b', ')']) AS s"
    assert inlined(text, BODIES, "views") == (
        "FROM (\nSELECT * FROM store.calls WHERE at >= {to:DateTime} "
        "AND has(CAST(['a, b', ')'], 'Array(String)'), team)\n) AS s"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM views.since(from = 1)", "since is given from, and takes from, teams"),
        ("FROM views.calls(at = 1)", "calls is given at, and takes nothing"),
        ("FROM views.since(1, 2)", "a parameter is given as name = value"),
    ],
)
def test_what_a_view_is_not_given_as_it_takes_it_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InliningError, match=reason):
        inlined(text, BODIES, "views")


def test_views_of_the_product_read_none_but_those_that_are_narrowed_to_who_may_see_them() -> None:
    for view in read(migrate.PRODUCT.views, VIEWS):
        said = [token.text for token in tokens(view.statement)]
        read_ones = {
            third for database, _, third in zip(said, said[1:], said[2:], strict=False) if database == VIEWS
        }
        assert read_ones - {view.name} <= NARROWED
    assert {f"{VIEWS}.{name}" for name in NARROWED} == {
        name for name in visibility.of_teams(["T"]) if name.startswith(f"{VIEWS}.")
    }
