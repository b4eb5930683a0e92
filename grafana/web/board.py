"""One viewer's page: the items in their places, kept fresh."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any  # Any: panels of any kind

from nicegui import Client, background_tasks, ui

from grafana import theme
from grafana.macros import MacroError
from grafana.pages.common.panels import ANNOTATIONS, TEAM
from grafana.panels.pages import At, Placed
from grafana.panels.panels import Alerts, Headline, Panel, Section, Stat, Table, Trend, Words
from grafana.panels.queries import Query
from grafana.web import words
from grafana.web.alerts import AlertWatch
from grafana.web.cells import Locale
from grafana.web.charts.draw import CHARTS
from grafana.web.charts.trend import Note
from grafana.web.config import PageConfig
from grafana.web.frames import Frame
from grafana.web.header import Header
from grafana.web.queries import QueryError, QueryRunner, SlowError, UnreachableError
from grafana.web.ranges import RangeError
from grafana.web.tables import TableView
from grafana.web.tracker_form import TRACKED, TrackerPanel, carry_out
from grafana.web.viewer import DEFAULT_RANGE, Viewer
from grafana.web.views import (
    AlertsView,
    ChartView,
    HeadlineView,
    PanelView,
    SectionView,
    StatView,
    View,
    WordsView,
    card_style,
)
from schemas.events import TrackerKind
from streams.trackers.model import TrackerForm

STYLE = Path(__file__).with_name("style.css")

TOGETHER_SECONDS = 2.0
"""So long panels that have their answer wait for the others after a choice, so that all change at once."""

QUIET_SECONDS = 30.0
"""A live panel whose answer has not changed for so long is asked for as often as the others: its call is over."""

CONTENT = "content"
"""The element that holds what the page shows."""
LIVE_SECONDS = 1.0
"""Between looks whether newer data came, where a panel shows each event as it comes."""
NOTES_EVERY = 30.0
"""Seconds between looks for what trends have to be read with."""

WALL_SCALE = 2.1
"""Letters on the wall are read from four metres."""

# the wall is laid out for 1920 x 1080 and drawn as large as the screen is
WALL_SCRIPT = """<script>
  const fit = () => document.documentElement.style.setProperty(
    '--wall-scale', Math.min(innerWidth / 1920, innerHeight / 1080));
  addEventListener('resize', fit); fit();
  const tick = () => document.querySelectorAll('.bar-clock').forEach(clock => clock.textContent =
    new Date().toLocaleTimeString(document.documentElement.lang === 'da' ? 'da' : 'en-GB',
      {timeZone: clock.dataset.zone, hour: '2-digit', minute: '2-digit'}));
  setInterval(tick, 1000); tick();
</script>"""

# where a link is taken out, by an answer with fewer rows or by another choice, what stands in its place has the focus
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

# paper has another width than the screen, and charts are not drawn anew for it: they are scaled
PRINT_SCRIPT = """<script>
  addEventListener('beforeprint', () => document.querySelectorAll('.panel-chart svg').forEach(chart =>
    chart.setAttribute('viewBox', `0 0 ${chart.clientWidth} ${chart.clientHeight}`)));
</script>"""


class Board:
    """Builds a viewer's page for one browser tab and keeps it fresh."""

    def __init__(
        self,
        viewer: Viewer,
        config: PageConfig,
        runner: QueryRunner,
        watch: AlertWatch,
        client: Client,
        is_signed_in: Callable[[], bool],
    ) -> None:
        self.viewer = viewer
        self.config = config
        self.client = client
        self.watch = watch.seen_by(viewer.access.may_see)
        self.editor = config.editor if viewer.access.edits else None
        self._is_signed_in = is_signed_in
        scale = WALL_SCALE if viewer.kiosk else 1
        self.locale = Locale(viewer.language, viewer.zone, scale)
        self._runner = runner
        self._views: list[View[Any]] = []
        self._cards: dict[At, ui.element] = {}
        self._asking: dict[str, asyncio.Task[Frame | Exception]] = {}
        self._last: dict[str, tuple[Frame | Exception, float]] = {}

    def build(self) -> None:
        """Draws the page and starts to keep it fresh."""
        page = self.viewer.page
        ui.add_css(STYLE)
        ui.colors(primary=theme.ACCENT, positive=theme.POSITIVE, negative=theme.NEGATIVE)
        ui.page_title(f"Salgspuls / {page.title.of(self.viewer.language)}")
        ui.query("html").props(f"lang={self.viewer.language}")
        with ui.element("div").classes("wall" if self.viewer.kiosk else "desk"):
            if not self.viewer.kiosk:
                self._skip_links()
            self._refuse_bad_range()
            self._header = Header(
                self.viewer, self.query, self.watch, self.moved, self.client, self.config.stale_after
            )
            with (
                ui.element("main")
                .classes("grid")
                .style(f"--rows: {page.rows}")
                .props(f'id="{CONTENT}" tabindex="-1"')
            ):
                self._views = [self._in_its_card(placed) for placed in page.items]
            if page.edits_trackers:
                self._tracker_form()
        ui.add_body_html(WALL_SCRIPT if self.viewer.kiosk else FOCUS_SCRIPT + PRINT_SCRIPT)
        ahead = self._asks_ahead()
        if ahead:
            self.refresh()
            self._runner.ahead = tuple(self._asking.values())
        ui.timer(self.config.refresh, self.refresh, immediate=not ahead)
        if any(panel.live for panel in page.panels):
            ui.timer(LIVE_SECONDS, self._refresh_live, immediate=False)
        if self.viewer.kiosk and self.viewer.rotate:
            ui.timer(self.viewer.rotate, self._rotate)
        if any(isinstance(panel, Trend) for panel in page.panels):
            ui.timer(NOTES_EVERY, self._refresh_notes)

    def _asks_ahead(self) -> bool:
        """Whether to ask while the browser still loads its scripts, before its connection shows that there is one. Of a
        stranger's request only what others ask, too, and of one at a time: addresses that are made up keep the database
        no busier than one page does."""
        return bool(self.viewer.access.name) or (self.viewer.is_common and self._runner.is_free)

    async def query(self, query: Query | str) -> Frame:
        """The answer to a query as this viewer asks it. Raises QueryError and MacroError."""
        clocked = isinstance(query, Query) and query.clocked
        return await self._ask_for_sql(self.viewer.sql(query), clocked)

    async def _ask_for_sql(self, sql: str, clocked: bool) -> Frame:
        run = self._runner.run_now if clocked else self._runner.run
        return await run(sql, self.viewer.access.filters)

    def refresh(self) -> None:
        """Asks for everything again, unless a panel still waits for its first answer: to ask the others meanwhile would
        make it wait longer."""
        if not self._is_signed_in():
            ui.navigate.reload()
            return
        self._refresh_header()
        for view in self._views:
            if isinstance(view, AlertsView):
                view.show_states(self.watch.states)
        panels = self._panels()
        if not any(view.panel.name in self._asking and not view.answered for view in panels):
            self._ask_again(panels)

    def _refresh_live(self) -> None:
        """Asks for what shows each event as it comes, while it comes. Who is no longer signed in is sent away by
        `refresh`, which also asks for what failed or has not changed for a while."""
        if self._is_signed_in():
            self._ask_again([view for view in self._panels() if view.panel.live and self._moves(view)])

    def _moves(self, view: PanelView[Panel]) -> bool:
        """Whether a panel's answer has changed lately."""
        _, changed_at = self._last.get(view.panel.name, (None, -QUIET_SECONDS))
        return view.answered and not view.failed and time.monotonic() < changed_at + QUIET_SECONDS

    def _panels(self) -> list[PanelView[Panel]]:
        return [view for view in self._views if isinstance(view, PanelView)]

    def _ask_again(self, panels: Iterable[PanelView[Panel]]) -> None:
        """Asks for some panels again; one whose last question still runs is left alone."""
        for view in panels:
            if view.panel.name not in self._asking:
                background_tasks.create(self._show_late(view, self._ask_for(view)))

    def _refresh_header(self) -> None:
        background_tasks.create(self._header.freshness.refresh(self._runner.run_now))
        background_tasks.create(self._header.refresh())

    def moved(self) -> None:
        """The viewer has chosen another range or another value of a variable: everything follows."""
        ui.navigate.history.replace(self.viewer.address())
        self._follow_choice()

    def _follow_choice(self) -> None:
        """Marks what answers an earlier choice, no longer asks for it, and asks for what answers this one."""
        for task in self._asking.values():
            task.cancel()
        self._asking.clear()
        for view in self._views:
            view.moved()
        self._refresh_header()
        background_tasks.create(self._answer_together())

    async def _rotate(self) -> None:
        """The wall of the next team; after the last one that of everybody."""
        try:
            teams = [str(value) for value in (await self.query(TEAM.query)).columns[0].values]
        except (QueryError, MacroError, IndexError):
            return  # the banner says that the database does not answer
        shown = "".join(self.viewer.chosen(TEAM.name)[:1])
        after = teams.index(shown) + 1 if shown in teams else 0
        self.viewer.choose(TEAM.name, teams[after : after + 1])
        self._header.name_team()
        self._follow_choice()

    def _in_its_card(self, placed: Placed) -> View[Any]:
        """An item in the page's grid, or in its card, which the first of its items brings."""
        if placed.card is None:
            return self._view(placed)
        if placed.card not in self._cards:
            self._cards[placed.card] = ui.element("div").classes("card").style(card_style(placed.card))
        with self._cards[placed.card]:
            return self._view(placed)

    def _view(self, placed: Placed) -> View[Any]:
        locale, follow = self.locale, self.viewer.follow
        match placed.item:
            case Stat() as stat:
                return StatView(stat, placed, locale, follow)
            case Headline() as headline:
                return HeadlineView(headline, placed, locale, follow)
            case Table() as table:
                view = TableView(table, placed, locale, follow)
                if table.trackable and self.editor is not None:
                    view.offer_tracking(self._track)
                if table.starrable and self.config.stars is not None and self.viewer.access.stars:
                    view.offer_stars(self._star)
                return view
            case Words() as fixed:
                return WordsView(fixed, placed, locale, follow)
            case Section() as section:
                return SectionView(section, placed, locale, follow)
            case Alerts() as alerts:
                return AlertsView(alerts, placed, locale, follow)
            case chart if isinstance(chart, CHARTS):
                return ChartView(chart, placed, locale, follow)
            case other:
                raise TypeError(f"no view for {type(other).__name__}")

    def _skip_links(self) -> None:
        """Lead the keyboard past the header, to what is shown and to each section; seen while they have the focus."""
        language = self.viewer.language
        sections = [placed.item for placed in self.viewer.page.items if isinstance(placed.item, Section)]
        with ui.element("nav").classes("skip").props(f'aria-label="{words.SKIP.of(language)}"'):
            ui.link(words.SKIP.of(language), f"#{CONTENT}")
            for section in sections:
                ui.link(section.title.of(language), f"#section-{section.name}")

    def _refuse_bad_range(self) -> None:
        try:
            self.viewer.time_range()
        except RangeError as error:
            ui.label(
                words.BAD_RANGE.of(self.viewer.language).format(reason=error.text.of(self.viewer.language))
            ).classes("banner")
            self.viewer.range = DEFAULT_RANGE

    async def _refresh_notes(self) -> None:
        """What trends have to be read with; it is drawn with their next answer."""
        notes: list[Note] = []
        for annotation in ANNOTATIONS:
            try:
                frame = await self.query(annotation.query)
            except (QueryError, MacroError):
                continue
            rows = [frame.row(index) for index in range(frame.rows)]
            notes += [Note(row["time"], row["timeEnd"], row["text"], annotation.colour) for row in rows]
        for view in self._views:
            if isinstance(view, ChartView):
                view.notes = notes

    def _reason(self, error: Exception) -> str:
        """Why there is no answer, in the viewer's language where the reason is ours."""
        if isinstance(error, SlowError):
            return words.TOO_SLOW.of(self.viewer.language).format(seconds=error)
        if isinstance(error, UnreachableError):
            return words.UNREACHABLE.of(self.viewer.language)
        return str(error)

    def _tracker_form(self) -> None:
        if self.editor is None:
            ui.label(words.READ_ONLY.of(self.viewer.language)).classes("panel read-only")
            return
        form = TrackerPanel(
            self.editor, self.viewer.language, lambda: self._runner.run(TRACKED), self._edited
        )
        form.build()
        ui.timer(self.config.refresh, form.refresh)

    def _track(self, name: str, kind: TrackerKind) -> None:
        """Makes a tracker of a name that nobody tracks yet."""
        background_tasks.create(self._add(TrackerForm(name, kind)), context=self.client)

    async def _add(self, form: TrackerForm) -> None:
        language = self.viewer.language
        if self.editor is not None:
            said = words.SAVED.of(language).format(name=form.name)
            if await carry_out(self.editor.add(form), said, language) is None:
                self._edited()

    def _star(self, seller_id: str, starred: bool) -> None:
        """Puts a seller on the list of top sellers, or takes them off it."""
        background_tasks.create(self._change_star(seller_id, starred), context=self.client)

    async def _change_star(self, seller_id: str, starred: bool) -> None:
        language = self.viewer.language
        if self.config.stars is not None:
            said = (words.STARRED if starred else words.UNSTARRED).of(language)
            if await carry_out(self.config.stars.star(seller_id, starred), said, language) is None:
                self._edited()

    def _edited(self) -> None:
        """Asks again: no answer from before the edit will do."""
        self._runner.forget()
        self._refresh_header()
        self._ask_again(self._panels())

    async def _answer_together(self) -> None:
        """Answers a choice in one go: what takes longer than the others follows by itself."""
        views = {self._ask_for(view): view for view in self._views if isinstance(view, PanelView)}
        done, late = await asyncio.wait(views, timeout=TOGETHER_SECONDS)
        for answer in done:
            self._show(views[answer], answer.result())
        for answer in late:
            background_tasks.create(self._show_late(views[answer], answer))

    async def _show_late(self, view: PanelView[Panel], answer: asyncio.Task[Frame | Exception]) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            self._show(view, await answer)

    def _ask_for(self, view: PanelView[Panel]) -> asyncio.Task[Frame | Exception]:
        """Asks for a panel's answer; a later choice cancels it."""
        name = view.panel.name
        task = self._asking[name] = asyncio.create_task(self._answer(view))
        task.add_done_callback(
            lambda done: self._asking.pop(name) if self._asking.get(name) is done else None
        )
        return task

    async def _answer(self, view: PanelView[Panel]) -> Frame | Exception:
        try:
            query = view.panel.query
            columns = {column.name for column in getattr(view.panel, "columns", ())}
            sql = self.viewer.access.without_names(self.viewer.sql(query), columns)
            if view.panel.live:
                return await self._runner.run_live(sql, self.viewer.access.filters, LIVE_SECONDS / 2)
            return await self._ask_for_sql(sql, query.clocked)
        except (QueryError, MacroError) as error:
            return error

    def _show(self, view: PanelView[Panel], answer: Frame | Exception) -> None:
        if self.client.is_deleted:
            return
        last, changed_at = self._last.get(view.panel.name, (None, 0.0))
        self._last[view.panel.name] = answer, changed_at if answer == last else time.monotonic()
        if not isinstance(answer, Frame):
            view.fail(self._reason(answer))
        elif view.panel.live and view.answered and answer == last:
            view.confirm()  # what is asked so often is drawn only when it is new
        else:
            view.show(answer)
