"""What the page needs to know to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clickhouse.client import ClickHouseConfig
from grafana.alerts.rules import Office
from grafana.config import TIME_ZONE, Enough
from grafana.i18n import Language
from grafana.pages.catalogue import PAGES
from grafana.panels.pages import Page
from grafana.web.users import UserFile
from streams.sellers.model import SellerEditor
from streams.trackers.model import TrackerEditor


@dataclass(frozen=True, slots=True)
class PageConfig:
    """Where the page listens, which ClickHouse it reads (as the reader, who may not write), and how it looks.

    Times in seconds. `fiscal_start` is the first month of the fiscal year, 1 to 12; `recording_url` is where recordings
    are played, with `{recording}` and `{seconds}`; `goals` are ranges as `questions=22-28`; `enough` is what
    sellers are judged by; `pages` are shown by name; `office` says when alerts expect calls.
    """

    clickhouse: ClickHouseConfig
    host: str = "127.0.0.1"
    port: int = 8080
    hosts: tuple[str, ...] = ()
    """Names, besides loopback, under which the page may be asked for."""
    max_pages: int = 200
    """Pages that may be open at once, in all browsers together."""
    language: Language = "en"
    time_zone: str = TIME_ZONE
    fiscal_start: int = 1
    recording_url: str = ""
    goals: str = ""
    enough: Enough = field(default_factory=Enough)
    refresh: float = 5.0
    query_timeout: float = 10.0
    stale_after: float = 60.0
    pages: Mapping[str, Page] = field(default_factory=lambda: PAGES)
    office: Office = field(default_factory=Office)
    users: UserFile | None = None
    """Who may sign in; without, everybody who reaches the page sees all of it."""
    stars: SellerEditor | None = None
    """Who gives stars to sellers; without one the page only shows them."""
    editor: TrackerEditor | None = None
    """Who carries out changes of trackers; without one the page only reads."""
