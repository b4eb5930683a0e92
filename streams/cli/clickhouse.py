"""`salgspuls clickhouse`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from streams.cli.session import Session


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the data; in your user data by default.",
)
@click.pass_obj
def command(session: Session, data: Path | None) -> None:
    """Serve ClickHouse's engine over ClickHouse's HTTP interface, on this machine only, until it is stopped.

    For trying out and for small teams: one process, durable on disk, no server to install. Address, users and
    passwords are those of the settings (SALGSPULS_CLICKHOUSE_...). In production run a ClickHouse server.

    \b
    Example, and a look at it from another terminal:
      salgspuls clickhouse --data ./data
      curl 'http://127.0.0.1:8123/?user=reader&query=SELECT+version()'
    """
    from platformdirs import user_data_path

    from clickhouse.embedded.server import EmbeddedConfig, Login, serve

    settings = session.settings.clickhouse
    if settings.secure:
        raise click.ClickException(
            "SALGSPULS_CLICKHOUSE_SECURE is on, and the embedded ClickHouse speaks no TLS"
        )
    config = EmbeddedConfig(
        path=data or user_data_path("salgspuls") / "clickhouse",
        host=settings.host,
        port=settings.port,
        writer=Login(settings.writer_user, settings.writer_password.get_secret_value()),
        reader=Login(settings.reader_user, settings.reader_password.get_secret_value()),
    )
    session.configure_logs()
    asyncio.run(
        serve(config, ready=lambda: click.echo(f"ClickHouse answers at http://{config.host}:{config.port}"))
    )
