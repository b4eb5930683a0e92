"""`salgspuls settings`."""

from __future__ import annotations

import json

import click

from streams.cli.session import Session


@click.command()
@click.pass_obj
def command(session: Session) -> None:
    """Show the settings in effect, secrets redacted, in the form of a settings file.

    `bootstrap` below `[kafka]` is SALGSPULS_KAFKA_BOOTSTRAP in the environment, which overrides the file.

    \b
    Example:
      SALGSPULS_WEB_PORT=9000 salgspuls --config salgspuls.toml settings
    """
    from streams.config.settings import Settings

    defaults = Settings().redacted()
    for section, values in session.settings.redacted().items():
        click.echo(f"[{section}]")
        for name, value in values.items():
            # a TOML string, number or boolean is written as in JSON; TOML knows no null
            line = (
                f"# {name} is not set"
                if value is None
                else f"{name} = {json.dumps(value, ensure_ascii=False)}"
            )
            click.echo(line if value == defaults[section][name] else f"{line}  # not the default")
        click.echo()
