"""Panels on the screen: each draws its answer, its error, or what it waits for, and none can break another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from grafana.alerts.evaluate import AlertState
from grafana.web import cells, charts, transform, words
from grafana.web.alerts import address
from grafana.web.board import Panel
from grafana.web.cells import Locale, Resolve
from grafana.web.queries import Frame
from schemas.events import TrackerKind

_CELL = """
<q-td :props="props" :class="'cell cell-' + props.col.cell">
  <template v-if="props.value.parts">
    <template v-for="(part, i) in props.value.parts" :key="i"
      ><mark v-if="i % 2">{{ part }}</mark><template v-else>{{ part }}</template></template>
  </template>
  <template v-else-if="props.value.chips">
    <span v-for="chip in props.value.chips" :key="chip" class="chip">{{ chip }}</span>
  </template>
  <div v-else-if="props.value.bar !== undefined" class="cell-bar">
    <span class="cell-bar-number">{{ props.value.text }}</span>
    <span class="cell-bar-track"><span class="cell-bar-fill"
      :style="{ width: props.value.bar + '%', background: props.value.colour }"></span></span>
  </div>
  <a v-else-if="props.value.href" :href="props.value.href">{{ props.value.text }}</a>
  <span v-else-if="props.col.cell === 'color-background'" class="badge"
    :style="{ background: props.value.colour }">{{ props.value.text }}</span>
  <span v-else-if="props.col.cell === 'color-text'" :style="{ color: props.value.colour }">{{ props.value.text }}</span>
  <span v-else>{{ props.value.text }}</span>
</q-td>
"""


_HEAD = """
<q-th :props="props" :aria-sort="!props.col.__thClass.includes('sorted') ? 'none'
    : props.col.__thClass.includes('sort-desc') ? 'descending' : 'ascending'">
  <button v-if="props.col.sortable" type="button" class="sort" @click.stop="props.sort(props.col)"
    >{{ props.col.label }}</button>
  <template v-else>{{ props.col.label }}</template>
</q-th>
"""

_TRACK = """
<q-td :props="props" class="cell-track">
  <q-btn v-for="(kind, i) in ['keyword', 'competitor']" :key="kind" :label="props.col.kinds[i]"
    flat dense no-caps color="primary" @click="$parent.$emit('track', { name: props.row.c0.text, kind: kind })" />
</q-td>
"""

_MARKUP = re.compile(r"\[([^\]]+)\]\(([^)]*)\)|`([^`]+)`|([^\[`]+|.)")


class PanelView:
    """A panel's card: title with what the number means, content, or a message in its place."""

    def __init__(self, panel: Panel, locale: Locale, resolve: Resolve, inside: bool = False) -> None:
        self.panel = panel
        self.locale = locale
        self.resolve = resolve
        card = ui.element("section").classes(f"panel panel-{panel.kind} {panel.role}")
        if inside:
            card.classes("panel-inside")
        card.style(panel.place.style)
        card.props(f'data-panel="{panel.id}"')
        with card:
            self._header()
            with ui.element("div").classes("panel-body"):
                self.content = ui.element("div").classes("panel-content hidden")
                self.message = ui.label(words.LOADING.of(locale.language)).classes("panel-message")
            with self.content:
                self.build()

    def _header(self) -> None:
        panel = self.panel
        if not panel.title and not panel.links:
            return
        with ui.element("header").classes("panel-header"):
            with ui.element("h2").classes("panel-title"):
                ui.label(panel.title)
            if panel.description:
                with (
                    ui.button(icon="info_outline")
                    .props("flat round dense size=xs tabindex=0")
                    .classes("panel-about") as about
                ):
                    about.props["aria-label"] = f"{words.ABOUT.of(self.locale.language)}: {panel.title}"
                    definition = ui.tooltip(panel.description).classes("panel-tooltip")
                # Quasar shows it to the mouse only
                about.on("focus", js_handler=f"() => getElement({definition.id}).show()")
                about.on("blur", js_handler=f"() => getElement({definition.id}).hide()")

    def build(self) -> None:
        """Makes the elements that `draw` fills."""
        raise NotImplementedError

    def draw(self, frame: Frame) -> None:
        """Shows an answer that has rows."""
        raise NotImplementedError

    def show(self, frame: Frame) -> None:
        """Shows an answer, or what it waits for when there is none."""
        try:
            frame = transform.apply(frame, self.panel.transformations)
            if self.panel.kind == "timeseries":
                frame = transform.wide(frame)
            self.message.set_visibility(False)
            self.content.classes(remove="hidden")
            if frame.rows == 0:
                self.wait()
            else:
                self.draw(frame)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            self.fail(f"{type(error).__name__}: {error}")

    def wait(self) -> None:
        """Says what it waits for."""
        self._say(self.panel.empty_text or words.NO_DATA.of(self.locale.language), "empty")

    def fail(self, reason: str) -> None:
        """Says what is wrong, in place of the content."""
        self._say(words.BROKEN.of(self.locale.language).format(reason=reason), "error")

    def _say(self, text: str, state: str) -> None:
        self.content.classes("hidden")
        self.message.set_text(text)
        self.message.classes(replace=f"panel-message panel-message-{state}")
        self.message.set_visibility(True)


class StatView(PanelView):
    """One number and what stands beside it, or a sentence."""

    def build(self) -> None:
        size = (self.panel.options.get("text") or {}).get("valueSize", 32)
        self.value = ui.label().classes("stat-value").style(f"--size: {size}px")
        self.note = ui.label().classes("stat-note")

    def draw(self, frame: Frame) -> None:
        row = frame.row(0)
        value = row[self.panel.value_column]
        if value is None:
            self.wait()
            return
        self.value.set_text(cells.show(value, self.panel.field("value"), self.locale))
        self.note.set_text(str(row.get("note") or ""))


class TableView(PanelView):
    """Rows and columns; a head sorts by its column."""

    tracking = False

    def build(self) -> None:
        self.table = ui.table(rows=[], columns=[], row_key="id", pagination=0).props("flat dense hide-bottom")
        self.table.classes("rows")
        self.table.add_slot("header-cell", _HEAD)
        self.table.add_slot("body-cell", _CELL)
        if not self.panel.options.get("showHeader", True):
            self.table.props("hide-header").classes("rows-headless")

    def draw(self, frame: Frame) -> None:
        columns = []
        for position, (column, settings) in enumerate(cells.visible_columns(self.panel, frame)):
            name = f"c{position}"
            numeric = (
                column.kind == "number" and settings.cell != "gauge" and not settings.settings.get("mappings")
            )
            described: dict[str, Any] = {
                "name": name,
                "field": name,
                "label": settings.title,
                "align": "right" if numeric else "left",
                "sortable": True,
                "cell": "wrapped" if settings.wraps else settings.cell,
                ":sort": "(a, b) => (a.sort > b.sort) - (a.sort < b.sort)",
            }
            if settings.custom.get("width"):
                described["style"] = described["headerStyle"] = f"width: {int(settings.custom['width'])}px"
            columns.append(described)
        if self.tracking:
            language = self.locale.language
            kinds = [words.KEYWORD.of(language), words.COMPETITOR.of(language)]
            columns.append(
                {"name": "track", "label": words.TRACK.of(language), "align": "left", "kinds": kinds}
            )
        rows = cells.table_rows(self.panel, frame, self.locale, self.resolve)
        if (columns, rows) != (self.table.columns, self.table.rows):
            self.table.columns, self.table.rows = columns, rows
            self.table.update()

    def offer_tracking(self, track: Callable[[str, TrackerKind], None]) -> None:
        """Adds two buttons to each row that make a tracker of the row's name."""
        self.tracking = True
        self.table.add_slot("body-cell-track", _TRACK)
        self.table.on("track", lambda event: track(str(event.args["name"]), event.args["kind"]))


class ChartView(PanelView):
    """A chart by ECharts; `notes` are what a trend has to be read with."""

    notes: Sequence[charts.Note] = ()

    def build(self) -> None:
        self.chart = ui.echart({}, renderer="svg").classes("panel-chart")
        # not on_point_click: that wants a value, which a stretch of a timeline has not
        self.chart.on("componentClick", lambda click: self._follow(click.args.get("data")), ["data"])

    def draw(self, frame: Frame) -> None:
        self.frame = frame
        if charts.nothing_to_draw(self.panel, frame):
            self.wait()
            return
        options = charts.options(self.panel, frame, self.locale, self.notes)
        self.chart.options.clear()
        self.chart.options.update(options)
        self.chart.update()

    def _follow(self, mark: object) -> None:
        """Opens what a mark leads to, if it tells its place in the frame and its column has a link."""
        if not isinstance(mark, dict) or not {"column", "index"} <= mark.keys():
            return
        if mark["index"] >= self.frame.rows:
            return  # it was clicked while the chart was drawn anew
        settings = self.panel.field(mark["column"])
        if address := cells.address(settings, self.frame, mark["index"], self.resolve):
            ui.navigate.to(address)


class TextView(PanelView):
    """Fixed words with links; the only markup is [words](address) and `code`."""

    def build(self) -> None:
        self.follow()

    def follow(self) -> None:
        """Writes the words anew: their links carry the range and the variables."""
        self.content.clear()
        with self.content, ui.element("p").classes("text-panel"):
            for name, address, code, plain in _MARKUP.findall(str(self.panel.options.get("content", ""))):
                if name:
                    ui.link(name, cells.safe_address(self.resolve(address, {}))).classes("text-link")
                else:
                    ui.label(code or plain).classes("text-code" if code else "text-words")
        self.message.set_visibility(False)
        self.content.classes(remove="hidden")


class SectionView(PanelView):
    """The heading of a section."""

    def _header(self) -> None:
        ui.label(self.panel.title).classes("section-title").props('role="heading" aria-level="2"')

    def build(self) -> None:
        self.message.set_visibility(False)


class AlertView(PanelView):
    """The alerts that fire or are about to."""

    def build(self) -> None:
        self.message.set_visibility(False)
        self._shown: list[AlertState] | None = None

    def show_states(self, states: Sequence[AlertState]) -> None:
        """Lists the alerts, first what fires."""
        language = self.locale.language
        shown = [alert for alert in states if alert.state != "normal" or alert.error]
        if shown == self._shown:
            return
        self._shown = shown
        if not shown:
            self._say(words.NO_ALERTS.of(language), "empty")
            return
        self.message.set_visibility(False)
        self.content.classes(remove="hidden").clear()
        with self.content:
            for alert in shown:
                with ui.element("div").classes("alert-row"):
                    state = {"firing": words.FIRING, "pending": words.PENDING, "normal": words.NORMAL}[
                        alert.state
                    ]
                    ui.label(state.of(language)).classes(f"badge alert-{alert.state}")
                    ui.link(
                        alert.error or alert.summary(language),
                        address(alert.rule.worst, alert.labels, language),
                    )


class UnknownView(PanelView):
    """A kind of panel that only Grafana has."""

    def build(self) -> None:
        self._say(words.UNKNOWN_PANEL.of(self.locale.language).format(kind=self.panel.kind), "empty")


_VIEWS: Mapping[str, type[PanelView]] = {
    "stat": StatView,
    "table": TableView,
    "text": TextView,
    "row": SectionView,
    "alertlist": AlertView,
}


def view_of(panel: Panel, locale: Locale, resolve: Resolve, inside: bool) -> PanelView:
    """The view of a panel, drawn into the current element; `inside` an insight's card it has no border of its own."""
    kind = ChartView if panel.kind in charts.KINDS else _VIEWS.get(panel.kind, UnknownView)
    return kind(panel, locale, resolve, inside)
