"""Queries by name, and what is known of them beside their text."""

from __future__ import annotations

import pytest

from grafana.pages.catalogue import PAGES
from grafana.panels.queries import Query


@pytest.mark.parametrize(
    ("page", "name", "most"),
    [
        ("team", "history", 200),
        ("sentiment", "flagged-calls", 200),
        ("team", "insights", 12),
        ("deal", "calls", 500),
    ],
)
def test_an_answer_as_long_as_it_may_be_may_hold_more(page: str, name: str, most: int) -> None:
    query = PAGES[page].panel(name).query
    assert query.may_hold_more(most)
    assert not query.may_hold_more(most - 1)


def test_one_of_each_is_no_limit() -> None:
    assert not Query("one", lambda say: "SELECT 1 LIMIT 1 BY side").may_hold_more(1)
