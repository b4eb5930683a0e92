"""The bar above a dashboard: pages, variables, time range, language, and how fresh everything is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import Client, ui

from grafana.alerts.evaluate import AlertState
from grafana.macros import MacroError
from grafana.pages.catalogue import PAGES
from grafana.pages.common import texts
from grafana.pages.common.panels import TEAM
from grafana.panels.pages import Choice, Input
from grafana.panels.queries import Query
from grafana.sql import RANGE, view
from grafana.web import formats, words
from grafana.web.alerts import SeenAlerts, address
from grafana.web.frames import Frame
from grafana.web.freshness import Freshness
from grafana.web.queries import QueryError
from grafana.web.ranges import RangeError, RawRange
from grafana.web.viewer import QUICK_RANGES, Viewer

PRODUCT = "Salgspuls"
ALARMS_SHOWN = 2
RESOLVED = f"SELECT range_from, range_to FROM {view('range', RANGE)}"

Ask = Callable[[Query | str], Awaitable[Frame]]


class Header:
    """The bar and the banner of one page. On the wall only the title, the range and the freshness are left.

    `moved` is called when the viewer has chosen something; data is stale after so many seconds.
    """

    def __init__(
        self,
        viewer: Viewer,
        ask: Ask,
        watch: SeenAlerts,
        moved: Callable[[], None],
        client: Client,
        stale_after: float,
    ) -> None:
        self.viewer = viewer
        self.language = viewer.language
        self._ask = ask
        self._watch = watch
        self._moved = moved
        self._client = client
        self.freshness = Freshness(client, self.language, stale_after)
        self.alarms = ui.element("div").classes("alarms").props('role="alert"')
        self._alarmed: list[AlertState] = []
        self._selects: dict[str, ui.select] = {}
        with ui.element("header").classes("bar"):
            with ui.element("div").classes("bar-side"):
                if not viewer.kiosk:
                    self._pages()
                title = PRODUCT if viewer.kiosk else viewer.page.title.of(self.language)
                self.title = ui.label(title).classes("bar-title").props('role="heading" aria-level="1"')
                self.name_team()
            with ui.element("div").classes("bar-side bar-right"):
                if not viewer.kiosk:
                    for choice in viewer.choices:
                        self._choice(choice)
                    for typed in viewer.inputs:
                        self._input(typed)
                    self._range_menu()
                self.resolved = ui.label().classes("bar-range")
                self.freshness.corner()
                if viewer.kiosk:
                    ui.label().classes("bar-clock").props(f'data-zone="{viewer.zone.key}"')
                else:
                    self._switch_language()
                    if viewer.access.name:
                        self._sign_out()

    async def refresh(self) -> None:
        """Alarms, the resolved range, and the choices of the variables."""
        self._refresh_alarms()
        await self._refresh_range()
        if not self.viewer.kiosk:
            for choice in self.viewer.choices:
                await self._refresh_choice(choice)

    def name_team(self) -> None:
        """On the wall: whose numbers these are."""
        if self.viewer.kiosk:
            teams = ", ".join(self.viewer.chosen(TEAM.name)) or words.EVERYBODY.of(self.language)
            self.title.set_text(f"{PRODUCT} · {teams}")

    def _refresh_alarms(self) -> None:
        firing = [alert for alert in self._watch.firing if alert.rule.severity != "info"]
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
                    if not self.viewer.kiosk:
                        ui.link(
                            words.SEE.of(self.language),
                            address(alert.rule.panel, alert.labels, self.language),
                        )
            if len(firing) > ALARMS_SHOWN:
                ui.label(words.MORE_ALERTS.of(self.language).format(count=len(firing) - ALARMS_SHOWN))

    def _pages(self) -> None:
        with ui.button(icon="menu").props("flat dense round").classes("bar-menu") as button:
            button.props["aria-label"] = words.PAGES.of(self.language)
            with ui.menu().props("auto-close"):
                for page in PAGES.values():
                    if not page.about and self.viewer.access.may_open(page.name):
                        ui.menu_item(
                            page.title.of(self.language),
                            lambda page=page: ui.navigate.to(self.viewer.address(page)),
                        ).props("role=menuitem")

    def _choose(self, name: str, values: list[str]) -> None:
        if sorted(values) != sorted(self.viewer.chosen(name)):
            self.viewer.choose(name, values)
            self._moved()

    def _input(self, typed: Input) -> None:
        ui.input(
            typed.label.of(self.language),
            value="".join(self.viewer.chosen(typed.name)),
            on_change=lambda event: self._choose(typed.name, [event.value] if event.value else []),
        ).props("dense outlined stack-label clearable debounce=400").classes("bar-select")

    def _choice(self, choice: Choice) -> None:
        chosen = self.viewer.chosen(choice.name)
        select = ui.select(
            {value: value for value in chosen},
            value=chosen,
            multiple=True,
            clearable=True,
            label=choice.label.of(self.language),
            on_change=lambda event: self._chosen(choice, event.value or []),
        )
        select.props("dense outlined options-dense stack-label").classes("bar-select")
        self._selects[choice.name] = select
        self._show_all(choice)

    def _chosen(self, choice: Choice, values: list[str]) -> None:
        self._choose(choice.name, values)
        self._show_all(choice)

    def _show_all(self, choice: Choice) -> None:
        select = self._selects[choice.name]
        options = select.options if isinstance(select.options, dict) else {}
        names = [str(options.get(value, value)) for value in self.viewer.chosen(choice.name)]
        select.props["display-value"] = ", ".join(names) or texts.ALL.of(self.language)
        select.update()

    async def _refresh_choice(self, choice: Choice) -> None:
        try:
            frame = await self._ask(choice.query)
        except (QueryError, MacroError):
            return  # the banner says that the database does not answer
        select = self._selects[choice.name]
        if self._client.is_deleted or frame.rows == 0:
            return
        values, labels = frame.columns[0].values, frame.columns[-1].values
        chosen = {value: value for value in self.viewer.chosen(choice.name)}
        options = chosen | {str(value): str(label) for value, label in zip(values, labels, strict=True)}
        if options != select.options:
            select.set_options(options)
            self._show_all(choice)

    def _range_menu(self) -> None:
        with ui.button(icon="schedule").props("outline no-caps dense").classes("bar-button") as button:
            button.props["aria-label"] = words.RANGE.of(self.language)
            self.range_name = ui.label(self._name_of(self.viewer.shown_range)).classes("bar-range-name")
            with ui.menu() as menu:
                for chosen, name in QUICK_RANGES.items():
                    ui.menu_item(name.of(self.language), lambda chosen=chosen: self._pick(chosen)).props(
                        "role=menuitem"
                    )
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
        self.viewer.choose_range(chosen)
        self._moved()
        self.range_name.set_text(self._name_of(chosen))

    def _name_of(self, chosen: RawRange) -> str:
        return QUICK_RANGES.get(chosen, words.CUSTOM).of(self.language)

    def _sign_out(self) -> None:
        with ui.element("form").props('method="post" action="/sign-out"'):
            out = f"{words.SIGN_OUT.of(self.language)}: {self.viewer.access.name}"
            button = ui.button(icon="logout").props("flat dense round type=submit").tooltip(out)
            button.props["aria-label"] = out

    def _switch_language(self) -> None:
        ui.button(
            words.OTHER_LANGUAGE.of(self.language),
            on_click=lambda: ui.navigate.to(
                self.viewer.address(language="en" if self.language == "da" else "da")
            ),
        ).props("flat dense no-caps").classes("bar-link")

    async def _refresh_range(self) -> None:
        try:
            frame = await self._ask(RESOLVED)
        except (QueryError, MacroError):
            return
        if frame.rows and not self._client.is_deleted:
            zone = self.viewer.zone
            first, last = (column.values[0] for column in frame.columns)
            if self.viewer.shown_range.end == "now":
                last = min(last, datetime.now(last.tzinfo))  # what is asked for ends on a round time, soon
            start, end = (formats.moment(moment, self.language, zone) for moment in (first, last))
            self.resolved.set_text(f"{start} – {end}")
