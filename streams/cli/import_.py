"""`salgspuls import`."""

from __future__ import annotations

import asyncio
import math
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.call_store import call_corrections
from streams.cli.session import Session
from streams.cli.simulate import Instant

if TYPE_CHECKING:
    from rich.progress import Progress

    from schemas.events import AnyEvent
    from schemas.rejections import Refusal
    from streams.config.settings import KafkaSettings
    from streams.importers import Options
    from streams.jobs.call_corrections import CallCorrections
    from streams.kafka.messages import Rules
    from streams.replay import TimedEvent

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--seller", "seller_id", metavar="ID", help="Who sells in the calls, where a file does not tell."
)
@click.option(
    "--seller-speaker",
    "seller_speakers",
    multiple=True,
    metavar="WHO",
    help="Name, label or channel of who sells, where a file does not tell the sides; may be given several times.",
)
@click.option(
    "--seller-list",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The same from a file: one name a line, of all who sell.",
)
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
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column of a CSV file is what, in TOML.",
)
@click.option(
    "--revision",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="A higher one corrects what an earlier import said.",
)
@click.option("--dry-run", is_flag=True, help="Read and check everything, send nothing.")
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
    revision: int,
    dry_run: bool,
) -> None:
    """Send calls and deals from FILES. What format a file has is seen from its content; docs/importing.md lists them.

    Importing a file twice changes nothing. A record that cannot be read is reported with its file and line, and the
    others are sent.

    \b
    Examples:
      salgspuls import events.jsonl
      salgspuls import call.json --seller seller-17 --consent --started-at 2026-11-24T09:30:00Z
      salgspuls import call.json --seller seller-17 --consent --as-if-now --speed 10
      salgspuls import sales_teams.csv sales_pipeline.csv
      salgspuls import deals.csv --mapping our-crm.toml --dry-run
    """
    from streams.importers import MappingError, Options, read_mapping
    from streams.kafka.messages import Rules

    reporting = session.settings.reporting
    names = seller_list.read_text(encoding="utf-8-sig").splitlines() if seller_list else []

    def start_now(length: timedelta) -> datetime:
        """No event may lie in the future: a call that is replayed faster than real time began in the past."""
        return datetime.now(UTC) - length * (1 - 1 / (speed or math.inf))

    try:
        options = Options(
            consent=consent,
            seller_id=seller_id,
            seller_speakers=frozenset((*seller_speakers, *filter(None, map(str.strip, names)))),
            started_at=started_at,
            start_now=start_now if as_if_now else None,
            language=language,
            currency=currency or reporting.currency,
            zone=reporting.zone,
            mapping=read_mapping(mapping) if mapping else None,
            revision=revision,
        )
    except MappingError as error:
        raise click.ClickException(str(error)) from None
    kept = timedelta(days=session.settings.clickhouse.segments_days)
    importing = _Import(options, Rules(reporting.currency, datetime.now(UTC) - kept))
    if dry_run:
        for path in files:
            for _ in importing.events(path):
                pass
    else:
        with call_corrections(session.settings) as importing.corrections:
            asyncio.run(_send(importing, files, session.settings.kafka, speed))
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(importing.counts.items()))
    click.echo(f"{'read' if dry_run else 'sent'}: {counts or 'nothing'}")
    if importing.problems:
        raise click.ClickException(f"left out, each for the reason above: {importing.problems:,} records")


async def _send(
    importing: _Import, files: tuple[Path, ...], kafka: KafkaSettings, speed: float | None
) -> None:
    from streams.kafka.producer import EventProducer
    from streams.kafka.topics import ensure_topics
    from streams.replay import WorldClock, send_history, send_live

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with EventProducer(kafka) as producer:
        await ensure_topics(kafka.client_kwargs(), kafka.topics())
        for path in files:
            events = importing.events(path)
            if speed is None:
                await send_history(events, producer, rate=math.inf, stop=stop)
            elif first := next(events, None):
                clock = WorldClock(first.at, speed)
                await send_live(chain([first], events), producer, clock=clock, stop=stop)
            if stop.is_set():
                raise click.Abort


class _Import:
    """Reads files to events, shows how far it is, tells of problems, and counts."""

    def __init__(self, options: Options, rules: Rules) -> None:
        self._options = options
        self._rules = rules
        self.counts = Counter[str]()
        self.problems = 0
        self.corrections: CallCorrections | None = None
        """Compares calls with what is stored; None where no store is asked."""

    def events(self, path: Path) -> Iterator[TimedEvent]:
        """The events of a file that a worker will take, each with the time when it happened."""
        from streams.importers import Problem, Source, read
        from streams.replay import TimedEvent

        source = Source(path)
        with _progress() as progress:
            task = progress.add_task(path.name, total=source.size, events=0)
            items = read(source, self._options)
            if self.corrections is not None:
                items = self.corrections.checked(items, source)
            for number, item in enumerate(items, start=1):
                progress.update(task, completed=source.position, events=number)
                refusal = None if isinstance(item, Problem) else _refusal(item, self._rules)
                if refusal is not None:
                    item = Problem(path, source.line, refusal.detail)
                if isinstance(item, Problem):
                    self.problems += item.count
                    progress.console.print(str(item), markup=False, highlight=False, soft_wrap=True)
                else:
                    self.counts[item.type] += 1
                    yield TimedEvent(moment_of(item), item)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[events]:,} events"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _refusal(event: AnyEvent, rules: Rules) -> Refusal | None:
    """Why a worker would refuse an event: said here, where its file and line are known."""
    from schemas.events import serialize
    from schemas.rejections import Refusal
    from schemas.topics import topic_of
    from streams.kafka.messages import Message, read

    message = Message(
        topic_of(event).name, 0, 0, event.key.encode(), serialize(event), received_at=datetime.now(UTC)
    )
    try:
        read(message, rules)
    except Refusal as refusal:
        return refusal
    return None


def moment_of(event: AnyEvent) -> datetime:
    """When what an event tells has happened; of a setting, which has no time, long ago."""
    from schemas.events import ActivityLogged, CallEnded, CallSegment, CallStarted, OpportunityChanged

    match event:
        case CallStarted():
            return event.call_started_at
        case CallSegment():
            return event.call_started_at + timedelta(milliseconds=event.end_ms)
        case CallEnded():
            return event.call_started_at + timedelta(milliseconds=event.duration_ms)
        case OpportunityChanged():
            return event.changed_at
        case ActivityLogged():
            return event.started_at + timedelta(minutes=event.duration_minutes)
    return _LONG_AGO
