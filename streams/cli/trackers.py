"""`salgspuls trackers`."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, Any

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from clickhouse_connect.driver import Client

    from schemas.events import TrackerChanged
    from streams.settings import Settings

_EFFECT_SECONDS = 10.0
_COLUMNS = "tracker_id, revision, name, kind, aliases, language, side, word_forms, compounds, removed"


@click.group()
def command() -> None:
    """The keywords and competitors that calls are searched for. Changes take effect within 5 s, without a restart."""


@command.command("list")
@click.option("--removed", is_flag=True, help="Also those that are no longer listened for.")
@click.pass_obj
def list_trackers(session: Session, removed: bool) -> None:
    """Show what is listened for.

    \b
    Example:
      salgspuls trackers list
    """
    with _connect(session.settings, "reader") as client:
        shown = "" if removed else "WHERE NOT removed "
        rows = client.query(
            "SELECT tracker_id, kind, name, aliases, language, side, word_forms, compounds, removed "
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
@click.pass_obj
def add(
    session: Session,
    tracker_id: str | None,
    name: str,
    kind: str,
    aliases: tuple[str, ...],
    language: str | None,
    side: str | None,
    no_word_forms: bool,
    no_compounds: bool,
) -> None:
    """Listen for a keyword or competitor from now on; an existing TRACKER_ID is changed to what is given.

    TRACKER_ID is made of the name when it is left out.

    \b
    Example:
      salgspuls trackers add --name 'Contoso 360' --kind competitor --alias 'contoso three sixty'
    """
    _change(
        session.settings,
        tracker_id or _identifier(name),
        {
            "name": name,
            "kind": kind,
            "aliases": aliases,
            "language": language,
            "side": side,
            "word_forms": not no_word_forms,
            "compounds": not no_compounds,
        },
    )


@command.command()
@click.argument("tracker_id")
@click.pass_obj
def remove(session: Session, tracker_id: str) -> None:
    """Listen for TRACKER_ID no longer. What was found stays.

    \b
    Example:
      salgspuls trackers remove contoso-360
    """
    _change(session.settings, tracker_id, None)


def _change(settings: Settings, tracker_id: str, fields: dict[str, Any] | None) -> None:
    """Send the tracker with `fields`, or as removed when there are none, and wait until it is stored."""
    from streams.producer import EventProducer

    # revisions are no view's business: the writer reads the table
    with _connect(settings, "writer") as client:
        stored = _stored(client, tracker_id)
        if fields is None:
            if stored is None or stored["removed"]:
                raise click.ClickException(f"no tracker {tracker_id!r}; `salgspuls trackers list` shows all")
            fields = {name: stored[name] or None for name in ("language", "side")} | {
                name: stored[name] for name in ("name", "kind", "word_forms", "compounds")
            }
            fields |= {"aliases": tuple(stored["aliases"]), "removed": True}
        event = _event(tracker_id, 1 + (stored["revision"] if stored else 0), fields)

        async def send() -> None:
            async with EventProducer(settings.kafka) as producer:
                await producer.send(event)

        asyncio.run(send())
        verb = "removed" if event.removed else "changed" if stored else "added"
        click.echo(f"{tracker_id} {verb}: {event.kind} {_description(event.model_dump())}")
        if _wait_until_stored(client, event):
            seconds = settings.worker.tracker_poll_seconds
            click.echo(f"stored; workers go by it within {seconds:g} s, for what is said from then on")
        else:
            click.echo(
                "sent, and not stored yet: it takes effect as soon as a worker runs (`salgspuls doctor`)"
            )


def _event(tracker_id: str, revision: int, fields: dict[str, Any]) -> TrackerChanged:
    from pydantic import ValidationError

    from schemas.events import TrackerChanged
    from schemas.refusals import explain

    try:
        return TrackerChanged(tracker_id=tracker_id, revision=revision, **fields)
    except ValidationError as error:
        raise click.ClickException(explain(error).detail) from None


def _stored(client: Client, tracker_id: str) -> dict[str, Any] | None:
    rows = client.query(
        f"SELECT {_COLUMNS} FROM salgspuls_store.trackers FINAL WHERE tracker_id = {{id:String}}",
        parameters={"id": tracker_id},
    ).named_results()
    return next(iter(rows), None)


def _wait_until_stored(client: Client, event: TrackerChanged) -> bool:
    deadline = time.monotonic() + _EFFECT_SECONDS
    while time.monotonic() < deadline:
        stored = _stored(client, event.tracker_id)
        if stored is not None and stored["revision"] >= event.revision:
            return True
        time.sleep(0.1)
    return False


def _description(row: dict[str, Any]) -> str:
    said = ", ".join(repr(each) for each in (row["name"], *row["aliases"]))
    language = f"in {row['language']}" if row["language"] else "in every language"
    side = f"by the {row['side']}" if row["side"] else "by either side"
    forms = "with" if row["word_forms"] else "without"
    compounds = "with" if row["compounds"] else "without"
    return f"{said}, {language}, {side}, {forms} word forms, {compounds} compounds"


def _identifier(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or name


def _connect(settings: Settings, user: Any) -> Client:
    from clickhouse.client import wait_until_ready

    return wait_until_ready(settings.clickhouse.config(user), timeout=0, waiting=lambda _line: None)
