"""The three levels: pages, alerts, and what goes along with every query."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grafana.alerts.evaluate import AlertState
from grafana.alerts.rules import Office, rules
from grafana.macros import ALL
from grafana.pages.catalogue import PAGES
from grafana.web.access import EVERYTHING, Access
from grafana.web.viewer import Viewer
from tests.support.pages import ZONE

MANAGER = Access("manager", ("Nord", "Øst"), "anna")
WALL = Access("wall", ("Nord",), "w")
OPEN_WALL = Access("wall", (), "w")


def test_pages_by_level() -> None:
    assert all(EVERYTHING.may_open(name) for name in PAGES)
    assert {name for name in PAGES if not MANAGER.may_open(name)} == {"system"}
    assert {name for name in PAGES if WALL.may_open(name)} == {"wall"}
    assert [access.edits for access in (EVERYTHING, MANAGER, WALL)] == [True, False, False]


def test_what_queries_are_narrowed_by() -> None:
    assert EVERYTHING.filters == {}
    assert MANAGER.filters["salgspuls.sellers"] == "team IN ('Nord', 'Øst')"
    assert WALL.filters["salgspuls.sellers"] == "team IN ('Nord')"
    assert WALL.filters["salgspuls_store.segments"] == "0"
    assert OPEN_WALL.filters.keys() == {"salgspuls_store.segments", *(f"salgspuls_store.{t}" for t in (
        "dead_letters", "erasures", "erased", "epochs"))}  # fmt: skip


def _alert(uid: str, **labels: str) -> AlertState:
    rule = next(one for one in rules(Office()) if one.uid == uid)
    known = dict.fromkeys(rule.labels, "x") | labels
    return AlertState(rule, {name: known[name] for name in rule.labels}, {}, "firing", datetime.now(UTC))


@pytest.mark.parametrize("rule", rules(Office()), ids=lambda rule: rule.uid)
def test_alerts_by_level(rule: object) -> None:
    uid = rule.uid  # type: ignore[attr-defined]  # a Rule
    own, other = _alert(uid, team="Nord"), _alert(uid, team="Syd")
    assert EVERYTHING.may_see(own)
    assert EVERYTHING.may_see(other)
    about_a_team = "team" in own.labels
    assert MANAGER.may_see(own) == (about_a_team or not own.labels)
    assert MANAGER.may_see(other) == (not own.labels)
    assert WALL.may_see(other) == (not own.labels)
    assert WALL.may_see(own) == (set(own.labels) <= {"team"})
    assert "customer" not in own.labels or not OPEN_WALL.may_see(own)


@pytest.mark.parametrize(
    ("access", "asked", "given"),
    [
        (MANAGER, [], ("Nord", "Øst")),
        (MANAGER, ["Syd"], ("Nord", "Øst")),
        (MANAGER, ["Syd", "Øst"], ("Øst",)),
        (MANAGER, [ALL], ("Nord", "Øst")),
        (WALL, ["Syd"], ("Nord",)),
        (OPEN_WALL, ["Syd"], ("Syd",)),
        (EVERYTHING, ["Syd"], ("Syd",)),
        (EVERYTHING, [], (ALL,)),
    ],
)
def test_the_team_is_one_of_the_own(access: Access, asked: list[str], given: tuple[str, ...]) -> None:
    for viewer in (
        Viewer(PAGES["team"], "en", ZONE, {}, {"var-team": asked}, access),
        Viewer(PAGES["team"], "en", ZONE, {}, {}, access),
    ):
        viewer.choose("team", asked)
        assert viewer.variables["team"].values == given


def test_a_customers_name_is_taken_out_of_a_walls_query_alone() -> None:
    sql = "SELECT seller, customer FROM x"
    assert (
        WALL.without_names(sql, {"seller", "customer"})
        == f"SELECT * REPLACE ('' AS customer) FROM (\n{sql}\n)"
    )
    assert WALL.without_names(sql, {"seller"}) == sql
    assert replace(WALL, level="manager").without_names(sql, {"customer"}) == sql
