"""Every page, in the order of use."""

from __future__ import annotations

from collections.abc import Mapping

from grafana.pages.best_practice.panels import PAGE as BEST_PRACTICE
from grafana.pages.call.panels import PAGE as CALL
from grafana.pages.calls.panels import PAGE as CALLS
from grafana.pages.deal.panels import PAGE as DEAL
from grafana.pages.deals.panels import PAGE as DEALS
from grafana.pages.home.panels import PAGE as HOME
from grafana.pages.mentions.panels import KINDS
from grafana.pages.search.panels import PAGE as SEARCH
from grafana.pages.seller.panels import PAGE as SELLER
from grafana.pages.sellers.panels import PAGE as SELLERS
from grafana.pages.sentiment.panels import PAGE as SENTIMENT
from grafana.pages.system.panels import PAGE as SYSTEM
from grafana.pages.team.panels import PAGE as TEAM
from grafana.pages.trackers.panels import PAGE as TRACKERS
from grafana.pages.wall.panels import PAGE as WALL
from grafana.panels.pages import Page

PAGES: Mapping[str, Page] = {
    page.name: page
    for page in (
        HOME,
        WALL,
        SENTIMENT,
        *(kind.page for kind in KINDS),
        TEAM,
        SELLER,
        SELLERS,
        BEST_PRACTICE,
        DEALS,
        CALLS,
        SEARCH,
        DEAL,
        CALL,
        TRACKERS,
        SYSTEM,
    )
}
"""By name."""
