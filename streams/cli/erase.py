"""`salgspuls erase`."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from clickhouse_connect.driver import Client

    from clickhouse.erasure import Subject, SubjectKind
    from streams.config.settings import Settings

_LONGEST_STATEMENT = 3600.0  # seconds; ClickHouse rewrites each month in which a row is deleted
_NO_RIGHT = (164, 497)  # READONLY, ACCESS_DENIED


@click.command()
@click.option("--customer", metavar="ID", help="Erase the customer with this id.")
@click.option("--customer-name", metavar="NAME", help="Erase the calls that know this customer by name only.")
@click.option("--seller", metavar="ID", help="Erase the seller with this id.")
@click.option("--call", metavar="ID", help="Erase the call with this id.")
@click.option("--dry-run", is_flag=True, help="Only say how many rows of which tables.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--by", metavar="NAME", help="At whose request, for the record; the user of this machine by default."
)
@click.pass_obj
def command(session: Session, /, dry_run: bool, yes: bool, by: str | None, **subjects: str | None) -> None:
    """Erase what is stored of a customer, a seller or a call, for good.

    Of a customer: the calls with all that was found in them, the deals and their activities. A customer without an id
    is known by the name that calls give, in whatever case. Of a seller: the calls, the activities, the hours, the name;
    the deals stay, with another id in the place of the seller's. Dead letters that name one go, too. What is counted by
    the hour is counted anew without the calls. Workers may go on meanwhile; they reject what comes again of what was
    erased, and take what is new.

    Safe to run again, also after it was broken off. Where ClickHouse has a user for migrations, run it as that one, as
    `migrate`. docs/privacy.md says what Kafka and backups keep.

    \b
    Examples:
      salgspuls erase --customer account-81 --dry-run
      salgspuls erase --customer-name "Karen Holm"
      salgspuls erase --call call-2026-11-24-0007
      salgspuls erase --seller seller-17 --by "HR, case 2026-114"
    """
    from clickhouse.erasure import Subject

    given = [(kind, value) for kind, value in subjects.items() if value is not None]
    if len(given) != 1:
        raise click.UsageError("give one of --customer ID, --customer-name NAME, --seller ID, --call ID")
    [(kind, value)] = given
    subject = Subject(cast("SubjectKind", kind), value)
    try:
        _erase(session.settings, subject, dry_run, yes, by)
    except KeyboardInterrupt:
        raise click.ClickException("broken off; run the same command again to go on") from None


def _erase(settings: Settings, subject: Subject, dry_run: bool, yes: bool, by: str | None) -> None:
    from clickhouse_connect.driver.exceptions import DatabaseError

    from clickhouse.client import wait_until_ready
    from clickhouse.schema.migrate import ensure_current

    config = replace(settings.clickhouse.config("writer"), read_timeout=_LONGEST_STATEMENT)
    with wait_until_ready(config, timeout=0, waiting=lambda _line: None, database="") as client:
        ensure_current(client)
        try:
            _erase_with(client, settings, subject, dry_run, yes, by)
        except DatabaseError as error:
            if error.code in _NO_RIGHT:
                raise click.ClickException(
                    f"ClickHouse's user {config.username} may not delete: set SALGSPULS_CLICKHOUSE_WRITER_USER and "
                    "..._PASSWORD to the user that migrates, then run the same command again"
                ) from None
            raise


def _erase_with(
    client: Client, settings: Settings, subject: Subject, dry_run: bool, yes: bool, by: str | None
) -> None:
    from getpass import getuser

    from clickhouse.erasure import Eraser, Erasure, RetentionFloor
    from streams.jobs import erase
    from streams.worker.active_trackers import noticed_within

    now = datetime.now(UTC)
    erasure = Erasure(str(uuid.uuid4()), subject, by or getuser(), now)
    eraser = Eraser(client)
    found = erase.find(eraser, erasure)
    if not found:
        click.echo(f"nothing is stored of {_in_words(subject)}")
        return
    for table, rows in found.rows.items():
        click.echo(f"{table}: {rows} rows")
    if dry_run:
        return
    if not yes and not click.confirm(f"Erase all this of {_in_words(subject)} for good?"):
        raise click.ClickException("nothing was erased")
    kept = RetentionFloor(
        calls_since=now - timedelta(days=settings.clickhouse.calls_days),
        segments_since=now - timedelta(days=settings.clickhouse.segments_days),
    )
    around = erase.EraseDependencies(
        until_noticed=partial(time.sleep, noticed_within(settings.worker)),
        forget_seller=lambda seller_id: asyncio.run(_forget_seller(settings, seller_id)),
        say=click.echo,
        now=lambda: datetime.now(UTC),
    )
    try:
        erase.erase(eraser, erasure, found, kept, around)
    except erase.ErasureIncompleteError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{_in_words(subject)} is erased; the record is {erasure.id} in salgspuls.erasures")


async def _forget_seller(settings: Settings, seller_id: str) -> None:
    """A message without a value: Kafka's compaction drops what the topic holds under this key."""
    from schemas.topics import SETTINGS
    from streams.kafka.producer import EventProducer

    async with EventProducer(settings.kafka) as producer:
        await producer.send_message(SETTINGS.name, f"seller:{seller_id}".encode(), None)


def _in_words(subject: Subject) -> str:
    return f"{subject.kind.replace('_', ' ')} {subject.id!r}"
