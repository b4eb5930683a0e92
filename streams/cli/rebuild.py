"""`salgspuls rebuild`."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from streams.config.settings import Settings


@click.command()
@click.option("--reason", default="", help="Why, in a few words; shown on the pages' time axes.")
@click.option(
    "--resume", is_flag=True, help="Go on with the rebuild that was broken off, instead of a new one."
)
@click.pass_obj
def command(session: Session, reason: str, resume: bool) -> None:
    """Analyse stored calls anew, after trackers or the analysis have changed.

    Goes as far back as text is kept; older calls stay as they are. The workers may go on meanwhile: they write in
    the new way from the start. May be broken off with Ctrl-C, and resumed.

    \b
    Examples:
      salgspuls rebuild --reason "trackers for the autumn campaign"
      salgspuls rebuild --resume
    """
    try:
        asyncio.run(_rebuild(session.settings, reason, resume))
    except KeyboardInterrupt:
        raise click.ClickException("broken off; go on with `salgspuls rebuild --resume`") from None


async def _rebuild(settings: Settings, reason: str, resume: bool) -> None:
    from prometheus_client import CollectorRegistry
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from clickhouse.store import opened
    from streams.jobs import rebuild
    from streams.worker.active_trackers import analyser_for, noticed_within
    from streams.worker.metrics import WorkerMetrics
    from streams.worker.retrying_store import PersistentStore
    from streams.worker.waits import Waits

    metrics = WorkerMetrics(CollectorRegistry())
    async with opened(settings.clickhouse.config("writer")) as tables:
        epoch = await tables.epoch() if resume else await tables.begin_epoch(reason)
        store = PersistentStore(tables, metrics, Waits(metrics), random.Random())  # noqa: S311 - jitter
        click.echo(f"epoch {epoch}: waiting until the workers write in it")
        await asyncio.sleep(noticed_within(settings.worker))
        analyser = analyser_for(
            await store.trackers(),
            settings.reporting.own_name_list,
            sales_lexicon=settings.worker.sales_lexicon,
        )
        with Progress(
            TextColumn("calls"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
        ) as bar:
            task = bar.add_task("calls", total=None)
            progress = await rebuild.rebuild(
                store,
                analyser,
                epoch,
                lambda so_far: bar.update(task, total=so_far.total, completed=so_far.done),
            )
    kept = (
        f"; {progress.without_text} stay as they were, their text is not kept"
        if progress.without_text
        else ""
    )
    click.echo(f"{progress.rebuilt} calls rebuilt{kept}")
