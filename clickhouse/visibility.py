"""Whose rows somebody may see: conditions that ClickHouse puts on tables and views wherever a query reads them.

They go along with a query as the setting `additional_table_filters`, so no query has to think of them, and none can
forget: a subquery, a view within a view and a count are narrowed alike. What a seller does belongs to the team that the
seller is in now; a deal to the team of the seller who has it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clickhouse_connect.driver import Client

from clickhouse import quoting
from clickhouse.schema.tables import STORE, VIEWS

SETTING = "additional_table_filters"

BY_SELLER = (
    "segments",
    "withdrawn_consents",
    "call_keywords",
    "call_names",
    "activities",
    "seller_hours",
    "keyword_hours",
    "name_hours",
    "word_hours",
    "deal_hours",
    "seller_months",
    "keyword_months",
    "term_months",
)
"""Tables whose rows are a seller's. `calls`, `sellers` and `opportunity_changes` are narrowed in their views: which
names are those of customers, and how fresh everything is, is known of all of them."""

UNNARROWED_VIEWS = frozenset(
    ("arrivals", "deal_sellers", "first_event", "freshness", "known_names", "silence")
)
"""Views that read `calls`, `sellers` or `opportunity_changes` past their views, and give no row of theirs away: counts
and times over everything, names that must not be taken for brands, ids of deals."""

WITHHELD = ("dead_letters", "erasures", "erased", "epochs")
"""About the running of the program, for those who run it."""

_NOTHING = "0"
_OWN_SELLERS = f"seller_id IN (SELECT seller_id FROM {VIEWS}.sellers)"


def narrowable(client: Client) -> Client:
    """The client of a reader, who may make this one setting: the driver takes all of them for read-only."""
    client.valid_transport_settings = {*client.valid_transport_settings, SETTING}
    return client


def of_teams(teams: Iterable[str]) -> Mapping[str, str]:
    """Conditions by full name of a table or view, for who may see what is of these teams."""
    named = quoting.strings(list(teams))
    return {
        **{f"{STORE}.{table}": _OWN_SELLERS for table in BY_SELLER},
        **{f"{STORE}.{table}": _NOTHING for table in WITHHELD},
        f"{VIEWS}.calls": _OWN_SELLERS,
        f"{VIEWS}.sellers": f"team IN ({named})",
        f"{VIEWS}.opportunity_changes": (
            f"opportunity_id IN (SELECT opportunity_id FROM {VIEWS}.deal_sellers WHERE {_OWN_SELLERS})"
        ),
        f"{VIEWS}.periods": f"team IN ('', {named})",
    }


def without_words() -> Mapping[str, str]:
    """Conditions for who may see numbers and no sentence."""
    return {f"{STORE}.{table}": _NOTHING for table in ("segments", *WITHHELD)}
