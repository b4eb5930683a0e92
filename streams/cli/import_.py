"""`salgspuls import`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any  # Any: fields that pydantic checks

import click

from streams.cli.call_store import call_corrections
from streams.cli.import_watch import watch
from streams.cli.session import Session
from streams.cli.types import Instant, RegularFile
from streams.language import Text

if TYPE_CHECKING:
    from streams.jobs.importing.run import Import, Preview
    from streams.jobs.importing.sending import Sending
    from streams.jobs.importing.terminal import Console
    from streams.language import Language

WATCH_ALONE = Text(
    "--watch takes its files from the folder, and sends them",
    "--watch tager sine filer fra mappen og sender dem",
)
CALL_ID_OR_WATCH = Text(
    "--call-id is of one call, and --watch takes many", "--call-id er ét opkald, og --watch tager mange"
)
NO_FILES = Text(
    "name the files to import, or a folder with --watch",
    "angiv de filer, der skal importeres, eller en mappe med --watch",
)
ONE_FILE = Text("--call-id is for one file", "--call-id er til én fil")
JSON_IS_DRY = Text(
    "--json is for --dry-run: what is sent is reported in lines",
    "--json er til --dry-run: hvad der sendes, meldes i linjer",
)

LEFT_OUT = 1
NOT_CONFIRMED = 3
_FILE = RegularFile()


@click.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option(
    "--seller", "seller_id", metavar="ID", help="Who sells in the calls or deals, where a file does not tell."
)
@click.option(
    "--seller-speaker",
    "seller_speakers",
    multiple=True,
    metavar="WHO",
    help="Name, label or channel of who sells, where a file does not tell the sides; may be given several times.",
)
@click.option("--seller-list", type=_FILE, help="The same from a file: one name a line, of all who sell.")
@click.option(
    "--consent/--no-consent",
    default=None,
    help="Whether calls may be analysed beyond their times; must be stated where a file does not. "
    "--no-consent holds for every file: no text is kept.",
)
@click.option("--started-at", type=Instant(), help="When a call began, where a file does not tell.")
@click.option("--as-if-now", is_flag=True, help="Take calls as if they happened now, as calls of their own.")
@click.option(
    "--speed",
    type=click.FloatRange(1, 1_000_000),
    help="Replay: 1 sends each event when it happened in real time, 60 a minute in a second; else all at once.",
)
@click.option(
    "--language", metavar="TAG", help="Language of calls, as da or en-US, where a file does not tell."
)
@click.option(
    "--currency", metavar="CODE", help="Currency of deals where a file does not tell; else the reporting one."
)
@click.option("--mapping", type=_FILE, help="Which column of a table is what, in TOML.")
@click.option(
    "--save-mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the mapping of the first table to a file, to be changed and given as --mapping.",
)
@click.option("--date-format", metavar="FORMAT", help="How a table's dates are written, as %d-%m-%Y.")
@click.option("--decimal", type=click.Choice([",", "."]), help="What stands before a table's decimals.")
@click.option(
    "--whole", is_flag=True, help="The files hold all deals: what is stored and not in them is removed."
)
@click.option(
    "--revision",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="A higher one corrects what an earlier import said.",
)
@click.option(
    "--call-id",
    metavar="ID",
    help="As which call a transcript is known, in the place of what its file says.",
)
@click.option(
    "--watch",
    "watched",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    metavar="DIR",
    help="Import every file that is dropped into a folder, until interrupted.",
)
@click.option("--blind", is_flag=True, help="Send all of a table, without comparing it with what is stored.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, send nothing; needs no server.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --dry-run: one JSON object with counts, sums, problems."
)
@click.option(
    "--wait",
    type=click.FloatRange(0, 3600),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a worker to store what is sent; 0 not at all.",
)
@click.pass_obj
def command(
    session: Session,
    files: tuple[Path, ...],
    seller_id: str | None,
    seller_speakers: tuple[str, ...],
    seller_list: Path | None,
    consent: bool | None,
    started_at: datetime | None,
    as_if_now: bool,
    speed: float | None,
    language: str | None,
    currency: str | None,
    mapping: Path | None,
    save_mapping: Path | None,
    date_format: str | None,
    decimal: str | None,
    whole: bool,
    revision: int,
    call_id: str | None,
    watched: Path | None,
    blind: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    wait: float,
) -> None:
    """Send deals, activities, sellers, periods and calls from FILES. What format a file has is seen from its content.

    Tables of CRMs (CSV, Excel, JSON records) are looked at first: you see how they were understood, and are asked
    before anything is sent. Importing a file again sends what has changed. Nothing is sent of a table of which a column
    does not fit; other records that cannot be read are reported and left out.

    Exit code: 0 all is stored; 1 something was left out or rejected, or nothing sent; 2 wrong usage; 3 sent, and no
    worker has stored it yet.

    \b
    Examples:
      salgspuls import deals.xlsx
      salgspuls import deals.csv --dry-run --json
      salgspuls import deals.csv --save-mapping our-crm.toml --dry-run
      salgspuls import deals.csv --mapping our-crm.toml --yes
      salgspuls import call.json --seller seller-17 --consent --started-at 2026-11-24T09:30:00Z
      salgspuls import --watch inbox --seller-list sellers.txt --consent
    """
    if watched is not None:
        if files or dry_run:
            raise click.UsageError(WATCH_ALONE.of(session.language))
        if call_id is not None:
            raise click.UsageError(CALL_ID_OR_WATCH.of(session.language))
        watch(watched, click.get_current_context())
        return
    if not files:
        raise click.UsageError(NO_FILES.of(session.language))
    if call_id is not None and len(files) > 1:
        raise click.UsageError(ONE_FILE.of(session.language))
    from schemas.fields import EARLIEST
    from streams.importers import MappingError, Options, read_mapping
    from streams.importers.contract import Memory
    from streams.jobs.importing.run import Import
    from streams.jobs.importing.terminal import Console, dry_run_json, preview_tables, report_of, say_end
    from streams.kafka.messages import Rules

    if as_json and not dry_run:
        raise click.UsageError(JSON_IS_DRY.of(session.language))
    settings = session.settings
    reporting = settings.reporting
    names = seller_list.read_text(encoding="utf-8-sig").splitlines() if seller_list else []

    def start_now(length: timedelta) -> datetime:
        """No event may lie in the future: a call that is replayed faster than real time began in the past."""
        return datetime.now(UTC) - length * (1 - 1 / (speed or math.inf))

    try:
        options = Options(
            consent=consent,
            seller_id=seller_id,
            named_sellers=frozenset(seller_speakers),
            seller_speakers=frozenset((*seller_speakers, *filter(None, map(str.strip, names)))),
            started_at=started_at,
            start_now=start_now if as_if_now else None,
            language=language,
            currency=currency or reporting.currency,
            zone=reporting.zone,
            mapping=read_mapping(mapping) if mapping else None,
            revision=revision,
            call_id=call_id,
            reporting_currency=reporting.currency,
            fiscal_start=reporting.fiscal_year_start_month,
            told_in=settings.web.language,
            memory=Memory(keeps_names=len(files) > 1),
            table_formats=_formats(date_format, decimal),
        )
    except MappingError as error:
        raise click.ClickException(error.reason.of(settings.web.language)) from None
    kept = settings.clickhouse
    now = datetime.now(UTC)
    rules = Rules(
        reporting.currency,
        now - timedelta(days=kept.segments_days),
        max(EARLIEST, now - timedelta(days=kept.crm_days)),
    )
    console = Console(quiet=as_json, language=settings.web.language)
    importing = Import(options, rules, console)
    sending = None
    with console, contextlib.ExitStack() as stack:
        if not dry_run:
            sending = _sending(session, speed=speed, whole=whole, wait=wait, blind=blind)
            stack.enter_context(sending.store())
            sending.know(importing)
        previews = importing.look(files)
        console.pause()
        if not as_json:
            preview_tables(importing, previews, options.told_in, ask=not (yes or dry_run))
        if save_mapping is not None:
            _save_mapping(previews, save_mapping, options.told_in)
        for preview in previews:
            importing.tell_problems(preview)
        if sending is not None:
            code = _send(session, sending, importing, previews, yes=yes, blind=blind, console=console)
        else:
            importing.read_others(previews)
            found = (
                json.dumps(dry_run_json(importing, previews), indent=2)
                if as_json
                else report_of(importing, previews)
            )
            click.echo(found)
            code = 0
    if importing.problems:
        say_end(importing, previews)
        code = LEFT_OUT
    if code:
        raise click.exceptions.Exit(code)


def _formats(date_format: str | None, decimal: str | None) -> dict[str, Any]:
    """What the options say of every table's mapping."""
    formats: dict[str, Any] = {}
    if date_format is not None:
        formats["date_format"] = (date_format,)
    if decimal is not None:
        formats["decimal"] = decimal
    return formats


def _save_mapping(previews: list[Preview], path: Path, language: Language) -> None:
    from streams.importers.summary import save_mapping
    from streams.jobs.importing.terminal import MAPPING_WRITTEN, NO_MAPPING

    sheet = next((sheet for preview in previews for sheet in preview.sheets), None)
    if sheet is None:
        raise click.ClickException(NO_MAPPING.of(language))
    save_mapping(sheet, path)
    click.echo(MAPPING_WRITTEN.of(language).format(path=path), err=True)


def _sending(session: Session, **how: Any) -> Sending:
    from streams.jobs.importing.sending import Sending

    sending = Sending(session.settings, **how)
    sending.notice = lambda text: click.echo(text.of(session.language), err=True)
    return sending


def _send(
    session: Session,
    sending: Sending,
    importing: Import,
    previews: list[Preview],
    *,
    yes: bool,
    blind: bool,
    console: Console,
) -> int:
    """Ask, send, and follow what was sent; the exit code."""
    from streams.jobs.importing.sending import Stopped
    from streams.jobs.importing.terminal import confirm, say_outcome

    language = importing.options.told_in
    console.pause()
    if not confirm(sending, importing, previews, language, yes=yes, blind=blind):
        return LEFT_OUT
    has_calls = any(not preview.sheets and preview.unreadable is None for preview in previews)
    with (
        call_corrections(session.settings) if has_calls else contextlib.nullcontext() as importing.corrections
    ):
        try:
            outcome = asyncio.run(sending.send(importing, previews))
        except Stopped:
            raise click.Abort from None
    say_outcome(sending, importing, outcome, language)
    return LEFT_OUT if outcome.rejected else NOT_CONFIRMED if outcome.pending else 0
