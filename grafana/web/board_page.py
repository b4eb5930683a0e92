"""One viewer's dashboard: the range and the variables that he chose, and the panels that follow them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from nicegui import Client, background_tasks, ui

from grafana import theme as look
from grafana.i18n import Language
from grafana.macros import ALL, MacroError, TimeRange, Variable, expand, interpolate
from grafana.web import words
from grafana.web.alerts import AlertWatch
from grafana.web.board import Board, BoardVariable
from grafana.web.cells import Locale
from grafana.web.charts import Note
from grafana.web.config import PageConfig
from grafana.web.header import Header
from grafana.web.queries import Frame, QueryError, QueryRunner
from grafana.web.ranges import RangeError, RawRange
from grafana.web.trackers import TRACKED, TrackerPanel, carry_out
from grafana.web.views import AlertView, ChartView, PanelView, TableView, TextView, view_of
from schemas.events import TrackerKind
from streams.trackers.model import TrackerForm

STYLE = Path(__file__).with_name("style.css")

NAMES_PANEL = 20
"""The table of names that nobody tracks, on the page of brands."""

NOTES_EVERY = 30.0
"""Seconds between looks for what trends have to be read with."""

WALL_SCALE = 1.5
"""Letters on the wall are read from four metres."""

# the wall is laid out for 1920 x 1080 and drawn as large as the screen is
WALL_SCRIPT = """<script>
  const fit = () => document.documentElement.style.setProperty(
    '--wall-scale', Math.min(innerWidth / 1920, innerHeight / 1080));
  addEventListener('resize', fit); fit();
</script>"""

# an answer replaces the rows of its table: what had the focus hands it to what stands in its place
FOCUS_SCRIPT = """<script>
  let kept = null;
  const within = panel => [...panel.querySelectorAll('a, button')];
  addEventListener('focusin', event => {
    const panel = event.target.closest('[data-panel]');
    kept = panel && {panel, element: event.target, index: within(panel).indexOf(event.target)};
  });
  new MutationObserver(() => {
    if (kept && !kept.element.isConnected && document.activeElement === document.body)
      within(kept.panel)[kept.index]?.focus({preventScroll: true});
  }).observe(document.documentElement, {childList: true, subtree: true});
</script>"""


class BoardPage:
    """Builds a dashboard's page for one browser tab and keeps it fresh."""

    def __init__(
        self,
        uid: str,
        boards: Mapping[str, Board],
        config: PageConfig,
        runner: QueryRunner,
        watch: AlertWatch,
        client: Client,
        parameters: Mapping[str, list[str]],
    ) -> None:
        self.board = boards[uid]
        self.boards = boards
        self.config = config
        self.client = client
        self.kiosk = "kiosk" in parameters
        scale = WALL_SCALE if self.kiosk else 1
        self.locale = Locale(cast(Language, self.board.language), ZoneInfo(config.time_zone), scale)
        default = self.board.default_range
        self.range = RawRange(
            parameters.get("from", [default.start])[-1], parameters.get("to", [default.end])[-1]
        )
        self.variables = {
            variable.name: self._chosen(variable, parameters) for variable in self.board.variables
        }
        self.watch = watch
        self._runner = runner
        self._views: list[PanelView] = []
        self._busy: set[int] = set()

    def build(self) -> None:
        """Draws the page and starts to keep it fresh."""
        ui.add_css(STYLE)
        ui.colors(primary=look.ACCENT, positive=look.POSITIVE, negative=look.NEGATIVE)
        ui.page_title(self.board.title)
        ui.query("html").props(f"lang={self.locale.language}")
        with ui.element("div").classes("wall" if self.kiosk else "desk"):
            self._refuse_bad_range()
            header = Header(self)
            can_track = self.board.page == "brands" and self.config.editor is not None
            rows = "minmax(0, 1fr)" if self.kiosk else "30px"
            with (
                ui.element("div")
                .classes("grid")
                .style(f"grid-template-rows: repeat({self.board.rows}, {rows})")
            ):
                for card in self.board.cards:
                    ui.element("div").classes("card").style(card.style)
                self._views = [
                    view_of(panel, self.locale, self.resolve, self.board.in_card(panel))
                    for panel in self.board.panels
                ]
            for view in self._views:
                if can_track and isinstance(view, TableView) and view.panel.id == NAMES_PANEL:
                    view.offer_tracking(self._track)
            if self.board.page == "trackers":
                self._tracker_form()
        ui.add_body_html(WALL_SCRIPT if self.kiosk else FOCUS_SCRIPT)
        self._header = header
        ui.timer(self.config.refresh, self.refresh)
        if any(view.panel.kind == "timeseries" for view in self._views):
            ui.timer(NOTES_EVERY, self._refresh_notes)

    def time_range(self) -> TimeRange:
        """The range at this moment, to the second."""
        return self.range.resolve(datetime.now(UTC).replace(microsecond=0), self.locale.zone)

    def resolve(self, text: str, scoped: Mapping[str, str]) -> str:
        """Fills variables, the range and a row's values into a link."""
        return interpolate(
            text, self.time_range(), self.variables, {"__url_time_range": self.range.query, **scoped}
        )

    async def query(self, sql: str) -> Frame:
        """The answer to a query as the dashboard writes it. Raises QueryError and MacroError."""
        return await self._runner.run(expand(sql, self.time_range(), self.variables))

    def refresh(self) -> None:
        """Asks for everything anew; a panel whose last question still runs is left alone."""
        background_tasks.create(self._header.refresh())
        for view in self._views:
            if isinstance(view, AlertView):
                view.show_states(self.watch.states)
        for view in self._views:
            if view.panel.queries and view.panel.id not in self._busy:
                background_tasks.create(self._refresh_panel(view))

    def address(self, uid: str, time_range: RawRange | None = None, kiosk: bool = False) -> str:
        """Another dashboard with this range and, where it has them, these variables."""
        chosen = time_range or self.range
        parameters = [("from", chosen.start), ("to", chosen.end)]
        names = {variable.name for variable in self.boards[uid].variables if variable.visible}
        for name in sorted(names & self.variables.keys()):
            parameters += [(f"var-{name}", value) for value in self.variables[name].values]
        return f"/d/{uid}?{urlencode(parameters)}{'&kiosk' if kiosk else ''}"

    def choose(self, name: str, values: list[str]) -> None:
        """Sets a variable, for everything that follows it, and in the address."""
        known = self.variables[name]
        nothing = (ALL,) if known.multi else ("",)
        self.variables[name] = Variable(tuple(values) or nothing, known.multi, known.options, known.all_value)
        self._changed()

    def choose_range(self, chosen: RawRange) -> None:
        """Sets the time range. Raises RangeError."""
        chosen.resolve(datetime.now(UTC), self.locale.zone)
        self.range = chosen
        self._changed()

    def _changed(self) -> None:
        ui.navigate.history.replace(self.address(self.board.uid, kiosk=self.kiosk))
        self._busy.clear()
        for view in self._views:
            if isinstance(view, TextView):
                view.follow()
        self.refresh()

    def _chosen(self, variable: BoardVariable, parameters: Mapping[str, list[str]]) -> Variable:
        fixed = {"tz": self.config.time_zone, "fiscal_start": str(self.config.fiscal_start)}
        if variable.name in fixed:
            return Variable((fixed[variable.name],))
        values = tuple(value for value in parameters.get(f"var-{variable.name}", ()) if value)
        return Variable(values or variable.default, variable.multi, (), variable.all_value)

    def _refuse_bad_range(self) -> None:
        try:
            self.time_range()
        except RangeError as error:
            ui.label(
                words.BAD_RANGE.of(self.locale.language).format(reason=error.text.of(self.locale.language))
            ).classes("banner")
            self.range = self.board.default_range

    async def _refresh_notes(self) -> None:
        """What trends have to be read with; it is drawn with their next answer."""
        notes: list[Note] = []
        for item in self.board.annotations:
            try:
                frame = await self.query(str(item["target"]["rawSql"]))
            except (QueryError, MacroError):
                continue
            rows = [frame.row(index) for index in range(frame.rows)]
            notes += [Note(row["time"], row["timeEnd"], row["text"], str(item["iconColor"])) for row in rows]
        for view in self._views:
            if isinstance(view, ChartView):
                view.notes = notes

    def _tracker_form(self) -> None:
        if self.config.editor is None:
            ui.label(words.READ_ONLY.of(self.locale.language)).classes("panel read-only")
            return
        form = TrackerPanel(
            self.config.editor, self.locale.language, lambda: self._runner.run(TRACKED), self._edited
        )
        form.build()
        ui.timer(self.config.refresh, form.refresh)

    def _track(self, name: str, kind: TrackerKind) -> None:
        """Makes a tracker of a name that nobody tracks yet."""
        background_tasks.create(self._add(TrackerForm(name, kind)), context=self.client)

    async def _add(self, form: TrackerForm) -> None:
        language = self.locale.language
        if self.config.editor is not None:
            said = words.SAVED.of(language).format(name=form.name)
            if await carry_out(self.config.editor.add(form), said, language) is None:
                self._edited()

    def _edited(self) -> None:
        """Asks anew: no answer from before the edit will do."""
        self._runner.forget()
        self.refresh()

    async def _refresh_panel(self, view: PanelView) -> None:
        asked = (self.range, dict(self.variables))
        self._busy.add(view.panel.id)
        try:
            frame = await self.query(view.panel.queries[0])
        except (QueryError, MacroError) as error:
            if not self.client.is_deleted:
                view.fail(str(error))
        else:
            if not self.client.is_deleted and asked == (self.range, self.variables):
                view.show(frame)
        finally:
            self._busy.discard(view.panel.id)
