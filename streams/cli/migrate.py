"""`salgspuls migrate`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from clickhouse.schema.migrate import Migration


@click.command()
@click.option(
    "--wait", default=30.0, show_default=True, help="Seconds to wait for a ClickHouse that does not answer."
)
@click.option(
    "--cluster", metavar="NAME", help="Print the DDL for a cluster of that name, and change nothing."
)
@click.pass_obj
def command(session: Session, wait: float, cluster: str | None) -> None:
    """Bring ClickHouse to this program's schema, and its tables to the retention of the settings.

    Safe to run again, and by two at once. Data that is there already is brought into new tables month by month; stop it
    with Ctrl-C, and it goes on where it was at the next run. Needs the writer's user.

    \b
    Examples:
      salgspuls migrate
      salgspuls migrate --cluster sales > cluster.sql
    """
    from clickhouse import backfill, client, months
    from clickhouse.schema import cluster as render
    from clickhouse.schema import migrate

    clickhouse = session.settings.clickhouse
    if cluster is not None:
        for statement in render.statements(cluster, clickhouse.migration_variables()):
            click.echo(f"{statement};\n")
        return
    connection = client.wait_until_ready(
        clickhouse.config("writer"),
        timeout=wait,
        waiting=lambda line: click.echo(line, err=True),
        database="",
    )
    with connection:
        variables = clickhouse.migration_variables()
        done = migrate.apply(
            connection,
            variables=variables,
            progress=_show_progress,
            before_views=lambda client: backfill.run(client, _show_backfill),
        )
        months.roll_up(connection, datetime.now(UTC), partial(_show_backfill, "months"))
        for table, days in migrate.apply_retention(connection, variables=variables).items():
            click.echo(f"{table}: now kept {days} days")
    if done:
        dropped = f", {len(done.dropped)} dropped" if done.dropped else ""
        click.echo(f"{len(done.migrations)} migrations applied, {len(done.views)} views replaced{dropped}")
    else:
        click.echo("nothing to do: the database is current")


def _show_backfill(what: str, month: date, number: int, total: int) -> None:
    click.echo(f"{what}: {month:%Y-%m}, {number} of {total}")


def _show_progress(migration: Migration, statement: int, statements: int) -> None:
    if statement == 1:
        click.echo(f"{migration.name}: {statements} statements")
