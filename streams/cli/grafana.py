"""`salgspuls grafana`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from grafana_api.grafana_face import GrafanaFace

_ADDRESS = click.option(
    "--url",
    envvar="GRAFANA_URL",
    default="http://127.0.0.1:3000",
    show_default=True,
    help="Where Grafana is; also by GRAFANA_URL.",
)
_FOLDER = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write there instead of where the program's own files are.",
)


@click.group()
def command() -> None:
    """Dashboards and alerts in Grafana: write their files, send them, and ask whether all of it works.

    push and smoke take a service account's token by GRAFANA_TOKEN, or else GRAFANA_USER and GRAFANA_PASSWORD.
    """


@command.command()
@_FOLDER
@click.pass_obj
def build(session: Session, folder: Path | None) -> None:
    """Write dashboards and alert rules from their source, with the office hours, time zone, fiscal year, goals and
    address of recordings of the settings.

    \b
    Example, with files of your own beside the provisioning:
      SALGSPULS_REPORTING_OFFICE_CLOSES=18:00 salgspuls grafana build --folder ./my-grafana
    """
    for path, text in _files(session, folder).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(f"written: {path}")


@command.command()
@_FOLDER
@click.pass_obj
def check(session: Session, folder: Path | None) -> None:
    """Say which files are not what `build` would write. Exit code 1 when there is one.

    \b
    Example:
      salgspuls grafana check
    """
    stale = [
        path
        for path, text in _files(session, folder).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        click.echo(f"stale: {path}")
    if stale:
        raise click.exceptions.Exit(1)
    click.echo("all files are as built")


@command.command()
@_ADDRESS
def push(url: str) -> None:
    """Send the dashboards to a Grafana that runs and is not provisioned from files.

    \b
    Example:
      GRAFANA_TOKEN=glsa_... salgspuls grafana push --url https://grafana.example.com
    """
    from grafana import dashboards
    from grafana.publish import GrafanaError, committed
    from grafana.publish import push as send
    from streams import version

    try:
        for line in send(_connect(url), committed(dashboards.FOLDER), version()):
            click.echo(line)
    except GrafanaError as error:
        raise click.ClickException(str(error)) from None


@command.command()
@_ADDRESS
@click.option("--failed", is_flag=True, help="Show only what fails.")
def smoke(url: str, failed: bool) -> None:
    """Ask a Grafana from outside: health, data sources, every panel's query for each range, every alert rule.

    A line each; exit code 1 when one fails.

    \b
    Example:
      GRAFANA_USER=admin GRAFANA_PASSWORD=... salgspuls grafana smoke
    """
    from grafana.smoke import smoke as ask

    count = failures = 0
    for result in ask(_connect(url)):
        count += 1
        failures += not result.ok
        if not (failed and result.ok):
            click.echo(str(result))
    click.echo(f"{count} checks, {failures} failed")
    if failures:
        raise click.exceptions.Exit(1)


def _connect(url: str) -> GrafanaFace:
    import os

    from grafana.publish import GrafanaError, connect

    token, user = os.environ.get("GRAFANA_TOKEN"), os.environ.get("GRAFANA_USER")
    if not token and not user:
        raise click.ClickException(
            "no login for Grafana: set GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD"
        )
    try:
        return connect(url, token or (user or "", os.environ.get("GRAFANA_PASSWORD", "")))
    except GrafanaError as error:
        raise click.ClickException(str(error)) from None


def _files(session: Session, folder: Path | None) -> dict[Path, str]:
    """Every file that is built, by where it goes."""
    from grafana import dashboards, dashboards_ops
    from grafana.alerts import files as alerts
    from grafana.alerts.mail import mails
    from grafana.alerts.rules import Office
    from grafana.config import Enough, goals
    from grafana.dashboards_ops import build as operations
    from grafana.render import grafana_json as sales

    reporting = session.settings.reporting
    office = Office(reporting.timezone, reporting.office_opens, reporting.office_closes)
    company = sales.Company(
        reporting.timezone,
        reporting.fiscal_year_start_month,
        reporting.recording_url,
        goals(reporting.goals),
        Enough(reporting.enough_calls, reporting.enough_seconds, reporting.enough_minutes),
    )
    places = (
        (dashboards.FOLDER, "dashboards", sales.files(company)),
        (dashboards_ops.FOLDER, "dashboards_ops", operations.files()),
        (alerts.ALERTING, "alerting", alerts.files(office)),
        (alerts.MAILS, "emails", mails()),
    )
    return {
        (folder / name if folder else own) / file: text
        for own, name, files in places
        for file, text in files.items()
    }
