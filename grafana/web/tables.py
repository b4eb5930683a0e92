"""Tables on the screen: rows, columns that sort, links, and buttons that make a tracker of a row's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # Any: JSON

from nicegui import ui
from nicegui.events import GenericEventArguments

from grafana.panels.columns import Column
from grafana.panels.panels import Table
from grafana.web import cells, words
from grafana.web.frames import Frame
from grafana.web.views import PanelView
from schemas.events import TrackerKind

_CELL = """
<q-td :props="props" :class="'cell of-' + props.col.cell">
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
  <span v-else-if="props.col.cell === 'badge'" class="badge"
    :style="{ background: props.value.colour }">{{ props.value.text }}</span>
  <span v-else-if="props.col.cell === 'coloured'" :style="{ color: props.value.colour }">{{ props.value.text }}</span>
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


_STAR = """
<q-td :props="props" class="cell-star">
  <q-btn :icon="props.row.starred ? 'star' : 'star_border'" flat dense round size="sm" color="primary"
    :aria-label="props.col.said + ': ' + props.row.c0.text" :aria-pressed="String(!!props.row.starred)"
    @click="$parent.$emit('star', { seller_id: props.row.seller_id, starred: !props.row.starred })" />
</q-td>
"""


class TableView(PanelView[Table]):
    """Rows and columns; a head sorts by its column."""

    tracking = False
    starring = False

    def build(self) -> None:
        self.table = ui.table(rows=[], columns=[], row_key="id", pagination=0).props("flat dense hide-bottom")
        self.table.classes("rows")
        self.table.add_slot("header-cell", _HEAD)
        self.table.add_slot("body-cell", _CELL)
        if not self.panel.header:
            self.table.props("hide-header").classes("rows-headless")
        self.more = ui.label().classes("rows-more hidden")

    def draw(self, frame: Frame) -> None:
        columns = [
            self._column(f"c{position}", column.kind == "number", settings)
            for position, (column, settings) in enumerate(cells.visible_columns(self.panel, frame))
        ]
        if self.tracking:
            kinds = [self.of(words.KEYWORD), self.of(words.COMPETITOR)]
            columns.append({"name": "track", "label": self.of(words.TRACK), "align": "left", "kinds": kinds})
        rows = cells.table_rows(self.panel, frame, self.locale, self.follow)
        if self.starring:
            said = self.of(words.STAR)
            columns.insert(
                0, {"name": "star", "label": "★", "align": "left", "said": said, "style": "width: 44px"}
            )
            for index, row in enumerate(rows):
                row |= {name: frame.row(index)[name] for name in ("seller_id", "starred")}
        if self.panel.query.may_hold_more(frame.rows):
            self.more.set_text(self.of(words.MAY_BE_MORE).format(count=frame.rows))
            self.more.classes(remove="hidden")
        else:
            self.more.classes("hidden")
        if (columns, rows) != (self.table.columns, self.table.rows):
            self.table.columns, self.table.rows = columns, rows
            self.table.update()

    def _column(self, name: str, number: bool, settings: Column) -> dict[str, Any]:
        numeric = number and settings.cell != "bar" and not settings.values
        described: dict[str, Any] = {
            "name": name,
            "field": name,
            "label": cells.title(settings, self.locale.language),
            "align": "right" if numeric else "left",
            "sortable": True,
            "cell": settings.cell,
            ":sort": "(a, b) => (a.sort > b.sort) - (a.sort < b.sort)",
        }
        if settings.width:
            described["style"] = described["headerStyle"] = f"width: {settings.width}px"
        return described

    def offer_tracking(self, track: Callable[[str, TrackerKind], None]) -> None:
        """Adds two buttons to each row that make a tracker of the row's name."""
        self.tracking = True
        self.table.add_slot("body-cell-track", _TRACK)
        self.table.on("track", lambda event: track(str(event.args["name"]), event.args["kind"]))

    def offer_stars(self, star: Callable[[str, bool], None]) -> None:
        """Adds a star to each row. Only of those who are shown: what a viewer may not see, he may not star."""

        def change(event: GenericEventArguments) -> None:
            seller_id = event.args.get("seller_id")
            if any(row["seller_id"] == seller_id for row in self.table.rows):
                star(str(seller_id), bool(event.args.get("starred")))

        self.starring = True
        self.table.add_slot("body-cell-star", _STAR)
        self.table.on("star", change)
