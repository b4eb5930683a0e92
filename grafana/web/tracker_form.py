"""Editing trackers: the form below the page of trackers, and `track this` beside an unknown name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any  # Any: what a coroutine yields and takes is nobody's

from nicegui import context, ui

from grafana.i18n import Language
from grafana.web import words
from grafana.web.frames import Frame
from grafana.web.queries import QueryError
from streams.trackers.model import OvertakenError, TrackerEditor, TrackerError, TrackerForm

TRACKED = (
    "SELECT tracker_id, name, toString(kind) AS kind, aliases, language, side, word_forms, compounds, only_as_name\n"
    "FROM salgspuls.trackers WHERE NOT removed ORDER BY kind, lower(name)"
)
BLANK = TrackerForm(name="", kind="keyword")
TIME_TO_READ = 12_000
"""Milliseconds that an error stays in view."""

Change = Coroutine[Any, Any, object]


class TrackerPanel:
    """The form: choose a tracker or none, fill in, save; remove; reprocess past calls."""

    def __init__(
        self,
        editor: TrackerEditor,
        language: Language,
        tracked: Callable[[], Awaitable[Frame]],
        changed: Callable[[], None],
    ) -> None:
        self._editor = editor
        self._language = language
        self._tracked = tracked
        self._changed = changed
        self._known: dict[str, TrackerForm] = {}
        self._seen = BLANK
        self._languages = {"": words.ANY_LANGUAGE.of(language), "da": "dansk", "en": "English"}

    def build(self) -> None:
        """Draws the form into the current element."""
        language = self._language
        both = words.EITHER_SIDE.of(language)
        kinds = {"keyword": words.KEYWORD.of(language), "competitor": words.COMPETITOR.of(language)}
        sides = {"": both, "seller": words.SELLER.of(language), "customer": words.CUSTOMER.of(language)}
        as_name = {
            "": words.AS_NAME_AUTOMATIC.of(language),
            "yes": words.AS_NAME_ONLY.of(language),
            "no": words.AS_WORD_TOO.of(language),
        }
        with ui.element("section").classes("panel form").props('aria-label="tracker"') as self.form:
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
                self.as_name = ui.select(as_name, value="", label=words.AS_NAME.of(language))
            self.common = ui.label(words.COMMON_WORD.of(language)).classes("form-hint").props('role="status"')
            self.common.bind_visibility_from(
                self.name, "value", lambda name: TrackerForm(str(name or ""), "keyword").is_common_word
            )
            for field in (
                self.chosen,
                self.name,
                self.kind,
                self.aliases,
                self.spoken,
                self.side,
                self.as_name,
            ):
                field.props("dense outlined stack-label")
            with ui.element("div").classes("form-buttons"):
                self.save = ui.button(words.SAVE.of(language), on_click=self._save).props("no-caps")
                self.remove = ui.button(words.REMOVE.of(language), on_click=self._remove).props(
                    "no-caps outline"
                )
                self.remove.set_enabled(False)
                self.recompute = ui.button(words.RECOMPUTE.of(language), on_click=self._recompute).props(
                    "no-caps flat"
                )
                self.recompute.tooltip(words.RECOMPUTE_IS.of(language))

    async def refresh(self) -> None:
        """Reads what is tracked now. What somebody is filling in stays."""
        await self._read()
        self._offer()

    async def _read(self) -> None:
        try:
            frame = await self._tracked()
        except QueryError:
            return
        rows = [frame.row(index) for index in range(frame.rows)]
        self._known = {row["tracker_id"]: TrackerForm.of(row) for row in rows}

    def _offer(self) -> None:
        options = {"": words.NEW_TRACKER.of(self._language)}
        options |= {tracker_id: form.name for tracker_id, form in self._known.items()}
        options.setdefault(self.chosen.value, self._seen.name)
        if options != self.chosen.options:
            self.chosen.set_options(options)

    def _fill(self, tracker_id: str) -> None:
        form = self._seen = self._known.get(tracker_id, BLANK)
        spoken = form.language or ""
        self.name.set_value(form.name)
        self.kind.set_value(form.kind)
        self.aliases.set_value(", ".join(form.aliases))
        self.spoken.set_options(self._languages | {spoken: self._languages.get(spoken, spoken)}, value=spoken)
        self.side.set_value(form.side or "")
        self.word_forms.set_value(form.word_forms)
        self.compounds.set_value(form.compounds)
        self.as_name.set_value({None: "", True: "yes", False: "no"}[form.only_as_name])
        self.remove.set_enabled(form is not BLANK)

    def _filled_in(self) -> TrackerForm:
        aliases = str(self.aliases.value or "").split(",")
        return TrackerForm(
            name=str(self.name.value or "").strip(),
            kind=self.kind.value,
            aliases=tuple(alias for part in aliases if (alias := part.strip())),
            language=self.spoken.value or None,
            side=self.side.value or None,
            word_forms=bool(self.word_forms.value),
            compounds=bool(self.compounds.value),
            only_as_name={"yes": True, "no": False}.get(self.as_name.value),
        )

    async def _save(self) -> None:
        form, chosen = self._filled_in(), str(self.chosen.value)
        if not form.name:
            ui.notify(words.NAME_IT.of(self._language), type="warning")
            return
        change = self._editor.change(chosen, self._seen, form) if chosen else self._editor.add(form)
        await self._edit(self.save, change, words.SAVED.of(self._language).format(name=form.name))

    async def _remove(self) -> None:
        change = self._editor.remove(str(self.chosen.value), self._seen)
        await self._edit(self.remove, change, words.REMOVED.of(self._language).format(name=self._seen.name))

    async def _recompute(self) -> None:
        ui.notify(words.RECOMPUTING.of(self._language))
        with _meanwhile(self.recompute, "loading"):
            said = words.RECOMPUTED.of(self._language)
            failure = await carry_out(self._editor.reprocess(), said, self._language)
        if failure is None:
            self._changed()

    async def _edit(self, button: ui.button, change: Change, said: str) -> None:
        """Changes a tracker. The form is closed meanwhile; then it shows how the tracker is, whoever made it so."""
        with _meanwhile(self.form, "inert"), _meanwhile(button, "loading"):
            failure = await carry_out(change, said, self._language)
        if failure is None or isinstance(failure, OvertakenError):
            self._changed()
            await self._read()
            chosen = self.chosen.value if self.chosen.value in self._known else ""
            self.chosen.set_value(chosen)
            self._fill(chosen)
            self._offer()


def describe(error: TrackerError, language: Language) -> str:
    """Why an edit failed, in the language of the page."""
    return words.TRACKER_ERRORS[type(error)].of(language).format(**error.values)


@contextmanager
def _meanwhile(element: ui.element, prop: str) -> Iterator[None]:
    element.props(prop)
    try:
        yield
    finally:
        element.props(remove=prop)


async def carry_out(change: Change, said: str, language: Language) -> TrackerError | None:
    """Waits for a change and shows the viewer, unless they have left, how it went or what went wrong."""
    client = context.client
    failure = None
    try:
        await change
    except TrackerError as error:
        failure = error
    if not client.is_deleted:
        if failure is None:
            ui.notify(said, type="positive", multi_line=True)
        else:
            ui.notify(describe(failure, language), type="negative", multi_line=True, timeout=TIME_TO_READ)
    return failure
