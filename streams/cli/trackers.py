"""`salgspuls trackers`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any  # Any: values as the driver has them

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from schemas.events import Side, TrackerKind
    from streams.config.settings import Settings
    from streams.trackers.model import TrackerForm

_EFFECT_SECONDS = 10.0


@click.group()
def command() -> None:
    """The keywords and competitors that calls are searched for. Changes take effect within 5 s, without a restart."""


@command.command("list")
@click.option("--removed", is_flag=True, help="Also those that were removed.")
@click.pass_obj
def list_trackers(session: Session, removed: bool) -> None:
    """Show the active trackers.

    \b
    Example:
      salgspuls trackers list
    """
    from clickhouse.client import wait_until_ready

    config = session.settings.clickhouse.config("reader")
    with wait_until_ready(config, timeout=0, waiting=lambda _line: None) as client:
        shown = "" if removed else "WHERE NOT removed "
        rows = client.query(
            "SELECT tracker_id, kind, name, aliases, language, side, word_forms, compounds, only_as_name, removed "
            f"FROM salgspuls.trackers {shown}ORDER BY kind, name"
        ).named_results()
        found = list(rows)
    for row in found:
        gone = ", removed" if row["removed"] else ""
        click.echo(f"{row['tracker_id']}: {row['kind']} {_description(row)}{gone}")
    if not found:
        click.echo("no trackers; add one: salgspuls trackers add --name 'Contoso 360' --kind competitor")


@command.command()
@click.argument("tracker_id", required=False)
@click.option("--name", required=True, help="As people say and write it.")
@click.option("--kind", required=True, type=click.Choice(["keyword", "competitor"]), help="What it is.")
@click.option("--alias", "aliases", multiple=True, help="Another way to say it; may be given several times.")
@click.option("--language", metavar="TAG", help="Only in this language, as da or en-US.")
@click.option("--side", type=click.Choice(["seller", "customer"]), help="Only when this side says it.")
@click.option("--no-word-forms", is_flag=True, help="Not inflected: only as written.")
@click.option("--no-compounds", is_flag=True, help="Not as the first part of a Danish compound.")
@click.option(
    "--only-as-name/--also-as-word",
    default=None,
    help="Only where it is said as a name, by a capital or the words around it; left out: competitors that are words.",
)
@click.pass_obj
def add(
    session: Session,
    tracker_id: str | None,
    name: str,
    kind: TrackerKind,
    aliases: tuple[str, ...],
    language: str | None,
    side: Side | None,
    no_word_forms: bool,
    no_compounds: bool,
    only_as_name: bool | None,
) -> None:
    """Track a keyword or competitor from now on; an existing TRACKER_ID is changed to what is given.

    TRACKER_ID is made of the name when it is left out.

    \b
    Example:
      salgspuls trackers add --name 'Contoso 360' --kind competitor --alias 'contoso three sixty'
    """
    from streams.trackers.events import identifier
    from streams.trackers.model import TrackerForm

    form = TrackerForm(
        name=name,
        kind=kind,
        aliases=aliases,
        language=language,
        side=side,
        word_forms=not no_word_forms,
        compounds=not no_compounds,
        only_as_name=only_as_name,
    )
    if form.is_common_word and form.only_as_name is not True:
        counted = (
            "counted only where it is said as a name"
            if form.kind == "competitor" and only_as_name is None
            else "counted wherever it is said"
        )
        click.echo(f"{name!r} is an everyday word, {counted}; --only-as-name and --also-as-word choose")
    asyncio.run(_replace(session.settings, tracker_id or identifier(name), form))


@command.command()
@click.argument("tracker_id")
@click.pass_obj
def remove(session: Session, tracker_id: str) -> None:
    """Stop tracking TRACKER_ID. Past mentions stay.

    \b
    Example:
      salgspuls trackers remove contoso-360
    """
    asyncio.run(_discard(session.settings, tracker_id))


async def _replace(settings: Settings, tracker_id: str, form: TrackerForm) -> None:
    from streams.trackers.service import TrackerService

    service = TrackerService(settings, stored_within=_EFFECT_SECONDS)
    verb = "changed" if await service.current(tracker_id) else "added"
    with _reported(f"{tracker_id} {verb}: {form.kind} {_description(asdict(form))}", settings):
        await service.replace(tracker_id, form)


async def _discard(settings: Settings, tracker_id: str) -> None:
    from streams.trackers.service import TrackerService

    service = TrackerService(settings, stored_within=_EFFECT_SECONDS)
    with _reported(f"{tracker_id} removed", settings):
        await service.discard(tracker_id)


@contextmanager
def _reported(change: str, settings: Settings) -> Iterator[None]:
    """Says what became of a change: stored, or sent and waiting for a worker."""
    from streams.trackers.model import NotStoredYetError

    try:
        yield
    except NotStoredYetError:
        click.echo(change)
        click.echo("sent, and not stored yet: it takes effect as soon as a worker runs (`salgspuls doctor`)")
        return
    click.echo(change)
    seconds = settings.worker.tracker_poll_seconds
    click.echo(f"stored; workers go by it within {seconds:g} s, for what is said from then on")


def _description(row: Mapping[str, Any]) -> str:
    said = ", ".join(repr(each) for each in (row["name"], *row["aliases"]))
    language = f"in {row['language']}" if row["language"] else "in every language"
    side = f"by the {row['side']}" if row["side"] else "by either side"
    forms = "with" if row["word_forms"] else "without"
    compounds = "with" if row["compounds"] else "without"
    as_name = {True: ", only as a name", False: ", also as a word", None: ""}[row["only_as_name"]]
    return f"{said}, {language}, {side}, {forms} word forms, {compounds} compounds{as_name}"
