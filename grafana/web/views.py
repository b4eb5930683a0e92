"""Items on the screen: each draws its answer, its error, or what it waits for, and none can break another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Generic, TypeVar

from nicegui import ui

from grafana.alerts.evaluate import AlertState
from grafana.i18n import Text
from grafana.panels.pages import At, Placed
from grafana.panels.panels import Alerts, Bars, Bubbles, Charted, Headline, Item, Panel, Section, Stat, Words
from grafana.web import cells, frames, words
from grafana.web.alerts import address
from grafana.web.cells import Follow, Locale
from grafana.web.charts import draw
from grafana.web.charts.layout import Canvas
from grafana.web.charts.trend import Note
from grafana.web.frames import Frame

T = TypeVar("T", bound=Item)
P = TypeVar("P", bound=Panel)

BAR_PIXELS = 30
"""Height that a bar, with a name of two lines, needs where there are many: a chart of them scrolls."""
LEGEND_PIXELS = 40
CARD_SPARES = 1
"""Rows of the grid that a chart in a card gets beside its own: headlines and reasons take less than their places."""

_CODE = re.compile(r"`([^`]+)`|([^`]+)")


def grid_style(at: At) -> str:
    """A place in the page's grid, as CSS."""
    return (
        f"grid-column: {at.x + 1} / span {at.w}; grid-row: {at.y + 1} / span {at.h}; --w: {at.w}; --h: {at.h}"
    )


def card_style(card: At) -> str:
    """A card's place, and its own grid: its words are as high as they are, and the charts have the rest."""
    return f"{grid_style(card)}; grid-template-columns: repeat({card.w}, minmax(0, 1fr))"


def place_style(placed: Placed) -> str:
    """An item's place: in the page's grid, or in that of its card, from above headline, charts, why it matters."""
    at, card = placed.at, placed.card
    if card is None:
        return grid_style(at)
    row = 1 if at.y == card.y else 3 if at.y + at.h == card.y + card.h else 2
    return f"grid-column: {at.x - card.x + 1} / span {at.w}; grid-row: {row}"


class View(Generic[T]):
    """An item's element in its place."""

    role = ""

    def __init__(self, item: T, placed: Placed, locale: Locale, follow: Follow) -> None:
        self.item = item
        self.space = placed.at if placed.card is None else placed.at._replace(h=placed.at.h + CARD_SPARES)
        self.locale = locale
        self.follow = follow
        kind = type(item).__name__.lower()
        self.card = ui.element("section").classes(f"panel panel-{kind} {self.role}")
        if placed.card is not None:
            self.card.classes("panel-inside")
        self.card.style(place_style(placed)).props(f'id="panel-{item.name}" data-panel="{item.name}"')
        with self.card:
            self.build_all()

    def of(self, text: Text) -> str:
        """A text in the viewer's language."""
        return text.of(self.locale.language)

    def build_all(self) -> None:
        """Makes all of its elements."""
        raise NotImplementedError

    def moved(self) -> None:
        """The range or a variable has been chosen anew."""


def header(view: View[T], title: Text, definition: Text) -> ui.element:
    """An item's title, and what its number means; links may stand in what is returned."""
    with ui.element("header").classes("panel-header"):
        with ui.element("h2").classes("panel-title"):
            ui.label(view.of(title))
        with (
            ui.button(icon="info_outline")
            .props("flat round dense size=xs tabindex=0")
            .classes("panel-about") as about
        ):
            about.props["aria-label"] = f"{view.of(words.ABOUT)}: {view.of(title)}"
            tooltip = ui.tooltip(view.of(definition)).classes("panel-tooltip")
        # Quasar shows it to the mouse only
        about.on("focus", js_handler=f"() => getElement({tooltip.id}).show()")
        about.on("blur", js_handler=f"() => getElement({tooltip.id}).hide()")
        return ui.element("div").classes("panel-links")


class PanelView(View[P]):
    """A panel's card: title with what the number means, content, or a message in its place.

    `answered` says whether this choice has had an answer or an error, `failed` whether the last was an error.
    """

    @property
    def panel(self) -> P:
        """What is drawn."""
        return self.item

    def build_all(self) -> None:
        self.links = header(self, self.panel.title, self.panel.definition)
        self.shown_at: datetime | None = None
        self.answered = False
        self.failed = False
        self.old = ui.label().classes("panel-old hidden").props('role="status"')
        with ui.element("div").classes("panel-body"):
            self.content = ui.element("div").classes("panel-content hidden")
            self.message = ui.label(self.of(words.LOADING)).classes("panel-message")
        with self.content:
            self.build()
        self.lead()

    def lead(self) -> None:
        """Draws where all of it leads, as of this choice. Nobody clicks on a wall."""
        link = self.panel.link
        self.links.clear()
        if link is not None and self.locale.scale == 1:
            with self.links:
                ui.link(self.of(link.title), self.follow(link, {})).classes("panel-link")

    def build(self) -> None:
        """Makes the elements that `draw` fills."""
        raise NotImplementedError

    def draw(self, frame: Frame) -> None:
        """Shows an answer that has rows."""
        raise NotImplementedError

    def show(self, frame: Frame) -> None:
        """Shows an answer, or what it waits for when there is none."""
        self.answered, self.failed = True, False
        self.card.classes(remove="panel-pending")
        self.old.classes("hidden")
        try:
            frame = frames.taken(self.panel, frame)
            self.message.set_visibility(False)
            self.content.classes(remove="hidden")
            if frame.rows == 0:
                self.wait()
            else:
                self.draw(frame)
            self.shown_at = datetime.now(UTC)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            self.fail(f"{type(error).__name__}: {error}")

    def confirm(self) -> None:
        """What is shown is the answer still."""
        self.shown_at = datetime.now(UTC)

    def wait(self) -> None:
        """Says what it waits for."""
        self.say(self.of(self.panel.empty), "empty")

    def fail(self, reason: str) -> None:
        """Says what is wrong: beside the last answer, with its age, or in place of it where there is none yet."""
        self.answered = self.failed = True
        self.card.classes(remove="panel-pending")
        if self.shown_at is None:
            self.say(self.of(words.BROKEN).format(reason=reason), "error")
            return
        time = self.shown_at.astimezone(self.locale.zone).strftime("%H:%M:%S")
        self.old.set_text(self.of(words.AS_OF).format(time=time, reason=reason))
        self.old.classes(remove="hidden")

    def moved(self) -> None:
        """What is shown answers another choice: it is marked until the new answer is here."""
        self.card.classes("panel-pending")
        self.shown_at = None
        self.answered = False
        self.lead()

    def say(self, text: str, state: str) -> None:
        """A message in place of the content."""
        self.content.classes("hidden")
        self.message.set_text(text)
        self.message.classes(replace=f"panel-message panel-message-{state}")
        self.message.set_visibility(True)


def anchored_number() -> tuple[ui.element, ui.label]:
    """A number or sentence, and what makes a link of it."""
    with ui.element("a").classes("stat-link") as anchor:
        return anchor, ui.label().classes("stat-value")


def lead_number(view: PanelView[P], anchor: ui.element) -> None:
    """Makes a number or sentence the link of its panel; without one it is plain text."""
    link = view.panel.link
    if link is not None and view.locale.scale == 1:
        anchor.props["href"] = view.follow(link, {})
        anchor.props["title"] = view.of(link.title)
        anchor.update()


class StatView(PanelView[Stat]):
    """One number and what stands beside it."""

    def build(self) -> None:
        self.anchor, self.value = anchored_number()
        self.note = ui.label().classes("stat-note")

    def lead(self) -> None:
        """The number itself leads on."""
        lead_number(self, self.anchor)

    def draw(self, frame: Frame) -> None:
        row = frame.row(0)
        if row["value"] is None:
            self.wait()
            return
        self.value.set_text(str(row["value"]))
        self.note.set_text(str(row.get("note") or ""))


class HeadlineView(PanelView[Headline]):
    """A sentence."""

    def build(self) -> None:
        self.anchor, self.value = anchored_number()

    def lead(self) -> None:
        """The sentence itself leads on."""
        lead_number(self, self.anchor)

    def draw(self, frame: Frame) -> None:
        said = frame.row(0)[self.panel.column]
        if said is None:
            self.wait()
        else:
            self.value.set_text(str(said))


class ChartView(PanelView[Charted]):
    """A chart by ECharts; `notes` are what a trend has to be read with."""

    notes: Sequence[Note] = ()

    def build(self) -> None:
        self.chart = ui.echart({}, renderer="svg").classes("panel-chart")
        if isinstance(self.panel, Bubbles) and not self.panel.axes:
            self.chart.classes("panel-named")
        if not (isinstance(self.panel, Bars) and self.panel.scrolls):
            self.content.classes("panel-still")
        # not on_point_click: that wants a value, which an interval of a timeline has not
        self.chart.on("componentClick", lambda click: self._follow(click.args.get("data")), ["data"])

    def draw(self, frame: Frame) -> None:
        self.frame = frame
        if draw.nothing_to_draw(self.panel, frame):
            self.wait()
            return
        options = draw.options(self.panel, frame, Canvas(self.locale, self.space), self.notes)
        if isinstance(self.panel, Bars) and self.panel.scrolls:
            self.chart.style(f"min-height: {frame.rows * BAR_PIXELS + LEGEND_PIXELS}px")
        if options != self.chart.options:
            self.chart.options.clear()
            self.chart.options.update(options)
            self.chart.update()

    def _follow(self, mark: object) -> None:
        """Opens what a mark leads to, if it knows its place in the frame and its column has a link."""
        if not isinstance(mark, dict) or not {"column", "index"} <= mark.keys():
            return
        if mark["index"] >= self.frame.rows:
            return  # it was clicked while the chart was drawn anew
        settings = self.panel.column(mark["column"])
        if address := cells.address(settings, self.frame.row(mark["index"]), self.follow):
            ui.navigate.to(address)


class WordsView(View[Words]):
    """Fixed words, of which some are code, and a link."""

    role = "panel-why"

    def build_all(self) -> None:
        self.content = ui.element("div").classes("panel-content")
        self.moved()

    def moved(self) -> None:
        """Writes the words anew: the link carries the range and the variables."""
        self.content.clear()
        link = self.item.link
        with self.content, ui.element("p").classes("text-panel"):
            for code, plain in _CODE.findall(self.of(self.item.text)):
                ui.label(code or plain).classes("text-code" if code else "text-words")
            if link is not None:
                ui.link(self.of(link.title), self.follow(link, {})).classes("text-link")


class SectionView(View[Section]):
    """The heading of a section."""

    def build_all(self) -> None:
        ui.label(self.of(self.item.title)).classes("section-title").props(
            f'id="section-{self.item.name}" role="heading" aria-level="2" tabindex="-1"'
        )


class AlertsView(View[Alerts]):
    """The alerts that fire or are about to."""

    def build_all(self) -> None:
        header(self, self.item.title, self.item.definition)
        self.content = ui.element("div").classes("panel-body")
        self._shown: list[AlertState] | None = None

    def show_states(self, states: Sequence[AlertState]) -> None:
        """Lists the alerts, first what fires."""
        shown = [alert for alert in states if alert.state != "normal" or alert.error]
        if shown == self._shown:
            return
        self._shown = shown
        self.content.clear()
        with self.content:
            if not shown:
                ui.label(self.of(words.NO_ALERTS)).classes("panel-message panel-message-empty")
            for alert in shown:
                self._row(alert)

    def _row(self, alert: AlertState) -> None:
        state = {"firing": words.FIRING, "pending": words.PENDING, "normal": words.NORMAL}[alert.state]
        language = self.locale.language
        with ui.element("div").classes("alert-row"):
            ui.label(self.of(state)).classes(f"badge alert-{alert.state}")
            ui.link(
                alert.error or alert.summary(language), address(alert.rule.details, alert.labels, language)
            )
