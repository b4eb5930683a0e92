"""`salgspuls rebuild`."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from clickhouse.schema.rows import TrackerRow
    from streams.config.settings import Settings


@click.command()
@click.option("--reason", default="", help="Why, in a few words; shown on the pages' time axes.")
@click.option(
    "--resume", is_flag=True, help="Go on with the rebuild that was broken off, instead of a new one."
)
@click.option(
    "--trackers",
    is_flag=True,
    help="Only look for the trackers again: many times as fast, enough after a change of them alone.",
)
@click.option("--processes", type=click.IntRange(1, 256), help="So many at a time; one a core by default.")
@click.pass_obj
def command(session: Session, reason: str, resume: bool, trackers: bool, processes: int | None) -> None:
    """Reprocess stored calls, after trackers or the analysis have changed.

    Goes as far back as text is kept; older calls stay as they are. The workers may go on meanwhile: they write in
    the new way from the start. May be interrupted with Ctrl-C, and resumed.

    With --trackers the text of every call is searched for the trackers of now, and only calls in which they find
    something else than before are reprocessed.

    \b
    Examples:
      salgspuls rebuild --trackers --reason "trackers for the autumn campaign"
      salgspuls rebuild --reason "a better lexicon"
      salgspuls rebuild --resume
    """
    again = "salgspuls rebuild --resume" + (" --trackers" if trackers else "")
    try:
        _rebuild(session.settings, reason, resume, trackers, processes or os.cpu_count() or 1)
    except KeyboardInterrupt:
        raise click.ClickException(f"interrupted; go on with `{again}`") from None


def _rebuild(settings: Settings, reason: str, resume: bool, trackers: bool, processes: int) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from streams.jobs import shards

    epoch, rows = asyncio.run(_begin(settings, reason, resume))
    job = shards.Job(
        "trackers" if trackers else "all",
        settings.clickhouse.config("writer"),
        epoch,
        rows,
        settings.reporting.own_name_list,
        settings.worker.sales_lexicon,
    )
    unit = "segments" if trackers else "calls"
    with Progress(
        TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
    ) as bar:
        task = bar.add_task(unit, total=None)
        done = shards.run(
            job, processes, lambda so_far, total: bar.update(task, total=total, completed=so_far)
        )
    kept = f"; {done.without_text} stay as they were, their text is not kept" if done.without_text else ""
    looked = f"{done.done} segments looked at, " if trackers else ""
    click.echo(f"{looked}{done.rewritten} calls rebuilt{kept}")


async def _begin(settings: Settings, reason: str, resume: bool) -> tuple[int, list[TrackerRow]]:
    """The epoch to write in, once the workers write in it too, and the trackers of now."""
    from clickhouse.store import opened
    from streams.worker.active_trackers import noticed_within

    async with opened(settings.clickhouse.config("writer")) as tables:
        epoch = await tables.epoch() if resume else await tables.begin_epoch(reason)
        click.echo(f"epoch {epoch}: waiting until the workers write in it")
        await asyncio.sleep(noticed_within(settings.worker))
        return epoch, await tables.trackers()
