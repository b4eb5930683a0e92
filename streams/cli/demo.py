"""`salgspuls demo`."""

from __future__ import annotations

from pathlib import Path

import click

from streams.cli.session import Session

_MAX_DAYS = 400


@click.command()
@click.option(
    "--kafka", is_flag=True, help="Apache Kafka as the broker (needs Java 17 and Maven), not Tansu."
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the page; 8080 by default.")
@click.option(
    "--days",
    type=click.IntRange(1, _MAX_DAYS),
    default=60,
    show_default=True,
    help="Days of history to begin with.",
)
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 1000),
    default=1.0,
    show_default=True,
    help="Times as fast as real time.",
)
@click.option(
    "--spike",
    metavar="TEAM",
    help="Three minutes after the start, make this team's customers angry: Nord, Syd, Øst or International.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to work in, emptied at each start; in your user data by default.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
@click.pass_obj
def command(
    session: Session,
    kafka: bool,
    port: int | None,
    days: int,
    speed: float,
    spike: str | None,
    data: Path | None,
    no_browser: bool,
) -> None:
    """Watch calls being analysed: everything on this machine, with simulated calls, until Ctrl-C.

    Starts a broker, ClickHouse, the worker, the simulator and the page, waits until they are ready and prints
    the page's address. Needs nothing installed beside Salgspuls, and keeps nothing. Your own files can join: every
    other command finds a running demo by itself, as `salgspuls import deals.csv` in another terminal.

    \b
    Examples:
      salgspuls demo
      salgspuls demo --days 7 --speed 10 --port 8081
      salgspuls demo --spike Nord
    """
    from platformdirs import user_data_path

    from streams.demo.demo import Demo, DemoError, DemoOptions

    options = DemoOptions(
        data=data or user_data_path("salgspuls") / "demo",
        port=port or session.own_settings.web.port,
        kafka=kafka,
        days=days,
        speed=speed,
        browser=not no_browser,
        spike=spike,
    )
    try:
        Demo(options, session.own_settings, say=click.echo).run()
    except DemoError as error:
        raise click.ClickException(str(error)) from None
