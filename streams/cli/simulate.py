"""`salgspuls simulate`."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import IO, TYPE_CHECKING, Any  # Any: what a coroutine yields and takes

import click

from streams.cli.session import Session
from streams.cli.types import Duration, Instant

if TYPE_CHECKING:
    from rich.console import Console

    from streams.config.settings import Settings
    from streams.kafka.producer import EventProducer
    from streams.replay import TimedEvent

_REPLAYED = timedelta(hours=1)
_LISTENING_WITHIN = 30.0
"""Seconds; a worker that runs has stored a tracker in less than one, and needs some to start."""


@click.command()
@click.option("--seed", default=7, show_default=True, help="Another number, another world.")
@click.option(
    "--history-days",
    default=60,
    show_default=True,
    type=click.IntRange(0, 3650),
    help="Days of recorded calls before now; deals go back to the start of that quarter.",
)
@click.option(
    "--density",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.05, 50),
    help="How much happens; 1 is some 10,000 segments a working day.",
)
@click.option("--live/--no-live", default=True, show_default=True, help="Go on after the history.")
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 10_000),
    help="How fast the live part goes. No event lies in the future, so above 1 it begins in the past: "
    "early enough to reach now at the end of --duration, or one hour back and in real time once it has caught up.",
)
@click.option(
    "--duration", type=Duration(), help="How long the live part lasts, as 90s or 2h; else until Ctrl-C."
)
@click.option(
    "--always-open/--office-hours",
    default=True,
    show_default=True,
    help="Whether the live part has calls at any hour; history keeps office hours.",
)
@click.option(
    "--spike", metavar="TEAM", help="Make this team's customers angry for some minutes of the live part."
)
@click.option("--spike-after", type=Duration(), default="60s", show_default=True, help="When that begins.")
@click.option(
    "--rate",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="At most so many events a second while sending history.",
)
@click.option(
    "--shuffle",
    default=0,
    type=click.IntRange(0),
    metavar="N",
    help="Move messages of the history by up to N places.",
)
@click.option(
    "--repeat",
    default=0.0,
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Send this share of the history twice.",
)
@click.option(
    "--poison",
    default=0.0,
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Add this share of messages that must be rejected.",
)
@click.option(
    "--to-file",
    type=click.File("wb"),
    metavar="FILE",
    help="Write the history as JSON Lines (- for standard output), send nothing.",
)
@click.option(
    "--until", type=Instant(), help="End the history at this time, not now; with --no-live or --to-file."
)
@click.pass_obj
def command(
    session: Session,
    seed: int,
    history_days: int,
    density: float,
    live: bool,
    speed: float,
    duration: timedelta | None,
    always_open: bool,
    spike: str | None,
    spike_after: timedelta,
    rate: int,
    shuffle: int,
    repeat: float,
    poison: float,
    to_file: IO[bytes] | None,
    until: datetime | None,
) -> None:
    """Send simulated sales calls and deals: sixteen sellers in four teams, in Danish and English.

    The history up to now and, at once, what happens from now on. The same seed gives the same world.

    \b
    Examples:
      salgspuls simulate
      salgspuls simulate --history-days 90 --no-live
      salgspuls simulate --seed 3 --until 2026-11-24T09:30:00Z --to-file events.jsonl
      salgspuls simulate --spike Nord --spike-after 30s
    """
    from rich.console import Console

    from schemas.events import serialize
    from streams.replay import settings_first
    from streams.simulator import WARM_UP, Spike, World, faulty

    live = live and not to_file
    if until and live:
        raise click.UsageError("--until is for --no-live or --to-file: live calls happen now")
    if to_file and (shuffle or repeat or poison):
        raise click.UsageError(
            "--shuffle, --repeat and --poison are faults of messages: they need Kafka, not a file"
        )
    live_from = until or datetime.now(UTC)
    if live and speed > 1:
        live_from -= (speed - 1) * duration if duration else _REPLAYED
    world = World.create(
        seed,
        live_from,
        history_days,
        density,
        currency=session.settings.reporting.currency,
        always_open=live and always_open,
        spike=Spike(spike, live_from + spike_after * speed) if spike else None,
    )
    teams = list(dict.fromkeys(seller.team for seller in world.sellers))
    if spike and spike not in teams:
        raise click.UsageError(f"--spike {spike}: no such team; there are {', '.join(teams)}")

    console = Console(stderr=True)
    if to_file:
        events = _watched_history(world.history(end=live_from), world.begins, live_from, console)
        to_file.writelines(serialize(timed.event) + b"\n" for timed in events)
        return
    # of calls in progress the beginning is sent first: what came before fills in while they go on
    recent_from = live_from - WARM_UP if live else live_from
    whole = world.history(end=recent_from) if recent_from > world.begins else iter(())
    settings_events, whole = settings_first(whole)
    history = _watched_history(whole, world.begins, recent_from, console)
    recent = world.history(start=recent_from, end=live_from) if live else iter(())
    present = _watched_live(world.history(start=live_from), console) if live else None
    messages = None
    if shuffle or repeat or poison:
        messages = faulty(
            (timed.event for timed in history), Random(seed), repeat=repeat, poison=poison, shuffle=shuffle
        )

    async def send() -> int:
        from streams.kafka.producer import EventProducer
        from streams.kafka.topics import ensure_topics
        from streams.replay import WorldClock, send_history, send_live, send_messages

        stop, over, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

        def end() -> None:
            stop.set()
            over.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end)
        # it goes on while the history is sent, or all that is live would be late by that
        clock = WorldClock(live_from, speed)
        kafka = session.settings.kafka
        async with EventProducer(kafka) as producer:
            await ensure_topics(kafka.client_kwargs(), kafka.topics())
            await send_history(settings_events, producer, rate=rate, stop=stop)
            await producer.flush()
            await _unless_stopped(stop, _workers_listen(session.settings, settings_events, console))
            await send_history(recent, producer, rate=rate, stop=stop)
            past = (
                send_messages(messages, producer, rate=rate, stop=stop)
                if messages
                else send_history(history, producer, rate=rate, stop=stop)
            )
            sending = [_reported(past, producer, console)]
            if present:
                if duration:
                    loop.call_later(duration.total_seconds(), over.set)
                sending.append(send_live(present, producer, clock=clock, stop=over))
            await asyncio.gather(*sending)
        return producer.confirmed

    console.print(f"{asyncio.run(send()):,} messages sent")


async def _workers_listen(settings: Settings, events: Iterable[TimedEvent], console: Console) -> None:
    """Wait until workers listen for the trackers among events; what is read before that mentions none of them."""
    from clickhouse.client import ClickHouseUnavailableError
    from schemas.events import TrackerChanged
    from streams.trackers.events import await_listening

    trackers = [timed.event for timed in events if isinstance(timed.event, TrackerChanged)]
    try:
        known = await await_listening(
            trackers, settings.clickhouse.config("writer"), settings.worker, _LISTENING_WITHIN
        )
        reason = f"no worker has stored the trackers within {_LISTENING_WITHIN:g} s"
    except ClickHouseUnavailableError as error:
        known, reason = False, str(error)
    if not known:
        console.print(f"calls are sent at once, and may be read before their trackers are known: {reason}")


async def _unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, and leave it when `stop` is set."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _reported(history: Coroutine[Any, Any, None], producer: EventProducer, console: Console) -> None:
    """Send the history, and say how much that was."""
    await history
    await producer.flush()
    console.print(f"{producer.confirmed:,} messages sent, all of the history among them")


def _watched_history(
    events: Iterator[TimedEvent], begins: datetime, ends: datetime, console: Console
) -> Iterator[TimedEvent]:
    """The events, with a progress bar that goes by their time."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("history {task.fields[day]}"),
        BarColumn(),
        TextColumn("{task.fields[events]:,} events"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=(ends - begins).total_seconds(), day="", events=0)
        for number, timed in enumerate(events, start=1):
            if number % 500 == 0:
                done = (timed.at - begins).total_seconds()
                progress.update(task, completed=done, day=f"{timed.at:%Y-%m-%d}", events=number)
            yield timed


def _watched_live(events: Iterator[TimedEvent], console: Console) -> Iterator[TimedEvent]:
    """The events, with a line that says how many calls are in progress and how many events come a second."""
    in_progress: set[str] = set()
    recent: deque[float] = deque(maxlen=60)
    with console.status("") if console.is_terminal else nullcontext() as status:
        for timed in events:
            yield timed
            recent.append(time.monotonic())
            if timed.event.type == "call_started":
                in_progress.add(timed.event.call_id)
            elif timed.event.type == "call_ended":
                in_progress.discard(timed.event.call_id)
            if status:
                rate = len(recent) / max(1.0, recent[-1] - recent[0])
                status.update(
                    f"{timed.at:%H:%M:%S} UTC  {len(in_progress)} calls in progress  {rate:.1f} events/s"
                )
