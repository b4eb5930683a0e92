"""A walk over the links of the pages: opens addresses as the page does, and collects where each leads."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from clickhouse_connect.driver import Client

from grafana.config import TIME_ZONE, Enough, goals
from grafana.i18n import page_of
from grafana.pages.catalogue import PAGES
from grafana.panels.panels import Charted, Panel, Words
from grafana.web import cells, frames
from grafana.web.frames import Frame
from grafana.web.queries import frame_of
from grafana.web.viewer import Viewer

START = "from=now-60d&to=now&var-team=Nord"


class Walk:
    """Opens addresses as the page does, and collects where each leads."""

    def __init__(self, reader: Client) -> None:
        self._reader = reader
        self._answers: dict[str, Frame] = {}

    def open(self, address: str) -> tuple[Viewer, str]:
        """The page of an address, and the panel that it leads to, which may be none."""
        parts = urlsplit(address)
        name, language = page_of(parts.path.removeprefix("/d/"))
        fixed = {"tz": TIME_ZONE, "fiscal_start": "1", "recording_url": "", "goals": goals()}
        fixed |= {name: str(number) for name, number in Enough()._asdict().items()}
        query = parse_qs(parts.query, keep_blank_values=True)
        viewer = Viewer(PAGES[name], language, ZoneInfo(TIME_ZONE), fixed, query)
        return viewer, parts.fragment.removeprefix("panel-")

    def drawn(self, viewer: Viewer, panel: Panel) -> Frame:
        sql = viewer.sql(panel.query)
        if sql not in self._answers:
            self._answers[sql] = frame_of(self._reader.query(sql))
        return frames.taken(panel, self._answers[sql])

    def links(self, viewer: Viewer, only: str = "") -> Iterator[tuple[str, str]]:
        """Each panel, or `only` one, and where it leads: all of it, its first row and its last row."""
        for placed in viewer.page.items:
            if only and placed.item.name != only:
                continue
            match placed.item:
                case Words(name=name, link=link) if link is not None:
                    yield name, viewer.follow(link, {})
                case Panel() as panel:
                    frame = self.drawn(viewer, panel)
                    if panel.link is not None and frame.rows:
                        yield panel.name, viewer.follow(panel.link, {})
                    if isinstance(panel, Charted) and frame.rows:
                        rows = [frame.row(index) for index in {0, frame.rows - 1}]
                        found = {
                            cells.address(column, row, viewer.follow)
                            for column in panel.columns
                            for row in rows
                        }
                        yield from ((panel.name, address) for address in sorted(found - {""}))


def shape(address: str) -> tuple[str, str]:
    """What is the same of links that differ in the row only."""
    parts = urlsplit(address)
    return parts.path, parts.fragment
