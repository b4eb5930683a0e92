"""The bar above a dashboard: pages, variables, time range, language, and how fresh everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui

from grafana.alerts.evaluate import AlertState
from grafana.i18n import Text
from grafana.macros import ALL, MacroError
from grafana.web import formats, words
from grafana.web.alerts import address
from grafana.web.board import BoardVariable
from grafana.web.queries import QueryError
from grafana.web.ranges import RangeError, RawRange

if TYPE_CHECKING:
    from grafana.web.board_page import BoardPage

PRODUCT = "Salgspuls"
ALARMS_SHOWN = 2
FRESHNESS = "SELECT age_seconds FROM salgspuls.freshness WHERE newest_event_at > toDateTime(0)"
RESOLVED = "SELECT range_from, range_to FROM salgspuls.range(from = $__fromTime, to = $__toTime)"


class Header:
    """The bar and the banner of one page. On the wall only the title, the range and the freshness are left."""

    def __init__(self, page: BoardPage) -> None:
        self.page = page
        self.language = page.locale.language
        self.banner = ui.label().classes("banner").props('role="alert"')
        self.banner.set_visibility(False)
        self.alarms = ui.element("div").classes("alarms").props('role="alert"')
        self._alarmed: list[AlertState] = []
        self._selects: dict[str, ui.select] = {}
        with ui.element("header").classes("bar"):
            with ui.element("div").classes("bar-side"):
                if not page.kiosk:
                    self._pages()
                title = PRODUCT if page.kiosk else page.board.short_title
                ui.label(title).classes("bar-title").props('role="heading" aria-level="1"')
            with ui.element("div").classes("bar-side bar-right"):
                if not page.kiosk:
                    for variable in page.board.variables:
                        if variable.visible and variable.kind == "textbox":
                            self._input(variable)
                        elif variable.visible:
                            self._choice(variable)
                    self._range_menu()
                self.resolved = ui.label().classes("bar-range")
                self.fresh = ui.label().classes("bar-fresh")
                if not page.kiosk:
                    self._switches()

    async def refresh(self) -> None:
        """Alarms, freshness, the resolved range, and the choices of the variables."""
        self._refresh_alarms()
        await self._refresh_freshness()
        await self._refresh_range()
        for variable in self.page.board.variables:
            if variable.name in self._selects and variable.kind == "query":
                await self._refresh_choice(variable)

    def _refresh_alarms(self) -> None:
        firing = [alert for alert in self.page.watch.firing if alert.rule.severity != "info"]
        if firing == self._alarmed:
            return
        self._alarmed = firing
        self.alarms.clear()
        with self.alarms:
            for alert in firing[:ALARMS_SHOWN]:
                with ui.element("div").classes(f"alarm alarm-{alert.rule.severity}"):
                    ui.label(
                        f"{words.ALERT.of(self.language)}: {alert.rule.title.of(self.language)}"
                    ).classes("alarm-title")
                    ui.label(alert.summary(self.language))
                    if not self.page.kiosk:
                        ui.link(
                            words.SEE.of(self.language),
                            address(alert.rule.panel, alert.labels, self.language),
                        )
            if len(firing) > ALARMS_SHOWN:
                ui.label(words.MORE_ALERTS.of(self.language).format(count=len(firing) - ALARMS_SHOWN))

    def _pages(self) -> None:
        page = self.page
        with ui.button(icon="menu").props("flat dense round").classes("bar-menu") as button:
            button.props["aria-label"] = words.PAGES.of(self.language)
            with ui.menu().props("auto-close"):
                for board in page.boards.values():
                    if board.language == self.language and board.reachable:
                        ui.menu_item(
                            board.short_title, lambda uid=board.uid: ui.navigate.to(page.address(uid))
                        ).props("role=menuitem")

    def _input(self, variable: BoardVariable) -> None:
        ui.input(
            variable.label,
            value="".join(self.page.variables[variable.name].values),
            on_change=lambda event, name=variable.name: self.page.choose(
                name, [event.value] if event.value else []
            ),
        ).props("dense outlined stack-label clearable debounce=400").classes("bar-select")

    def _choice(self, variable: BoardVariable) -> None:
        chosen = [value for value in self.page.variables[variable.name].values if value != ALL]
        select = ui.select(
            {value: value for value in chosen},
            value=chosen,
            multiple=True,
            clearable=True,
            label=variable.label,
            on_change=lambda event, name=variable.name: self._chosen(name, event.value),
        )
        select.props("dense outlined options-dense stack-label").classes("bar-select")
        self._selects[variable.name] = select
        self._show_all(variable)

    def _chosen(self, name: str, values: list[str] | None) -> None:
        known = [value for value in self.page.variables[name].values if value != ALL]
        if sorted(values or []) != sorted(known):
            self.page.choose(name, values or [])
        self._show_all(next(variable for variable in self.page.board.variables if variable.name == name))

    def _show_all(self, variable: BoardVariable) -> None:
        select = self._selects[variable.name]
        values = [value for value in self.page.variables[variable.name].values if value != ALL]
        options = select.options if isinstance(select.options, dict) else {}
        shown = ", ".join(str(options.get(value, value)) for value in values) or variable.all_label
        select.props["display-value"] = shown
        select.update()

    async def _refresh_choice(self, variable: BoardVariable) -> None:
        try:
            frame = await self.page.query(variable.query)
        except (QueryError, MacroError):
            return  # the banner says that the database does not answer
        select = self._selects[variable.name]
        if self.page.client.is_deleted or frame.rows == 0:
            return
        values, labels = frame.columns[0].values, frame.columns[-1].values
        chosen = {value: value for value in self.page.variables[variable.name].values if value != ALL}
        options = chosen | {str(value): str(label) for value, label in zip(values, labels, strict=True)}
        if options != select.options:
            select.set_options(options)
            self._show_all(variable)

    def _range_menu(self) -> None:
        page = self.page
        with ui.button(icon="schedule").props("outline no-caps dense").classes("bar-button") as button:
            button.props["aria-label"] = words.RANGE.of(self.language)
            self.range_name = ui.label(self._name_of(page.range)).classes("bar-range-name")
            with ui.menu() as menu:
                for name, chosen in page.board.quick_ranges:
                    ui.menu_item(name, lambda chosen=chosen: self._pick(chosen)).props("role=menuitem")
                ui.separator()
                with ui.element("div").classes("range-custom"):
                    ui.label(words.CUSTOM.of(self.language))
                    start = ui.input(words.FROM.of(self.language)).props(
                        "type=datetime-local dense stack-label"
                    )
                    end = ui.input(words.TO.of(self.language)).props("type=datetime-local dense stack-label")
                    wrong = ui.label().classes("range-wrong")

                    def apply() -> None:
                        try:
                            self._pick(RawRange(start.value or "", end.value or ""))
                            menu.close()
                        except RangeError as error:
                            wrong.set_text(error.text.of(self.language))

                    ui.button(words.APPLY.of(self.language), on_click=apply).props("dense no-caps")

    def _pick(self, chosen: RawRange) -> None:
        self.page.choose_range(chosen)
        self.range_name.set_text(self._name_of(chosen))

    def _name_of(self, chosen: RawRange) -> str:
        names = {known: name for name, known in self.page.board.quick_ranges}
        return names.get(chosen, words.CUSTOM.of(self.language))

    def _switches(self) -> None:
        page = self.page
        other = page.board.uid.removesuffix("-da") if self.language == "da" else f"{page.board.uid}-da"
        if other in page.boards:
            ui.button(
                words.OTHER_LANGUAGE.of(self.language), on_click=lambda: ui.navigate.to(page.address(other))
            ).props("flat dense no-caps").classes("bar-link")

    async def _refresh_range(self) -> None:
        try:
            frame = await self.page.query(RESOLVED)
        except (QueryError, MacroError):
            return
        if frame.rows and not self.page.client.is_deleted:
            zone = self.page.locale.zone
            start, end = (formats.moment(column.values[0], self.language, zone) for column in frame.columns)
            self.resolved.set_text(f"{start} – {end}")

    async def _refresh_freshness(self) -> None:
        try:
            frame = await self.page.query(FRESHNESS)
        except (QueryError, MacroError):
            self._warn(words.NO_ANSWER.of(self.language))
            return
        if self.page.client.is_deleted:
            return
        if frame.rows == 0:
            self._warn(words.NO_EVENTS.of(self.language))
            return
        age = max(0, int(frame.columns[0].values[0]))
        if age > self.page.config.stale_after:
            self._warn(words.STALE.of(self.language).format(age=_age(age).of(self.language)))
        else:
            self.banner.set_visibility(False)
            self.fresh.set_text(words.FRESH.of(self.language).format(count=age))

    def _warn(self, text: str) -> None:
        if not self.page.client.is_deleted:
            self.banner.set_text(text)
            self.banner.set_visibility(True)
            self.fresh.set_text("")


def _age(seconds: int) -> Text:
    for size, text in ((172_800, words.DAYS), (7_200, words.HOURS), (120, words.MINUTES)):
        if seconds >= size:
            unit = {words.DAYS: 86_400, words.HOURS: 3_600, words.MINUTES: 60}[text]
            return Text(*(message.format(count=seconds // unit) for message in text))
    return Text(*(message.format(count=seconds) for message in words.SECONDS))
