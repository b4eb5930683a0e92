"""`salgspuls doctor`."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from streams.jobs.doctor import Finding
    from streams.language import Language

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
        entries = [finding.as_json(session.language) for finding in findings]
        click.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    if any(finding.status == "fail" for finding in findings):
        raise click.exceptions.Exit(1)


async def _examine(session: Session, quiet: bool) -> list[Finding]:
    from streams.config.section import SettingsError
    from streams.jobs import doctor_texts as texts
    from streams.jobs.doctor import Finding, examine
    from streams.language import same

    findings = []

    def note(finding: Finding) -> None:
        findings.append(finding)
        if not quiet:
            _show(finding, session.language)

    try:
        settings = session.settings
        settings.kafka.ssl_context()
    except SettingsError as error:
        note(Finding("settings", "fail", same(str(error)), texts.CORRECT_THEM))
    else:
        note(Finding("settings", "ok", texts.VALID))
        async for finding in examine(settings):
            note(finding)
    return findings


def _show(finding: Finding, language: Language) -> None:
    entry = finding.as_json(language)
    status = click.style(f"{finding.status:<4}", fg=_COLOURS[finding.status], bold=finding.status == "fail")
    click.echo(f"{status}  {entry['part']}: {entry['message']}")
    if entry["remedy"]:
        click.echo(f"      -> {entry['remedy']}")
