"""`salgspuls trackers`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any  # Any: values as the driver has them

import click

from streams.cli.session import Session
from streams.language import Language, Text

if TYPE_CHECKING:
    from schemas.events import Side, TrackerKind
    from streams.trackers.model import TrackerForm

_EFFECT_SECONDS = 10.0

NONE = Text(
    "no trackers; add one: salgspuls trackers add --name 'Contoso 360' --kind competitor",
    "intet spores; tilføj noget: salgspuls trackers add --name 'Contoso 360' --kind competitor",
)
GONE = Text(", removed", ", fjernet")
EVERYDAY_WORD = Text(
    "{name!r} is an everyday word, {counted}; --only-as-name and --also-as-word choose",
    "{name!r} er et hverdagsord, {counted}; --only-as-name og --also-as-word vælger",
)
AS_NAME = Text("counted only where it is said as a name", "der kun tælles, hvor det siges som et navn")
ANYWHERE = Text("counted wherever it is said", "der tælles, hvor som helst det siges")
ADDED = Text("{tracker_id} added: {what}", "{tracker_id} tilføjet: {what}")
CHANGED = Text("{tracker_id} changed: {what}", "{tracker_id} ændret: {what}")
REMOVED = Text("{tracker_id} removed", "{tracker_id} fjernet")
SENT = Text(
    "sent, and not stored yet: it takes effect as soon as a worker runs (`salgspuls doctor`)",
    "sendt og endnu ikke gemt: det gælder, så snart en worker kører (`salgspuls doctor`)",
)
STORED = Text(
    "stored; workers go by it within {seconds:g} s, for what is said from then on",
    "gemt; workerne følger det inden for {seconds:g} s, for det, der siges fra da af",
)
IN_LANGUAGE = Text("in {language}", "på {language}")
IN_EVERY_LANGUAGE = Text("in every language", "på alle sprog")
BY_SIDE = {
    "seller": Text("by the seller", "af sælgeren"),
    "customer": Text("by the customer", "af kunden"),
    "": Text("by either side", "af begge sider"),
}
FORMS = {True: Text("with word forms", "med bøjninger"), False: Text("without word forms", "uden bøjninger")}
COMPOUNDS = {
    True: Text("with compounds", "med sammensætninger"),
    False: Text("without compounds", "uden sammensætninger"),
}
NAMED = {
    True: Text(", only as a name", ", kun som navn"),
    False: Text(", also as a word", ", også som ord"),
    None: Text("", ""),
}
KINDS = {"keyword": Text("keyword", "nøgleord"), "competitor": Text("competitor", "konkurrent")}


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
        gone = GONE.of(session.language) if row["removed"] else ""
        click.echo(f"{row['tracker_id']}: {_description(row, session.language)}{gone}")
    if not found:
        click.echo(NONE.of(session.language))


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
        counted = AS_NAME if form.kind == "competitor" and only_as_name is None else ANYWHERE
        hint = EVERYDAY_WORD.of(session.language)
        click.echo(hint.format(name=name, counted=counted.of(session.language)))
    asyncio.run(_replace(session, tracker_id or identifier(name), form))


@command.command()
@click.argument("tracker_id")
@click.pass_obj
def remove(session: Session, tracker_id: str) -> None:
    """Stop tracking TRACKER_ID. Past mentions stay.

    \b
    Example:
      salgspuls trackers remove contoso-360
    """
    asyncio.run(_discard(session, tracker_id))


async def _replace(session: Session, tracker_id: str, form: TrackerForm) -> None:
    from streams.trackers.service import TrackerService

    service = TrackerService(session.settings, stored_within=_EFFECT_SECONDS)
    change = CHANGED if await service.current(tracker_id) else ADDED
    what = _description(asdict(form), session.language)
    with _reported(change.of(session.language).format(tracker_id=tracker_id, what=what), session):
        await service.replace(tracker_id, form)


async def _discard(session: Session, tracker_id: str) -> None:
    from streams.trackers.service import TrackerService

    service = TrackerService(session.settings, stored_within=_EFFECT_SECONDS)
    with _reported(REMOVED.of(session.language).format(tracker_id=tracker_id), session):
        await service.discard(tracker_id)


@contextmanager
def _reported(change: str, session: Session) -> Iterator[None]:
    """Says what became of a change: stored, or sent and waiting for a worker."""
    from streams.trackers.model import NotStoredYetError

    try:
        yield
    except NotStoredYetError:
        click.echo(change)
        click.echo(SENT.of(session.language))
        return
    click.echo(change)
    seconds = session.settings.worker.tracker_poll_seconds
    click.echo(STORED.of(session.language).format(seconds=seconds))


def _description(row: Mapping[str, Any], told_in: Language) -> str:
    spellings = ", ".join(repr(each) for each in (row["name"], *row["aliases"]))
    spoken = IN_LANGUAGE.of(told_in).format(language=row["language"])
    parts = (
        spellings,
        spoken if row["language"] else IN_EVERY_LANGUAGE.of(told_in),
        BY_SIDE[row["side"] or ""].of(told_in),
        FORMS[bool(row["word_forms"])].of(told_in),
        COMPOUNDS[bool(row["compounds"])].of(told_in),
    )
    return f"{KINDS[row['kind']].of(told_in)} {', '.join(parts)}{NAMED[row['only_as_name']].of(told_in)}"
