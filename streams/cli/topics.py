"""`salgspuls topics`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from streams.kafka.topics import TopicReport


@click.group()
def command() -> None:
    """List and create the topics that events travel in."""


@command.command("list")
@click.pass_obj
def list_topics(session: Session) -> None:
    """Show each topic, what it carries, and whether it is as it should be. Exit code 1 when one is not.

    \b
    Example:
      salgspuls topics list
    """
    _show(session, create=False)


@command.command()
@click.pass_obj
def ensure(session: Session) -> None:
    """Create the topics that are missing. What exists is never changed: what is wrong with it is said.

    Partitions and copies are those of the settings (SALGSPULS_KAFKA_CALLS_PARTITIONS, ..._REPLICATION).

    \b
    Example:
      salgspuls topics ensure
    """
    _show(session, create=True)


def _show(session: Session, *, create: bool) -> None:
    from streams.kafka.topics import ensure_topics, unreachable

    kafka = session.settings.kafka

    async def reports() -> list[TopicReport]:
        if reason := await unreachable(kafka.client_kwargs()):
            raise click.ClickException(f"Kafka does not answer at {kafka.bootstrap}: {reason}")
        return await ensure_topics(kafka.client_kwargs(), kafka.topics(), create=create)

    found = asyncio.run(reports())
    for spec, report in zip(kafka.topics(), found, strict=True):
        state = "created" if report.created else "; ".join(report.problems) or "ok"
        carries = ", ".join(str(kind.model_fields["type"].default) for kind in spec.carries)
        click.echo(f"{report.name}: {report.partitions} partitions, {spec.cleanup}; {state}")
        click.echo(f"    {carries or 'messages that were rejected, as received'}; key: {spec.key}")
    if any(report.problems for report in found):
        raise click.exceptions.Exit(1)
