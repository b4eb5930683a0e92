"""Who may see what: a manager of one team finds nothing of another one, whatever a page, a choice or an address asks.

Everything that belongs to the other team has a word of its own in it. What is asked over both teams, narrowed, is what
is asked over a database that holds the manager's team alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from clickhouse import visibility
from clickhouse.client import connect
from clickhouse.schema import migrate
from clickhouse.schema.rows import CallRow, OpportunityChangeRow, PeriodRow, Row, SellerRow
from clickhouse.schema.tables import STORE, VIEWS
from grafana.macros import Variable
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import ANNOTATIONS, SELLER, TEAM
from grafana.panels.panels import Panel
from grafana.panels.queries import Query
from grafana.web.access import Access
from grafana.web.frames import Frame
from grafana.web.header import RESOLVED
from grafana.web.queries import frame_of
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.matrix import over
from tests.support.pages import sql_of
from tests.support.sample_rows import CUSTOMERS, SELLERS, World, insert, row, sample_world

__all__ = ["clickhouse_server"]

pytestmark = pytest.mark.timeout(600)  # every panel is asked before the first test

MANAGER = Access("manager", ("Nord",), "anna")
WALL = Access("wall", (), "wall")
THEIRS = "Quixotic"
"""Stands in every text of the other team."""
TEAM_OF = {seller_id: team for seller_id, _, team in SELLERS}
MOVED = SellerRow(
    seller_id="s9", revision=2, name=f"Moved {THEIRS}", team="Syd", manager_id="", starred=False, active=True,
    received_at=datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip
_IDS = (
    "_id",
    "seller_id",
    "language",
    "direction",
    "channel",
    "kind",
    "speaker",
    "state",
    "currency",
    "team",
)

PANELS: dict[str, tuple[str, Panel]] = {
    f"{page.name}/{panel.query.name}": (page.name, panel)
    for page in PAGES.values()
    if MANAGER.may_open(page.name)
    for panel in page.panels
    if panel.name != "freshness"  # how old the newest event is, is everybody's
}
DETAILS = ("team/", "seller/", "deals/", "deal/", "call/", "search/")
"""Pages that an address leads to a team, a seller, a deal, a call or words."""
CHOICES: list[Query] = [
    TEAM.query,
    SELLER.query,
    *(choice.query for page in PAGES.values() for choice in page.choices),
    *(annotation.query for annotation in ANNOTATIONS),
]


@cache
def now() -> datetime:
    return datetime.now(UTC)


def _marked(one: Row) -> Row:
    """The row with the other team's word in each of its texts."""
    changed: dict[str, Any] = {}
    for name, value in zip(one._fields, one, strict=True):
        if name.endswith(_IDS) or name == "sentiment_label" or "language" in name:
            continue
        if isinstance(value, str):
            changed[name] = f"{THEIRS} {value}"
        elif isinstance(value, list) and name in ("participant_names", "questions", "actions", "terms"):
            changed[name] = [f"{THEIRS} {each}" for each in value]
    return one._replace(**changed)


def _is_nords(one: Row) -> bool:
    if isinstance(one, PeriodRow):
        return one.team in ("", "Nord")
    seller_id = getattr(one, "seller_id", None)
    return seller_id is None or TEAM_OF.get(seller_id, "Syd") == "Nord"


@cache
def both_teams() -> World:
    """The sample team, the other half marked; a seller and a deal that have passed from one half to the other."""
    world = World()
    sample = sample_world(now(), days=12)
    for rows in sample.rows.values():
        for one in rows:
            world.add(one if _is_nords(one) else _marked(one))
    world.add(MOVED._replace(revision=1, team="Nord"))
    world.add(MOVED)
    handed = next(one for one in sample.of(OpportunityChangeRow) if one.seller_id == "s1")
    for seller_id, days, name in (("s1", 3, "Handed over"), ("s4", 2, f"Handed over {THEIRS}")):
        changed_at = now() - timedelta(days=days)
        world.add(
            handed._replace(opportunity_id="opp-h", seller_id=seller_id, name=name, changed_at=changed_at)
        )
    for team in ("Nord", "Syd"):
        starts_on = (now() - timedelta(days=9)).date()
        world.add(
            row(
                PeriodRow, period_id=team if team == "Nord" else THEIRS, revision=1, team=team,
                starts_on=starts_on, ends_on=starts_on + timedelta(days=30), currency="DKK", received_at=now(),
            )
        )  # fmt: skip
    return world


def nord_alone() -> World:
    world = World()
    for rows in both_teams().rows.values():
        for one in rows:
            if _is_nords(one) and getattr(one, "opportunity_id", "") != "opp-h":
                world.add(one)
    return world


@dataclass(frozen=True)
class Store:
    """A reader of both teams, and what every panel answers where there is but one."""

    reader: Client
    alone: dict[str, Frame]


@pytest.fixture(scope="module")
def store(clickhouse_server: RunningClickHouse) -> Iterator[Store]:
    writer = connect(clickhouse_server.writer)

    def fill(world: World) -> None:
        migrated(clickhouse_server)
        insert(writer, world.rows)

    fill(nord_alone())
    reader = visibility.narrowable(connect(clickhouse_server.with_database(VIEWS).reader))
    alone = {name: asked(reader, panel.query, None, ours(page)) for name, (page, panel) in PANELS.items()}
    fill(both_teams())
    writer.close()
    yield Store(reader, alone)
    reader.close()


def ours(page: str) -> dict[str, Variable]:
    """As the page is opened by the manager; a page about one call or deal, on one of the manager's."""
    call = next(one for one in both_teams().of(CallRow) if TEAM_OF[one.seller_id] == "Nord" and one.ended)
    deal = next(one.opportunity_id for one in both_teams().of(OpportunityChangeRow) if one.seller_id == "s1")
    return {
        "team": Variable(("Nord",), multi=True),
        "call_id": Variable((call.call_id,)),
        "deal": Variable((deal,)),
        "words": Variable(("price",)),
    }


def theirs() -> dict[str, Variable]:
    """What an address may ask for besides: a call, a deal, sellers and words of the other team."""
    calls = [one for one in both_teams().of(CallRow) if TEAM_OF[one.seller_id] == "Syd"]
    return {
        "call_id": Variable((calls[0].call_id,)),
        "deal": Variable(("opp-h",)),
        "seller": Variable(("s1", "s4", "s9"), multi=True),
        "words": Variable((THEIRS,)),
    }


def asked(reader: Client, query: Query | str, access: Access | None, chosen: dict[str, Variable]) -> Frame:
    settings = {visibility.SETTING: dict(access.filters)} if access else None
    return frame_of(reader.query(sql_of(query, now(), chosen=chosen), settings=settings))


def shown(frame: Frame) -> list[dict[str, Any]]:
    """Rows, whose numbers may differ by how floats were added up."""
    return [
        {
            name: f"{value:.6g}" if isinstance(value, float) else str(value)
            for name, value in frame.row(index).items()
        }
        for index in range(frame.rows)
    ]


@pytest.mark.parametrize("name", over(PANELS, [name for name in PANELS if name.startswith("home/")]))
def test_a_manager_sees_what_a_database_of_the_own_team_alone_would_show(store: Store, name: str) -> None:
    page, panel = PANELS[name]
    assert shown(asked(store.reader, panel.query, MANAGER, ours(page))) == shown(store.alone[name])


@pytest.mark.parametrize("name", [name for name in PANELS if name.startswith(DETAILS)])
def test_no_address_makes_a_panel_show_another_team(store: Store, name: str) -> None:
    found = shown(asked(store.reader, PANELS[name][1].query, MANAGER, theirs()))
    assert THEIRS not in str(found)


def test_choices_and_notes_know_the_own_team_alone(store: Store) -> None:
    for query in CHOICES:
        assert THEIRS not in str(shown(asked(store.reader, query, MANAGER, {})))
    teams = asked(store.reader, TEAM.query, MANAGER, {})
    assert list(teams.columns[0].values) == ["Nord"]
    sellers = asked(store.reader, SELLER.query, MANAGER, {})
    assert sorted(sellers.columns[0].values) == ["s1", "s2", "s3"]
    assert asked(store.reader, RESOLVED, MANAGER, {}).rows == 1


def test_without_a_filter_the_other_team_is_there(store: Store) -> None:
    """Else none of these tests could fail."""
    names = (
        "team/team.sellers",
        "deal/deal.headline",
        "call/call.transcript",
        "search/search.hits",
        "deals/deals.table",
    )
    for name in names:
        assert THEIRS in str(shown(asked(store.reader, PANELS[name][1].query, None, theirs()))), name
    assert asked(store.reader, TEAM.query, None, {}).rows == 2


def test_every_view_is_narrowed(store: Store) -> None:
    """Also those that no panel asks: none of their rows is of another team."""
    views = store.reader.query(
        f"SELECT name FROM system.tables WHERE database = '{VIEWS}' AND NOT is_temporary"
    ).result_columns[0]
    settings = {visibility.SETTING: dict(MANAGER.filters)}
    looked_at = 0
    for view in views:
        if view in visibility.UNNARROWED_VIEWS or "{" in str(
            store.reader.command(f"SHOW CREATE {VIEWS}.{view}")
        ):
            continue  # those with parameters are made of the others
        found = store.reader.query(f"SELECT * FROM {VIEWS}.{view}", settings=settings).result_rows
        assert THEIRS not in str(found), view
        looked_at += 1
    assert looked_at > 15


@pytest.mark.usefixtures("store")
def test_what_belongs_to_a_seller_is_narrowed_or_read_by_a_view_that_is(
    clickhouse_server: RunningClickHouse,
) -> None:
    with connect(clickhouse_server.writer) as writer:
        rows = writer.query(
            f"SELECT table FROM system.columns WHERE database = '{STORE}' AND name = 'seller_id'"
        ).result_columns[0]
    narrowed_in_views = {"calls", "sellers", "opportunity_changes"}
    assert set(rows) - {*visibility.BY_SELLER, *visibility.WITHHELD} == narrowed_in_views
    read_past_them = {
        path.stem
        for path in migrate.PRODUCT.views.glob("*.sql")
        if any(
            f"{STORE}.{table}" in path.read_text(encoding="utf-8").replace("`", "")
            for table in narrowed_in_views
        )
    }
    assert read_past_them - narrowed_in_views == visibility.UNNARROWED_VIEWS


def test_the_wall_shows_its_numbers_and_neither_a_sentence_nor_a_customer(store: Store) -> None:
    said = {
        text for one in both_teams().of(CallRow) for text in (one.customer_name, *one.participant_names[1:])
    }
    assert said >= {CUSTOMERS[0]}
    for panel in PAGES["wall"].panels:
        columns = {column.name for column in getattr(panel, "columns", ())}
        everything = asked(store.reader, panel.query, None, {})
        sql = WALL.without_names(sql_of(panel.query, now()), columns)
        settings = {visibility.SETTING: dict(WALL.filters)}
        frame = frame_of(store.reader.query(sql, settings=settings))
        if panel.name != "freshness":
            blank = [each | ({"customer": ""} if "customer" in each else {}) for each in shown(everything)]
            assert shown(frame) == blank, panel.name
        found = str(shown(frame))
        assert not [name for name in said if name in found]


@pytest.mark.parametrize(
    "condition",
    [
        "seller_id IN (SELECT seller_id FROM salgspuls_store.sellers)",
        "1 IN (SELECT 1 FROM file('/etc/passwd', 'LineAsString'))",
        "1) UNION ALL SELECT 1 FROM sqlite('/tmp/x.db', 't') --",
        "file('/etc/passwd') = ''",
        "1 = (SELECT count() FROM system.disks)",
    ],
)
def test_a_filter_reads_no_more_than_its_reader(store: Store, condition: str) -> None:
    for filtered in (f"{VIEWS}.sellers", "anything"):
        with pytest.raises(ClickHouseError):
            store.reader.query(
                f"SELECT count() FROM {VIEWS}.sellers", settings={visibility.SETTING: {filtered: condition}}
            )


@pytest.mark.parametrize("team", ["Nord'", "\\", "') OR 1=1 --", "Nord') OR team IN ('Syd", "{team}", "\\'"])
def test_no_name_of_a_team_opens_another_one(store: Store, team: str) -> None:
    access = Access("manager", (team,))
    for query in (TEAM.query, SELLER.query):
        assert asked(store.reader, query, access, {}).rows == 0
