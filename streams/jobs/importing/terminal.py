"""What `salgspuls import` shows and asks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self  # Any: JSON

import click

from streams.importers.contract import Problem
from streams.importers.findings import Question
from streams.importers.summary import NOTED, described, problem_json
from streams.importers.totals import Totals
from streams.jobs.importing.comparison import VERDICTS
from streams.language import Language, Text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from streams.importers.sheets import Sheet
    from streams.jobs.importing.outcome import Outcome
    from streams.jobs.importing.run import Import, Preview
    from streams.jobs.importing.sending import Sending

ASK_SEND = Text("Send it?", "Skal det sendes?")
ASK_WHICH = Text("Which one", "Hvilken")
NOT_ASKED = Text(
    "nothing is sent: nobody is here to be asked. If it is right as shown, give --yes",
    "intet er sendt: der er ingen at spørge. Er det rigtigt som vist, så giv --yes",
)
NOT_WANTED = Text("nothing is sent", "intet er sendt")
NOTHING_OF = Text("nothing of {file} is sent", "intet af {file} er sendt")
AGAINST_STORE = Text(
    "against what is stored: {new} new, {changed} changed, {equal} equal (not sent){older}",
    "mod det, der er gemt: {new} nye, {changed} ændrede, {equal} uændrede (sendes ikke){older}",
)
OLDER = Text(
    ", {older} older than what is stored (not sent: save the file again, or set as_of)",
    ", {older} ældre end det gemte (sendes ikke: gem filen igen, eller sæt as_of)",
)
GONE = Text(
    "{gone} deals that are stored are not in these files: they stay (--whole removes them)",
    "{gone} gemte handler er ikke i disse filer: de bliver (--whole sletter dem)",
)
REMOVES = Text(
    "{gone} deals that are stored are not in these files: they will be removed (--whole)",
    "{gone} gemte handler er ikke i disse filer: de slettes (--whole)",
)
STORE_AWAY = Text(
    "{reason}. Without it nobody knows what of a table is new: start it (`salgspuls doctor` says "
    "more), or give --blind "
    "to send all",
    "{reason}. Uden den ved ingen, hvad i en tabel der er nyt: start den (`salgspuls doctor` siger mere), eller giv "
    "--blind for at sende alt",
)
READ = Text("read: {counts}", "læst: {counts}")
SENT = Text("sent: {counts}", "sendt: {counts}")
NOTHING = Text("nothing", "intet")
ALL_STORED = Text("stored: all {stored}", "gemt: alle {stored}")
STORED = Text("stored: {stored} of {sent}", "gemt: {stored} af {sent}")
REJECTED = Text("rejected {count} x {reason}", "afvist {count} x {reason}")
KNOWN = Text(
    "known already: {known}, as it is stored or in a later revision; nothing of it has changed (--revision corrects)",
    "kendt i forvejen: {known}, som det er gemt eller i en senere revision; intet af det er ændret (--revision retter)",
)
PENDING = Text(
    "not stored yet: {pending}. No worker has taken them; Kafka keeps them until one does: start `salgspuls worker` "
    "(`salgspuls doctor` says more)",
    "endnu ikke gemt: {pending}. Ingen worker har taget dem; Kafka gemmer dem, til en gør det: start "
    "`salgspuls worker` "
    "(`salgspuls doctor` siger mere)",
)
NO_MAPPING = Text("--save-mapping: no file is a table", "--save-mapping: ingen fil er en tabel")
MAPPING_WRITTEN = Text("mapping written: {path}", "tilordningen er skrevet: {path}")
WATCHING = Text(
    "watching {folder}: files are imported when they are complete, then moved to {imported}/, or to {failed}/ with a "
    "report; Ctrl-C ends it",
    "holder øje med {folder}: filer importeres, når de er hele, og flyttes til {imported}/, eller til {failed}/ med en "
    "rapport; Ctrl-C slutter det",
)
SAME_START = Text(
    "--started-at holds for every file that does not tell when it began",
    "--started-at gælder for hver fil, der ikke fortæller, hvornår den begyndte",
)
LEFT_OUT = Text(
    "Error: left out, each for the reason above: {count} records",
    "Fejl: udeladt, hver af grunden ovenfor: {count} poster",
)
DECIDE = Text(
    "Error: nothing is sent of a table that can be read in two ways, or of which a column does not fit; see above",
    "Fejl: intet er sendt af en tabel, der kan læses på to måder, eller hvor en kolonne ikke passer; se ovenfor",
)
NOTHING_NEW = Text("done: everything is stored already", "færdig: alt er gemt i forvejen")


class Console:
    """The terminal: progress over all files, and problems as they are found, both on standard error."""

    def __init__(self, *, quiet: bool, language: Language = "en") -> None:
        self._quiet = quiet
        self._language: Language = language
        self._progress: Progress | None = None
        self._all: TaskID | None = None
        """How many files are done, the one that is being read as a part."""
        self._one: TaskID | None = None
        self._files: list[Path] = []
        self._done: list[Path] = []
        self._length: int | None = None

    def __enter__(self) -> Self:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        terminal = Terminal(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[events]}"),
            TimeRemainingColumn(),
            console=terminal,
            transient=True,
            disable=self._quiet or not terminal.is_terminal,
        )
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()

    def pause(self) -> None:
        """Take the progress away, for a question."""
        if self._progress is not None:
            self._progress.stop()

    def start(self, files: Sequence[Path]) -> None:
        """All of these are gone through now."""
        if self._progress is None or not files:
            return
        for task in (self._all, self._one):
            if task is not None:
                self._progress.remove_task(task)
        self._files, self._done = list(files), []
        several = len(files) > 1
        self._all = self._progress.add_task(f"0 / {len(files)}", total=len(files), events="", visible=several)
        self._one = self._progress.add_task("", total=None, events="")
        self._progress.start()

    def begin(self, file: Path, size: int | None) -> None:
        """A file is being read."""
        if self._progress is None or self._one is None or self._all is None:
            return
        if file not in self._done:
            self._done.append(file)
        self._length = size
        self._progress.reset(self._one, total=size, description=file.name, events="")
        self._show_all(0)

    def advance(self, position: int, events: int) -> None:
        """It is read so far."""
        if self._progress is not None and self._one is not None:
            self._progress.update(self._one, completed=position, events=f"{events:,}")
            self._show_all(position)

    def _show_all(self, position: int) -> None:
        part = min(1.0, position / self._length) if self._length else 0.0
        number = len(self._done)
        if self._progress is not None and self._all is not None:
            self._progress.update(
                self._all, completed=number - 1 + part, description=f"{number} / {len(self._files)}"
            )

    def problem(self, problem: Problem) -> None:
        """A record is left out, or a file."""
        if not self._quiet:
            click.echo(str(problem), err=True)

    def note(self, note: Problem) -> None:
        """Something was decided of records that are taken."""
        if not self._quiet:
            click.echo(f"{NOTED.of(self._language)}: {note}", err=True)


def preview_tables(importing: Import, previews: Sequence[Preview], language: Language, *, ask: bool) -> None:
    """Show how each table was understood; where two readings are possible, ask which, if somebody is there."""
    for preview in previews:
        for sheet in preview.sheets:
            while ask and sheet.findings.questions and not sheet.findings.refusals and sys.stdin.isatty():
                question = sheet.findings.questions[0]
                sheet.answer(question, _choice(question, language))
                importing.inspect(sheet)
            for line in described(sheet, sheet.deals.totals, language):
                click.echo(line)
            click.echo()


def _choice(question: Question, language: Language) -> int:
    click.echo(question.text)
    for number, choice in enumerate(question.choices, start=1):
        click.echo(f"  {number}  {choice.label}")
    numbers = [str(number) for number in range(1, len(question.choices) + 1)]
    answer: str = click.prompt(ASK_WHICH.of(language), type=click.Choice(numbers))
    return int(answer) - 1


def confirm(
    sending: Sending,
    importing: Import,
    previews: Sequence[Preview],
    language: Language,
    *,
    yes: bool,
    blind: bool,
) -> bool:
    """Whether to send: tables only when they are right, and wanted as they were shown."""
    sheets = [sheet for preview in previews for sheet in preview.sheets]
    for preview in previews:
        if preview.is_refused:
            click.echo(NOTHING_OF.of(language).format(file=preview.source.path.name), err=True)
    good = [sheet for sheet in sheets if not sheet.findings.is_refused]
    if not sheets:
        return True
    if not good:
        return any(not preview.sheets and preview.unreadable is None for preview in previews)
    if sending.store_is_away and not blind:
        raise click.ClickException(STORE_AWAY.of(language).format(reason=sending.store_is_away))
    sending.compare(importing, previews)
    _say_comparison(sending, language)
    if yes or not _must_ask(good, sending):
        return True
    try:
        wanted = click.confirm(ASK_SEND.of(language), default=False)
    except click.Abort:
        raise click.ClickException(NOT_ASKED.of(language)) from None
    if not wanted:
        click.echo(NOT_WANTED.of(language))
    return wanted


def _must_ask(sheets: Sequence[Sheet], sending: Sending) -> bool:
    """A mapping that somebody wrote is wanted; one that was found by headings may be a misunderstanding."""
    return sending.removes or any(sheet.origin == "recognised" for sheet in sheets)


def _say_comparison(sending: Sending, language: Language) -> None:
    counts = {name: f"{sending.comparison.counts[name]:,}" for name in VERDICTS}
    older = OLDER.of(language).format(**counts) if sending.comparison.counts["older"] else ""
    if sending.facts is not None:
        click.echo(AGAINST_STORE.of(language).format(**{**counts, "older": older}))
    if sending.gone:
        text = REMOVES if sending.removes else GONE
        click.echo(text.of(language).format(gone=f"{sending.gone:,}"))


def counts_of(counts: dict[str, int], language: Language) -> str:
    """Counts by type of event."""
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())) or NOTHING.of(language)


def say_outcome(sending: Sending, importing: Import, outcome: Outcome, language: Language) -> None:
    """Tell what became of what was sent."""
    click.echo(SENT.of(language).format(counts=counts_of(importing.counts, language)))
    if not outcome.sent:
        if sending.comparison.counts["equal"]:
            click.echo(NOTHING_NEW.of(language))
        return
    if not outcome.followed:
        return
    whole = outcome.stored == outcome.sent
    text = ALL_STORED if whole else STORED
    click.echo(text.of(language).format(stored=f"{outcome.stored:,}", sent=f"{outcome.sent:,}"))
    for reason, count in outcome.rejected.most_common():
        click.echo(REJECTED.of(language).format(count=f"{count:,}", reason=reason), err=True)
    if outcome.known:
        click.echo(KNOWN.of(language).format(known=f"{outcome.known:,}"))
    if outcome.pending:
        click.echo(PENDING.of(language).format(pending=f"{outcome.pending:,}"), err=True)


def say_end(importing: Import, previews: Sequence[Preview]) -> None:
    """Say at the end that not all of it was taken, and where the reasons stand."""
    language = importing.options.told_in
    refused = any(preview.is_refused for preview in previews)
    text = DECIDE if refused else LEFT_OUT
    click.echo(text.of(language).format(count=f"{importing.problem_count:,}"), err=True)


def dry_run_json(importing: Import, previews: Sequence[Preview]) -> dict[str, Any]:
    """What a dry run found, for machines."""
    totals = deal_totals(importing, previews)
    sheets = [sheet for preview in previews for sheet in preview.sheets]
    return {
        "deals": totals.as_json(),
        "revenue_by_year": {str(year): float(value) for year, value in sorted(totals.by_year.items())},
        "events": event_counts(importing, previews),
        "problems": [entry for problem in importing.problems for entry in problem_json(problem)],
        "notes": [
            {
                "file": str(file),
                "line": next(iter(cause.lines), None),
                "count": cause.count,
                "reason": cause.reason,
            }
            for file, cause in (
                *((sheet.table.path, cause) for sheet in sheets for cause in sheet.findings.notes.values()),
                *((file, cause) for (file, _), cause in importing.options.memory.notes.items()),
            )
        ],
        "unsure": [text for sheet in sheets for text in sheet.findings.unsure],
        "tables": [
            {
                "file": str(sheet.table.path),
                "sheet": sheet.table.sheet,
                "kind": sheet.mapping.kind,
                "crm": sheet.crm,
                "form": sheet.table.form.en,
                "rows": sheet.row_count,
                "mapping": sheet.origin,
                "columns": {field: list(names) for field, names in sheet.mapping.fields().items()},
            }
            for sheet in sheets
        ],
    }


def deal_totals(importing: Import, previews: Sequence[Preview]) -> Totals:
    """The sums over the deals of all files."""
    return importing.all_deals(previews)


def event_counts(importing: Import, previews: Sequence[Preview]) -> dict[str, int]:
    """How many events of each type all files have."""
    counts = dict(importing.counts)
    for preview in previews:
        for sheet in preview.sheets:
            for kind, count in sheet.counts.items():
                counts[kind] = counts.get(kind, 0) + count
    return counts


def report_of(importing: Import, previews: Sequence[Preview]) -> str:
    """What a dry run found, for people."""
    language = importing.options.told_in
    return READ.of(language).format(counts=counts_of(event_counts(importing, previews), language))
