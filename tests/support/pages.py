"""Panels by page and name, and what they draw of a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from clickhouse_connect.driver import Client

from grafana.config import TIME_ZONE, Enough, goals
from grafana.i18n import Language
from grafana.macros import ALL, Variable, expand
from grafana.pages.catalogue import PAGES
from grafana.panels.panels import Panel
from grafana.panels.queries import Query
from grafana.sql import Writer
from grafana.web import frames
from grafana.web.frames import Frame
from grafana.web.queries import frame_of
from grafana.web.ranges import RawRange
from grafana.web.viewer import EVERYBODY

ZONE = ZoneInfo(TIME_ZONE)
ALL_TIME = RawRange("now-50y", "now")
EVERY_PANEL = [(page.name, panel.name) for page in PAGES.values() for panel in page.panels]
VARIABLES = {
    "tz": Variable((TIME_ZONE,)),
    "fiscal_start": Variable(("1",)),
    "recording_url": Variable(("",)),
    "goals": Variable((goals(),)),
    **{name: Variable((str(number),)) for name, number in Enough()._asdict().items()},
    "team": Variable((ALL,), True, (), EVERYBODY),
    "seller": Variable((ALL,), True, (), EVERYBODY),
    **{typed.name: Variable(("",)) for page in PAGES.values() for typed in page.inputs},
    **{
        choice.name: Variable((ALL,), True, (), EVERYBODY)
        for page in PAGES.values()
        for choice in page.choices
    },
}
"""As a page opens."""


def sql_of(
    query: Query | str,
    now: datetime,
    language: Language = "en",
    raw: RawRange = ALL_TIME,
    chosen: Mapping[str, Variable] | None = None,
) -> str:
    """A query as ClickHouse gets it."""
    text = query if isinstance(query, str) else query.sql(Writer(language))
    return expand(text, raw.resolve(now, ZONE), VARIABLES | dict(chosen or {}))


def drawn(
    client: Client,
    panel: Panel,
    now: datetime,
    language: Language = "en",
    raw: RawRange = ALL_TIME,
    chosen: Mapping[str, Variable] | None = None,
) -> Frame:
    """What a panel draws of the answer to its query."""
    answer = client.query(sql_of(panel.query, now, language, raw, chosen))
    return frames.taken(panel, frame_of(answer))
