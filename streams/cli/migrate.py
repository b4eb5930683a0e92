"""`salgspuls migrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from clickhouse.schema.migrate import Migration


@click.command()
@click.option(
    "--wait", default=30.0, show_default=True, help="Seconds to wait for a ClickHouse that does not answer."
)
@click.pass_obj
def command(session: Session, wait: float) -> None:
    """Bring ClickHouse to this program's schema, and its tables to the retention of the settings.

    Safe to run again, and by two at once. Needs the writer's user.

    \b
    Example:
      salgspuls migrate
    """
    from clickhouse import client
    from clickhouse.schema import migrate

    clickhouse = session.settings.clickhouse
    connection = client.wait_until_ready(
        clickhouse.config("writer"),
        timeout=wait,
        waiting=lambda line: click.echo(line, err=True),
        database="",
    )
    with connection:
        variables = clickhouse.migration_variables()
        done = migrate.apply(connection, variables=variables, progress=_show_progress)
        for table, days in migrate.apply_retention(connection, variables=variables).items():
            click.echo(f"{table}: now kept {days} days")
    if done:
        dropped = f", {len(done.dropped)} dropped" if done.dropped else ""
        click.echo(f"{len(done.migrations)} migrations applied, {len(done.views)} views replaced{dropped}")
    else:
        click.echo("nothing to do: the database is current")


def _show_progress(migration: Migration, statement: int, statements: int) -> None:
    if statement == 1:
        click.echo(f"{migration.name}: {statements} statements")
