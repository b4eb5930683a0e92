"""Changing what is listened for: the form below the page of trackers, and `track this` beside an unknown name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from grafana.dashboards.language import Language
from grafana.page import words
from grafana.page.editor import EditError, TrackerEditor, TrackerForm
from grafana.page.queries import Frame, QueryError

TRACKED = (
    "SELECT tracker_id, name, toString(kind) AS kind, aliases, language, side, word_forms, compounds\n"
    "FROM salgspuls.trackers WHERE NOT removed ORDER BY kind, lower(name)"
)


class TrackerPanel:
    """The form: choose a tracker or none, fill in, save; remove; compute history anew."""

    def __init__(
        self,
        editor: TrackerEditor,
        language: Language,
        tracked: Callable[[], Any],
        changed: Callable[[], None],
    ) -> None:
        self._editor = editor
        self._language = language
        self._tracked = tracked
        self._changed = changed
        self._known: dict[str, Mapping[str, Any]] = {}
        self._languages = {"": words.ANY_LANGUAGE.of(language), "da": "dansk", "en": "English"}

    def build(self) -> None:
        """Draws the form into the current element."""
        language = self._language
        both = words.EITHER_SIDE.of(language)
        kinds = {"keyword": words.KEYWORD.of(language), "competitor": words.COMPETITOR.of(language)}
        sides = {"": both, "seller": words.SELLER.of(language), "customer": words.CUSTOMER.of(language)}
        with ui.element("section").classes("panel form").props('aria-label="tracker"'):
            ui.label(words.EDIT_TRACKER.of(language)).classes("section-title")
            with ui.element("div").classes("form-fields"):
                self.chosen = ui.select(
                    {"": words.NEW_TRACKER.of(language)},
                    value="",
                    label=words.WHICH.of(language),
                    on_change=lambda event: self._fill(event.value),
                )
                self.name = ui.input(words.NAME.of(language))
                self.kind = ui.select(kinds, value="keyword", label=words.KIND.of(language))
                self.aliases = ui.input(words.ALIASES.of(language)).classes("form-wide")
                self.spoken = ui.select(self._languages, value="", label=words.LANGUAGE.of(language))
                self.side = ui.select(sides, value="", label=words.SIDE.of(language))
                self.word_forms = ui.checkbox(words.WORD_FORMS.of(language), value=True)
                self.compounds = ui.checkbox(words.COMPOUNDS.of(language), value=True)
            for field in (self.chosen, self.name, self.kind, self.aliases, self.spoken, self.side):
                field.props("dense outlined stack-label")
            with ui.element("div").classes("form-buttons"):
                ui.button(words.SAVE.of(language), on_click=self._save).props("no-caps")
                self.remove = ui.button(words.REMOVE.of(language), on_click=self._remove).props(
                    "no-caps outline"
                )
                self.remove.set_enabled(False)
                ui.button(words.RECOMPUTE.of(language), on_click=self._recompute).props(
                    "no-caps flat"
                ).tooltip(words.RECOMPUTE_IS.of(language))

    async def refresh(self) -> None:
        """Reads what is tracked now."""
        try:
            frame: Frame = await self._tracked()
        except QueryError:
            return
        rows = [frame.row(index) for index in range(frame.rows)]
        self._known = {row["tracker_id"]: row for row in rows}
        options = {"": words.NEW_TRACKER.of(self._language)} | {
            row["tracker_id"]: row["name"] for row in rows
        }
        if options != self.chosen.options:
            self.chosen.set_options(options, value=self.chosen.value if self.chosen.value in options else "")

    def _fill(self, tracker_id: str) -> None:
        row = self._known.get(tracker_id, {})
        self.name.set_value(row.get("name", ""))
        self.kind.set_value(row.get("kind", "keyword"))
        self.aliases.set_value(", ".join(row.get("aliases", ())))
        spoken = row.get("language", "")
        self.spoken.set_options(self._languages | {spoken: self._languages.get(spoken, spoken)}, value=spoken)
        self.side.set_value(row.get("side", ""))
        self.word_forms.set_value(bool(row.get("word_forms", True)))
        self.compounds.set_value(bool(row.get("compounds", True)))
        self.remove.set_enabled(bool(row))

    async def _save(self) -> None:
        form = TrackerForm(
            name=str(self.name.value or "").strip(),
            kind=self.kind.value,
            aliases=tuple(
                alias for part in str(self.aliases.value or "").split(",") if (alias := part.strip())
            ),
            language=self.spoken.value or None,
            side=self.side.value or None,
            word_forms=bool(self.word_forms.value),
            compounds=bool(self.compounds.value),
            tracker_id=self.chosen.value or None,
        )
        if not form.name:
            ui.notify(words.NAME_IT.of(self._language), type="warning")
            return
        await self._carry_out(
            lambda: self._editor.save(form), words.SAVED.of(self._language).format(name=form.name)
        )

    async def _remove(self) -> None:
        chosen, name = str(self.chosen.value), str(self.name.value)
        self.chosen.set_value("")
        await self._carry_out(
            lambda: self._editor.remove(chosen), words.REMOVED.of(self._language).format(name=name)
        )

    async def _recompute(self) -> None:
        ui.notify(words.RECOMPUTING.of(self._language))
        await self._carry_out(self._editor.recompute, words.RECOMPUTED.of(self._language))

    async def _carry_out(self, change: Callable[[], None], said: str) -> None:
        if await carry_out(change, said):
            self._changed()


async def carry_out(change: Callable[[], None], said: str) -> bool:
    """Does a change in a thread and says how it went; whether it went well."""
    try:
        await asyncio.to_thread(change)
    except EditError as error:
        ui.notify(str(error), type="negative", multi_line=True)
        return False
    ui.notify(said, type="positive")
    return True
