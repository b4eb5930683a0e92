"""`salgspuls users`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.session import Session

if TYPE_CHECKING:
    from grafana.web.users import Users

FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of users; left out: that of SALGSPULS_WEB_USERS.",
)


@click.group()
def command() -> None:
    """Who may sign in to the built-in page, and what they see: admin, manager of teams, wall."""


@command.command()
@click.argument("name")
@click.option(
    "--level", required=True, type=click.Choice(["admin", "manager", "wall"]), help="What they see."
)
@click.option(
    "--team", "teams", multiple=True, help="A team of a manager, or of a wall; may be given several times."
)
@FILE
@click.password_option(help="Left out: it is asked for, which keeps it out of the shell's history.")
@click.pass_obj
def add(
    session: Session, name: str, level: str, teams: tuple[str, ...], path: Path | None, password: str
) -> None:
    """Add a user, or give one another password, level or teams. The page takes it up at once.

    \b
    An admin sees everything and changes what is tracked. A manager sees what is of the own teams. A wall shows the
    page of that name: numbers, without sentences and without names of customers.

    \b
    Example:
      salgspuls users add anna --level manager --team Nord --file users.toml
    """
    from pydantic import ValidationError

    from grafana.web.users import NAME, SHORTEST_PASSWORD, User, Users, hashed, new_users, read, write

    if not NAME.fullmatch(name):
        raise click.BadParameter("up to 64 letters, digits and ._@+-", param_hint="NAME")
    if len(password) < SHORTEST_PASSWORD:
        raise click.BadParameter(f"at least {SHORTEST_PASSWORD} characters", param_hint="--password")
    place = _place(session, path)
    users = read(place) if place.exists() else new_users()
    try:
        user = User(password=hashed(password), level=level, teams=teams)  # type: ignore[arg-type]  # a choice of click
    except ValidationError as error:
        raise click.UsageError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None
    write(place, Users(users.secret, {**users.by_name, name: user}))
    click.echo(f"{place}: {_described(name, level, teams)}")


@command.command()
@click.argument("name")
@FILE
@click.pass_obj
def remove(session: Session, name: str, path: Path | None) -> None:
    """Remove a user, whose open pages close within seconds."""
    from grafana.web.users import Users, write

    place = _place(session, path)
    users = _read(place)
    if name not in users.by_name:
        raise click.ClickException(f"{place}: there is no user {name}; `salgspuls users list` shows them")
    write(place, Users(users.secret, {one: user for one, user in users.by_name.items() if one != name}))
    click.echo(f"{place}: {name} is removed")


@command.command("list")
@FILE
@click.pass_obj
def list_users(session: Session, path: Path | None) -> None:
    """Show who may sign in, and what they see."""
    users = _read(_place(session, path))
    for name, user in sorted(users.by_name.items()):
        click.echo(_described(name, user.level, user.teams))
    if not users.by_name:
        click.echo("nobody; add somebody: salgspuls users add NAME --level admin")


def _described(name: str, level: str, teams: tuple[str, ...]) -> str:
    return f"{name}: {level}{' of ' + ', '.join(teams) if teams else ''}"


def _read(path: Path) -> Users:
    from grafana.web.users import read

    return read(path)


def _place(session: Session, path: Path | None) -> Path:
    found = path or session.settings.web.users
    if found is None:
        raise click.UsageError("say which file: --file users.toml, or SALGSPULS_WEB_USERS")
    return found
