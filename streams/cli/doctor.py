"""`salgspuls doctor`."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from streams.jobs.doctor import Finding

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of lines.")
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Look at settings, Kafka, ClickHouse and the worker, and say of each what is wrong and what to do.

    Exit code 1 when something fails; a warning does not change it.

    \b
    Example:
      salgspuls doctor
    """
    findings = asyncio.run(_examine(session, as_json))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    if any(finding.status == "fail" for finding in findings):
        raise click.exceptions.Exit(1)


async def _examine(session: Session, quiet: bool) -> list[Finding]:
    from streams.config.settings import SettingsError
    from streams.jobs.doctor import Finding, examine

    findings = []

    def note(finding: Finding) -> None:
        findings.append(finding)
        if not quiet:
            _show(finding)

    try:
        settings = session.settings
        settings.kafka.ssl_context()
    except SettingsError as error:
        note(Finding("settings", "fail", str(error), "correct them; docs/settings.md has all"))
    else:
        note(Finding("settings", "ok", "valid"))
        async for finding in examine(settings):
            note(finding)
    return findings


def _show(finding: Finding) -> None:
    status = click.style(f"{finding.status:<4}", fg=_COLOURS[finding.status], bold=finding.status == "fail")
    click.echo(f"{status}  {finding.part}: {finding.message}")
    if finding.remedy:
        click.echo(f"      -> {finding.remedy}")
